import { expect, it } from 'vitest'
import { setFields } from '../../scenario/set.ts'
import { PRESETS } from '../../scenario/presets/index.ts'
import { ratesAtSignals, shrinkings, worstExcess } from './aimd.ts'
import { told } from './claimfixture.ts'
import { tasksFrom, usedInTheEnd } from './drf.ts'

it('what users hold in the end is what they said last, and nothing where they never said anything', () => {
  const drf = PRESETS.find(({ scenario }) => scenario.name === 'drf')!.scenario
  const scenario = setFields(drf, ['swarm.agents=4', 'faults=[]'])
  if (!scenario.ok) throw new Error(scenario.error)
  const holding = (ms: number, agent: number, ...uses: number[]) =>
    [ms, agent, 'allocator', { kind: 'holding', tasks: 1, uses, done: 0 }] as const
  const marks = told(
    holding(1, 1, 1, 4),
    holding(2, 3, 3, 1),
    [3, 2, 'swim', { kind: 'holding', uses: [9, 9] }],
    holding(4, 1, 3, 12),
  )
  expect(usedInTheEnd({ marks, scenario: scenario.value })).toEqual([
    [3, 12],
    [0, 0],
    [3, 1],
  ])
})

it('tasks are as many as the scarcest resource allows, whole ones only', () => {
  expect(tasksFrom([6, 11], [1, 4])).toBe(2)
  expect(tasksFrom([6, 0], [1, 0])).toBe(6)
})

it('what is left of differences counts every pair that differed, and grows with the larger one’s lead', () => {
  const cut = (ms: number, agent: number, event: number, from: number) =>
    [ms, agent, 'aimd', { kind: 'cut', event, from, to: from / 2 }] as const
  const rows = ratesAtSignals(told(cut(1, 1, 1, 90), cut(1, 2, 1, 10), cut(9, 2, 2, 20), cut(9, 1, 2, 60)))
  expect(rows).toEqual([
    [90, 10],
    [60, 20],
  ])
  expect(shrinkings(rows)).toEqual([0.5])
  expect(
    shrinkings([
      [5, 5, 1],
      [5, 5, 3],
    ]),
  ).toEqual([0.5, 0.5])
})

it('the worst stretch is found wherever it lies, against looking at every one of them', () => {
  const times = [0, 5, 6, 7, 8, 900_000, 1_000_000, 1_000_001, 1_000_002, 1_400_000, 2_900_000]
  let worst = -Infinity
  for (let i = 0; i < times.length; i++)
    for (let j = i; j < times.length; j++) worst = Math.max(worst, j - i + 1 - 2 - (10 * (times[j]! - times[i]!)) / 1e6)
  expect(worstExcess(times, 2, 10)).toBeCloseTo(worst, 9)
  expect(worstExcess([0, 1_000_000, 2_000_000], 1, 1)).toBe(0)
})
