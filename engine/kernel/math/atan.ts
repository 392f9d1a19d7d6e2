/** atan(i/8), i = 0..8, as high + low. */
const ATAN = [
  0, 0.12435499454676144, 0.24497866312686414, 0.35877067027057225, 0.4636476090008061, 0.5585993153435624,
  0.6435011087932844, 0.7188299996216245, 0.7853981633974483,
]
const ATAN_LOW = [
  0, -3.1253241424539383e-18, 1.0698755618734451e-17, -2.4623815582638635e-17, 2.2698777452961687e-17,
  -5.4556305485916264e-18, 1.5834785051444286e-17, -2.1478388444456983e-17, 3.061616997868383e-17,
]
const PI = 3.141592653589793
const PI_LOW = 1.2246467991473532e-16
const HALF_PI = 1.5707963267948966
const HALF_PI_LOW = 6.123233995736766e-17

/** atan(t) − t, |t| ≤ 1/16. */
function atanTail(t: number): number {
  const z = t * t
  let p = 1 / 17
  p = p * z - 1 / 15
  p = p * z + 1 / 13
  p = p * z - 1 / 11
  p = p * z + 1 / 9
  p = p * z - 1 / 7
  p = p * z + 1 / 5
  p = p * z - 1 / 3
  return t * (z * p)
}

/**
 * atan(x) for x ≥ 0: the nearest i/8 to x (or to 1/x), and the angle between by atan a − atan b = atan((a−b)/(1+ab)).
 */
function atanPositive(x: number): number {
  if (x <= 1) {
    const i = Math.floor(8 * x + 0.5)
    const t = (x - i / 8) / (1 + x * (i / 8))
    return ATAN[i]! + (t + (atanTail(t) + ATAN_LOW[i]!))
  }
  if (x > 1e17) return HALF_PI
  const i = Math.floor(8 / x + 0.5)
  const t = (1 - x * (i / 8)) / (x + i / 8)
  const high = HALF_PI - ATAN[i]!
  const low = HALF_PI - high - ATAN[i]! + (HALF_PI_LOW - ATAN_LOW[i]!)
  return high - (t + (atanTail(t) - low))
}

export function atan(x: number): number {
  if (x !== x || Math.abs(x) < 7.4e-9) return x
  return x < 0 ? -atanPositive(-x) : atanPositive(x)
}

/** Angle of the point (x, y), in (−π, π]; signs of zero as Math.atan2. */
export function atan2(y: number, x: number): number {
  if (x !== x || y !== y) return NaN
  const xNegative = x < 0 || (x === 0 && 1 / x < 0)
  const yNegative = y < 0 || (y === 0 && 1 / y < 0)
  const size = angle(Math.abs(y), Math.abs(x))
  const whole = xNegative ? PI - (size - PI_LOW) : size
  return yNegative ? -whole : whole
}

/** atan(y/x) for y, x ≥ 0. */
function angle(y: number, x: number): number {
  if (y === 0) return 0
  if (x === Infinity) return y === Infinity ? ATAN[8]! : 0
  return x === 0 ? HALF_PI : Math.abs(y / x) < 7.4e-9 ? y / x : atanPositive(y / x)
}
