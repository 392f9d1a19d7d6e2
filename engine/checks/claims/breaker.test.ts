import { expect, it } from 'vitest'
import { binomialTail } from './breaker.ts'
import { cycleShare } from './credits.ts'

it('binomialTail gives the chances of the plan: at least 50 of 100 at 45, 50 and 55 %', () => {
  for (const [p, expected] of [
    [0.45, 0.1827],
    [0.5, 0.5398],
    [0.55, 0.8654],
  ] as const)
    expect(binomialTail(100, p, 50)).toBeCloseTo(expected, 4)
  expect(binomialTail(3, 0.5, 2)).toBeCloseTo(0.5, 12)
  expect(binomialTail(10, 0.3, 0)).toBe(1)
})

it('cycleShare is N / (N + M − 1) without delay (Gordon and Newell 1967), and less with one', () => {
  for (let stages = 1; stages < 8; stages++)
    for (let items = 1; items < 20; items++)
      expect(cycleShare(stages, items, 0)).toBeCloseTo(items / (items + stages - 1), 12)
  // One item: its services and its delay, one after the other.
  expect(cycleShare(4, 1, 10_000)).toBeCloseTo(1 / 5, 12)
})
