import { BOIDS_STATE } from './boidsForces.ts'
import type { BoidsRules } from './boidsRules.ts'
import { CLOSE, MATES, sumsLayout } from './boidsSums.ts'
import { toUnit, turnTowards } from '../motion/directions.ts'
import { moveBody } from '../motion/moveBody.ts'
import type { NeighbourGrid } from './neighbourGrid.ts'
import { FLAG, type Space } from '../SpaceModel.ts'
import { steerClear } from '../motion/steerClear.ts'

/** Sum of shown headings, sum of the directions to flockmates, and the heading of the nearest. */
const headings = new Float64Array(3)
const ways = new Float64Array(3)
const nearest = new Float64Array(3)

/**
 * Turns and moves the bodies of the slots from..to: whose nearest flockmate is closer than `separation` turns away from
 * its heading, all others first align with the mean heading of the flockmates in sight, then turn to the mean direction
 * of them; each turn has its most. All at once: everybody goes by the headings of the step before (NetLogo asks one
 * after the other). Writes position, heading, speed and state of these bodies, and their counts in `sums`.
 * Source: Wilensky, NetLogo Flocking model, 1998; there in two dimensions.
 */
export function flyByTurns(
  space: Space,
  grid: NeighbourGrid,
  kinds: Uint8Array | null,
  rules: BoidsRules,
  sums: Float32Array,
  from: number,
  to: number,
): void {
  const { heading, speed, state, flags, wind, spec } = space
  const { stride } = sumsLayout(spec.dimensions)
  for (let slot = from; slot < to; slot++) {
    const row = grid.rowAt[slot]!
    const at = 3 * row
    const flag = flags[row]!
    const isBlind = (flag & FLAG.blind) !== 0
    const mates = isBlind ? 0 : look(grid, kinds, slot, spec.dimensions === 3, rules.vision)
    const isClose = mates > 0 && nearestDistance < rules.separation
    sums[stride * slot + MATES] = mates
    sums[stride * slot + CLOSE] = isClose ? 1 : 0
    if (mates > 0) turn(heading, at, rules, isClose, flag)
    if (!isBlind) {
      for (let axis = 0; axis < 3; axis++) ways[axis] = heading[at + axis]!
      steerClear(space, row, rules.lookAhead, ways)
      for (let axis = 0; axis < 3; axis++) heading[at + axis] = ways[axis]!
    }
    speed[row] = rules.speed
    state[row] = isClose ? BOIDS_STATE.makingRoom : mates > 0 ? BOIDS_STATE.flocking : BOIDS_STATE.alone
    if ((flag & FLAG.stuck) !== 0) continue
    const go = rules.speed
    moveBody(space, row, heading[at]! * go + wind[0], heading[at + 1]! * go + wind[1], heading[at + 2]! * go + wind[2])
  }
}

/** Of the body looked at last. */
let nearestDistance = 0

/** Fills the three sums and returns how many flockmates are in sight. */
function look(grid: NeighbourGrid, kinds: Uint8Array | null, slot: number, isDeep: boolean, vision: number): number {
  const { nearSlot, nearDx, nearDy, nearDz, nearD2, headX, headY, headZ } = grid
  const found = grid.near(grid.x[slot]!, grid.y[slot]!, isDeep ? grid.z[slot]! : 0, vision)
  headings.fill(0)
  ways.fill(0)
  let mates = 0
  let least = Infinity
  let first = slot
  for (let i = 0; i < found; i++) {
    const k = nearSlot[i]!
    if (k === slot || (kinds !== null && kinds[k] !== kinds[slot])) continue
    mates++
    headings[0]! += headX[k]!
    headings[1]! += headY[k]!
    if (isDeep) headings[2]! += headZ[k]!
    const d2 = nearD2[i]!
    if (d2 < least) {
      least = d2
      first = k
    }
    if (d2 === 0) continue
    const each = 1 / Math.sqrt(d2)
    ways[0]! += each * nearDx[i]!
    ways[1]! += each * nearDy[i]!
    ways[2]! += each * nearDz[i]!
  }
  nearestDistance = Math.sqrt(least)
  nearest[0] = headX[first]!
  nearest[1] = headY[first]!
  nearest[2] = isDeep ? headZ[first]! : 0
  return mates
}

/** A deaf body sees where the others are, but not where they head; a rogue aligns with the opposite. */
function turn(heading: Float32Array, at: number, rules: BoidsRules, isClose: boolean, flag: number): void {
  const { alignTurn, cohereTurn, separateTurn } = rules
  const isDeaf = (flag & FLAG.deaf) !== 0
  if (isClose) {
    if (!isDeaf) turnAway(heading, at, nearest, separateTurn[0]!, separateTurn[1]!)
    return
  }
  if (!isDeaf && toUnit(headings)) {
    if ((flag & FLAG.rogue) !== 0) for (let axis = 0; axis < 3; axis++) headings[axis]! *= -1
    turnTowards(heading, heading, at, headings, alignTurn[0]!, alignTurn[1]!)
  }
  if (toUnit(ways)) turnTowards(heading, heading, at, ways, cohereTurn[0]!, cohereTurn[1]!)
}

/**
 * Turns the unit vector heading[at..at+2] away from another, by the angle between them or the most, whichever is less.
 * Whoever heads exactly the same way, or the opposite, does not turn.
 */
export function turnAway(
  heading: Float32Array,
  at: number,
  from: Float64Array,
  cosMost: number,
  sinMost: number,
): void {
  const x = heading[at]!
  const y = heading[at + 1]!
  const z = heading[at + 2]!
  const along = x * from[0]! + y * from[1]! + z * from[2]!
  // At right angles to the heading, away from the other; as long as the sine of the angle.
  const ax = along * x - from[0]!
  const ay = along * y - from[1]!
  const az = along * z - from[2]!
  const sine = Math.sqrt(ax * ax + ay * ay + az * az)
  if (sine < 1e-6) return
  const cosine = along >= cosMost ? along : cosMost
  const share = along >= cosMost ? 1 : sinMost / sine
  const [nx, ny, nz] = [cosine * x + share * ax, cosine * y + share * ay, cosine * z + share * az]
  const length = Math.sqrt(nx * nx + ny * ny + nz * nz)
  heading[at] = nx / length
  heading[at + 1] = ny / length
  heading[at + 2] = nz / length
}
