import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pairedDifference } from './paired.ts'

/** Hours of sleep gained under two drugs by ten patients (Cushny and Peebles 1905, as in Student 1908). */
const FIRST = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2]
const SECOND = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]

describe('pairedDifference', () => {
  it('gives the mean of 1.58 hours of Student 1908, and the interval 0.7001142 to 2.4598858 that R gives for it', () => {
    const { k, mean, half, excludesZero } = pairedDifference(FIRST, SECOND)
    expect([k, excludesZero]).toEqual([10, true])
    expect(mean).toBeCloseTo(1.58, 12)
    expect(mean - half).toBeCloseTo(0.7001142, 7)
    expect(mean + half).toBeCloseTo(2.4598858, 7)
  })

  it('leaves out pairs of which one run shows nothing', () => {
    const { k, mean, meanX, meanY } = pairedDifference([1, null, 3, 5], [2, 9, null, 7])
    expect([k, mean, meanX, meanY]).toEqual([2, 1.5, 3, 4.5])
  })

  it('is sure of nothing with fewer than two pairs', () => {
    expect(pairedDifference([], [])).toMatchObject({ k: 0, mean: NaN, half: NaN, excludesZero: false })
    expect(pairedDifference([1], [5])).toMatchObject({ k: 1, mean: 4, half: NaN, excludesZero: false })
  })

  it('is sure where every pair differs by the same, and not where none differs', () => {
    expect(pairedDifference([1, 2, 3], [4, 5, 6])).toMatchObject({ mean: 3, half: 0, excludesZero: true })
    expect(pairedDifference([1, 2, 3], [1, 2, 3])).toMatchObject({ mean: 0, half: 0, excludesZero: false })
  })

  it('does not change with what a seed adds to both runs of its pair', () => {
    const pair = fc.tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: -99, max: 99 }), fc.integer())
    fc.assert(
      fc.property(fc.array(pair, { minLength: 2, maxLength: 30 }), (pairs) => {
        const bare = pairedDifference(
          pairs.map(([x]) => x),
          pairs.map(([, y]) => y),
        )
        const noisy = pairedDifference(
          pairs.map(([x, , noise]) => x + noise),
          pairs.map(([, y, noise]) => y + noise),
        )
        expect(noisy.mean).toBeCloseTo(bare.mean, 6)
        expect(noisy.half).toBeCloseTo(bare.half, 6)
      }),
    )
  })
})
