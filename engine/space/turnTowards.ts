/**
 * Writes to `to[at..at+2]` the unit vector `from[at..at+2]` turned towards the unit vector `wanted`, by at most the
 * angle whose cosine and sine are given. Exactly opposite ones turn left (about z; one along z about y).
 */
export function turnTowards(
  from: Float32Array,
  to: Float32Array,
  at: number,
  wanted: Float64Array,
  cosMost: number,
  sinMost: number,
): void {
  const [x, y, z] = [from[at]!, from[at + 1]!, from[at + 2]!]
  const along = wanted[0]! * x + wanted[1]! * y + wanted[2]! * z
  if (along >= cosMost) {
    put(to, at, wanted[0]!, wanted[1]!, wanted[2]!)
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
  put(to, at, cosMost * x + share * px, cosMost * y + share * py, cosMost * z + share * pz)
}

/** Brought to length 1, or rounding would add up from step to step. */
function put(to: Float32Array, at: number, x: number, y: number, z: number): void {
  const length = Math.sqrt(x * x + y * y + z * z)
  to[at] = x / length
  to[at + 1] = y / length
  to[at + 2] = z / length
}
