import { expect, it } from 'vitest'
import { HISTORY, oscillationOf } from './oscillation.ts'

const wave = (n: number, period: number): number[] =>
  Array.from({ length: n }, (_, i) => Math.sin((2 * Math.PI * i) / period))

it('finds the period of a sine and of a saw tooth, whatever level they are on', () => {
  const sine = oscillationOf(wave(HISTORY, 20).map((y) => 5 + 0.01 * y))
  expect(sine.strength).toBeCloseTo(1, 3)
  expect(sine.period).toBeCloseTo(20, 1)
  const saw = oscillationOf(Float64Array.from({ length: HISTORY }, (_, i) => i % 37))
  expect(saw.strength).toBeGreaterThan(0.95)
  expect(saw.period).toBeCloseTo(37, 0)
})

it('finds a period that is no whole number of measurements', () => {
  expect(oscillationOf(wave(HISTORY, 23.4)).period).toBeCloseTo(23.4, 0)
})

it('finds an oscillation under noise, and on a slope', () => {
  let state = 7
  const noise = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32 - 0.5
  const noisy = oscillationOf(wave(HISTORY, 20).map((y, i) => y + noise() + 0.02 * i))
  expect(noisy.strength).toBeGreaterThan(0.6)
  expect(Math.abs(noisy.period - 20)).toBeLessThan(1)
})

it('finds none in what stays, what climbs, what is noise, and what is too short', () => {
  expect(oscillationOf(new Float64Array(HISTORY).fill(0.1))).toEqual({ strength: 0, period: 0 })
  expect(oscillationOf(Float64Array.from({ length: HISTORY }, (_, i) => i)).strength).toBe(0)
  let state = 3
  const noise = Float64Array.from(
    { length: HISTORY },
    () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32,
  )
  expect(oscillationOf(noise).strength).toBeLessThan(0.4)
  expect(oscillationOf(wave(31, 8)).strength).toBe(0)
})
