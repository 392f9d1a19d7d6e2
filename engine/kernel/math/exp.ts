import { scale } from './bits.ts'

export const INV_LN2 = 1.4426950408889634
/** ln 2 = LN2_HIGH + LN2_LOW; the first has 42 bits, so that k·LN2_HIGH is exact for every exponent k. */
export const LN2_HIGH = 0.6931471805598903
export const LN2_LOW = 5.497923018708371e-14

/** (eʳ − 1 − r − r²/2) / r³ for |r| ≤ ln 2 / 2. */
export function expTail(r: number): number {
  let p = 1 / 6227020800
  p = p * r + 1 / 479001600
  p = p * r + 1 / 39916800
  p = p * r + 1 / 3628800
  p = p * r + 1 / 362880
  p = p * r + 1 / 40320
  p = p * r + 1 / 5040
  p = p * r + 1 / 720
  p = p * r + 1 / 120
  p = p * r + 1 / 24
  return p * r + 1 / 6
}

/** eˣ = 2ᵏ·eʳ with |r| ≤ ln 2 / 2; the rounding error of r is carried along (Cody & Waite 1980, ch. 6). */
export function exp(x: number): number {
  if (x !== x) return x
  if (x > 709.782712893384) return Infinity
  if (x < -745.1332191019412) return 0
  const k = Math.floor(x * INV_LN2 + 0.5)
  const high = x - k * LN2_HIGH
  const low = k * LN2_LOW
  const r = high - low
  const rError = high - r - low
  const s = 1 + r
  return scale(s + (1 - s + r + (rError + r * r * (0.5 + r * expTail(r)))), k)
}
