import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mds, stress } from './mds.ts'

const points = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })), {
  minLength: 3,
  maxLength: 9,
})

describe('mds', () => {
  it('recovers distances that a plane can hold (classical scaling, Torgerson 1952)', () => {
    fc.assert(
      fc.property(points, (at) => {
        const distance = (a: number, b: number): number =>
          Math.hypot(at[a]![0] - at[b]![0], at[a]![1] - at[b]![1]) + 1e-6
        // Coincident points have no direction between them.
        for (let a = 0; a < at.length; a++) for (let b = 0; b < a; b++) fc.pre(distance(a, b) > 0.5)
        expect(stress(at.length, distance, mds(at.length, distance))).toBeLessThan(1e-3)
      }),
    )
  })

  it('never ends with more stress than it began with (SMACOF majorises)', () => {
    const distance = (a: number, b: number): number => 20 + ((a * 7 + b * 13) % 11) * 17
    const start = stress(8, distance, mds(8, distance, 0))
    let last = start
    for (const rounds of [1, 5, 50, 300]) {
      const now = stress(8, distance, mds(8, distance, rounds))
      expect(now).toBeLessThanOrEqual(last + 1e-9)
      last = now
    }
    expect(last).toBeLessThan(start)
  })

  it('gives the same picture every time, its longest axis across, the first point at the left', () => {
    const distance = (a: number, b: number): number => [13, 91, 233, 75, 243, 165][a + b] ?? 50
    const at = mds(4, distance)
    expect([...at]).toEqual([...mds(4, distance)])
    const spread = (axis: number): number =>
      at.reduce((sum, value, i) => (i % 2 === axis ? sum + value * value : sum), 0)
    expect(spread(0)).toBeGreaterThanOrEqual(spread(1))
    expect(at[0]).toBeLessThanOrEqual(0)
  })
})
