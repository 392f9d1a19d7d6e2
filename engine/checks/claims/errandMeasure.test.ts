import { expect, it } from 'vitest'
import { topologyCost } from '../../scenario/presets/topologyCost.ts'
import type { ClaimRun } from './Claim.ts'
import { told, type Told } from './claimfixture.ts'
import { errandsOf, farthest, lastHeardUs } from './errandMeasure.ts'

const run = (agents: number, ...rows: readonly Told[]): ClaimRun => ({
  scenario: { ...topologyCost.scenario, swarm: { ...topologyCost.scenario.swarm, agents } },
  marks: told(...rows),
  ...{ untilUs: 0, messages: 0, transmissions: 0, violated: [], floorUs: () => 1 },
})
const began = (ms: number, errand: number, to = -1) => [ms, 0, 'errand', { kind: 'began', errand, to }] as const
const heard = (ms: number, agent: number, errand: number) => [ms, agent, 'errand', { kind: 'heard', errand }] as const
const ended = (ms: number, errand: number) => [ms, 0, 'errand', { kind: 'ended', errand }] as const

it('an errand lasts from its beginning to its end, whatever others do meanwhile', () => {
  const two = run(3, began(1, 1, 2), ended(5, 1), began(10, 2), heard(12, 1, 2))
  expect(errandsOf(two)).toEqual([
    { errand: 1, beganUs: 1_000, to: 2, heardUs: [], endedUs: 5_000 },
    { errand: 2, beganUs: 10_000, to: -1, heardUs: [12_000], endedUs: null },
  ])
})

it('a broadcast is over when the last of all agents has heard it; one that misses somebody is never over', () => {
  const rows = [began(1, 1), heard(4, 1, 1), heard(9, 2, 1), began(20, 2), heard(22, 1, 2)] as const
  expect(lastHeardUs(run(3, ...rows))).toEqual([8_000])
})

it('the value farthest off, either way; NaN of nothing', () => {
  expect(farthest([39, 41, 36], 39)).toBe(36)
  expect(farthest([39, 39], 39)).toBe(39)
  expect(farthest([], 39)).toBeNaN()
})
