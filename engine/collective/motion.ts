import { atan2, cos, sin, TAU } from '../kernel/math.ts'
import type { Space } from '../space/SpaceModel.ts'

/** How the bodies that take part move, as one. */
export interface Motion {
  alive: number
  /** |Σ v̂| / N over headings (Vicsek et al. 1995, v_a): 1 all look one way; √π/(2√N) in 2D where all look anywhere. */
  polarisation: number
  /** |Σ r̂ × v̂| / N, r from the centre (Couzin et al. 2002, m): 1 all go round it the same way. */
  milling: number
  /** World units a step. */
  meanSpeed: number
  /** World units, inside the world. */
  readonly centre: Float64Array
  /** Root mean square distance from the centre, world units. */
  spread: number
  /** Σ v̂ / N and Σ r̂ × v̂ / N. */
  readonly direction: Float64Array
  readonly spin: Float64Array
}

export const emptyMotion = (): Motion => ({
  ...{ alive: 0, polarisation: 0, milling: 0, meanSpeed: 0, spread: 0 },
  ...{ centre: new Float64Array(3), direction: new Float64Array(3), spin: new Float64Array(3) },
})

/** Measures the motion of all bodies that are up, rows ascending. Writes `out` and nothing else. */
export function measureMotion(space: Space, out: Motion): void {
  const { heading, speed, status, count } = space
  let [n, x, y, z, sum] = [0, 0, 0, 0, 0]
  for (let row = 0; row < count; row++) {
    if (status[row] !== 1) continue
    n++
    x += heading[3 * row]!
    y += heading[3 * row + 1]!
    z += heading[3 * row + 2]!
    sum += speed[row]!
  }
  const mean = (total: number): number => (n === 0 ? 0 : total / n)
  out.alive = n
  out.meanSpeed = mean(sum)
  set(out.direction, mean(x), mean(y), mean(z))
  out.polarisation = lengthOf(out.direction)
  measureCentre(space, status, 1, out.centre)
  measureTurning(space, out)
}

/** Milling and spread, about the centre that is known. */
function measureTurning(space: Space, out: Motion): void {
  const { position, heading, status, count, spec } = space
  const wraps = spec.edges === 'wrap'
  const { width, height, depth } = spec
  const [cx, cy, cz] = out.centre as unknown as [number, number, number]
  let [x, y, z, squares] = [0, 0, 0, 0]
  for (let row = 0; row < count; row++) {
    if (status[row] !== 1) continue
    const i = 3 * row
    let dx = position[i]! - cx
    let dy = position[i + 1]! - cy
    let dz = position[i + 2]! - cz
    if (wraps) {
      dx = nearest(dx, width)
      dy = nearest(dy, height)
      dz = nearest(dz, depth)
    }
    const d2 = dx * dx + dy * dy + dz * dz
    if (d2 === 0) continue // at the centre itself nobody goes round it
    squares += d2
    const inverse = 1 / Math.sqrt(d2)
    const [hx, hy, hz] = [heading[i]!, heading[i + 1]!, heading[i + 2]!]
    x += (dy * hz - dz * hy) * inverse
    y += (dz * hx - dx * hz) * inverse
    z += (dx * hy - dy * hx) * inverse
  }
  const n = Math.max(1, out.alive)
  set(out.spin, x / n, y / n, z / n)
  out.milling = lengthOf(out.spin)
  out.spread = Math.sqrt(squares / n)
}

/** Of directions along one axis of a world that wraps: its bins stand for the bodies in them. */
const BINS = 1024
const COS = Float64Array.from({ length: BINS }, (_, i) => cos(((i + 0.5) / BINS) * TAU))
const SIN = Float64Array.from({ length: BINS }, (_, i) => sin(((i + 0.5) / BINS) * TAU))
const bins = new Uint32Array(BINS)

/**
 * Centre of mass of the rows below `space.count` where `of[row] === is`, to `out`. In a world that wraps: about the
 * circular mean of each coordinate, the mean of the nearest images; exact where the bodies span less than half the
 * world.
 */
export function measureCentre(space: Space, of: ArrayLike<number>, is: number, out: Float64Array): void {
  const { width, height, depth, dimensions } = space.spec
  out[0] = centreAlong(space, of, is, 0, width)
  out[1] = centreAlong(space, of, is, 1, height)
  out[2] = dimensions === 3 ? centreAlong(space, of, is, 2, depth) : 0
}

function centreAlong(
  { position, count, spec }: Space,
  of: ArrayLike<number>,
  is: number,
  axis: number,
  side: number,
): number {
  const wraps = spec.edges === 'wrap'
  const about = wraps ? circularMean(position, count, of, is, axis, side) : 0
  let [n, sum] = [0, 0]
  for (let row = 0; row < count; row++) {
    if (of[row] !== is) continue
    const d = position[3 * row + axis]! - about
    n++
    sum += wraps ? nearest(d, side) : d
  }
  if (n === 0) return 0
  const centre = about + sum / n
  return wraps ? centre - side * Math.floor(centre / side) : centre
}

function circularMean(
  position: Float32Array,
  count: number,
  of: ArrayLike<number>,
  is: number,
  axis: number,
  side: number,
): number {
  bins.fill(0)
  const scale = BINS / side
  for (let row = 0; row < count; row++)
    if (of[row] === is) bins[Math.min(BINS - 1, Math.floor(position[3 * row + axis]! * scale))]!++
  let [c, s] = [0, 0]
  for (let i = 0; i < BINS; i++) {
    c += bins[i]! * COS[i]!
    s += bins[i]! * SIN[i]!
  }
  const turn = atan2(s, c) / TAU
  return (turn < 0 ? turn + 1 : turn) * side
}

/** Root mean square distance of the same rows from `centre`, world units. */
export function spreadOf(space: Space, of: ArrayLike<number>, is: number, centre: Float64Array): number {
  const { position, count, spec } = space
  const { width, height, depth } = spec
  const wraps = spec.edges === 'wrap'
  let [n, squares] = [0, 0]
  for (let row = 0; row < count; row++) {
    if (of[row] !== is) continue
    let dx = position[3 * row]! - centre[0]!
    let dy = position[3 * row + 1]! - centre[1]!
    let dz = position[3 * row + 2]! - centre[2]!
    if (wraps) {
      dx = nearest(dx, width)
      dy = nearest(dy, height)
      dz = nearest(dz, depth)
    }
    n++
    squares += dx * dx + dy * dy + dz * dz
  }
  return Math.sqrt(squares / Math.max(1, n))
}

/** How many bodies go along with `axis` (a mean that was measured), within 60°: by heading, or round the centre. */
export function countAlong(space: Space, { centre, direction, spin }: Motion, how: 'heading' | 'turning'): number {
  const { position, heading, status, count, spec } = space
  const axis = how === 'heading' ? direction : spin
  const length = lengthOf(axis)
  if (length === 0) return 0
  const [ax, ay, az] = [axis[0]! / length, axis[1]! / length, axis[2]! / length]
  const wraps = spec.edges === 'wrap'
  let along = 0
  for (let row = 0; row < count; row++) {
    if (status[row] !== 1) continue
    const i = 3 * row
    let [x, y, z] = [heading[i]!, heading[i + 1]!, heading[i + 2]!]
    if (how === 'turning') {
      const dx = wraps ? nearest(position[i]! - centre[0]!, spec.width) : position[i]! - centre[0]!
      const dy = wraps ? nearest(position[i + 1]! - centre[1]!, spec.height) : position[i + 1]! - centre[1]!
      const dz = wraps ? nearest(position[i + 2]! - centre[2]!, spec.depth) : position[i + 2]! - centre[2]!
      const d = Math.sqrt(dx * dx + dy * dy + dz * dz)
      if (d === 0) continue
      ;[x, y, z] = [(dy * z - dz * y) / d, (dz * x - dx * z) / d, (dx * y - dy * x) / d]
    }
    if (x * ax + y * ay + z * az >= 0.5) along++
  }
  return along
}

/** The nearest image of a difference of two places in a world that wraps. */
export function nearest(d: number, side: number): number {
  const half = side / 2
  return d > half ? d - side : d < -half ? d + side : d
}

export const lengthOf = (v: Float64Array): number => Math.sqrt(v[0]! * v[0]! + v[1]! * v[1]! + v[2]! * v[2]!)
function set(v: Float64Array, x: number, y: number, z: number): void {
  v[0] = x
  v[1] = y
  v[2] = z
}
