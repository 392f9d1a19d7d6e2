import { describe, expect, it } from 'vitest'
import { presetNamed } from '../../engine/scenario/presets/index.ts'
import { setFields } from '../../engine/scenario/set.ts'
import { parseAxis } from './axis.ts'
import { planSweep, runOfPart } from './SweepPlan.ts'
import type { SweepSpec } from './SweepSpec.ts'

const { scenario } = presetNamed('raft-lan')!
const spec = (over: readonly string[], rest: Partial<SweepSpec> = {}): SweepSpec => ({
  ...{ scenario, repeat: 1, untilUs: null, stop: null, ...rest },
  axes: over.map((text) => {
    const axis = parseAxis(text)
    if (!axis.ok) throw new Error(axis.error)
    return axis.value
  }),
})
const planned = (over: readonly string[], rest: Partial<SweepSpec> = {}) => {
  const plan = planSweep(spec(over, rest))
  if (!plan.ok) throw new Error(plan.error)
  return plan.value
}
const refused = (over: readonly string[], rest: Partial<SweepSpec> = {}) => {
  const plan = planSweep(spec(over, rest))
  return plan.ok ? null : plan.error
}

describe('planSweep', () => {
  it('is the full product, the last parameter fastest, then the seeds', () => {
    const plan = planned(['swarm.agents=3,5', 'network.loss=0,0.1,0.2'], { repeat: 2 })
    expect([plan.points, plan.runs]).toEqual([6, 12])
    expect(Array.from({ length: 6 }, (_, point) => plan.valuesAt(point))).toEqual([
      [3, 0],
      [3, 0.1],
      [3, 0.2],
      [5, 0],
      [5, 0.1],
      [5, 0.2],
    ])
    expect([0, 1, 2, 3].map((run) => [plan.pointOf(run), plan.seedOf(run)])).toEqual([
      [0, 10],
      [0, 11],
      [1, 10],
      [1, 11],
    ])
  })

  it('the same seeds at every point: common random numbers', () => {
    const plan = planned(['network.loss=0,0.1'], { repeat: 3 })
    expect([0, 1, 2].map(plan.seedOf)).toEqual([3, 4, 5].map(plan.seedOf))
  })

  it('a run is the scenario that --set and --seed make', () => {
    const plan = planned(['swarm.agents=3,5', 'network.loss=0:0.2:0.1'], { repeat: 2 })
    const made = setFields(scenario, ['swarm.agents=5', 'network.loss=0.2', 'seed=11'])
    expect(plan.scenarioOf(11)).toEqual(made.ok && made.value)
  })

  it('parts are disjoint and together the whole', () => {
    const plan = planned(['network.loss=0:0.5:0.05'], { repeat: 3 })
    for (const of of [1, 2, 5, 7, 33]) {
      const runs = Array.from({ length: of }, (_, index) => index).flatMap((index) =>
        Array.from({ length: plan.rowsIn({ index, of }) }, (_, i) => runOfPart({ index, of }, i)),
      )
      expect(runs.sort((a, b) => a - b)).toEqual(Array.from({ length: plan.runs }, (_, run) => run))
    }
  })

  it('refuses before anything runs, in one sentence that names the point', () => {
    expect(refused(['swarm.agents=3,5', 'network.loss=0,2'])).toBe(
      'point 2 of 4, swarm.agents=3, network.loss=2: network.loss: 2 is outside 0..1',
    )
    expect(refused(['network.lss=0.1'])).toBe('network.lss: unknown field; did you mean "loss"?')
    expect(refused(['topology.kind=mesh,rnig'])).toMatch(/^point 2 of 2, .*"rnig".*did you mean "ring"\?$/)
    expect(refused(['network.loss=0,1', 'network.loss=0.5'])).toBe('network.loss: is swept twice')
    expect(refused(['seed=1,2'])).toMatch(/^seed: is what the repetitions count up/)
    expect(refused([], { repeat: 0 })).toBe('repeat: 0 is not a whole number from 1 on')
    expect(refused([], { scenario: { ...scenario, seed: 0xffffffff }, repeat: 2 })).toMatch(/^seed: 2 seeds from/)
  })

  it('refuses 10⁹ points and more than 10⁶ runs, at once', () => {
    const thousand = (path: string): string => `${path}=0:0.999:0.001`
    expect(refused(['network.loss', 'network.duplicate', 'network.reorder'].map(thousand))).toBe(
      'sweep: 1,000,000,000 points are above the 100,000 allowed',
    )
    expect(refused([thousand('network.loss')], { repeat: 1_001 })).toBe(
      'sweep: 1,001,000 runs (1,000 points, 1,001 each) are above the 1,000,000 allowed',
    )
  })
})
