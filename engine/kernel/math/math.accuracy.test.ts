import { describe, expect, it } from 'vitest'
import * as m from '../math.ts'

/**
 * Reference values in fixed point with 400 fraction bits, by series that share nothing with the engine's: so the bounds
 * below are errors against the true value, not differences from one browser's Math.
 */
const BITS = 400n
const ONE = 1n << BITS
const fixedBits = new DataView(new ArrayBuffer(8))
/** A double as n·2ᵉ. */
function exact(x: number): { n: bigint; e: number } {
  fixedBits.setFloat64(0, x)
  const bits = fixedBits.getBigUint64(0)
  const field = Number((bits >> 52n) & 0x7ffn)
  const n = (bits & 0xfffffffffffffn) | (field ? 1n << 52n : 0n)
  return { n: x < 0 ? -n : n, e: (field || 1) - 1075 }
}
const shift = (n: bigint, by: number): bigint => (by >= 0 ? n << BigInt(by) : n >> BigInt(-by))
const fixed = (x: number): bigint => shift(exact(x).n, exact(x).e + 400)
const mul = (a: bigint, b: bigint): bigint => (a * b) >> BITS
const div = (a: bigint, b: bigint): bigint => (a << BITS) / b
const abs = (a: bigint): bigint => (a < 0n ? -a : a)

/** x + σx³/3 + x⁵/5 + σx⁷/7 …: artanh with σ = 1, arctan with σ = −1. */
function oddSeries(x: bigint, sigma: bigint): bigint {
  const square = mul(x, x)
  let power = x
  let sum = x
  for (let k = 3n; abs(power) > 1n; k += 2n) sum += (power = sigma * mul(power, square)) / k
  return sum
}
const artanh = (x: bigint): bigint => oddSeries(x, 1n)
const LN2 = 2n * artanh(ONE / 3n)
const PI = 16n * oddSeries(ONE / 5n, -1n) - 4n * oddSeries(ONE / 239n, -1n) // Machin 1706

function expFixed(x: bigint): { value: bigint; e: number } {
  const k = Number(div(x, LN2) >> BITS)
  const r = x - BigInt(k) * LN2
  let term = ONE
  let sum = ONE
  for (let i = 1n; term > 0n; i++) sum += term = mul(term, r) / i
  return { value: sum, e: k }
}
/** ln of n·2ᵉ. */
function lnOf(x: number): bigint {
  const { n, e } = exact(x)
  const length = n.toString(2).length
  const mantissa = shift(n, 400 - length + 1) // 1 ≤ mantissa < 2
  return BigInt(e + length - 1) * LN2 + 2n * artanh(div(mantissa - ONE, mantissa + ONE))
}
function sinFixed(x: bigint): bigint {
  let r = x % (2n * PI)
  if (r < 0n) r += 2n * PI
  let term = r
  let sum = r
  for (let i = 2n; abs(term) > 1n; i += 2n) sum += term = -mul(mul(term, r), r) / (i * (i + 1n))
  return sum
}
const cosFixed = (x: bigint): bigint => sinFixed(x + PI / 2n)
function atanFixed(x: bigint): bigint {
  if (x < 0n) return -atanFixed(-x)
  if (x > ONE) return PI / 2n - atanFixed(div(ONE, x))
  // atan x = 2 atan(x / (1 + √(1 + x²))), four times
  let t = x
  for (let i = 0; i < 4; i++) t = div(t, ONE + rootOf((ONE + mul(t, t)) << BITS))
  return 16n * oddSeries(t, -1n)
}
function rootOf(n: bigint): bigint {
  if (n < 2n) return n
  let x = 1n << BigInt((n.toString(2).length >> 1) + 1)
  for (;;) {
    const y = (x + n / x) >> 1n
    if (y >= x) return x
    x = y
  }
}

/** Spacing of doubles at x. */
function ulpExponent(x: number): number {
  fixedBits.setFloat64(0, x)
  return Math.max(1, (fixedBits.getUint16(0) >> 4) & 0x7ff) - 1075
}
/** |got − truth·2ᵉ| in ulps of got; 400-bit fixed point. */
function ulps(got: number, truth: bigint, e = 0): number {
  const { n, e: gotE } = exact(got)
  const extra = 200
  const gotFixed = shift(n, gotE - e + 400 + extra)
  const difference = abs(gotFixed - shift(truth, extra))
  return Number(shift(difference, 60 - (ulpExponent(got) - e + 400 + extra))) / 2 ** 60
}

/** A stream of its own, so that the inputs are the same everywhere (xorshift32, Marsaglia 2003). */
function stream(seed: number): () => number {
  let s = seed | 0
  return () => {
    s ^= s << 13
    s ^= s >>> 17
    s ^= s << 5
    return (s >>> 0) / 4294967296
  }
}
const SAMPLES = 2000
function worst(sample: (u: () => number) => number): number {
  const u = stream(20250726)
  let max = 0
  for (let i = 0; i < SAMPLES; i++) max = Math.max(max, sample(u))
  return max
}
const spread = (u: () => number, low: number, high: number): number => low + (high - low) * (u() + u() / 4294967296)
/** Sign and size with an exponent spread over low..high. */
const scaled = (u: () => number, low: number, high: number): number =>
  (u() < 0.5 ? -1 : 1) * (1 + u()) * 2 ** Math.floor(spread(u, low, high))

describe('largest error against 400-bit references', () => {
  const bounds: [string, number, (u: () => number) => number][] = [
    [
      'exp, −708…709',
      0.8,
      (u) => {
        const x = spread(u, -708, 709)
        const t = expFixed(fixed(x))
        return ulps(m.exp(x), t.value, t.e)
      },
    ],
    [
      'exp, |x| < 1',
      0.8,
      (u) => {
        const x = scaled(u, -30, 0)
        const t = expFixed(fixed(x))
        return ulps(m.exp(x), t.value, t.e)
      },
    ],
    [
      'exp, subnormal results',
      0.8,
      (u) => {
        const x = spread(u, -745, -708)
        const t = expFixed(fixed(x))
        return ulps(m.exp(x), t.value, t.e)
      },
    ],
    [
      'log, all sizes',
      0.8,
      (u) => {
        const x = Math.abs(scaled(u, -1070, 1023))
        return ulps(m.log(x), lnOf(x))
      },
    ],
    [
      'log near 1',
      0.8,
      (u) => {
        const x = 1 + scaled(u, -40, -2)
        return ulps(m.log(x), lnOf(x))
      },
    ],
    [
      'log1p',
      0.8,
      (u) => {
        const x = Math.abs(scaled(u, -52, 60))
        return ulps(m.log1p(x), lnFixed(ONE + fixed(x)))
      },
    ],
    [
      'log1p, negative',
      0.8,
      (u) => {
        const x = -Math.abs(scaled(u, -52, -2))
        return ulps(m.log1p(x), lnFixed(ONE + fixed(x)))
      },
    ],
    [
      'log2',
      0.52,
      (u) => {
        const x = Math.abs(scaled(u, -1070, 1023))
        return ulps(m.log2(x), div(lnOf(x), LN2))
      },
    ],
    [
      'log2 near 1',
      0.52,
      (u) => {
        const x = 1 + scaled(u, -40, -2)
        return ulps(m.log2(x), div(lnOf(x), LN2))
      },
    ],
    [
      'pow',
      0.52,
      (u) => {
        const x = Math.abs(scaled(u, -40, 40))
        const y = spread(u, -15, 15)
        const t = expFixed(mul(lnOf(x), fixed(y)))
        return ulps(m.pow(x, y), t.value, t.e)
      },
    ],
    [
      'pow near 1, large powers',
      0.52,
      (u) => {
        const x = 1 + scaled(u, -30, -8)
        const y = scaled(u, 0, 8)
        const t = expFixed(mul(lnOf(x), fixed(y)))
        return ulps(m.pow(x, y), t.value, t.e)
      },
    ],
    [
      'sin, |x| < 2π',
      0.8,
      (u) => {
        const x = spread(u, -6.3, 6.3)
        return ulps(m.sin(x), sinFixed(fixed(x)))
      },
    ],
    [
      'cos, |x| < 2π',
      0.8,
      (u) => {
        const x = spread(u, -6.3, 6.3)
        return ulps(m.cos(x), cosFixed(fixed(x)))
      },
    ],
    [
      'sin, up to 2²⁰·π',
      0.8,
      (u) => {
        const x = scaled(u, -20, 21)
        return ulps(m.sin(x), sinFixed(fixed(x)))
      },
    ],
    [
      'sin, next to multiples of π/2',
      0.8,
      (u) => {
        const x = Math.floor(spread(u, 1, 2 ** 21)) * 1.5707963267948966
        return ulps(m.sin(x), sinFixed(fixed(x)))
      },
    ],
    [
      'cos, next to multiples of π/2',
      0.8,
      (u) => {
        const x = Math.floor(spread(u, 1, 2 ** 21)) * 1.5707963267948966
        return ulps(m.cos(x), cosFixed(fixed(x)))
      },
    ],
    [
      'sin, huge',
      0.8,
      (u) => {
        const x = scaled(u, 22, 120)
        return ulps(m.sin(x), sinFixed(fixed(x)))
      },
    ],
    [
      'tan',
      2,
      (u) => {
        const x = scaled(u, -20, 21)
        return ulps(m.tan(x), div(sinFixed(fixed(x)), cosFixed(fixed(x))))
      },
    ],
    [
      'atan',
      0.8,
      (u) => {
        const x = scaled(u, -25, 40)
        return ulps(m.atan(x), atanFixed(fixed(x)))
      },
    ],
    [
      'atan2',
      2,
      (u) => {
        const x = Math.abs(scaled(u, -10, 10))
        const y = scaled(u, -10, 10)
        return ulps(m.atan2(y, x), atanFixed(div(fixed(y), fixed(x))))
      },
    ],
    [
      'atan2, left half-plane',
      2,
      (u) => {
        const x = -Math.abs(scaled(u, -10, 10))
        const y = Math.abs(scaled(u, -10, 10))
        return ulps(m.atan2(y, x), PI + atanFixed(div(fixed(y), fixed(x))))
      },
    ],
    [
      'hypot',
      0.52,
      (u) => {
        const x = scaled(u, -30, 30)
        const y = scaled(u, -30, 30)
        const a = fixed(x)
        const b = fixed(y)
        return ulps(m.hypot(x, y), rootOf(a * a + b * b))
      },
    ],
    [
      'cbrt',
      0.52,
      (u) => {
        const x = Math.abs(scaled(u, -60, 60))
        return ulps(m.cbrt(x), cubeRootOf(fixed(x)))
      },
    ],
  ]
  for (const [name, bound, sample] of bounds)
    it(`${name}: ≤ ${bound} ulp`, () => {
      const max = worst(sample)
      expect(max).toBeGreaterThan(0.3) // a reference that only echoes the result would show less
      expect(max).toBeLessThanOrEqual(bound)
    })
})

/** ln of a fixed-point number. */
function lnFixed(x: bigint): bigint {
  const e = x.toString(2).length - 401
  const mantissa = shift(x, -e)
  return BigInt(e) * LN2 + 2n * artanh(div(mantissa - ONE, mantissa + ONE))
}
function cubeRootOf(x: bigint): bigint {
  let t = 1n << BigInt(Math.floor((x.toString(2).length + 800) / 3) + 1)
  for (;;) {
    const next = (2n * t + (x << 800n) / (t * t)) / 3n
    if (next >= t) return t
    t = next
  }
}
