import { describe, expect, it } from 'vitest'
import { logNormalTail, phiOf, silenceFor } from './phiLevel.ts'

/** Upper tails of the standard normal distribution, 16 digits (Abramowitz and Stegun 26.2 by arbitrary precision). */
const TAILS: readonly (readonly [number, number])[] = [
  [0, 0.5],
  [0.5, 0.3085375387259869],
  [1, 0.15865525393145705],
  [1.5, 0.06680720126885807],
  [2, 0.02275013194817921],
  [3, 0.0013498980316300946],
  [4, 3.167124183311992e-5],
  [5, 2.866515718791939e-7],
  [10, 7.61985302416053e-24],
]

describe('phi', () => {
  it('knows the tail of the normal distribution to 10⁻¹²', () => {
    for (const [z, tail] of TAILS) expect(Math.abs(Math.exp(logNormalTail(z)) / tail - 1)).toBeLessThan(1e-12)
    for (const [z, tail] of TAILS) expect(Math.exp(logNormalTail(-z))).toBeCloseTo(1 - tail, 14)
  })

  it('agrees with the tail integrated by Simpson’s rule, on both sides of where the formula changes', () => {
    for (const z of [0.1, 1.99, 2, 2.01, 3.7, 6]) {
      const steps = 40_000
      const h = 12 / steps
      let sum = 0
      for (let k = 0; k <= steps; k++) {
        const x = k * h
        sum += (k === 0 || k === steps ? 1 : k % 2 === 1 ? 4 : 2) * Math.exp(-(z * x) - (x * x) / 2)
      }
      const log = Math.log((sum * h) / 3) - (z * z) / 2 - Math.log(2 * Math.PI) / 2
      expect(Math.abs(logNormalTail(z) - log)).toBeLessThan(1e-11)
    }
  })

  it('goes on growing where the tail itself is too small for a number', () => {
    const estimate = { meanUs: 100_000, deviationUs: 1_000 }
    expect(phiOf('normal', estimate, 200_000)).toBeCloseTo(2173.87, 2)
    expect(phiOf('normal', estimate, 10_000_000)).toBeGreaterThan(1e6)
  })

  it('is log₁₀ of e times silence over mean under the exponential model', () => {
    const estimate = { meanUs: 100_000, deviationUs: 5 }
    expect(phiOf('exponential', estimate, 100_000)).toBeCloseTo(Math.log10(Math.E), 14)
    expect(phiOf('exponential', estimate, 690_775.5278982137)).toBeCloseTo(3, 12)
  })

  it('is reached after just the silence that silenceFor says', () => {
    const estimate = { meanUs: 100_000, deviationUs: 7_000 }
    for (const model of ['normal', 'exponential'] as const)
      for (const phi of [0.5, 1, 3, 8, 16, 100])
        expect(Math.abs(phiOf(model, estimate, silenceFor(model, estimate, phi)) / phi - 1)).toBeLessThan(1e-7)
  })

  it('never asks for a silence before the last heartbeat', () => {
    expect(silenceFor('normal', { meanUs: 10, deviationUs: 1_000 }, 0.1)).toBe(0)
  })
})
