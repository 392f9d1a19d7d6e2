import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jainIndex } from './jainIndex.ts'

describe('jainIndex', () => {
  it('k of n with the same and the others with nothing are fair to k / n (Jain, Chiu and Hawe 1984)', () => {
    for (const k of [1, 3, 10]) {
      const amounts = Array.from({ length: 10 }, (_, i) => (i < k ? 7 : 0))
      expect(jainIndex(amounts)).toBeCloseTo(k / 10, 12)
    }
    expect(jainIndex([0, 0])).toBe(1)
    expect(jainIndex([])).toBeNaN()
    expect(jainIndex([5e-324, 1e300, 1e300])).toBeCloseTo(2 / 3, 12)
  })
  it('the index lies between 1/n and 1 and does not change with the unit', () => {
    const amounts = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(amounts, (xs) => {
        const index = jainIndex(xs)
        expect(index).toBeGreaterThanOrEqual(1 / xs.length - 1e-12)
        expect(index).toBeLessThanOrEqual(1 + 1e-12)
        expect(jainIndex(xs.map((x) => x * 8))).toBeCloseTo(index, 9)
      }),
    )
  })
})
