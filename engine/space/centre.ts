import { atan2, cos, sin, TAU } from '../kernel/math.ts'
import { apart } from './edges.ts'
import type { Space } from './SpaceModel.ts'

/**
 * Writes the centre of mass of all bodies that are up to `out`, world units. In a world that wraps, the circular mean of
 * each coordinate first, then the mean of the nearest images about it; exact where they span less than half the world.
 */
export function centreOf(space: Space, out: Float64Array): void {
  const { width, height, depth, dimensions } = space.spec
  out[0] = centreAlong(space, 0, width)
  out[1] = centreAlong(space, 1, height)
  out[2] = dimensions === 2 ? 0 : centreAlong(space, 2, depth)
}

function centreAlong({ position, status, count, spec }: Space, axis: number, side: number): number {
  const about = spec.edges === 'wrap' ? circularMean(position, status, count, axis, side) : 0
  let [sum, n] = [0, 0]
  for (let row = 0; row < count; row++) {
    if (status[row] !== 1) continue
    sum += apart(about, position[3 * row + axis]!, side, spec)
    n++
  }
  return n === 0 ? 0 : about + sum / n
}

function circularMean(position: Float32Array, status: Uint8Array, count: number, axis: number, side: number): number {
  let [s, c] = [0, 0]
  for (let row = 0; row < count; row++) {
    if (status[row] !== 1) continue
    const angle = (position[3 * row + axis]! / side) * TAU
    s += sin(angle)
    c += cos(angle)
  }
  const angle = atan2(s, c)
  return ((angle < 0 ? angle + TAU : angle) / TAU) * side
}
