import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { forEachSlot, histogram, HISTOGRAM_ERROR_MAX, mean, merge, quantile, record, reset } from './histogram.ts'
import { clonePlain } from './plain.ts'

const of = (values: readonly number[]) => {
  const h = histogram()
  for (const value of values) record(h, value)
  return h
}
/** Sizes spread over all octaves. */
const anyValue = fc
  .tuple(fc.integer({ min: 0, max: 53 }), fc.nat({ max: 2 ** 31 - 1 }))
  .map(([bits, u]) => Math.floor((u / 2 ** 31) * (2 ** bits - 1)))

describe('histogram', () => {
  it('reports the value of rank ⌈q·n⌉ within 1/256 at every size up to 2⁵³−1', () => {
    fc.assert(
      fc.property(
        fc.array(anyValue, { minLength: 1, maxLength: 200 }),
        fc.integer({ min: 0, max: 1000 }),
        (values, q) => {
          const sorted = values.toSorted((a, b) => a - b)
          const truth = sorted[Math.max(1, Math.ceil((q * values.length) / 1000)) - 1]!
          const told = quantile(of(values), q / 1000)
          expect(Math.abs(told - truth)).toBeLessThanOrEqual(truth * HISTOGRAM_ERROR_MAX)
          expect(Number.isSafeInteger(told)).toBe(true)
        },
      ),
    )
  })
  it('is exact below 256 and at both ends', () => {
    const h = of(Array.from({ length: 256 }, (_, i) => i))
    for (let i = 1; i <= 256; i++) expect(quantile(h, i / 256)).toBe(i - 1)
    const wide = of([12_345_678_901, 3, 2 ** 53 - 1])
    expect([quantile(wide, 0), quantile(wide, 1)]).toEqual([3, 2 ** 53 - 1])
  })
  it('slots tile the whole numbers: each value is in exactly one, no wider than 1/128 of it', () => {
    let next = 0
    const h = histogram()
    h.counts.fill(1)
    forEachSlot(h, (low, high) => {
      expect(low).toBe(next)
      expect(high - low).toBeLessThanOrEqual(low / 128)
      next = high + 1
    })
    expect(next).toBeGreaterThanOrEqual(2 ** 53)
    for (const v of [0, 255, 256, 511, 512, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 52, 2 ** 53 - 1]) {
      let hits = 0
      forEachSlot(of([v]), (low, high) => {
        if (low <= v && v <= high) hits++
      })
      expect([v, hits]).toEqual([v, 1])
    }
  })
  it('merging equals recording everything in one, in any order', () => {
    fc.assert(
      fc.property(fc.array(anyValue), fc.array(anyValue), (a, b) => {
        const small = (values: number[]) => values.map((v) => v % 2 ** 40) // sums stay exact
        const ab = of(small(a))
        merge(ab, of(small(b)))
        const ba = of(small(b))
        merge(ba, of(small(a)))
        expect(ab).toEqual(of(small([...a, ...b])))
        expect(ba).toEqual(ab)
      }),
      { numRuns: 20 },
    )
  })
  it('mean is exact; clone is independent; reset empties; an empty one has no mean or quantile', () => {
    const h = of([1, 2, 4])
    record(h, 1000, 3)
    expect(mean(h)).toBe(3007 / 6)
    const copy = clonePlain(h)
    reset(h)
    expect(h).toEqual(histogram())
    expect(copy.count).toBe(6)
    expect([mean(h), quantile(h, 0.5)]).toEqual([NaN, NaN])
  })
  it('refuses what is not a whole number ≥ 0', () => {
    for (const bad of [-1, 0.5, NaN, Infinity, 2 ** 53]) expect(() => record(histogram(), bad)).toThrow('whole numbers')
  })
})
