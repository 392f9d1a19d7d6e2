import type { FlightStore } from './FlightStore.ts'
import { STATE_FLAGS } from './gl/shared.ts'
import { pathPoint, type PathShape } from './path.ts'

/** How a point of the world falls on the stage: column-major view-projection and the size in CSS px. */
export interface Projection {
  readonly matrix: ArrayLike<number>
  readonly width: number
  readonly height: number
  /** Pixels a world unit covers at depth 1. */
  readonly pixels: number
}

/** Writes x, y in CSS px and the depth; depth ≤ 0 lies behind the camera. */
export function project(p: Projection, x: number, y: number, z: number, out: Float32Array): void {
  const m = p.matrix
  const w = m[3]! * x + m[7]! * y + m[11]! * z + m[15]!
  out[0] = (0.5 + (0.5 * (m[0]! * x + m[4]! * y + m[8]! * z + m[12]!)) / w) * p.width
  out[1] = (0.5 - (0.5 * (m[1]! * x + m[5]! * y + m[9]! * z + m[13]!)) / w) * p.height
  out[2] = w
}

const at = new Float32Array(3)
const world = new Float32Array(3)

/**
 * The agent under the pointer: the nearest to the eye whose ball (grown to a comfortable target) is hit; a major
 * agent's
 * column counts as it. −1: none. A linear scan over the columns.
 */
export function pickAgent(
  p: Projection,
  places: Float32Array,
  state: Float32Array,
  count: number,
  x: number,
  y: number,
  slopPx: number,
): number {
  let best = -1
  let bestDepth = Infinity
  for (let agent = 0; agent < count; agent++) {
    const radius = places[4 * agent + 3]!
    if (radius === 0 || (state[4 * agent + 3]! & STATE_FLAGS.absent) !== 0) continue
    const lift = state[4 * agent + 2]!
    const ax = places[4 * agent]!
    const ay = places[4 * agent + 1]!
    const az = places[4 * agent + 2]!
    project(p, ax, ay + lift, az, at)
    if (at[2]! <= 0) continue
    const reach = Math.max(slopPx, (Math.abs(radius) * p.pixels) / at[2]!)
    let hit = (at[0]! - x) ** 2 + (at[1]! - y) ** 2 <= reach * reach
    if (!hit && radius < 0) {
      const [topX, topY] = [at[0]!, at[1]!]
      project(p, ax, ay, az, at)
      hit = at[2]! > 0 && toSegment(x, y, topX, topY, at[0]!, at[1]!) <= reach
    }
    if (hit && at[2]! < bestDepth) [best, bestDepth] = [agent, at[2]!]
  }
  return best
}

/** The row of the moving message that can still be caught and is nearest to the pointer within `reachPx`, −1: none. */
export function pickMessage(
  p: Projection,
  places: Float32Array,
  shape: PathShape,
  store: FlightStore,
  clockUs: number,
  x: number,
  y: number,
  reachPx: number,
): number {
  let best = -1
  let bestDistance = reachPx * reachPx
  for (let row = 0; row < store.count; row++) {
    if (!store.catchable(row)) continue
    const t = store.progress(row, clockUs)
    if (t < 0) continue
    pathPoint(places, shape, store.src[row]!, store.dst[row]!, t, world)
    project(p, world[0]!, world[1]!, world[2]!, at)
    if (at[2]! <= 0) continue
    const d = (at[0]! - x) ** 2 + (at[1]! - y) ** 2
    if (d < bestDistance) [best, bestDistance] = [row, d]
  }
  return best
}

function toSegment(x: number, y: number, x0: number, y0: number, x1: number, y1: number): number {
  const dx = x1 - x0
  const dy = y1 - y0
  const t = Math.max(0, Math.min(1, ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy || 1)))
  return Math.hypot(x - x0 - t * dx, y - y0 - t * dy)
}
