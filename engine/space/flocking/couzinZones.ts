import type { Space } from '../SpaceModel.ts'

/** Outer radii of the three zones, world units, and the cosine of half the field of view. */
export interface Zones {
  repulsion: number
  orientation: number
  attraction: number
  cosBehind: number
}

/** What a body notices: sums of unit vectors over each zone, and how many neighbours each has. */
export interface Seen {
  readonly repulsion: Float64Array
  readonly orientation: Float64Array
  readonly attraction: Float64Array
  near: number
  level: number
  far: number
}

export const nothingSeen = (): Seen => ({
  repulsion: new Float64Array(3),
  orientation: new Float64Array(3),
  attraction: new Float64Array(3),
  near: 0,
  level: 0,
  far: 0,
})

export function forget(seen: Seen): void {
  seen.repulsion.fill(0)
  seen.orientation.fill(0)
  seen.attraction.fill(0)
  seen.near = seen.level = seen.far = 0
}

/**
 * Overwrites `seen` with the sums round one body, others by rows ascending: from neighbours nearer than the repulsion
 * radius away, headings of those in the zone of orientation, towards those in the zone of attraction. Behind it a body
 * notices only who is in the zone of repulsion (Couzin 2002). Coincident bodies do not push. All pairs: zones reach
 * through most of the group.
 */
export function lookRound(space: Space, row: number, zones: Zones, hears: boolean, seen: Seen): void {
  const { position, heading, status, count, spec } = space
  const { repulsion, orientation, cosBehind } = zones
  const reach2 = zones.attraction * zones.attraction
  const wraps = spec.edges === 'wrap'
  const { width, height, depth } = spec
  // No difference is beyond half of infinity.
  const halfX = wraps ? width / 2 : Infinity
  const halfY = wraps ? height / 2 : Infinity
  const halfZ = wraps ? depth / 2 : Infinity
  const at = 3 * row
  const x = position[at]!
  const y = position[at + 1]!
  const z = position[at + 2]!
  const hx = heading[at]!
  const hy = heading[at + 1]!
  const hz = heading[at + 2]!
  let rx = 0
  let ry = 0
  let rz = 0
  let near = 0
  let ox = 0
  let oy = 0
  let oz = 0
  let level = 0
  let ax = 0
  let ay = 0
  let az = 0
  let far = 0
  for (let other = 0, k = 0; other < count; other++, k += 3) {
    if (status[other] !== 1) continue
    let dx = position[k]! - x
    if (dx > halfX) dx -= width
    else if (dx < -halfX) dx += width
    let dy = position[k + 1]! - y
    if (dy > halfY) dy -= height
    else if (dy < -halfY) dy += height
    let dz = position[k + 2]! - z
    if (dz > halfZ) dz -= depth
    else if (dz < -halfZ) dz += depth
    const d2 = dx * dx + dy * dy + dz * dz
    // Itself is at distance 0.
    if (d2 === 0 || d2 >= reach2) continue
    const d = Math.sqrt(d2)
    if (d < repulsion) {
      rx -= dx / d
      ry -= dy / d
      rz -= dz / d
      near++
    } else if (dx * hx + dy * hy + dz * hz < cosBehind * d) continue
    else if (d >= orientation) {
      const share = 1 / d
      ax += dx * share
      ay += dy * share
      az += dz * share
      far++
    } else if (hears) {
      ox += heading[k]!
      oy += heading[k + 1]!
      oz += heading[k + 2]!
      level++
    }
  }
  put(seen.repulsion, rx, ry, rz)
  put(seen.orientation, ox, oy, oz)
  put(seen.attraction, ax, ay, az)
  seen.near = near
  seen.level = level
  seen.far = far
}

function put(v: Float64Array, x: number, y: number, z: number): void {
  v[0] = x
  v[1] = y
  v[2] = z
}
