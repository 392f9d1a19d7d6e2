import { cos, inverseNormal, sin, TAU } from '../../kernel/math.ts'
import { unit } from '../../kernel/philox.ts'

export const lengthOf = (v: Float64Array): number => Math.sqrt(v[0]! * v[0]! + v[1]! * v[1]! + v[2]! * v[2]!)

/** Brings v to length 1. False, and v as it was, where it has no direction to speak of. */
export function toUnit(v: Float64Array): boolean {
  const length = lengthOf(v)
  if (length < 1e-9) return false
  v[0]! /= length
  v[1]! /= length
  v[2]! /= length
  return true
}

/** A uniform direction from two random words: on the circle by one, on the sphere by height and azimuth. */
export function randomDirection(height: number, azimuth: number, isFlat: boolean, out: Float64Array): void {
  const z = isFlat ? 0 : 2 * unit(height) - 1
  const flat = Math.sqrt(1 - z * z)
  const angle = TAU * unit(azimuth)
  out[0] = flat * cos(angle)
  out[1] = flat * sin(angle)
  out[2] = z
}

/**
 * Turns the unit vector v by an angle that is normal with mean 0 and deviation `sigmaRad`: in the plane, or towards a
 * uniform side in space (a Gaussian wrapped on the sphere). From two random words.
 */
export function jitter(v: Float64Array, sigmaRad: number, size: number, azimuth: number, isFlat: boolean): void {
  if (sigmaRad === 0) return
  const angle = sigmaRad * inverseNormal((size + 0.5) / 4_294_967_296)
  const x = v[0]!
  const y = v[1]!
  const z = v[2]!
  const c = cos(angle)
  const s = sin(angle)
  if (isFlat) {
    v[0] = c * x - s * y
    v[1] = s * x + c * y
    return
  }
  // e and v × e span the plane at right angles to v; the coordinate left out of e is not the one v is nearest to.
  const byX = Math.abs(x) < 0.6
  const ex = byX ? 0 : -z
  const ey = byX ? z : 0
  const ez = byX ? -y : x
  const length = Math.sqrt(ex * ex + ey * ey + ez * ez)
  const turn = TAU * unit(azimuth)
  const along = (s * cos(turn)) / length
  const across = (s * sin(turn)) / length
  v[0] = c * x + along * ex + across * (y * ez - z * ey)
  v[1] = c * y + along * ey + across * (z * ex - x * ez)
  v[2] = c * z + along * ez + across * (x * ey - y * ex)
}

/**
 * Writes to `to[at..at+2]` the unit vector `from[at..at+2]` turned towards the unit vector `wanted`, by at most the
 * angle whose cosine and sine are given. Exactly opposite ones turn left (about z; one along z towards x).
 */
export function turnTowards(
  from: Float32Array,
  to: Float32Array,
  at: number,
  wanted: Float64Array,
  cosMost: number,
  sinMost: number,
): void {
  const x = from[at]!
  const y = from[at + 1]!
  const z = from[at + 2]!
  const along = wanted[0]! * x + wanted[1]! * y + wanted[2]! * z
  if (along >= cosMost) {
    putUnit(to, at, wanted[0]!, wanted[1]!, wanted[2]!)
    return
  }
  let px = wanted[0]! - along * x
  let py = wanted[1]! - along * y
  let pz = wanted[2]! - along * z
  let length = Math.sqrt(px * px + py * py + pz * pz)
  if (length < 1e-6) {
    const flat = Math.sqrt(x * x + y * y)
    px = flat > 0 ? -y : 1
    py = flat > 0 ? x : 0
    pz = 0
    length = flat > 0 ? flat : 1
  }
  const share = sinMost / length
  putUnit(to, at, cosMost * x + share * px, cosMost * y + share * py, cosMost * z + share * pz)
}

/** Brought to length 1, or rounding would add up from step to step. */
function putUnit(to: Float32Array, at: number, x: number, y: number, z: number): void {
  const length = Math.sqrt(x * x + y * y + z * z)
  to[at] = x / length
  to[at + 1] = y / length
  to[at + 2] = z / length
}
