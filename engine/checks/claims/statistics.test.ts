import fc from 'fast-check'
import { expect, it } from 'vitest'
import { greatest, kthSmallest, least, mean, median, pool, quantile, sum } from './statistics.ts'

const values = fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 1 })

it('the median has as many values below it as above', () => {
  fc.assert(
    fc.property(values, (sample) => {
      const middle = median(sample)
      expect(sample.filter((v) => v < middle).length).toBeLessThanOrEqual(sample.length / 2)
      expect(sample.filter((v) => v > middle).length).toBeLessThanOrEqual(sample.length / 2)
    }),
  )
})

it('the q-quantile is a value that at least q of all do not exceed, and no smaller one is', () => {
  fc.assert(
    fc.property(values, fc.double({ min: 0.01, max: 1, noNaN: true }), (sample, q) => {
      const at = quantile(sample, q)
      const reaching = (limit: number) => sample.filter((v) => v <= limit).length / sample.length
      expect(reaching(at)).toBeGreaterThanOrEqual(q - 1e-12)
      for (const smaller of sample.filter((v) => v < at)) expect(reaching(smaller)).toBeLessThan(q)
    }),
  )
})

it('of no sample every figure is NaN, so no claim about it holds', () => {
  for (const figure of [median, mean, greatest, least, sum, (v: number[]) => quantile(v, 0.95)])
    expect(figure([])).toBeNaN()
})

it('the least is the first of the order statistics and the greatest the last', () => {
  fc.assert(
    fc.property(values, (sample) => {
      expect(least(sample)).toBe(kthSmallest(sample, 1))
      expect(greatest(sample)).toBe(kthSmallest(sample, sample.length))
      expect(mean(sample) * sample.length).toBeCloseTo(sum(sample), 6)
    }),
  )
})

it('samples of all runs are pooled in order, runs without any included', () => {
  expect(pool([[1, 2], [], [3]])).toEqual([1, 2, 3])
})
