import { describe, expect, it } from 'vitest'
import { micros } from './kernel/units.ts'
import { LocalRun } from './LocalRun.ts'
import { parseScenario } from './scenario/parse.ts'
import type { Scenario } from './scenario/Scenario.ts'
import { snapshotBytes } from './snapshot.ts'
import './spaceModels.ts'

const STEP_US = 50_000
const UNTIL_US = 1_000_000

interface World {
  readonly agents?: number
  readonly digestEveryUs?: number
  readonly space: { readonly kind: string; readonly [field: string]: unknown }
  readonly faults: readonly unknown[]
}

function scenarioOf({ agents = 60, digestEveryUs = 250_000, space, faults }: World): Scenario {
  const parsed = parseScenario({
    name: 'cuts',
    untilUs: UNTIL_US,
    digestEveryUs,
    swarm: { agents },
    topology: { kind: 'none' },
    space: { width: 20, height: 20, stepUs: STEP_US, measureEvery: 5, ...space },
    faults,
  })
  if (!parsed.ok) throw new Error(parsed.error)
  return parsed.value
}

function digestsOf(scenario: Scenario, shards: number): unknown {
  const run = new LocalRun(scenario, { shards })
  run.runTo(micros(UNTIL_US))
  return { points: run.digestPoints(), end: run.digestText() }
}

/** Digests at the end: of a run that goes straight on, that came back to `t`, and that only began there. */
function endsOf(scenario: Scenario, t: number): readonly string[] {
  const run = new LocalRun(scenario)
  run.runTo(micros(t))
  const snapshot = run.snapshot()
  run.runTo(micros(UNTIL_US))
  const straight = run.digestText()
  run.restore(snapshot)
  run.runTo(micros(UNTIL_US))
  const other = new LocalRun(scenario, { shards: 2 })
  other.restore(snapshot)
  other.runTo(micros(UNTIL_US))
  return [straight, run.digestText(), other.digestText()]
}

const expectOne = (ends: readonly string[]): void => expect(ends).toEqual(ends.map(() => ends[0]))

describe('at one cut', () => {
  it('who joins is not yet in the digest, on any number of shards', () => {
    // Rows beyond the first kilobytes, which another shard adds up than the one that is first.
    const scenario = scenarioOf({
      agents: 700,
      space: { kind: 'vicsek' },
      faults: [
        { at: 250_000, op: 'join' },
        { at: 500_000, op: 'join' },
      ],
    })
    const one = digestsOf(scenario, 1)
    for (const shards of [2, 3]) expect(digestsOf(scenario, shards)).toEqual(one)
  })

  it('who joins has no place yet, so nothing that strikes a place strikes it', () => {
    const scenario = scenarioOf({
      space: { kind: 'vicsek', params: { speed: 0 } },
      faults: [
        { at: 120_000, op: 'join' },
        { at: 120_000, op: 'afflict', whom: { disc: { x: 10, y: 10, radius: 10 } }, effect: 'stuck' },
        { at: 120_000, op: 'afflict', whom: { disc: { x: 0, y: 0, radius: 10 } }, effect: 'stuck' },
        { at: 120_000, op: 'afflict', whom: { disc: { x: 0, y: 10, radius: 10 } }, effect: 'stuck' },
        { at: 120_000, op: 'afflict', whom: { disc: { x: 10, y: 0, radius: 10 } }, effect: 'stuck' },
      ],
    })
    for (const shards of [1, 3]) {
      const run = new LocalRun(scenario, { shards })
      run.runTo(micros(200_000))
      for (const { world } of run.shards) {
        const { flags } = world.state.space!
        expect(flags.subarray(0, 60).every((flag) => flag !== 0)).toBe(true)
        expect(flags[60]).toBe(0)
      }
    }
  })
})

describe('a checkpoint between two steps', () => {
  it('knows the parameters of whoever joins before the next one', () => {
    const faults = [
      { at: 110_000, op: 'set', agent: 'all', program: 'space', param: 'speed', value: 2 },
      { at: 130_000, op: 'join' },
    ]
    expectOne(
      endsOf(scenarioOf({ space: { kind: 'formation', params: { separation: 1 } }, faults: faults.slice(1) }), 120_000),
    )
    expectOne(endsOf(scenarioOf({ space: { kind: 'boids' }, faults }), 120_000))
  })

  it.each(['physarum', 'field', 'scent', 'bridge', 'boids'])(
    'knows the obstacles round which whoever joins %s is placed',
    (kind) => {
      const disc = { x: 10, y: 10, radius: 9 }
      const joins = Array.from({ length: 12 }, () => ({ at: 130_000, op: 'join' }))
      const faults = [{ at: 110_000, op: 'obstacle', disc }, ...joins]
      expectOne(endsOf(scenarioOf({ agents: 20, space: { kind }, faults }), 120_000))
    },
  )
})

describe('coming back to before an obstacle', () => {
  it('clears the scent under it as the first time', () => {
    const faults = [{ at: 500_000, op: 'obstacle', disc: { x: 10, y: 10, radius: 4 } }]
    const space = { kind: 'ants', edges: 'walls', params: { smellsFrom: 0, departures: 20, foodRadius: 3 } }
    expectOne(endsOf(scenarioOf({ space, faults, digestEveryUs: 50_000 }), 500_000))
    expectOne(endsOf(scenarioOf({ space: { kind: 'scent', params: { arrivals: 5 } }, faults }), 500_000))
  })

  it('leaves ants in the nest as its end leaves them', () => {
    const faults = [{ at: 200_000, op: 'obstacle', disc: { x: 2, y: 10, radius: 2 }, forUs: 300_000 }]
    expectOne(endsOf(scenarioOf({ space: { kind: 'bridge' }, faults }), 500_000))
  })

  it('and before a longer bridge, as well', () => {
    const faults = [{ at: 500_000, op: 'set', agent: 'all', program: 'space', param: 'ratio', value: 1.5 }]
    expectOne(endsOf(scenarioOf({ space: { kind: 'bridge' }, faults }), 500_000))
  })
})

describe('a death', () => {
  const kill = (at: number, forUs?: number) => ({
    ...{ at, op: 'afflict', whom: { agents: [5] }, effect: 'kill' },
    ...(forUs !== undefined && { forUs }),
  })
  const restart = (at: number) => ({ at, op: 'restart', agent: 5 })
  const crash = (at: number, forUs?: number) => ({
    ...{ at, op: 'crash', agent: 5 },
    ...(forUs !== undefined && { forUs }),
  })
  const UP = 1
  const DOWN = 2
  const statusAt = (faults: readonly unknown[], t: number): number => {
    const run = new LocalRun(scenarioOf({ space: { kind: 'vicsek' }, faults }))
    run.runTo(micros(t))
    return run.shards[0]!.world.state.registry.status[5]!
  }

  it('has an end that brings nobody back from a later one', () => {
    expect(statusAt([kill(100_000, 300_000), restart(150_000), kill(200_000, 600_000)], 500_000)).toBe(DOWN)
    expect(statusAt([kill(100_000, 300_000), restart(150_000), kill(200_000, 600_000)], 900_000)).toBe(UP)
    expect(statusAt([kill(100_000, 300_000), restart(150_000), crash(200_000)], 500_000)).toBe(DOWN)
    expect(statusAt([crash(100_000, 300_000), restart(150_000), kill(200_000)], 500_000)).toBe(DOWN)
    expect(statusAt([kill(100_000), restart(150_000), kill(200_000, 100_000)], 500_000)).toBe(UP)
  })

  it('of bodies that run nothing is told once, not once a body, and so is its end', () => {
    const faults = [{ at: 100_000, op: 'afflict', whom: { share: 1 }, effect: 'kill', forUs: 100_000 }]
    const run = new LocalRun(scenarioOf({ space: { kind: 'vicsek' }, faults }))
    run.runTo(micros(300_000))
    expect(
      run
        .takeMarks()
        .filter(({ program }) => program === 'host')
        .map(({ body }) => body.kind),
    ).toEqual(['fault', 'fault'])
  })

  it('for good keeps no row of bits for an end that never comes', () => {
    const bytesAfter = (count: number): number => {
      const faults = Array.from({ length: count }, (_, i) => ({ ...kill(100_000 + i), whom: { agents: [i] } }))
      const run = new LocalRun(scenarioOf({ space: { kind: 'vicsek' }, faults }))
      run.runTo(micros(200_000))
      return snapshotBytes(run.snapshot()[0]!)
    }
    expect(bytesAfter(40) - bytesAfter(1)).toBeLessThan(1_000)
  })
})
