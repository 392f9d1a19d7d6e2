import type { Disc } from '../../scenario/Scenario.ts'
import { apart, floor32, wrapped } from './edges.ts'
import { FLAG, type Space } from '../SpaceModel.ts'

/** The shortest of the ways that differ by the side of a wrapped world; |d| ≤ side. */
export const nearestImage = (d: number, side: number): number =>
  d > side / 2 ? d - side : d < -side / 2 ? d + side : d

/**
 * Moves a body by (dx, dy, dz), world units: over the edges or mirrored at them, and along the surface of any obstacle
 * that it would enter; an obstacle that fell on it pushes it out. Writes the body's position, and its heading where a
 * wall or an obstacle turns it. A blind body is held by an obstacle, but does not turn.
 */
export function moveBody(space: Space, row: number, dx: number, dy: number, dz: number): void {
  const { position, spec, obstacles } = space
  const isFlat = spec.dimensions === 2
  const at = 3 * row
  const x = position[at]!
  const y = position[at + 1]!
  const z = position[at + 2]!
  place(space, row, x + dx, y + dy, isFlat ? 0 : z + dz)
  if (obstacles.length === 0) return
  for (let pass = 0; pass < PASSES; pass++) if (!pushedOut(space, row)) return
  // Wedged between obstacles: stays where it was.
  position[at] = x
  position[at + 1] = y
  position[at + 2] = z
}
const PASSES = 4

function place({ position, heading, spec }: Space, row: number, x: number, y: number, z: number): void {
  const { width, height, depth, edges, dimensions } = spec
  const at = 3 * row
  if (edges === 'wrap') {
    position[at] = wrapped(x, width)
    position[at + 1] = wrapped(y, height)
    if (dimensions === 3) position[at + 2] = wrapped(z, depth)
    return
  }
  mirror(position, heading, at, x, width)
  mirror(position, heading, at + 1, y, height)
  if (dimensions === 3) mirror(position, heading, at + 2, z, depth)
}

function mirror(position: Float32Array, heading: Float32Array, at: number, x: number, side: number): void {
  if (x < 0) heading[at] = Math.abs(heading[at]!)
  else if (x > side) heading[at] = -Math.abs(heading[at]!)
  const back = x < 0 ? -x : x > side ? 2 * side - x : x
  position[at] = back < 0 ? 0 : Math.min(back, floor32(side))
}

/** Puts the body at the surface of each obstacle that it is in. False where it was in none. */
function pushedOut(space: Space, row: number): boolean {
  let found = false
  for (const disc of space.obstacles) if (leave(space, row, disc)) found = true
  return found
}

function leave(space: Space, row: number, disc: Disc): boolean {
  const { position, heading, spec, flags } = space
  const { width, height, depth } = spec
  const at = 3 * row
  const x = apart(disc.x, position[at]!, width, spec)
  const y = apart(disc.y, position[at + 1]!, height, spec)
  // A disc without z reaches through the whole depth.
  const isSphere = spec.dimensions === 3 && disc.z !== undefined
  const z = isSphere ? apart(disc.z, position[at + 2]!, depth, spec) : 0
  const d2 = x * x + y * y + z * z
  if (d2 >= disc.radius * disc.radius) return false
  const d = Math.sqrt(d2)
  // From the very centre, the way it came.
  const nx = d > 0 ? x / d : -heading[at]!
  const ny = d > 0 ? y / d : -heading[at + 1]!
  const nz = d > 0 ? z / d : isSphere ? -heading[at + 2]! : 0
  // Further than 32-bit coordinates can be wrong.
  const out = disc.radius + 1e-6 * (width + height) - d
  place(space, row, position[at]! + nx * out, position[at + 1]! + ny * out, position[at + 2]! + nz * out)
  if ((flags[row]! & FLAG.blind) === 0) slide(heading, at, nx, ny, nz)
  return true
}

/** Takes from the heading what points into the surface with normal n; head-on it turns left along it. */
function slide(heading: Float32Array, at: number, nx: number, ny: number, nz: number): void {
  const into = heading[at]! * nx + heading[at + 1]! * ny + heading[at + 2]! * nz
  if (into >= 0) return
  let x = heading[at]! - into * nx
  let y = heading[at + 1]! - into * ny
  let z = heading[at + 2]! - into * nz
  let length = Math.sqrt(x * x + y * y + z * z)
  if (length < 1e-3) {
    const flat = Math.sqrt(nx * nx + ny * ny)
    x = flat > 0 ? -ny : 1
    y = flat > 0 ? nx : 0
    z = 0
    length = flat > 0 ? flat : 1
  }
  heading[at] = x / length
  heading[at + 1] = y / length
  heading[at + 2] = z / length
}
