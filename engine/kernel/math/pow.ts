import { exponentOf, mantissaOf, productError, scale, sumError } from './bits.ts'
import { expTail, INV_LN2, LN2_HIGH, LN2_LOW } from './exp.ts'
import { SQRT2 } from './log.ts'

/** Where `logDouble` leaves ln m as an unevaluated sum high + low, and the exponent. Read at once by its caller. */
const ln = { high: 0, low: 0, exponent: 0 }

/**
 * ln m to about 70 bits, with x = m·2ᵏ and √½ ≤ m ≤ √2, into `ln`: s·(2 + z(2/3 + z(2/5 + …))), s = (m−1)/(m+1), z =
 * s²;
 * the leading terms in double-double (Dekker 1971).
 */
function logDouble(x: number): void {
  ln.exponent = exponentOf(x)
  let m = mantissaOf(x, ln.exponent)
  if (m > SQRT2) {
    m *= 0.5
    ln.exponent++
  }
  const f = m - 1 // exact
  const g = m + 1
  const s = f / g
  const p = s * g
  const sLow = (f - p - productError(s, g, p) - s * sumError(m, 1, g)) / g
  const z = s * s
  const zLow = productError(s, s, z) + 2 * s * sLow

  let q = 2 / 27
  q = q * z + 2 / 25
  q = q * z + 2 / 23
  q = q * z + 2 / 21
  q = q * z + 2 / 19
  q = q * z + 2 / 17
  q = q * z + 2 / 15
  q = q * z + 2 / 13
  q = q * z + 2 / 11
  q = q * z + 2 / 9
  q = (q * z + 2 / 7) * z

  const b = 0.4 + q
  const bLow = sumError(0.4, q, b) - 2.2204460492503132e-17
  const zb = z * b
  const c = 0.6666666666666666 + zb
  const cLow =
    sumError(0.6666666666666666, zb, c) + (productError(z, b, zb) + z * bLow + zLow * b) + 3.700743415417188e-17
  const d = z * c
  const dLow = productError(z, c, d) + z * cLow + zLow * c
  const w = s * d
  const wLow = productError(s, d, w) + s * dLow + sLow * d
  const high = 2 * s + w
  const low = sumError(2 * s, w, high) + (2 * sLow + wLow)
  ln.high = high + low
  ln.low = low - (ln.high - high)
}

export function log2(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN
  if (x === Infinity) return x
  logDouble(x)
  const p = ln.high * INV_LN2
  const pLow = productError(ln.high, INV_LN2, p) + ln.high * 2.0355273740931033e-17 + ln.low * INV_LN2
  const sum = ln.exponent + p
  return sum + (sumError(ln.exponent, p, sum) + pLow)
}

const isOdd = (y: number): boolean => Math.abs(y % 2) === 1

/** Bases 0 and ±Infinity. */
function powOfLimit(x: number, y: number): number {
  const size = (x === 0) === y > 0 ? 0 : Infinity
  const negative = x < 0 || (x === 0 && 1 / x < 0)
  return negative && isOdd(y) ? -size : size
}

/**
 * xʸ = e^(y·ln x), both in double-double: results that are representable come out exact. Special values as Math.pow.
 */
export function pow(x: number, y: number): number {
  if (y === 0) return 1
  if (x !== x || y !== y) return NaN
  const size = Math.abs(x)
  if (y === Infinity || y === -Infinity) return size === 1 ? NaN : size > 1 === y > 0 ? Infinity : 0
  if (x === 0 || size === Infinity) return powOfLimit(x, y)
  if (x < 0 && Math.floor(y) !== y) return NaN
  const sign = x < 0 && isOdd(y) ? -1 : 1

  // |ln x| ≥ 2⁻⁵³ unless x = 1, so 2⁶⁵ already overflows or underflows.
  const power = Math.max(-36893488147419103232, Math.min(y, 36893488147419103232))
  logDouble(size)
  const a = ln.exponent * LN2_HIGH
  const high = a + ln.high
  const low = sumError(a, ln.high, high) + (ln.exponent * LN2_LOW + ln.low)
  const p = power * high
  if (p > 710) return sign * Infinity
  if (p < -746) return sign * 0
  return sign * expDouble(p, productError(power, high, p) + power * low)
}

/** e^(p + pLow) with |p| < 746; 1 + r + r²/2 in double-double, the rest in double. */
function expDouble(p: number, pLow: number): number {
  const k = Math.floor(p * INV_LN2 + 0.5)
  const high = p - k * LN2_HIGH // exact
  const low = pLow - k * LN2_LOW
  const r = high + low
  const rLow = sumError(high, low, r)
  const h = r * r
  const s = 1 + r
  const t = s + 0.5 * h
  const errors = sumError(1, r, s) + sumError(s, 0.5 * h, t) + 0.5 * productError(r, r, h)
  return scale(t + (errors + (r * h * expTail(r) + rLow * s)), k)
}
