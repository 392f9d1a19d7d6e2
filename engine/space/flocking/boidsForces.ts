import { CLOSE, MATES, sumsLayout } from './boidsSums.ts'
import { alignOf, type BoidsRules } from './boidsRules.ts'
import { apart, wrapped } from '../motion/edges.ts'
import { moveBody } from '../motion/moveBody.ts'
import { FLAG, type Space } from '../SpaceModel.ts'
import { steerClear } from '../motion/steerClear.ts'

export const BOIDS_STATE = { alone: 0, flocking: 1, makingRoom: 2 } as const

/** Share by which a body's speed goes back to cruising speed in a step. */
const RELAX = 0.1
/** In cruising speeds, of a body whose cruising speed has just been set to next to nothing: more would overflow. */
const FASTEST = 1e6
/** Slower than this share of cruising speed a velocity has no direction to speak of, and the heading stays. */
const STANDING = 1e-6
const steer = new Float64Array(3)

/**
 * Steers and moves the rows from..to by what they see. Three wishes are added: to the mean heading of the
 * flockmates, to their centre (at a distance of one vision: 1), away from those too close (at a distance of one
 * separation: 1); then the goal's. What they ask for is cut to `force`, added to the velocity, and obstacles bend the
 * new heading. Walls push from `lookAhead` on, up to `force` at the wall itself. Writes position, heading, speed and
 * state of these rows.
 * @param sums of these rows, as `sumsLayout` says.
 * Source: Reynolds, "Steering behaviors for autonomous characters", GDC 1999, with the mean heading for alignment.
 */
export function flyByForces(space: Space, rules: BoidsRules, sums: Float32Array, from: number, to: number): void {
  const { heading, speed, state, status, flags, obstacles, wind, spec } = space
  const { force, slack, goal, speed: cruising } = rules
  const { stride } = sumsLayout(spec.dimensions)
  const hasWalls = spec.edges === 'walls'
  const isOpen = obstacles.length === 0 && !hasWalls
  for (let row = from; row < to; row++) {
    if (status[row] !== 1) continue
    const at = 3 * row
    const of = stride * (row - from)
    const flag = flags[row]!
    const isBlind = (flag & FLAG.blind) !== 0
    if (isBlind) steer[0] = steer[1] = steer[2] = 0
    else {
      wish(rules, sums, of, heading, at, flag, spec.dimensions)
      if (goal > 0) seek(space, rules, at)
      if (hasWalls) shun(space, rules, at)
    }
    let x = steer[0]!
    let y = steer[1]!
    let z = steer[2]!
    const wanted = Math.sqrt(x * x + y * y + z * z)
    const cut = wanted > force ? force / wanted : 1
    const before = cruising > 0 ? Math.min(FASTEST, speed[row]! / cruising) : 1
    const pace = before + RELAX * (1 - before)
    x = heading[at]! * pace + cut * x
    y = heading[at + 1]! * pace + cut * y
    z = heading[at + 2]! * pace + cut * z
    const length = Math.sqrt(x * x + y * y + z * z)
    const go = cruising * Math.max(1 - slack, Math.min(1 + slack, length))
    if (length > STANDING) {
      steer[0] = x / length
      steer[1] = y / length
      steer[2] = z / length
      if (!isOpen && !isBlind) steerClear(space, row, rules.lookAhead, steer)
      heading[at] = steer[0]!
      heading[at + 1] = steer[1]!
      heading[at + 2] = steer[2]!
    }
    speed[row] = go
    state[row] = isBlind ? BOIDS_STATE.alone : stateOf(sums, of)
    if ((flag & FLAG.stuck) !== 0) continue
    const dx = heading[at]! * go + wind[0]
    const dy = heading[at + 1]! * go + wind[1]
    const dz = heading[at + 2]! * go + wind[2]
    if (isOpen) glide(space, at, dx, dy, dz)
    else moveBody(space, row, dx, dy, dz)
  }
}

/** Moves a body at `at` (3 × row) in a world that wraps and has nothing in the way. */
export function glide({ position, spec }: Space, at: number, dx: number, dy: number, dz: number): void {
  position[at] = wrapped(position[at]! + dx, spec.width)
  position[at + 1] = wrapped(position[at + 1]! + dy, spec.height)
  if (spec.dimensions === 3) position[at + 2] = wrapped(position[at + 2]! + dz, spec.depth)
}

function stateOf(sums: Float32Array, of: number): number {
  if (sums[of + CLOSE]! > 0) return BOIDS_STATE.makingRoom
  return sums[of + MATES]! > 0 ? BOIDS_STATE.flocking : BOIDS_STATE.alone
}

/** Leaves in `steer` what a body wishes because of its neighbours; a rogue heads against its flockmates. */
function wish(
  rules: BoidsRules,
  sums: Float32Array,
  of: number,
  heading: Float32Array,
  at: number,
  flag: number,
  dimensions: 2 | 3,
): void {
  const { cohere, separate, separation, vision } = rules
  const layout = sumsLayout(dimensions)
  const head = of + layout.head
  const way = of + layout.way
  const away = of + layout.push
  const push = separate * separation
  const mates = sums[of + MATES]!
  const each = mates > 0 ? 1 / mates : 0
  const own = mates > 0 ? 1 : 0
  const level = alignOf(rules, flag)
  const draw = (cohere * each) / vision
  steer[0] = push * sums[away]! + level * (sums[head]! * each - own * heading[at]!) + draw * sums[way]!
  steer[1] = push * sums[away + 1]! + level * (sums[head + 1]! * each - own * heading[at + 1]!) + draw * sums[way + 1]!
  if (dimensions === 2) steer[2] = 0
  else
    steer[2] =
      push * sums[away + 2]! + level * (sums[head + 2]! * each - own * heading[at + 2]!) + draw * sums[way + 2]!
}

/** Adds the way to the goal, 1 from one vision away on. */
function seek({ position, spec }: Space, { goal, goalX, goalY, goalZ, vision }: BoidsRules, at: number): void {
  const x = apart(position[at]!, goalX, spec.width, spec)
  const y = apart(position[at + 1]!, goalY, spec.height, spec)
  const z = spec.dimensions === 3 ? apart(position[at + 2]!, goalZ, spec.depth, spec) : 0
  const share = goal / Math.max(vision, Math.sqrt(x * x + y * y + z * z))
  steer[0]! += share * x
  steer[1]! += share * y
  steer[2]! += share * z
}

/** Adds the push of the walls of the world, from all of them that are near. */
function shun({ position, spec }: Space, { force, lookAhead }: BoidsRules, at: number): void {
  if (lookAhead === 0) return
  steer[0]! += inward(position[at]!, spec.width, lookAhead) * force
  steer[1]! += inward(position[at + 1]!, spec.height, lookAhead) * force
  if (spec.dimensions === 3) steer[2]! += inward(position[at + 2]!, spec.depth, lookAhead) * force
}

/** 1 at the near wall, −1 at the far one, 0 where both are further than `ahead`. */
const inward = (x: number, side: number, ahead: number): number =>
  Math.max(0, 1 - x / ahead) - Math.max(0, 1 - (side - x) / ahead)
