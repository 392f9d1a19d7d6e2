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
  // Little room has little to spare.
  const pad = Math.min(28, 0.06 * free.width, 0.07 * free.height)
  return { tx: (slope * (free.width - 2 * pad)) / height, ty: (slope * (free.height - 2 * pad)) / height }
}

/**
 * The part of the stage no panel covers, less room for the topmost label; never less than a third of it, whatever the
 * panels say.
 */
export function freeArea(
  width: number,
  height: number,
  insets: Insets,
): { left: number; top: number; width: number; height: number } {
  const above = insets.top + LABEL_ROOM
  const w = Math.max(width / 3, width - insets.left - insets.right)
  const h = Math.max(height / 3, height - above - insets.bottom)
  const left = Math.max(0, Math.min(insets.left, width - w))
  const top = Math.max(0, Math.min(above, height - h))
  return { left, top, width: w, height: h }
}

/** How far the picture is shifted so that the camera's axis runs through the middle of the free part, CSS px. */
export function viewShift(width: number, height: number, insets: Insets): { x: number; y: number } {
  const free = freeArea(width, height, insets)
  return { x: free.left + free.width / 2 - width / 2, y: free.top + free.height / 2 - height / 2 }
}

/** Seen from the side only where that shows it so much larger. */
const SIDE_GAIN = 0.8
/** 15 degrees apart, 75 either way. */
const AZIMUTHS = Array.from({ length: 21 }, (_, i) => ((i - 10) * Math.PI) / 24)
/** Labels of two posts nearer than this on the screen cover each other, CSS px. */
const LABEL_WIDTH = 104
const LABEL_ROOM = 40

export interface Oblique {
  /** From straight above, radians. */
  readonly polar: number
  /** 4·n: foot x, y, z and height of what bears a label; views that hide one behind another are avoided. */
  readonly posts: Float32Array
  /** Only along an axis: what is shown has sides of its own, and stands askew otherwise. */
  readonly straight?: boolean
}

/**
 * Oblique view: of a fan of directions round the front (round the side, where the stage is tall) the one that shows the
 * swarm largest and least covered. Deterministic; the front wins where it is as good.
 */
export function obliqueView(points: Float32Array, frustum: Frustum, { polar, posts, straight }: Oblique): View {
  const free = freeArea(frustum.width, frustum.height, frustum.insets)
  const tall = free.height > free.width * 1.1
  if (straight) {
    const front = fitView(points, 0, polar, frustum)
    const side = fitView(points, Math.PI / 2, polar, frustum)
    return side.distance < SIDE_GAIN * front.distance ? side : front
  }
  let best: (View & { distance: number }) | null = null
  let bestCost = Infinity
  for (const offset of AZIMUTHS) {
    const azimuth = offset + (tall ? Math.PI / 2 : 0)
    const view = fitView(points, azimuth, tall ? Math.min(polar, 0.74) : polar, frustum)
    const covered = coveredPosts(posts, view, frustum)
    const cost = view.distance * (1 + (tall ? 0.02 : 0.05) * Math.abs(offset)) * (1 + 0.5 * covered)
    if (cost < bestCost) [best, bestCost] = [view, cost]
  }
  return best!
}

/** How much posts, each with its label on top, lie over each other on the screen: 1 a pair that coincides. */
export function coveredPosts(posts: Float32Array, view: View, frustum: Frustum): number {
  const n = posts.length / 4
  const axis = [0, 1, 2].map((k) => view.target[k]! - view.position[k]!)
  const length = Math.hypot(...axis)
  const [fx, fy, fz] = axis.map((value) => value / length) as [number, number, number]
  const flat = Math.hypot(fx, fz) || 1e-9
  const right = [-fz / flat, fx / flat]
  const scale = frustum.height / 2 / Math.tan((frustum.fov * Math.PI) / 360)
  const box = new Float64Array(3 * n)
  for (let i = 0; i < n; i++) {
    const x = posts[4 * i]! - view.position[0]
    const y = posts[4 * i + 1]! - view.position[1]
    const z = posts[4 * i + 2]! - view.position[2]
    const depth = x * fx + y * fy + z * fz
    const along = x * right[0]! + z * right[1]!
    // Height on the screen: the component along the camera's up.
    const upOf = (dy: number): number => ((y + dy) * flat - fy * ((x * fx + z * fz) / flat)) / depth
    box[3 * i] = (along / depth) * scale
    box[3 * i + 1] = upOf(0) * scale
    box[3 * i + 2] = upOf(posts[4 * i + 3]!) * scale + LABEL_ROOM
  }
  let covered = 0
  for (let i = 0; i < n; i++)
    for (let j = i + 1; j < n; j++) {
      const across = 1 - Math.abs(box[3 * i]! - box[3 * j]!) / LABEL_WIDTH
      const shared = Math.min(box[3 * i + 2]!, box[3 * j + 2]!) - Math.max(box[3 * i + 1]!, box[3 * j + 1]!)
      if (across <= 0 || shared <= 0) continue
      const shorter = Math.min(box[3 * i + 2]! - box[3 * i + 1]!, box[3 * j + 2]! - box[3 * j + 1]!)
      covered += across * Math.min(1, shared / shorter)
    }
  return covered
}
