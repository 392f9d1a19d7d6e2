import { nearestImage } from './moveBody.ts'
import type { Space } from '../SpaceModel.ts'

/**
 * The way to a goal past round obstacles: straight on where nothing is between, else along the tangent to the first
 * obstacle in the way, on the side on which the goal lies. Obstacles are seen `clearance` wider than they are; a goal
 * inside of one is taken to be the nearest place at its rim.
 * In two dimensions.
 *
 * @param out the way from (x, y): a vector to the goal, or of the same length along the tangent. World units.
 * @returns whether an obstacle is in the way.
 */
export function goRound(
  space: Space,
  x: number,
  y: number,
  goalX: number,
  goalY: number,
  clearance: number,
  out: Float64Array,
): boolean {
  const { width, height, edges } = space.spec
  const wraps = edges === 'wrap'
  let gx = wraps ? nearestImage(goalX - x, width) : goalX - x
  let gy = wraps ? nearestImage(goalY - y, height) : goalY - y
  for (const disc of space.obstacles) {
    const reach = disc.radius + clearance
    const rx = gx - toward(disc.x - x, width, wraps)
    const ry = gy - toward(disc.y - y, height, wraps)
    const d2 = rx * rx + ry * ry
    if (d2 >= reach * reach || d2 === 0) continue
    const further = reach / Math.sqrt(d2) - 1
    gx += rx * further
    gy += ry * further
  }
  out[0] = gx
  out[1] = gy
  const length = Math.sqrt(gx * gx + gy * gy)
  if (length === 0) return false
  let nearest = Infinity
  for (const disc of space.obstacles) {
    // A little narrower than above, or a goal at the rim would be behind it.
    const reach = SLACK * (disc.radius + clearance)
    const cx = toward(disc.x - x, width, wraps)
    const cy = toward(disc.y - y, height, wraps)
    const entry = entryOf(cx, cy, reach, gx / length, gy / length)
    if (entry >= length || entry >= nearest) continue
    nearest = entry
    tangent(cx, cy, reach, gx, gy, length, out)
  }
  return nearest < Infinity
}
const SLACK = 0.98

const toward = (d: number, side: number, wraps: boolean): number => (wraps ? nearestImage(d, side) : d)

/** How far along the unit vector (ux, uy) from the origin the circle begins; ∞ where it is missed or left behind. */
function entryOf(cx: number, cy: number, reach: number, ux: number, uy: number): number {
  const along = cx * ux + cy * uy
  if (along <= 0) return Infinity
  const inside = reach * reach - (cx * cx + cy * cy - along * along)
  return inside <= 0 ? Infinity : Math.max(0, along - Math.sqrt(inside))
}

/** Writes the tangent from the origin to the circle, on the goal's side, as long as `length`. */
function tangent(
  cx: number,
  cy: number,
  reach: number,
  gx: number,
  gy: number,
  length: number,
  out: Float64Array,
): void {
  const d2 = cx * cx + cy * cy
  if (d2 === 0) return
  const d = Math.sqrt(d2)
  const side = cx * gy - cy * gx >= 0 ? 1 : -1
  // Within the rim: at right angles to the centre.
  const sine = Math.min(1, reach / d)
  const cosine = Math.sqrt(1 - sine * sine)
  out[0] = ((cx * cosine - side * cy * sine) / d) * length
  out[1] = ((cy * cosine + side * cx * sine) / d) * length
}
