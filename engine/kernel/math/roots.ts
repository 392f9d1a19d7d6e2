import { exponentOf, productError, scale } from './bits.ts'

/** Three Halley steps on 1 ≤ |x|·2⁻³ʲ < 8 and a last Newton step on the exact residual. */
export function cbrt(x: number): number {
  if (x === 0 || x - x !== 0) return x // ±0, ±Infinity, NaN
  const j = Math.floor(exponentOf(x) / 3)
  const m = scale(Math.abs(x), -3 * j)
  let t = 1 + (m - 1) / 7 // within 11 %
  for (let i = 0; i < 3; i++) {
    const cube = t * t * t
    t *= (cube + 2 * m) / (2 * cube + m)
  }
  const t2 = t * t
  const t3 = t2 * t
  const residual = m - t3 - productError(t2, t, t3) - productError(t, t, t2) * t
  const root = scale(t + residual / (3 * t2), j)
  return x < 0 ? -root : root
}

/** √(x² + y²) without overflow; the rounding errors of the squares and of the root are put back. */
export function hypot(x: number, y: number): number {
  const large = Math.max(Math.abs(x), Math.abs(y))
  const small = Math.min(Math.abs(x), Math.abs(y))
  if (Math.abs(x) === Infinity || Math.abs(y) === Infinity) return Infinity
  if (large !== large || small === 0) return large
  const e = exponentOf(large)
  const a = scale(large, -e)
  const b = scale(small, -e)
  const aa = a * a
  const bb = b * b
  const sum = aa + bb
  const sumLow = bb - (sum - aa) + (productError(a, a, aa) + productError(b, b, bb))
  const h = Math.sqrt(sum)
  const hh = h * h
  return scale(h + (sum - hh - productError(h, h, hh) + sumLow) / (2 * h), e)
}
