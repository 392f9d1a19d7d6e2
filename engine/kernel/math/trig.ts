import { exponentOf, mantissaOf, productError, sumError } from './bits.ts'

const TWO_OVER_PI = 0.6366197723675814
/** π/2 in three pieces of 32 bits, so that k·piece is exact for k < 2²¹, and the rest. */
const HALF_PI_1 = 1.5707963267341256
const HALF_PI_2 = 6.077100506303966e-11
const HALF_PI_3 = 2.0222662487111665e-21
const HALF_PI_4 = 8.4784276603689e-32
/** 2²⁰·π: up to here the pieces suffice. */
const CODY_WAITE_MAX = 3294198

/** 1216 fraction bits of 2/π. */
const TWO_OVER_PI_BITS =
  0xa2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e006492eea09d1921cfe1deb1cb129a73ee88235f52ebb4484e99c7026b45f7e413991d639835339f49c845f8bbdf9283b1ff897ffde05980fef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d7527bac7ebe5f17b3d0739f78a5292ea6bfb5fb11f8d5d0856033046fc7b6babn
const HALF_PI = 1.5707963267948966
const HALF_PI_LOW = 6.123233995736766e-17
const TWO_52 = 4503599627370496
const TWO_MINUS_128 = 2.938735877055719e-39

/** x − quadrant·π/2 in [−π/4, π/4] as high + low; overwritten by every call, read at once. */
const remainder = { high: 0, low: 0 }

/** Returns the quadrant 0..3 and leaves the remainder. x finite. */
function reduce(x: number): number {
  if (Math.abs(x) > CODY_WAITE_MAX) return reduceHuge(x)
  const k = Math.floor(x * TWO_OVER_PI + 0.5)
  const a = x - k * HALF_PI_1 // exact (Cody & Waite 1980, ch. 8)
  const b = a - k * HALF_PI_2
  const c = b - k * HALF_PI_3
  const low = sumError(a, -k * HALF_PI_2, b) + (sumError(b, -k * HALF_PI_3, c) - k * HALF_PI_4)
  remainder.high = c + low
  remainder.low = low - (remainder.high - c)
  return k & 3
}

/** |x|·2/π in integers; the multiples of 4 fall off the top (Payne & Hanek 1983). */
function reduceHuge(x: number): number {
  const e = exponentOf(x)
  const shift = BigInt(e - 52)
  const product = BigInt(mantissaOf(x, e) * TWO_52) * TWO_OVER_PI_BITS // fraction bits: 1216 − shift
  const turns = BigInt.asUintN(130, product >> (1216n - shift - 128n)) // quadrant, and 128 fraction bits
  const quadrant = (turns + (1n << 127n)) >> 128n
  const fraction = turns - (quadrant << 128n) // −2¹²⁷ ≤ fraction < 2¹²⁷, in quarter turns
  const high = Number(fraction)
  const low = Number(fraction - BigInt(high))
  multiplyByHalfPi(high * TWO_MINUS_128, low * TWO_MINUS_128)
  if (x > 0) return Number(quadrant & 3n)
  remainder.high = -remainder.high
  remainder.low = -remainder.low
  return Number(-quadrant & 3n)
}

function multiplyByHalfPi(high: number, low: number): void {
  const first = high * HALF_PI
  const rest = productError(high, HALF_PI, first) + (high * HALF_PI_LOW + low * HALF_PI)
  remainder.high = first + rest
  remainder.low = rest - (remainder.high - first)
}

/** sin(h + l), |h| ≤ π/4. */
function sinSeries(h: number, l: number): number {
  const z = h * h
  let p = 1 / 355687428096000
  p = p * z - 1 / 1307674368000
  p = p * z + 1 / 6227020800
  p = p * z - 1 / 39916800
  p = p * z + 1 / 362880
  p = p * z - 1 / 5040
  p = p * z + 1 / 120
  p = p * z - 1 / 6
  return h + (h * (z * p) + l * (1 - 0.5 * z))
}

/** cos(h + l), |h| ≤ π/4. */
function cosSeries(h: number, l: number): number {
  const z = h * h
  let p = 1 / 20922789888000
  p = p * z - 1 / 87178291200
  p = p * z + 1 / 479001600
  p = p * z - 1 / 3628800
  p = p * z + 1 / 40320
  p = p * z - 1 / 720
  p = p * z + 1 / 24
  const half = 0.5 * z
  const w = 1 - half
  return w + (1 - w - half + (z * z * p - h * l))
}

export function sin(x: number): number {
  if (x - x !== 0) return NaN
  if (Math.abs(x) < 7.4e-9) return x // x³/6 is below half an ulp; keeps −0
  const quadrant = reduce(x)
  const { high, low } = remainder
  const value = quadrant & 1 ? cosSeries(high, low) : sinSeries(high, low)
  return quadrant & 2 ? -value : value
}

export function cos(x: number): number {
  if (x - x !== 0) return NaN
  const quadrant = reduce(x)
  const { high, low } = remainder
  const value = quadrant & 1 ? sinSeries(high, low) : cosSeries(high, low)
  return ((quadrant + 1) & 2) !== 0 ? -value : value
}

export function tan(x: number): number {
  if (x - x !== 0) return NaN
  if (Math.abs(x) < 7.4e-9) return x
  const quadrant = reduce(x)
  const { high, low } = remainder
  const s = sinSeries(high, low)
  const c = cosSeries(high, low)
  return quadrant & 1 ? -c / s : s / c
}
