import type { BodyColumns } from '../../../engine/frame/frame.ts'
import type { Projection } from '../pick.ts'
import { project } from '../pick.ts'
import { bodyAt, toStage, type World } from './world.ts'

const place = new Float32Array(3)
const at = new Float32Array(3)

/**
 * The body nearest to a point of the stage within `reachPx`, −1: none; of two as near the one in front. A linear scan
 * over the columns, with the projection written out: 100,000 rows in about half a millisecond.
 * @param heightOf height of the ground at a place of the world, units of the stage; null: flat
 */
export function pickBody(
  p: Projection,
  bodies: BodyColumns,
  count: number,
  world: World,
  phase: number,
  heightOf: ((x: number, y: number) => number) | null,
  x: number,
  y: number,
  reachPx: number,
): number {
  const { position, status } = bodies
  const m = p.matrix
  const { scale } = world
  const [cx, cy] = [world.width / 2, world.height / 2]
  // A first look at where the last step left them; a moving body is near enough to be looked at closely.
  const slack = reachPx + 0.12 * p.width
  const [m0, m4, m8, m12] = [m[0]!, m[4]!, m[8]!, m[12]!]
  const [m3, m7, m11, m15] = [m[3]!, m[7]!, m[11]!, m[15]!]
  const ndcX = (2 * x) / p.width - 1
  const slackNdc = (2 * slack) / p.width
  let best = -1
  let bestDistance = reachPx * reachPx
  let bestDepth = Infinity
  for (let row = 0; row < count; row++) {
    if (status[row] === 0) continue
    const sx = (position[3 * row]! - cx) * scale
    const sy = world.flat ? 0 : position[3 * row + 2]! * scale
    const sz = (cy - position[3 * row + 1]!) * scale
    const w = m3 * sx + m7 * sy + m11 * sz + m15
    if (w <= 0) continue
    const off = (m0 * sx + m4 * sy + m8 * sz + m12) / w - ndcX
    if (off > slackNdc || off < -slackNdc) continue
    placeBody(bodies, row, phase, world, heightOf, place)
    project(p, place[0]!, place[1]!, place[2]!, at)
    const d = (at[0]! - x) ** 2 + (at[1]! - y) ** 2
    if (d > bestDistance || (d === bestDistance && at[2]! >= bestDepth)) continue
    best = row
    bestDistance = d
    bestDepth = at[2]!
  }
  return best
}

/** Where a body stands on the stage: on the landscape, where there is one. */
export function placeBody(
  bodies: BodyColumns,
  row: number,
  phase: number,
  world: World,
  heightOf: ((x: number, y: number) => number) | null,
  out: Float32Array,
): void {
  bodyAt(bodies, row, phase, world, out)
  const lift = heightOf === null ? 0 : heightOf(out[0]!, out[1]!)
  toStage(world, out[0]!, out[1]!, out[2]!, out)
  out[1] = out[1]! + lift
}

/**
 * World coordinates of the ground under a point of the stage; false where the view meets no ground there.
 * Solves the two lines of the projection for the plane y = 0.
 */
export function groundUnder(p: Projection, world: World, x: number, y: number, out: Float32Array): boolean {
  const m = p.matrix
  const nx = (2 * x) / p.width - 1
  const ny = 1 - (2 * y) / p.height
  const a = m[0]! - nx * m[3]!
  const b = m[8]! - nx * m[11]!
  const c = m[1]! - ny * m[3]!
  const d = m[9]! - ny * m[11]!
  const e = nx * m[15]! - m[12]!
  const f = ny * m[15]! - m[13]!
  const det = a * d - b * c
  if (det === 0) return false
  const sx = (e * d - b * f) / det
  const sz = (a * f - e * c) / det
  if (m[3]! * sx + m[11]! * sz + m[15]! <= 0) return false
  out[0] = sx / world.scale + world.width / 2
  out[1] = world.height / 2 - sz / world.scale
  return out[0] >= 0 && out[1] >= 0 && out[0] <= world.width && out[1] <= world.height
}
