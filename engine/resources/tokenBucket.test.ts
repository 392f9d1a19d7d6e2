import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newBucket, take, waitUs, type BucketParams } from './tokenBucket.ts'

/** Times at which packets that come at `arrivals` pass, in order; those without a token are dropped. */
function police(params: BucketParams, arrivals: readonly number[]): number[] {
  const bucket = newBucket(params, 0)
  return arrivals.filter((nowUs) => take(bucket, params, nowUs))
}
/** Greatest of (passed in [from, to]) − depth − perSecond · (to − from), in millionths of a packet. */
function worstExcess({ perSecond, depth }: BucketParams, passed: readonly number[]): number {
  let worst = -Infinity
  for (const [i, from] of passed.entries())
    for (let j = i; j < passed.length; j++)
      worst = Math.max(worst, (j - i + 1) * 1e6 - depth * 1e6 - perSecond * (passed[j]! - from))
  return worst
}

const params = fc.record({ perSecond: fc.integer({ min: 1, max: 5_000 }), depth: fc.integer({ min: 1, max: 20 }) })
const arrivals = fc
  .array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 120 })
  .map((gaps) => gaps.map((_, i) => gaps.slice(0, i + 1).reduce((a, b) => a + b, 0)))

describe('token bucket', () => {
  it('never lets more than depth + rate · t pass within any t (RFC 2697)', () => {
    fc.assert(
      fc.property(params, arrivals, (bucket, times) => {
        expect(worstExcess(bucket, police(bucket, times))).toBeLessThanOrEqual(0)
      }),
    )
  })
  it('without a depth to stop it, tokens of a long pause would let more pass', () => {
    const bottomless = { perSecond: 10, depth: 1_000 }
    const afterPause = Array.from({ length: 50 }, () => 10_000_000)
    expect(worstExcess({ perSecond: 10, depth: 4 }, police(bottomless, afterPause))).toBeGreaterThan(0)
  })
  it('lets everything pass that comes no faster than its rate, and of a flood exactly depth + rate · t', () => {
    const even = Array.from({ length: 500 }, (_, k) => k * 10_000)
    expect(police({ perSecond: 100, depth: 1 }, even)).toHaveLength(500)
    const flood = Array.from({ length: 10_001 }, (_, k) => k * 100)
    expect(police({ perSecond: 100, depth: 5 }, flood)).toHaveLength(5 + 100)
  })
  it('says exactly how long a packet has to wait', () => {
    fc.assert(
      fc.property(params, fc.integer({ min: 0, max: 1_000_000 }), (bucketParams, nowUs) => {
        const bucket = newBucket(bucketParams, nowUs)
        while (take(bucket, bucketParams, nowUs));
        const us = waitUs(bucket, bucketParams, nowUs)
        expect(take({ ...bucket }, bucketParams, nowUs + us - 1)).toBe(false)
        expect(take({ ...bucket }, bucketParams, nowUs + us)).toBe(true)
      }),
    )
  })
  it('never holds more than its depth: what takes more waits for ever; a clock set back adds nothing', () => {
    const four = { perSecond: 10, depth: 4 }
    const bucket = newBucket(four, 5_000_000)
    expect(waitUs(bucket, four, 5_000_000, 5)).toBe(Infinity)
    expect(take(bucket, four, 5_000_000, 4)).toBe(true)
    expect(take(bucket, four, 1_000_000)).toBe(false)
    expect(waitUs(bucket, four, 1_000_000)).toBe(100_000)
  })
})
