import { describe, expect, it } from 'vitest'
import { philox, threshold, unit } from './philox.ts'

const words = (key: readonly [number, number], counter: readonly [number, number, number, number]): string[] => {
  const out = new Uint32Array(4)
  philox(out, key[0], key[1], ...counter)
  return [...out].map((w) => w.toString(16).padStart(8, '0'))
}

describe('philox', () => {
  it('gives the known answers of Random123 (kat_vectors, philox4x32 10)', () => {
    expect(words([0, 0], [0, 0, 0, 0])).toEqual(['6627e8d5', 'e169c58d', 'bc57ac4c', '9b00dbd8'])
    const ones = 0xffffffff
    expect(words([ones, ones], [ones, ones, ones, ones])).toEqual(['408f276d', '41c83b0e', 'a20bc7c6', '6d5451fd'])
    expect(words([0xa4093822, 0x299f31d0], [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344])).toEqual([
      'd16cfe09',
      '94fdcceb',
      '5001e420',
      '24126ea1',
    ])
  })

  it('changes half of the bits when one bit of the address changes', () => {
    const a = new Uint32Array(4)
    const b = new Uint32Array(4)
    let flipped = 0
    for (let i = 0; i < 1_000; i++) {
      philox(a, 42, 1, 3, 4, i, 0)
      philox(b, 42, 1, 3, 4, i ^ 1, 0)
      for (let k = 0; k < 4; k++) for (let x = a[k]! ^ b[k]!; x !== 0; x &= x - 1) flipped++
    }
    expect(flipped / 128_000).toBeGreaterThan(0.495)
    expect(flipped / 128_000).toBeLessThan(0.505)
  })

  it('maps a certain probability to always and an impossible one to never', () => {
    expect(0xffffffff < threshold(1)).toBe(true)
    expect(0 < threshold(0)).toBe(false)
    expect(unit(0xffffffff)).toBeLessThan(1)
  })
})
