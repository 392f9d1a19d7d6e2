import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linear, logarithmic, rough, signed } from './scales.ts'

const scales = {
  linear: linear(0, 40, 1),
  logarithmic: logarithmic(100, 1e7, rough),
  'logarithmic with 0': logarithmic(1_000, 6e7, rough, true),
  signed: signed(10, 900_000, rough),
}

describe.each(Object.entries(scales))('a slider’s scale: %s', (_, scale) => {
  it('gives back what it says, for every position (a value shown again stays where it is)', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (x) => {
        const value = scale.value(x)
        const again = scale.value(scale.position(value))
        expect(Math.abs(again - value)).toBeLessThanOrEqual(Math.abs(value) * 1e-9)
      }),
    )
  })
  it('never falls while the slider goes right', () => {
    let last = -Infinity
    for (let k = 0; k <= 200; k++) {
      const value = scale.value(k / 200)
      expect(value).toBeGreaterThanOrEqual(last)
      last = value
    }
  })
})

it('has 0 where it is asked for: at the far left, or in the middle', () => {
  expect(scales['logarithmic with 0'].value(0)).toBe(0)
  expect(scales.signed.value(0.5)).toBe(0)
  expect(scales.signed.value(0)).toBe(-900_000)
  expect(scales.signed.value(1)).toBe(900_000)
})
