import { describe, expect, it } from 'vitest'
import { fadingShare, winnerShare } from './bridgeLaw.ts'

describe('the law of the double bridge', () => {
  it('is that of an independent simulation: .654, .842, .943 after 100, 1,000 and 5,000 crossings', () => {
    expect(winnerShare(100, 20, 2).mean).toBeCloseTo(0.654, 2)
    expect(winnerShare(1_000, 20, 2).mean).toBeCloseTo(0.842, 2)
    expect(winnerShare(5_000, 20, 2).mean).toBeCloseTo(0.943, 2)
  })

  it('tends to the larger of two beta-distributed shares where n is 1: .5 + 2⁻⁴⁰ · (40 choose 20) / 2 = .5627', () => {
    let half = 1
    for (let i = 1; i <= 20; i++) half *= (20 + i) / (4 * i)
    expect(winnerShare(5_000, 20, 1).mean).toBeCloseTo(0.5 + half / 2, 3)
  })

  it('is a fair coin where n is 0', () => {
    expect(winnerShare(1, 20, 0)).toEqual({ mean: 1, deviation: 0 })
    expect(winnerShare(2, 20, 0).mean).toBe(0.75)
  })
})

describe('the law of the bridge with fading marks', () => {
  it('has no winner up to 2k, and .933, .971, .990 beyond', () => {
    expect([20, 40].map((marks) => fadingShare(marks, 20))).toEqual([0.5, 0.5])
    const shares = [80, 120, 200].map((marks) => Math.round(1_000 * fadingShare(marks, 20)) / 1_000)
    expect(shares).toEqual([0.933, 0.971, 0.99])
  })

  it('is where as much is laid on each arm as fades: φP = ρC', () => {
    for (const marks of [80, 120, 200]) {
      const share = fadingShare(marks, 20)
      const [a, b] = [20 + marks * share, 20 + marks * (1 - share)]
      expect((a * a) / (a * a + b * b)).toBeCloseTo(share, 12)
    }
  })
})
