import { beforeEach, describe, expect, it } from 'vitest'
import { micros } from '../kernel/units.ts'
import { LocalRun } from '../LocalRun.ts'
import type { Scenario } from '../scenario/Scenario.ts'
import { knowTurnCoats, turnCoats } from './testing/turnCoats.ts'

const FLOCK = { kind: 'flock', threshold: 0.9, forUs: 200_000 } as const
/** All look the same way from 0.5 to 2 s. */
beforeEach(() => knowTurnCoats({ aligned: [50, 200] }))

function run(scenario: Scenario, untilUs: number, shards = 1) {
  const local = new LocalRun(scenario, { shards })
  local.runTo(micros(untilUs))
  return { local, bodies: local.takeMarks().flatMap(({ program, body }) => (program === 'space' ? [body] : [])) }
}

describe('a measurement', () => {
  it('has the figures of the whole swarm beside the model’s own', () => {
    const { bodies } = run(turnCoats({}), 1_000_001)
    expect(bodies).toHaveLength(10)
    expect(bodies[0]).toMatchObject({ kind: 'measure', beat: 4, alive: 40, meanSpeed: 1, polarisation: 0 })
    expect(bodies[8]).toMatchObject({ kind: 'measure', beat: 4, polarisation: 1, synchrony: expect.closeTo(1, 9) })
    expect(bodies[0]!['synchrony']).toBeCloseTo(0, 9)
    expect(bodies[0]).not.toHaveProperty('largerShare')
  })

  it('has what a detector asks for', () => {
    const asked = (['clusters', 'symmetry'] as const).map((kind) => ({ kind, threshold: 0.5 }))
    const { bodies } = run(turnCoats({ detectors: asked }), 100_001)
    // Four heaps of ten, each half even and half odd.
    expect(bodies[0]).toMatchObject({ clusters: 1, largerShare: 0.5, largestCluster: 1, clusterPurity: 0.5 })
    expect(bodies[0]!['clusterSizes']).toEqual([0, 0, 0, 0, 0, 1])
  })
})

describe('what emerges', () => {
  it('is told once it has stayed, with when it began, where and who; and when it is over', () => {
    const { bodies } = run(turnCoats({ detectors: [FLOCK] }), 3_000_001)
    const told = bodies.filter(({ kind }) => kind !== 'measure')
    const common = { detector: 0, what: 'flock', figure: 'polarisation', threshold: 0.9, alive: 40, onsetUs: 500_000 }
    expect(told).toEqual([
      { kind: 'emerged', ...common, value: 1, members: 40, place: expect.any(Array), radius: expect.any(Number) },
      { kind: 'dissolved', ...common, value: 0, endUs: 2_000_000 },
    ])
    expect(told[0]!['place']).toEqual([expect.closeTo(50.0195, 3), expect.closeTo(50, 3), 0])
  })

  it('is told at the measurement that decides it', () => {
    const marks = new LocalRun(turnCoats({ detectors: [FLOCK] }))
    marks.runTo(micros(3_000_001))
    const at = marks.takeMarks().flatMap(({ key, body }) => (body.kind === 'measure' ? [] : [key.time]))
    expect(at).toEqual([700_000, 2_200_000])
  })

  it('is not told where nothing asks', () => {
    expect(run(turnCoats({}), 3_000_001).bodies.every(({ kind }) => kind === 'measure')).toBe(true)
  })

  it('can be that a figure swings', () => {
    const swings = { kind: 'oscillation', of: 'beat', threshold: 0.8 } as const
    const told = run(turnCoats({ detectors: [swings] }), 6_000_001).bodies.filter(({ kind }) => kind === 'emerged')
    expect(told).toMatchObject([{ what: 'oscillation', figure: 'oscillationBeat', onsetUs: 3_200_000 }])
  })

  it('can be that many fall at once', () => {
    const falls = { kind: 'collapse', threshold: 0.4 } as const
    const kill = {
      at: 1_000_000,
      op: 'afflict',
      effect: 'kill',
      whom: { agents: Array.from({ length: 20 }, (_, i) => i) },
    }
    const told = run(turnCoats({ detectors: [falls] }, { faults: [kill] }), 2_000_001).bodies
    expect(told.filter(({ kind }) => kind === 'emerged')).toMatchObject([
      { what: 'collapse', value: 0.5, onsetUs: 1_000_000, alive: 20 },
    ])
  })
})

describe('determinism', () => {
  const scenario = () =>
    turnCoats({
      detectors: [FLOCK, { kind: 'oscillation', of: 'beat', threshold: 0.8 }, { kind: 'clusters', threshold: 3 }],
    })

  it('marks and digests are the same on 1 to 4 shards', () => {
    const [one, ...others] = [1, 2, 3, 4].map((shards) => run(scenario(), 5_000_001, shards))
    for (const other of others) {
      expect(other.bodies).toEqual(one!.bodies)
      expect(other.local.digestText()).toBe(one!.local.digestText())
    }
  })

  it.each([600_001, 1_500_000, 2_100_000])('a run that goes on from a checkpoint at %i tells the same', (at) => {
    const whole = run(scenario(), 5_000_001, 2)
    const first = run(scenario(), at, 2)
    const again = new LocalRun(scenario(), { shards: 3 })
    again.restore(first.local.snapshot())
    again.runTo(micros(5_000_001))
    const later = again.takeMarks().flatMap(({ program, body }) => (program === 'space' ? [body] : []))
    expect([...first.bodies, ...later]).toEqual(whole.bodies)
    expect(again.digestText()).toBe(whole.local.digestText())
  })
})
