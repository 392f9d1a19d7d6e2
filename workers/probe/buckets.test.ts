import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bucketsOf, quantile } from './buckets.ts'

it('counts every sample once, in the bucket whose bounds hold it, from the first used to the last', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1e7, noNaN: true })), (samples) => {
      const buckets = bucketsOf(Float64Array.from(samples))
      for (const { fromUs, toUs, count } of buckets)
        expect(samples.filter((s) => fromUs <= s && s < toUs)).toHaveLength(count)
      expect(buckets.reduce((sum, bucket) => sum + bucket.count, 0)).toBe(samples.length)
      expect(buckets.length === 0 || (buckets[0]!.count > 0 && buckets.at(-1)!.count > 0)).toBe(true)
    }),
  )
})

it('leaves no gap between buckets, and their edges are round', () => {
  const buckets = bucketsOf(Float64Array.of(0.01, 1e6))
  for (let b = 1; b < buckets.length; b++) expect(buckets[b]!.fromUs).toBe(buckets[b - 1]!.toUs)
  expect(buckets.map((bucket) => bucket.fromUs).slice(0, 9)).toEqual([0, 0.1, 0.15, 0.2, 0.3, 0.5, 0.7, 1, 1.5])
  expect(buckets.at(-1)).toEqual({ fromUs: 100_000, toUs: Infinity, count: 1 })
})

it('takes quantiles by nearest rank', () => {
  const hundred = Float64Array.from({ length: 100 }, (_, i) => i + 1)
  expect([quantile(hundred, 0.5), quantile(hundred, 0.99), quantile(hundred, 1)]).toEqual([50, 99, 100])
  expect(quantile(Float64Array.of(7), 0)).toBe(7)
  expect(quantile(new Float64Array(0), 0.5)).toBeNaN()
})
