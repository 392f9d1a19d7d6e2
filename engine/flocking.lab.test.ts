import { describe, expect, it } from 'vitest'
import { micros } from './kernel/units.ts'
import { LocalRun } from './LocalRun.ts'
import { parseScenario } from './scenario/parse.ts'
import type { Scenario } from './scenario/Scenario.ts'

/** All that can befall bodies, and the leader's crash, within three seconds. */
const FAULTS = [
  { at: 300_000, op: 'afflict', whom: { share: 0.2 }, effect: 'blind', forUs: 900_000 },
  { at: 400_000, op: 'afflict', whom: { agents: [3, 4, 5] }, effect: 'stuck', forUs: 700_000 },
  { at: 500_000, op: 'afflict', whom: { share: 0.2 }, effect: 'deaf' },
  { at: 600_000, op: 'obstacle', disc: { x: 11, y: 11, radius: 3 }, forUs: 1_200_000 },
  { at: 700_000, op: 'wind', x: 2, y: -1, forUs: 800_000 },
  { at: 800_000, op: 'join' },
  { at: 900_000, op: 'afflict', whom: { disc: { x: 10, y: 10, radius: 4 } }, effect: 'kill', forUs: 600_000 },
  { at: 1_000_000, op: 'afflict', whom: { share: 0.3 }, effect: 'rogue', forUs: 900_000 },
  { at: 1_250_000, op: 'join' },
  { at: 1_500_000, op: 'crash', agent: 'leader', forUs: 800_000 },
  { at: 1_700_000, op: 'leave', agent: 12 },
]

function scenarioOf(kind: string, fields: object, set: object): Scenario {
  const parsed = parseScenario({
    ...{ name: 'flocking', untilUs: 3_000_000, digestEveryUs: 500_000, swarm: { agents: 40 } },
    programs: [{ kind: 'raft', on: { first: 5 } }],
    topology: { kind: 'mesh' },
    space: { kind, width: 22, height: 22, depth: 22, stepUs: 50_000, measureEvery: 4, ...fields },
    faults: [...FAULTS, { at: 1_100_000, op: 'set', agent: 'all', program: 'space', ...set }],
  })
  if (!parsed.ok) throw new Error(parsed.error)
  return parsed.value
}
const COUZIN = { repulsionRadius: 1, orientationWidth: 1, attractionWidth: 6, speedPerSecond: 6 }

describe.each([
  ['vicsek', scenarioOf('vicsek', { params: { speed: 0.3 } }, { param: 'noiseRad', value: 4 })],
  ['couzin', scenarioOf('couzin', { dimensions: 3, params: COUZIN }, { param: 'orientationWidth', value: 4 })],
  [
    'couzin in the plane, between walls',
    scenarioOf('couzin', { edges: 'walls', params: COUZIN }, { param: 'noiseRad', value: 0.5 }),
  ],
])('%s', (_, scenario) => {
  const run = (shards: number): LocalRun => {
    const local = new LocalRun(scenario, { shards })
    local.runTo(micros(scenario.untilUs))
    return local
  }

  it('has one digest on 1, 2 and 4 shards, with Raft in the same swarm and every fault', () => {
    const one = run(1)
    for (const shards of [2, 4]) {
      const many = run(shards)
      expect(many.digestPoints()).toEqual(one.digestPoints())
      expect(many.digestText()).toBe(one.digestText())
      expect(many.takeMarks().length).toBeGreaterThan(0)
    }
    expect(one.halted).toBe(false)
    expect(one.takeMarks().some(({ body }) => body.kind === 'leader')).toBe(true)
  })

  it('comes back to the same bits from a snapshot in the middle of it', () => {
    const first = new LocalRun(scenario, { shards: 2 })
    first.runTo(micros(1_375_000))
    const snapshot = first.snapshot()
    const second = new LocalRun(scenario)
    second.restore(snapshot)
    second.runTo(micros(scenario.untilUs))
    expect(second.digestText()).toBe(run(1).digestText())
  })

  it('no body that is up is ever inside the obstacle', () => {
    const local = new LocalRun(scenario)
    for (let t = 650_000; t < 1_800_000; t += 50_000) {
      local.runTo(micros(t + 1))
      const { position, status, flags, count } = local.shards[0]!.space!
      for (let row = 0; row < count; row++) {
        const isStuck = (flags[row]! & 4) !== 0
        if (status[row] !== 1 || isStuck) continue
        const [x, y] = [position[3 * row]! - 11, position[3 * row + 1]! - 11]
        expect(x * x + y * y).toBeGreaterThanOrEqual(9)
      }
    }
  })
})
