/** Exponents and powers of two, and error-free sums and products. No result depends on the machine's byte order. */
const double = new Float64Array(1)
const words = new Uint32Array(double.buffer)
double[0] = 1
const HIGH = words[1] === 0x3ff00000 ? 1 : 0 // little-endian machines keep the exponent in word 1

const TWO_54 = 18014398509481984

/** 2ⁿ at n + 1022, for the normal doubles; halving and doubling are exact. */
const POWERS = new Float64Array(2046)
POWERS[1022] = 1
for (let n = 1; n <= 1023; n++) POWERS[1022 + n] = POWERS[1021 + n]! * 2
for (let n = 1; n <= 1022; n++) POWERS[1022 - n] = POWERS[1023 - n]! / 2

const powerOf2 = (n: number): number => POWERS[n + 1022]!

/** x·2ⁿ, rounded once; overflows to ±Infinity and underflows through the subnormals. −2000 ≤ n ≤ 2046. */
export function scale(x: number, n: number): number {
  if (n > 1023) return x * powerOf2(n - 1023) * powerOf2(1023)
  return n >= -1022 ? x * powerOf2(n) : x * powerOf2(n + 1000) * powerOf2(-1000)
}

/** e with |x| = m·2ᵉ and 1 ≤ m < 2; x finite and not 0. */
export function exponentOf(x: number): number {
  double[0] = x
  const field = (words[HIGH]! >>> 20) & 0x7ff
  if (field !== 0) return field - 1023
  double[0] = x * TWO_54
  return ((words[HIGH]! >>> 20) & 0x7ff) - 1077
}

/** m with |x| = m·2ᵉ and 1 ≤ m < 2, for e = exponentOf(x). */
export const mantissaOf = (x: number, e: number): number => scale(Math.abs(x), -e)

/** The exact a + b − sum, where sum is the rounded a + b (Knuth, TAOCP vol. 2, 4.2.2, theorem B). */
export function sumError(a: number, b: number, sum: number): number {
  const bRounded = sum - a
  return a - (sum - bRounded) + (b - bRounded)
}

/** The exact a·b − product, where product is the rounded a·b (Dekker 1971, Veltkamp's split). |a|, |b| < 2⁹⁹⁵. */
export function productError(a: number, b: number, product: number): number {
  const aShifted = a * 134217729
  const aHigh = aShifted - (aShifted - a)
  const aLow = a - aHigh
  const bShifted = b * 134217729
  const bHigh = bShifted - (bShifted - b)
  const bLow = b - bHigh
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow)
}
