import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { emergentBehavior } from './collective/EmergentBehavior.ts'
import { micros } from './kernel/units.ts'
import { LocalRun } from './LocalRun.ts'
import { parseScenario } from './scenario/parse.ts'
import type { Scenario } from './scenario/Scenario.ts'
import type { SpaceModel } from './space/SpaceModel.ts'
import { SpaceRun, spaceBytes } from './space/SpaceRun.ts'
import { drifters } from './space/testing/drifters.ts'
import { knowSpaces } from './spaceRegistry.ts'

const know = (model: SpaceModel): void =>
  knowSpaces({
    models: new Map([['field', model]]),
    watcher: emergentBehavior,
    Run: SpaceRun,
    bytes: (scenario, capacity, m) => spaceBytes(scenario.space!, capacity, m, emergentBehavior),
  })
beforeEach(() => know(drifters()))

function scenarioOf(more: { readonly [field: string]: unknown } = {}): Scenario {
  const parsed = parseScenario({
    name: 'drifters',
    untilUs: 2_000_000,
    digestEveryUs: 250_000,
    swarm: { agents: 37 },
    topology: { kind: 'none' },
    space: { kind: 'field', width: 20, height: 15, stepUs: 50_000, measureEvery: 5 },
    ...more,
  })
  if (!parsed.ok) throw new Error(parsed.error)
  return parsed.value
}

const FAULTS = [
  { at: 200_000, op: 'afflict', whom: { share: 0.3 }, effect: 'stuck', forUs: 400_000 },
  { at: 300_000, op: 'afflict', whom: { disc: { x: 5, y: 5, radius: 6 } }, effect: 'kill', forUs: 500_000 },
  { at: 300_000, op: 'join' },
  { at: 700_000, op: 'join' },
  { at: 1_250_000, op: 'join' },
  { at: 350_000, op: 'wind', x: 2, y: -1, forUs: 600_000 },
  { at: 400_001, op: 'obstacle', disc: { x: 9, y: 9, radius: 2 }, forUs: 300_000 },
  { at: 500_000, op: 'crash', agent: 3 },
  { at: 520_000, op: 'afflict', whom: { agents: [1, 2, 3] }, effect: 'blind' },
  { at: 900_000, op: 'restart', agent: 3 },
  { at: 950_000, op: 'leave', agent: 4 },
]
const RAFT = {
  programs: [{ kind: 'raft', on: { first: 5 } }],
  topology: { kind: 'mesh' },
}

/** A third of them right before a step, as checkpoints often are. */
const moment = fc.integer({ min: 0, max: 1_900_000 }).map((t) => (t % 3 === 0 ? Math.round(t / 50_000) * 50_000 : t))

function digests(scenario: Scenario, shards: number): unknown {
  const run = new LocalRun(scenario, { shards })
  run.runTo(micros(scenario.untilUs))
  return { points: run.digestPoints(), end: run.digestText(), marks: run.takeMarks() }
}

describe('a space', () => {
  it.each([
    ['alone', {}],
    ['with faults', { faults: FAULTS }],
    ['with Raft in the same swarm', { ...RAFT, faults: [...FAULTS, { at: 1_000_000, op: 'crash', agent: 'leader' }] }],
  ])('has one digest on 1, 2, 3, 4 and 8 shards: %s', (_, more) => {
    const scenario = scenarioOf(more)
    const one = digests(scenario, 1)
    for (const shards of [2, 3, 4, 8]) expect(digests(scenario, shards)).toEqual(one)
  })

  it('comes back to the same bits from a snapshot anywhere, on another layout', () => {
    const scenario = scenarioOf({ ...RAFT, faults: FAULTS })
    fc.assert(
      fc.property(moment, fc.constantFrom(1, 2, 3), fc.constantFrom(1, 2, 4), (t, a, b) => {
        const first = new LocalRun(scenario, { shards: a })
        first.runTo(micros(t))
        const snapshot = first.snapshot()
        first.runTo(micros(2_000_000))
        const second = new LocalRun(scenario, { shards: b })
        second.runTo(micros(1_000_000))
        second.restore(snapshot)
        second.runTo(micros(2_000_000))
        expect(second.digestText()).toBe(first.digestText())
      }),
      { numRuns: 20 },
    )
  })

  it('an affliction ends for whom it began, and a later one of the same kind goes on', () => {
    const faults = [
      { at: 100_000, op: 'afflict', whom: { agents: [1, 2] }, effect: 'stuck', forUs: 200_000 },
      { at: 200_000, op: 'afflict', whom: { agents: [2] }, effect: 'stuck', forUs: 400_000 },
    ]
    const run = new LocalRun(scenarioOf({ faults }))
    const flags = (): number[] => [1, 2].map((row) => run.shards[0]!.space!.flags[row]!)
    run.runTo(micros(260_000))
    expect(flags()).toEqual([4, 4])
    run.runTo(micros(460_000))
    expect(flags()).toEqual([0, 4])
    run.runTo(micros(760_000))
    expect(flags()).toEqual([0, 0])
  })

  it('a body that runs nothing costs no object, and can still crash, come back and leave', () => {
    const run = new LocalRun(scenarioOf({ faults: FAULTS }))
    run.runTo(micros(600_000))
    const [shard] = run.shards
    expect([...shard!.agents.values()]).toEqual([])
    expect(shard!.world.state.registry.status[3]).toBe(2)
    run.runTo(micros(1_000_000))
    expect(shard!.world.state.registry.status[3]).toBe(1)
    const words = run.takeMarks().flatMap(({ agent, body }) => (agent === 3 ? [body.kind] : []))
    expect(words).toEqual(['crashed', 'restarted'])
  })

  it('parameters set on the way act from the next step on, and those set before a join too', () => {
    know(drifters())
    const faults = [{ at: 1_000_000, op: 'wind', x: 0, y: 0 }]
    const run = new LocalRun(scenarioOf({ faults }))
    run.runTo(micros(2_000_000))
    const masses = run.takeMarks().flatMap(({ body }) => (body.kind === 'measure' ? [body['mass'] as number] : []))
    expect(masses.length).toBe(7)
    // 37 marks a step, of which nine tenths stay: it rises towards 370.
    expect(masses.at(-1)!).toBeGreaterThan(300)
    expect(masses.at(-1)!).toBeLessThan(370)
  })

  it('stops at a value that is no number, and names agent, column and tick', () => {
    know(drifters({ row: 17, tick: 12 }))
    for (const shards of [1, 2, 4]) {
      const run = new LocalRun(scenarioOf(), { shards })
      run.runTo(micros(2_000_000))
      const trouble = run.takeMarks().find(({ body }) => body.kind === 'not a number')
      expect(trouble?.body).toMatchObject({ column: 'position', agent: 17, tick: 12, value: 'NaN' })
      expect(trouble?.key.time).toBe(600_000)
      expect(run.halted).toBe(true)
      expect(run.shards[0]!.space!.tick).toBe(12)
    }
  })
})
