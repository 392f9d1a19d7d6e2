import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { permuted } from './permutation.ts'

const order = (key: number, size: number): number[] => Array.from({ length: size }, (_, k) => permuted(key, k, size))

describe('permuted', () => {
  it('is a permutation for every key and size', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 1_100 }), (key, size) => {
        expect(new Set(order(key, size)).size).toBe(size)
        expect(Math.max(...order(key, size))).toBe(size - 1)
      }),
    )
  })

  it('puts each element at each place equally often over the keys, within six standard errors', () => {
    const size = 20
    const keys = 20_000
    const counts = Array.from({ length: size * size }, () => 0)
    for (let key = 0; key < keys; key++)
      order(Math.imul(key, 0x9e3779b1), size).forEach((x, k) => counts[k * size + x]!++)
    const expected = keys / size
    for (const count of counts) expect(Math.abs(count - expected)).toBeLessThan(6 * Math.sqrt(expected))
  })

  it('orders differ between keys', () => {
    expect(new Set(Array.from({ length: 100 }, (_, key) => order(key, 50).join())).size).toBe(100)
  })
})
