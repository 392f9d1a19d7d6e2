import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { philox } from '../kernel/philox.ts'
import { leastLoaded, sampleDistinct } from './LoadBalancer.ts'

function drawer(seed: number): () => number {
  const words = new Uint32Array(4)
  let n = 0
  return () => {
    philox(words, seed, 0, n++, 0, 0, 0)
    return words[0]!
  }
}

describe('choosing', () => {
  it('takes a least loaded one, and each of the equals as often', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5), { minLength: 1, maxLength: 20 }), fc.nat(), (loads, seed) => {
        expect(loads[leastLoaded(loads, drawer(seed))]).toBe(Math.min(...loads))
      }),
    )
    const counts = [0, 0, 0, 0, 0, 0]
    const draw = drawer(1)
    for (let k = 0; k < 9_000; k++) counts[leastLoaded([3, 1, 2, 1, 4, 1], draw)]!++
    expect([counts[0], counts[2], counts[4]]).toEqual([0, 0, 0])
    for (const k of [1, 3, 5]) expect(counts[k]! / 3_000).toBeCloseTo(1, 0.9)
  })

  it('samples d different ones of n, every order as likely', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 60 }), fc.nat(), (n, d, seed) => {
        const chosen = sampleDistinct(n, d, drawer(seed))
        expect(chosen.length).toBe(Math.min(n, d))
        expect(new Set(chosen).size).toBe(chosen.length)
        for (const place of chosen) expect(place >= 0 && place < n).toBe(true)
      }),
    )
    const counts: Record<string, number> = {}
    const draw = drawer(2)
    for (let k = 0; k < 24_000; k++) {
      const name = sampleDistinct(4, 2, draw).join()
      counts[name] = (counts[name] ?? 0) + 1
    }
    expect(Object.keys(counts).length).toBe(12)
    for (const count of Object.values(counts)) expect(count / 2_000).toBeCloseTo(1, 0.9)
  })

  it('draws a word for each that it samples, and no more', () => {
    let words = 0
    sampleDistinct(1_000_000, 3, () => (words++, 4_294_967_295))
    expect(words).toBe(3)
  })
})
