import { BOIDS_STATE } from './boidsForces.ts'
import type { BoidsRules } from './boidsRules.ts'
import { moveBody, nearestImage } from './moveBody.ts'
import type { NeighbourGrid } from './neighbourGrid.ts'
import { FLAG, type Space } from './SpaceModel.ts'
import { steerClear } from './steerClear.ts'

/** Change of velocity wished for, as a sum over the neighbours; of the body looked at last. */
const wanted = new Float64Array(3)

/**
 * The rule of the public comparison of agent-based modelling frameworks: every body adds to its velocity the mean over
 * its neighbours of cohere · way, match · velocity and, within the separation, −separate · way; then the velocity is
 * brought to length 1. One after the other by rows, each seeing where those before it have gone: sequential, so one
 * part does it all.
 * Source: Datseris, Vahdati, DuBois, "Agents.jl: a performant and feature-full agent-based modelling software of minimal
 * code complexity", Simulation 2022; its Flocking model. There bodies take turns in an order of the framework's.
 * @param grid sorted at the beginning of the step, at least `vision` and what a body moves in one step wide.
 * @returns sum of the neighbours of all bodies.
 */
export function flyByFactors(space: Space, grid: NeighbourGrid, rules: BoidsRules): number {
  const { heading, speed, state, status, flags, wind, count } = space
  const { speed: go, lookAhead } = rules
  let total = 0
  for (let row = 0; row < count; row++) {
    if (status[row] !== 1) continue
    const flag = flags[row]!
    const at = 3 * row
    const isBlind = (flag & FLAG.blind) !== 0
    const near = isBlind ? 0 : look(space, grid, rules, row, flag)
    total += near
    if (near > 0) {
      const x = heading[at]! + wanted[0]! / near
      const y = heading[at + 1]! + wanted[1]! / near
      const z = heading[at + 2]! + wanted[2]! / near
      const length = Math.sqrt(x * x + y * y + z * z)
      if (length > 0) {
        heading[at] = x / length
        heading[at + 1] = y / length
        heading[at + 2] = z / length
      }
    }
    if (!isBlind && space.obstacles.length > 0) {
      for (let axis = 0; axis < 3; axis++) wanted[axis] = heading[at + axis]!
      steerClear(space, row, lookAhead, wanted)
      for (let axis = 0; axis < 3; axis++) heading[at + axis] = wanted[axis]!
    }
    speed[row] = go
    state[row] = near > 0 ? BOIDS_STATE.flocking : BOIDS_STATE.alone
    if ((flag & FLAG.stuck) !== 0) continue
    moveBody(space, row, heading[at]! * go + wind[0], heading[at + 1]! * go + wind[1], heading[at + 2]! * go + wind[2])
  }
  return total
}

/** Leaves the sum of the wishes in `wanted`, and returns how many are in sight. */
function look(space: Space, grid: NeighbourGrid, rules: BoidsRules, row: number, flag: number): number {
  const { position, spec, count } = space
  wanted.fill(0)
  if (!isLocal(space, rules)) return add(space, rules, row, flag, null, 0, count)
  const at = 3 * row
  // Its own place is still the one that it was sorted by; those of others may be one move away.
  const spans = grid.spansRound(
    grid.cellOf(position[at]!, position[at + 1]!, spec.dimensions === 3 ? position[at + 2]! : 0),
  )
  let near = 0
  for (let s = 0; s < spans; s++) near += add(space, rules, row, flag, grid.rowAt, grid.spanFrom[s]!, grid.spanTo[s]!)
  return near
}

/** What the grid has to be as wide as, so that nobody who is in sight by now is missed. */
export const factorsReach = ({ vision, speed }: BoidsRules, { wind }: Space): number =>
  vision + speed + Math.sqrt(wind[0] * wind[0] + wind[1] * wind[1] + wind[2] * wind[2])

/** Whether the world is wide enough for three cells a side; else everybody looks at everybody. */
function isLocal(space: Space, rules: BoidsRules): boolean {
  const { width, height, depth, dimensions } = space.spec
  const least = Math.min(width, height, dimensions === 3 ? depth : width)
  return 3.001 * factorsReach(rules, space) < least
}

/** @param rowAt rows by place; null: the places are the rows. */
function add(
  { position, heading, status, group, spec }: Space,
  { vision, separation, cohere, separate, align }: BoidsRules,
  row: number,
  flag: number,
  rowAt: Int32Array | null,
  from: number,
  to: number,
): number {
  const { width, height, depth } = spec
  const wraps = spec.edges === 'wrap'
  const r2 = vision * vision
  const s2 = separation * separation
  const x = position[3 * row]!
  const y = position[3 * row + 1]!
  const z = position[3 * row + 2]!
  const match = (flag & FLAG.deaf) !== 0 ? 0 : (flag & FLAG.rogue) !== 0 ? -align : align
  let [vx, vy, vz] = [wanted[0]!, wanted[1]!, wanted[2]!]
  let near = 0
  for (let k = from; k < to; k++) {
    const other = rowAt === null ? k : rowAt[k]!
    const at = 3 * other
    let dx = position[at]! - x
    let dy = position[at + 1]! - y
    let dz = position[at + 2]! - z
    if (wraps) {
      dx = nearestImage(dx, width)
      dy = nearestImage(dy, height)
      dz = nearestImage(dz, depth)
    }
    const d2 = dx * dx + dy * dy + dz * dz
    if (d2 >= r2 || other === row || status[other] !== 1 || group[other] !== group[row]) continue
    near++
    const weight = d2 < s2 ? cohere - separate : cohere
    vx += weight * dx + match * heading[at]!
    vy += weight * dy + match * heading[at + 1]!
    vz += weight * dz + match * heading[at + 2]!
  }
  wanted[0] = vx
  wanted[1] = vy
  wanted[2] = vz
  return near
}
