import { BOIDS_STATE, glide } from './boidsForces.ts'
import { alignOf, type BoidsRules } from './boidsRules.ts'
import { apart } from '../motion/edges.ts'
import { flyFlat } from './boidsFactorsFlat.ts'
import { moveBody } from '../motion/moveBody.ts'
import type { NeighbourGrid } from './neighbourGrid.ts'
import { FLAG, type Space } from '../SpaceModel.ts'
import { steerClear } from '../motion/steerClear.ts'

/** Change of velocity wished for, as a sum over the neighbours; of the body looked at last. */
const wanted = new Float64Array(3)

/**
 * The rule of the public comparison of agent-based modelling frameworks: every body adds to its velocity the mean over
 * its neighbours of cohere · way, align · velocity and, within the separation, −separate · way; then the velocity is
 * brought to length 1. One after the other by rows, each seeing where those before it have gone: sequential, so one
 * part does it all. The copies in the grid are kept up to date on the way; a body that crosses a seam goes on beyond it
 * there, so that those who look at it find it where the grid says.
 * Source: Datseris, Vahdati, DuBois, "Agents.jl: a performant and feature-full agent-based modelling software of
 * minimal code complexity", Simulation 2022; its Flocking model. There bodies take turns in an order of the
 * framework's.
 * @param grid sorted at the beginning of the step, at least `factorsReach` wide.
 * @returns sum of the neighbours of all bodies.
 */
export function flyByFactors(space: Space, grid: NeighbourGrid, rules: BoidsRules): number {
  const { heading, speed, state, status, flags, obstacles, wind, spec, count } = space
  const { speed: go, lookAhead } = rules
  const isLocal = fits(space, rules)
  const isOpen = obstacles.length === 0 && spec.edges === 'wrap'
  if (isLocal && isOpen && spec.dimensions === 2) return flyFlat(space, grid, rules)
  let total = 0
  for (let row = 0; row < count; row++) {
    if (status[row] !== 1) continue
    const flag = flags[row]!
    const at = 3 * row
    const isBlind = (flag & FLAG.blind) !== 0
    const near = isBlind
      ? 0
      : isLocal
        ? look(space, grid, rules, grid.slotAt[row]!, flag)
        : lookAtAll(space, rules, row, flag)
    total += near
    if (near > 0) turn(heading, at, near)
    if (!isBlind && obstacles.length > 0) {
      for (let axis = 0; axis < 3; axis++) wanted[axis] = heading[at + axis]!
      steerClear(space, row, lookAhead, wanted)
      for (let axis = 0; axis < 3; axis++) heading[at + axis] = wanted[axis]!
    }
    speed[row] = go
    state[row] = near > 0 ? BOIDS_STATE.flocking : BOIDS_STATE.alone
    if ((flag & FLAG.stuck) === 0) {
      const dx = heading[at]! * go + wind[0]
      const dy = heading[at + 1]! * go + wind[1]
      const dz = heading[at + 2]! * go + wind[2]
      if (isOpen) glide(space, at, dx, dy, dz)
      else moveBody(space, row, dx, dy, dz)
    }
    if (isLocal) tell(space, grid, grid.slotAt[row]!, at)
  }
  return total
}

/** Brings the grid's copies of a body up to date. */
function tell({ position, heading, spec }: Space, grid: NeighbourGrid, slot: number, at: number): void {
  grid.headX[slot] = heading[at]!
  grid.headY[slot] = heading[at + 1]!
  grid.x[slot]! += apart(grid.x[slot]!, position[at]!, spec.width, spec)
  grid.y[slot]! += apart(grid.y[slot]!, position[at + 1]!, spec.height, spec)
  if (spec.dimensions === 2) return
  grid.headZ[slot] = heading[at + 2]!
  grid.z[slot]! += apart(grid.z[slot]!, position[at + 2]!, spec.depth, spec)
}

function turn(heading: Float32Array, at: number, near: number): void {
  const x = heading[at]! + wanted[0]! / near
  const y = heading[at + 1]! + wanted[1]! / near
  const z = heading[at + 2]! + wanted[2]! / near
  const length = Math.sqrt(x * x + y * y + z * z)
  if (length === 0) return
  heading[at] = x / length
  heading[at + 1] = y / length
  heading[at + 2] = z / length
}

/** What the grid has to be as wide as, so that nobody who is in sight by now is missed. */
export const factorsReach = ({ vision, speed }: BoidsRules, { wind }: Space): number =>
  vision + speed + Math.sqrt(wind[0] * wind[0] + wind[1] * wind[1] + wind[2] * wind[2])

/** Whether a grid so wide still shows everybody once; else everybody looks at everybody. */
function fits(space: Space, rules: BoidsRules): boolean {
  const { width, height, depth, dimensions } = space.spec
  return 2 * factorsReach(rules, space) < Math.min(width, height, dimensions === 3 ? depth : width)
}

/** Leaves the sum of the wishes in `wanted`, and returns how many are in sight. */
function look(
  { spec, params, group }: Space,
  grid: NeighbourGrid,
  rules: BoidsRules,
  slot: number,
  flag: number,
): number {
  const { x, y, z, headX, headY, headZ, rowAt, spanFrom, spanTo, shiftX, shiftY, shiftZ } = grid
  const { vision, separation, cohere, separate } = rules
  const isDeep = spec.dimensions === 3
  const r2 = vision * vision
  const s2 = separation * separation
  const match = alignOf(rules, flag)
  const own = group[rowAt[slot]!]
  const isOne = params['flocks'] === 1
  const x0 = x[slot]!
  const y0 = y[slot]!
  const z0 = isDeep ? z[slot]! : 0
  const spans = grid.spansRound(grid.cellOf(x0, y0, z0))
  let vx = 0
  let vy = 0
  let vz = 0
  let near = 0
  for (let s = 0; s < spans; s++) {
    const ax = x0 - shiftX[s]!
    const ay = y0 - shiftY[s]!
    const az = z0 - shiftZ[s]!
    const end = spanTo[s]!
    for (let k = spanFrom[s]!; k < end; k++) {
      const dx = x[k]! - ax
      const dy = y[k]! - ay
      const dz = isDeep ? z[k]! - az : 0
      const d2 = dx * dx + dy * dy + dz * dz
      if (d2 >= r2 || k === slot || !(isOne || group[rowAt[k]!] === own)) continue
      near++
      const weight = d2 < s2 ? cohere - separate : cohere
      vx += weight * dx + match * headX[k]!
      vy += weight * dy + match * headY[k]!
      if (isDeep) vz += weight * dz + match * headZ[k]!
    }
  }
  wanted[0] = vx
  wanted[1] = vy
  wanted[2] = vz
  return near
}

/** The same, by a look at all bodies. */
function lookAtAll(space: Space, rules: BoidsRules, row: number, flag: number): number {
  const { position, heading, status, group, spec, count } = space
  const { vision, separation, cohere, separate } = rules
  const isDeep = spec.dimensions === 3
  const match = alignOf(rules, flag)
  let near = 0
  wanted.fill(0)
  for (let other = 0; other < count; other++) {
    const at = 3 * other
    const dx = apart(position[3 * row]!, position[at]!, spec.width, spec)
    const dy = apart(position[3 * row + 1]!, position[at + 1]!, spec.height, spec)
    const dz = isDeep ? apart(position[3 * row + 2]!, position[at + 2]!, spec.depth, spec) : 0
    const d2 = dx * dx + dy * dy + dz * dz
    if (d2 >= vision * vision || other === row || status[other] !== 1 || group[other] !== group[row]) continue
    near++
    const weight = d2 < separation * separation ? cohere - separate : cohere
    wanted[0]! += weight * dx + match * heading[at]!
    wanted[1]! += weight * dy + match * heading[at + 1]!
    wanted[2]! += weight * dz + match * heading[at + 2]!
  }
  return near
}
