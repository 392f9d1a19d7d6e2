import { describe, expect, it } from 'vitest'
import { classifierTime, lowerEnd } from './predictive.ts'

it('classifierTime gives the figures of the plan: errors of 0, .1, .25 and .5 (Mitzenmacher 2021)', () => {
  for (const [error, expected] of [
    [0, 3.84],
    [0.1, 4.54],
    [0.25, 5.61],
    [0.5, 7.5],
  ] as const)
    expect(classifierTime(error)).toBeCloseTo(expected, 2)
})

/** Mean time of M/M/1 in services, the least key first: 1 + ∫ f(y) W₀ / (1 − ρ(y))² dy, by the trapezoid rule. */
function shortestFirst(densityOf: (y: number) => number, loadUpTo: (y: number) => number): number {
  const [load, end, steps] = [0.8, 60, 60_000]
  let wait = 0
  for (let k = 0; k < steps; k++) {
    const y = ((k + 0.5) * end) / steps
    wait += (densityOf(y) * load * end) / steps / (1 - load * loadUpTo(y)) ** 2
  }
  return 1 + wait
}

describe('the figures for exponential sizes at load .8', () => {
  it('2.882 with exact predictions (Phipps 1956)', () => {
    const time = shortestFirst(
      (y) => Math.exp(-y),
      (y) => 1 - Math.exp(-y) * (1 + y),
    )
    expect(time).toBeCloseTo(2.882, 3)
  })

  it('3.376 with predictions exponential around the size (Mitzenmacher 2020)', () => {
    // The prediction's density is ∫ e^(−x − y/x) / x dx; the load below y is ∫ x e^(−x) (1 − e^(−y/x)) dx.
    const integrate = (f: (x: number) => number): number => {
      let sum = 0
      // x = e^u makes the integrand smooth at both ends.
      for (let u = -14; u < 4.5; u += 0.02) sum += f(Math.exp(u)) * Math.exp(u) * 0.02
      return sum
    }
    let wait = 0
    for (let v = -14; v < 6.5; v += 0.02) {
      const y = Math.exp(v)
      const density = integrate((x) => Math.exp(-x - y / x) / x)
      const below = integrate((x) => x * Math.exp(-x) * (1 - Math.exp(-y / x)))
      wait += (density * 0.8 * y * 0.02) / (1 - 0.8 * below) ** 2
    }
    expect(1 + wait).toBeCloseTo(3.376, 2)
  })
})

describe('lowerEnd', () => {
  it('is the mean less t standard errors', () => {
    expect(lowerEnd([1, 2, 3])).toBeCloseTo(2 - 4.303 / Math.sqrt(3), 12)
    expect(lowerEnd([5, 5])).toBe(5)
  })
  it('is no number for fewer than two', () => {
    expect(lowerEnd([7])).toBeNaN()
    expect(lowerEnd([])).toBeNaN()
  })
})
