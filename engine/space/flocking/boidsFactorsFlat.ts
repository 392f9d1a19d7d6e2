import { BOIDS_STATE } from './boidsForces.ts'
import { alignOf, type BoidsRules } from './boidsRules.ts'
import { apart, wrapped } from '../motion/edges.ts'
import type { NeighbourGrid } from './neighbourGrid.ts'
import { FLAG, type Space } from '../SpaceModel.ts'

/**
 * What `flyByFactors` does, in a flat, wrapped world without obstacles, to the bit: the same sums in the same order,
 * in one loop, because there a call costs as much as a neighbour.
 * @returns sum of the neighbours of all bodies.
 */
export function flyFlat(space: Space, grid: NeighbourGrid, rules: BoidsRules): number {
  const { heading, position, speed, state, status, flags, group, wind, spec, count } = space
  const { x, y, headX, headY, rowAt, slotAt, spanFrom, spanTo, shiftX, shiftY } = grid
  const { speed: go, vision, separation, cohere, separate } = rules
  const isOne = space.params['flocks'] === 1
  const r2 = vision * vision
  const s2 = separation * separation
  let total = 0
  for (let row = 0; row < count; row++) {
    if (status[row] !== 1) continue
    const flag = flags[row]!
    const at = 3 * row
    const slot = slotAt[row]!
    const x0 = x[slot]!
    const y0 = y[slot]!
    const spans = (flag & FLAG.blind) !== 0 ? 0 : grid.spansRound(grid.cellOf(x0, y0, 0))
    const match = alignOf(rules, flag)
    const own = group[row]!
    let vx = 0
    let vy = 0
    let near = 0
    for (let s = 0; s < spans; s++) {
      const ax = x0 - shiftX[s]!
      const ay = y0 - shiftY[s]!
      const end = spanTo[s]!
      for (let k = spanFrom[s]!; k < end; k++) {
        const dx = x[k]! - ax
        const dy = y[k]! - ay
        const d2 = dx * dx + dy * dy
        if (d2 >= r2 || k === slot || !(isOne || group[rowAt[k]!] === own)) continue
        near++
        const weight = d2 < s2 ? cohere - separate : cohere
        vx += weight * dx + match * headX[k]!
        vy += weight * dy + match * headY[k]!
      }
    }
    total += near
    if (near > 0) turn(heading, at, vx / near, vy / near)
    const hx = (headX[slot] = heading[at]!)
    const hy = (headY[slot] = heading[at + 1]!)
    speed[row] = go
    state[row] = near > 0 ? BOIDS_STATE.flocking : BOIDS_STATE.alone
    if ((flag & FLAG.stuck) !== 0) continue
    position[at] = wrapped(position[at]! + (hx * go + wind[0]), spec.width)
    position[at + 1] = wrapped(position[at + 1]! + (hy * go + wind[1]), spec.height)
    x[slot] = x0 + apart(x0, position[at]!, spec.width, spec)
    y[slot] = y0 + apart(y0, position[at + 1]!, spec.height, spec)
  }
  return total
}

/** Adds to a heading, and brings it back to length 1. */
function turn(heading: Float32Array, at: number, dx: number, dy: number): void {
  const x = heading[at]! + dx
  const y = heading[at + 1]! + dy
  const length = Math.sqrt(x * x + y * y)
  if (length === 0) return
  heading[at] = x / length
  heading[at + 1] = y / length
}
