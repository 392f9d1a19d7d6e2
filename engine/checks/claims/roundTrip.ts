import { exp } from '../../kernel/math.ts'

/**
 * P(X ≤ x) of X = E₁ + E₂ + D, two exponentials of mean `legMean` (the way there and the way back) and one of mean
 * `diskMean` ≠ legMean (the write between them): the hypoexponential law, by integrating Erlang-2 against D.
 */
export function tailProbability(x: number, legMean: number, diskMean: number): number {
  const alpha = 1 / legMean
  const beta = 1 / diskMean
  const gamma = alpha - beta
  const erlang = 1 - exp(-alpha * x) * (1 + alpha * x)
  const overlap = (alpha / gamma) * (alpha / gamma) * (exp(-beta * x) - exp(-alpha * x) * (1 + gamma * x))
  return erlang - overlap
}

/** Median of that law, by bisection to a relative 2⁻⁴⁰. */
export function medianTail(legMean: number, diskMean: number): number {
  let lo = 0
  let hi = 2 * (2 * legMean + diskMean) // Markov: P(X > 2·mean) ≤ 1/2
  for (let k = 0; k < 41; k++) {
    const mid = (lo + hi) / 2
    if (tailProbability(mid, legMean, diskMean) < 0.5) lo = mid
    else hi = mid
  }
  return (lo + hi) / 2
}
