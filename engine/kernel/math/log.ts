import { exponentOf, mantissaOf } from './bits.ts'
import { LN2_HIGH, LN2_LOW } from './exp.ts'

export const SQRT2 = 1.4142135623730951

/** 2·artanh(s)/s − 2 as a series in z = s², |s| ≤ 0.1716. */
function artanhTail(z: number): number {
  let p = 2 / 25
  p = p * z + 2 / 23
  p = p * z + 2 / 21
  p = p * z + 2 / 19
  p = p * z + 2 / 17
  p = p * z + 2 / 15
  p = p * z + 2 / 13
  p = p * z + 2 / 11
  p = p * z + 2 / 9
  p = p * z + 2 / 7
  p = p * z + 2 / 5
  return z * (p * z + 2 / 3)
}

/**
 * ln(m·2ᵏ) + correction with ln m = 2 artanh((m−1)/(m+1)), summed so that f = m − 1, which is exact, leads (Tang 1990).
 */
function logOf(x: number, correction: number): number {
  let k = exponentOf(x)
  let m = mantissaOf(x, k)
  if (m > SQRT2) {
    m *= 0.5
    k++
  }
  const f = m - 1
  const s = f / (2 + f)
  const halfSquare = 0.5 * f * f
  const rest = s * (halfSquare + artanhTail(s * s)) + (k * LN2_LOW + correction)
  return k * LN2_HIGH - (halfSquare - rest - f)
}

export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN
  return x === Infinity ? x : logOf(x, 0)
}

/** ln(1 + x), accurate for small x: what rounding 1 + x lost is added back to first order. */
export function log1p(x: number): number {
  if (!(x > -1)) return x === -1 ? -Infinity : NaN
  if (x === Infinity || Math.abs(x) < 2.0e-17) return x
  const u = 1 + x
  const lost = x < 1 ? x - (u - 1) : 1 - (u - x)
  return logOf(u, lost / u)
}
