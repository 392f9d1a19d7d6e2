import type { Insets } from '../types.ts'

export interface View {
  /** Camera position and what it looks at, world units. */
  readonly position: readonly [number, number, number]
  readonly target: readonly [number, number, number]
}

export interface Frustum {
  /** Vertical field of view, degrees. */
  readonly fov: number
  /** Stage, CSS px. */
  readonly width: number
  readonly height: number
  readonly insets: Insets
}

/**
 * The nearest view along a direction that has every point inside the free part of the stage. Exact: in camera axes each
 * side of the frustum is linear in the camera's place, so the tightest four points decide. The free part is centred by
 * shifting the projection (`viewShift`), so here it is simply a smaller picture.
 * @param points 3·n world units. Read only.
 * @param azimuth turn round the vertical, @param polar angle from straight down's opposite (0 = from above), radians.
 */
export function fitView(
  points: Float32Array,
  azimuth: number,
  polar: number,
  frustum: Frustum,
): View & { distance: number } {
  const [sa, ca, sp, cp] = [Math.sin(azimuth), Math.cos(azimuth), Math.sin(polar), Math.cos(polar)]
  // back points from the target to the camera.
  const back = [sp * sa, cp, sp * ca] as const
  const right = [ca, 0, -sa] as const
  const up = [-cp * sa, sp, -cp * ca] as const
  const { tx, ty } = freeSlopes(frustum)
  let [left, rightMost, low, high] = [-Infinity, Infinity, Infinity, -Infinity]
  let nearest = -Infinity
  for (let i = 0; i < points.length; i += 3) {
    const [x, y, z] = [points[i]!, points[i + 1]!, points[i + 2]!]
    const px = x * right[0] + z * right[2]
    const py = x * up[0] + y * up[1] + z * up[2]
    const pz = -(x * back[0] + y * back[1] + z * back[2])
    left = Math.max(left, px - tx * pz)
    rightMost = Math.min(rightMost, px + tx * pz)
    high = Math.max(high, py - ty * pz)
    low = Math.min(low, py + ty * pz)
    nearest = Math.max(nearest, -pz)
  }
  // Depth of the camera (along −back): as far forward as both axes allow.
  const depth = Math.min((rightMost - left) / (2 * tx), (low - high) / (2 * ty), -nearest - 1)
  const cx = (left + rightMost) / 2
  const cy = (high + low) / 2
  const position = [0, 1, 2].map((k) => cx * right[k]! + cy * up[k]! - depth * back[k]!) as [number, number, number]
  // What it looks at, and orbits round: where its axis meets the ground.
  const reach = back[1] > 0.05 && position[1] > 0 ? position[1] / back[1] : 30
  const target = [0, 1, 2].map((k) => position[k]! - back[k]! * reach) as [number, number, number]
  return { position, target, distance: reach }
}

/** Half-width and half-height of the free part at depth 1. */
function freeSlopes({ fov, width, height, insets }: Frustum): { tx: number; ty: number } {
  const slope = Math.tan((fov * Math.PI) / 360)
  const free = freeArea(width, height, insets)
  return { tx: (slope * free.width) / height, ty: (slope * free.height) / height }
}

/** The part of the stage no panel covers; never less than a third of it, whatever the panels say. */
export function freeArea(
  width: number,
  height: number,
  insets: Insets,
): { left: number; top: number; width: number; height: number } {
  const w = Math.max(width / 3, width - insets.left - insets.right)
  const h = Math.max(height / 3, height - insets.top - insets.bottom)
  const left = Math.max(0, Math.min(insets.left, width - w))
  const top = Math.max(0, Math.min(insets.top, height - h))
  return { left, top, width: w, height: h }
}

/** How far the picture is shifted so that the camera's axis runs through the middle of the free part, CSS px. */
export function viewShift(width: number, height: number, insets: Insets): { x: number; y: number } {
  const free = freeArea(width, height, insets)
  return { x: free.left + free.width / 2 - width / 2, y: free.top + free.height / 2 - height / 2 }
}

const AZIMUTHS = Array.from({ length: 13 }, (_, i) => ((i - 6) * Math.PI) / 24)

/**
 * Oblique view: of a fan of directions round the front (and round the side, where the stage is tall) the one that shows
 * the swarm largest. Deterministic; the front wins where it is as good.
 */
export function obliqueView(points: Float32Array, frustum: Frustum): View {
  const free = freeArea(frustum.width, frustum.height, frustum.insets)
  const tall = free.height > free.width * 1.1
  const polar = tall ? 0.72 : 1.02
  let best: (View & { distance: number }) | null = null
  let bestCost = Infinity
  for (const offset of AZIMUTHS) {
    const azimuth = offset + (tall ? Math.PI / 2 : 0)
    const view = fitView(points, azimuth, polar, frustum)
    const cost = view.distance * (1 + 0.06 * Math.abs(offset))
    if (cost < bestCost) [best, bestCost] = [view, cost]
  }
  return best!
}
