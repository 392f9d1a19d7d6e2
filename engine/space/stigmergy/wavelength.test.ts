import { describe, expect, it } from 'vitest'
import { wavelengthOf } from './wavelength.ts'

const TAU = 2 * Math.PI
const layer = (columns: number, rows: number, value: (x: number, y: number) => number): Float32Array =>
  Float32Array.from({ length: columns * rows }, (_, i) => value(i % columns, Math.floor(i / columns)))

describe('wavelengthOf', () => {
  it.each([
    ['along x', 120, 80, (x: number) => Math.sin((TAU * x) / 24)],
    ['along y', 80, 120, (_: number, y: number) => 3 + Math.cos((TAU * y) / 24)],
  ] as const)('a plane wave %s has its own length', (_, columns, rows, value) => {
    expect(wavelengthOf(layer(columns, rows, value), 0, columns, rows, 1)).toBeCloseTo(24, 2)
    expect(wavelengthOf(layer(columns, rows, value), 0, columns, rows, 0.5)).toBeCloseTo(12, 2)
  })

  it('a slanting wave: 1 / √(1/20² + 1/30²)', () => {
    const wave = layer(120, 120, (x, y) => Math.cos(TAU * (x / 20 - y / 30)))
    expect(wavelengthOf(wave, 0, 120, 120, 1)).toBeCloseTo(1 / Math.sqrt(1 / 400 + 1 / 900), 2)
  })

  it('two waves: the inverse of the wavenumbers’ mean, weighted by power', () => {
    const waves = layer(96, 48, (x) => 2 * Math.sin((TAU * x) / 32) + Math.sin((TAU * x) / 8))
    expect(wavelengthOf(waves, 0, 96, 48, 1)).toBeCloseTo(5 / (4 / 32 + 1 / 8), 2)
  })

  it('a large field is averaged first and has the same length', () => {
    const wave = layer(600, 600, (x, y) => Math.cos((TAU * x) / 60) * Math.cos((TAU * y) / 60))
    expect(wavelengthOf(wave, 0, 600, 600, 1)).toBeCloseTo(60 / Math.SQRT2, 1)
  })

  it('an even field has none', () => {
    expect(wavelengthOf(new Float32Array(400).fill(0), 0, 20, 20, 1)).toBe(0)
  })
})
