import { describe, expect, it } from 'vitest'
import { pushGossip } from '../../scenario/presets/pushGossip.ts'
import type { ClaimRun } from './Claim.ts'
import { told, type Told } from './claimfixture.ts'
import { farthestRatio, mendedRatio, roundsToAll, spreadOf } from './rumourMeasure.ts'

const run = (agents: number, messages: number, ...rows: readonly Told[]): ClaimRun => ({
  scenario: { ...pushGossip.scenario, swarm: { ...pushGossip.scenario.swarm, agents } },
  marks: told(...rows),
  ...{ untilUs: 0, messages, transmissions: messages, violated: [], floorUs: () => 1 },
})
const body = (kind: string, more = {}) => ({ kind, origin: 0, number: 0, ...more })
const started = [1, 0, 'gossip', body('started', { cycle: 4 })] as const
const heard = (agent: number, cycle: number, mended = false) =>
  [cycle, agent, 'gossip', body('heard', { cycle, mended })] as const
const tired = (agent: number) => [90, agent, 'gossip', body('lost interest')] as const

describe('how a rumour fared', () => {
  it('is the share left out, calls an agent, and the cycle of the last to hear, counted from the start', () => {
    const done = run(4, 12, started, heard(1, 5), heard(2, 9), tired(0), tired(1), tired(2))
    expect(spreadOf(done)).toEqual({ residue: 0.25, traffic: 1.5, last: 5 })
  })
  it('is nothing while somebody still spreads it, and where there is no rumour', () => {
    expect(spreadOf(run(4, 12, started, heard(1, 5), tired(0)))).toBeNull()
    expect(spreadOf(run(4, 0))).toBeNull()
  })
  it('counts the first rumour only', () => {
    const second = [8, 3, 'gossip', { kind: 'heard', origin: 2, number: 0, cycle: 30, mended: false }] as const
    const done = run(4, 8, started, heard(1, 5), second, tired(0), tired(1))
    expect(spreadOf(done)).toMatchObject({ residue: 0.5, last: 1 })
  })
})

it('rounds until all know: none where somebody does not', () => {
  expect(roundsToAll(run(3, 0, started, heard(1, 5), heard(2, 12)))).toEqual([8])
  expect(roundsToAll(run(3, 0, started, heard(1, 5)))).toEqual([])
})

describe('what one round of comparing leaves', () => {
  it('beside its closed form, as an enumeration of every choice of partners gives it', () => {
    // Four agents, the last two left out. Each calls one of the other three: 81 equally likely choices.
    let left = 0
    for (let choice = 0; choice < 81; choice++) {
      const partner = [0, 1, 2, 3].map((agent) => {
        const k = Math.floor(choice / 3 ** agent) % 3
        return k >= agent ? k + 1 : k
      })
      for (const agent of [2, 3]) if (partner[agent]! >= 2 && partner[0] !== agent && partner[1] !== agent) left++
    }
    const ratio = mendedRatio(run(4, 0, started, heard(1, 5)))!
    expect(2 / ratio).toBeCloseTo(left / 81, 12)
    expect(mendedRatio(run(4, 0, started, heard(1, 5), heard(2, 32, true), heard(3, 32, true)))).toBe(0)
  })
  it('is nothing where nobody was left out, or nobody was told', () => {
    expect(mendedRatio(run(2, 0, started, heard(1, 5)))).toBeNull()
    expect(mendedRatio(run(3, 0, started))).toBeNull()
  })
})

it('the ratio farthest from 1 is of the setup whose mean is farthest off; NaN where one has no sample', () => {
  expect(farthestRatio([[1], [4], [1.1], [2]], [1, 4])).toBeCloseTo(0.75)
  expect(farthestRatio([[1], [], [1], []], [1, 4])).toBeNaN()
})
