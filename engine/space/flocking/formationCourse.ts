import { cos, PI, sin } from '../../kernel/math.ts'
import { goRound } from '../motion/goRound.ts'
import { nearestImage } from '../motion/moveBody.ts'
import type { Space } from '../SpaceModel.ts'

export const COURSES = ['tour', 'straight', 'circle'] as const

/** What the formation is set out from: x, y, a unit vector forward, and the number of the goal it heads for. State. */
export const ANCHOR = { x: 0, y: 1, forwardX: 2, forwardY: 3, goal: 4 } as const
export const ANCHOR_SLOTS = 5

/** Goals of a tour, as shares of the world's sides, visited in turn for ever: a figure of eight through the middle. */
const GOALS = [
  [0.8, 0.3],
  [0.8, 0.7],
  [0.2, 0.3],
  [0.2, 0.7],
] as const

export function placeAnchor({ spec, params }: Space, anchor: Float64Array): void {
  const { width, height } = spec
  const { course, anchorSpeed, turnDegrees } = params as { course: string; anchorSpeed: number; turnDegrees: number }
  anchor.set([0.22 * width, 0.5 * height, 1, 0, 0])
  if (course !== 'circle' || turnDegrees === 0) return
  anchor[ANCHOR.x] = width / 2
  anchor[ANCHOR.y] = height / 2 - anchorSpeed / ((turnDegrees * PI) / 180)
}

/**
 * One step of the anchor: straight on; on a circle, by the same angle at every step; or towards the next goal and round
 * obstacles, turning by `turnDegrees` at most. It turns, then it moves.
 */
export function moveAnchor(space: Space, anchor: Float64Array, way: Float64Array): void {
  const { params, spec } = space
  const { course, anchorSpeed, turnDegrees, separation } = params as { course: string } & { [name: string]: number }
  const most = (turnDegrees! * PI) / 180
  if (course === 'circle') turn(anchor, cos(most), sin(most))
  else if (course === 'tour') headForGoal(space, anchor, most, separation!, way)
  const x = anchor[ANCHOR.x]! + anchor[ANCHOR.forwardX]! * anchorSpeed!
  const y = anchor[ANCHOR.y]! + anchor[ANCHOR.forwardY]! * anchorSpeed!
  anchor[ANCHOR.x] = within(x, spec.width, spec.edges)
  anchor[ANCHOR.y] = within(y, spec.height, spec.edges)
}

/** A place along one side that is in the world: round the seam where it wraps, at the wall where it ends. */
export const within = (x: number, side: number, edges: 'wrap' | 'walls'): number =>
  edges === 'wrap' ? x - Math.floor(x / side) * side : Math.max(0, Math.min(side, x))

function headForGoal(space: Space, anchor: Float64Array, most: number, clearance: number, way: Float64Array): void {
  const { width, height, edges } = space.spec
  const [x, y] = [anchor[ANCHOR.x]!, anchor[ANCHOR.y]!]
  const anchorSpeed = space.params['anchorSpeed'] as number
  const [shareX, shareY] = GOALS[anchor[ANCHOR.goal]! % GOALS.length]!
  const [goalX, goalY] = [shareX * width, shareY * height]
  const wraps = edges === 'wrap'
  const dx = wraps ? nearestImage(goalX - x, width) : goalX - x
  const dy = wraps ? nearestImage(goalY - y, height) : goalY - y
  // A goal inside its tightest turn is passed no further away than the radius of that.
  const near = Math.max(4 * anchorSpeed, most > 0 ? (1.1 * anchorSpeed) / most : 0)
  if (dx * dx + dy * dy < near * near) anchor[ANCHOR.goal] = (anchor[ANCHOR.goal]! + 1) % GOALS.length
  goRound(space, x, y, goalX, goalY, clearance, way)
  turnTowards(anchor, way[0]!, way[1]!, most)
}

/** Turns towards (x, y), by `most` radians at most; from straight behind to the left. */
function turnTowards(anchor: Float64Array, x: number, y: number, most: number): void {
  const length = Math.sqrt(x * x + y * y)
  if (length === 0) return
  const [fx, fy] = [anchor[ANCHOR.forwardX]!, anchor[ANCHOR.forwardY]!]
  const along = (fx * x + fy * y) / length
  const across = (fx * y - fy * x) / length
  const [c, s] = [cos(most), sin(most)]
  if (along >= c) turn(anchor, along, across)
  else turn(anchor, c, across >= 0 ? s : -s)
}

/** Turns by the angle of which cosine and sine are given, and keeps the length at 1. */
function turn(anchor: Float64Array, c: number, s: number): void {
  const [fx, fy] = [anchor[ANCHOR.forwardX]!, anchor[ANCHOR.forwardY]!]
  const [x, y] = [fx * c - fy * s, fx * s + fy * c]
  const length = Math.sqrt(x * x + y * y)
  anchor[ANCHOR.forwardX] = x / length
  anchor[ANCHOR.forwardY] = y / length
}
