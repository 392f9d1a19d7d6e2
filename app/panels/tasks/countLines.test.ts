import { expect, it } from 'vitest'
import { countLines } from './countLines.ts'
import type { Report } from './TaskBook.ts'

const report = (atUs: number, counts: Report['counts'], classes: Report['classes'] = [], agent = 0): Report => ({
  ...{ atUs, agent, counts, classes },
})

it('has rates and means of what was done between two reports', () => {
  const lines = countLines(
    [
      report(500_000, { done: 10, waiting: 2, outstanding: 5, waitedUs: 1_000, tookUs: 3_000 }),
      report(1_000_000, { done: 30, waiting: 0, outstanding: 7, waitedUs: 9_000, tookUs: 23_000 }),
      report(1_500_000, { done: 30, waiting: 1, outstanding: 8, waitedUs: 9_000, tookUs: 23_000 }),
      report(2_000_000, { done: 99 }),
    ],
    1_900_000,
  )
  expect(lines.atUs).toEqual([500_000, 1_000_000, 1_500_000])
  expect(lines.done.values).toEqual([20, 40, 0])
  expect([lines.waiting.values, lines.outstanding.values]).toEqual([
    [2, 0, 1],
    [5, 7, 8],
  ])
  expect(lines.waited.map(({ values }) => values)).toEqual([[100, 400, NaN]])
  expect(lines.took.map(({ values }) => values)).toEqual([[300, 1_000, NaN]])
})

it('has a line for each priority where there are several', () => {
  const { waited } = countLines(
    [
      report(10, { done: 3 }, [
        { done: 1, waitedUs: 5, tookUs: 6 },
        { done: 2, waitedUs: 40, tookUs: 60 },
      ]),
    ],
    10,
  )
  expect(waited).toEqual([
    { label: 'priority 0', values: [5] },
    { label: 'priority 1', values: [20] },
  ])
})

it('sums over everybody who reports, and says nothing where counting began anew or sums are not told', () => {
  const { atUs, done, waited } = countLines(
    [report(10, { done: 3 }), report(10, { done: 4 }, [], 1), report(20, { done: 0 }), report(20, { done: 1 }, [], 1)],
    20,
  )
  expect([atUs, done.values[1], waited]).toEqual([[10, 20], NaN, []])
  expect(countLines([], 100)).toMatchObject({ atUs: [], waited: [], took: [] })
})

it('has no more points than can be seen, the last of each stretch', () => {
  const reports = Array.from({ length: 1_000 }, (_, k) => report(1_000 * (k + 1), { done: k + 1, waiting: k }))
  const { atUs, waiting, done } = countLines(reports, 1_000_000)
  expect(atUs.length).toBeLessThanOrEqual(81)
  expect(atUs.at(-1)).toBe(1_000_000)
  expect(waiting.values.at(-1)).toBe(999)
  for (const rate of done.values) expect(rate).toBeCloseTo(1_000)
})
