import fc from 'fast-check'
import { expect, it } from 'vitest'
import { medianTail, tailProbability } from './roundTrip.ts'

/** P(X ≤ x) by summing the density of E₁ + E₂ against the law of D in small steps. */
function bySumming(x: number, legMean: number, diskMean: number): number {
  const steps = 20_000
  let total = 0
  for (let k = 0; k < steps; k++) {
    const t = ((k + 0.5) * x) / steps
    const erlang = (t / legMean ** 2) * Math.exp(-t / legMean)
    total += (erlang * (1 - Math.exp(-(x - t) / diskMean)) * x) / steps
  }
  return total
}

it('is the law of two ways and one write: the sum over all ways to split the time', () => {
  for (const [x, leg, disk] of [
    [1, 1, 0.3],
    [5, 1, 2],
    [2_000, 910, 500],
    [900, 380, 500],
  ] as const)
    expect(tailProbability(x, leg, disk)).toBeCloseTo(bySumming(x, leg, disk), 6)
})

it('half of all round trips take no longer than the median', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1, max: 5_000, noNaN: true }),
      fc.double({ min: 1, max: 5_000, noNaN: true }),
      (leg, disk) => {
        fc.pre(Math.abs(leg - disk) > 0.01 * leg)
        expect(tailProbability(medianTail(leg, disk), leg, disk)).toBeCloseTo(0.5, 6)
      },
    ),
  )
})

it('without a write to speak of it is the median of Erlang-2, 1.67835 means of one way', () => {
  expect(medianTail(1_000, 1e-3)).toBeCloseTo(1_678.35, 1)
})
