import { behind, layoutOf, strideOf, type Layout } from './formationSlots.ts'
import { nearestImage } from '../motion/moveBody.ts'
import { FLAG, type Space } from '../SpaceModel.ts'

export const ASSIGNMENTS = ['moveUp', 'lastFills', 'nearest', 'fixed'] as const

/** Who has which place. State of the model; only this file writes it, on one worker. */
export interface Places {
  /** Place by row, −1 none. */
  readonly placeOf: Int32Array
  /** Row by place, −1 nobody. */
  readonly holder: Int32Array
  /** By place: steps for which it has been empty. */
  readonly emptyFor: Int32Array
  /** By the names below. */
  readonly counts: Int32Array
}
/** Bodies that have a place. */
export const TAKEN = 0
/** Places up to the last one that is taken. */
export const SPAN = 1
/** Changes of place so far. */
export const MOVES = 2
export const COUNTS = 3

/** Where a place is, world units: x to out[0], y to out[1]. */
export type Locate = (place: number, out: Float64Array) => void

/**
 * One step of who stands where. Sequential: places are looked at from the front to the rear, and each finds what those
 * before it have changed.
 * 1. Whoever is not up any more gives its place up; whoever is up and has none takes the one behind all others.
 * 2. A place that has been empty for more than `noticeSteps` steps, with somebody behind it, is taken by
 *    - moveUp: the nearest behind it in its file; where there is none, the last of all;
 *    - lastFills: the last of all;
 *    - nearest: everybody finds a place anew, see `takeNearest`;
 *    - fixed: nobody.
 *    By the first two, blind and stuck bodies and rogues are left in theirs.
 */
export function settlePlaces(space: Space, places: Places, locate: Locate): void {
  giveUp(space, places)
  comeIn(space, places)
  const { holder, emptyFor, counts } = places
  const notice = space.params['noticeSteps'] as number
  const assignment = space.params['assignment'] as (typeof ASSIGNMENTS)[number]
  const layout = layoutOf(space, counts[TAKEN]!)
  for (let place = 0; place < counts[SPAN]!; place++) {
    if (holder[place]! >= 0) {
      emptyFor[place] = 0
      continue
    }
    emptyFor[place]!++
    if (emptyFor[place]! <= notice || assignment === 'fixed') continue
    if (assignment === 'nearest') return takeNearest(space, places, locate)
    const follower = assignment === 'moveUp' ? followerOf(space, places, layout, place) : -1
    const from = follower >= 0 ? follower : lastOf(space, places, place)
    if (from >= 0) move(places, from, place)
  }
}

/** Places 0, 1, 2, … from the front, each to the nearest body that is left; of two as near, to the smaller id. */
export function takeNearest(space: Space, places: Places, locate: Locate): void {
  const { placeOf, holder, emptyFor, counts } = places
  const { position, count, spec } = space
  const { width, height, edges } = spec
  const wraps = edges === 'wrap'
  const goal = new Float64Array(2)
  for (let row = 0; row < count; row++) if (placeOf[row]! >= 0) placeOf[row] = UNPLACED
  holder.fill(-1, 0, counts[SPAN])
  for (let place = 0; place < counts[TAKEN]!; place++) {
    locate(place, goal)
    let [best, least] = [-1, Infinity]
    for (let row = 0; row < count; row++) {
      if (placeOf[row] !== UNPLACED) continue
      const dx = goal[0]! - position[3 * row]!
      const dy = goal[1]! - position[3 * row + 1]!
      const x = wraps ? nearestImage(dx, width) : dx
      const y = wraps ? nearestImage(dy, height) : dy
      const d2 = x * x + y * y
      if (d2 >= least) continue
      best = row
      least = d2
    }
    placeOf[best] = place
    holder[place] = best
    emptyFor[place] = 0
  }
  counts[SPAN] = counts[TAKEN]!
  counts[MOVES]!++
}
/** Had a place, and gets another one in this very step. */
const UNPLACED = -2

/** Bodies 0, 1, 2, … of `count` in places 0, 1, 2, … */
export function placesFor(capacity: number, count: number): Places {
  const placeOf = new Int32Array(capacity).fill(-1)
  for (let row = 0; row < count; row++) placeOf[row] = row
  const counts = Int32Array.of(count, count, 0)
  return { placeOf, holder: placeOf.slice(), emptyFor: new Int32Array(capacity), counts }
}

function giveUp({ status, count }: Space, { placeOf, holder, counts }: Places): void {
  for (let row = 0; row < count; row++) {
    const place = placeOf[row]!
    if (place < 0 || status[row] === 1) continue
    placeOf[row] = -1
    holder[place] = -1
    counts[TAKEN]!--
  }
  shrink(holder, counts)
}

function comeIn({ status, count }: Space, { placeOf, holder, counts }: Places): void {
  for (let row = 0; row < count; row++) {
    if (status[row] !== 1 || placeOf[row]! >= 0) continue
    // Where nobody moves up, places may run out behind the last one before all are taken.
    const place = counts[SPAN]! < holder.length ? counts[SPAN]! : holder.indexOf(-1)
    placeOf[row] = place
    holder[place] = row
    counts[TAKEN]!++
    counts[SPAN] = Math.max(counts[SPAN]!, place + 1)
  }
}

/** The place behind `place` in its file whose body comes up; −1 where there is none. */
function followerOf(space: Space, { holder, counts }: Places, layout: Layout, place: number): number {
  const stride = strideOf(layout)
  const span = counts[SPAN]!
  for (let from = behind(layout, place); from < span; from += stride) if (canMove(space, holder[from]!)) return from
  return -1
}

/** The last place behind `place` whose body can leave it; −1 where there is none. */
function lastOf(space: Space, { holder, counts }: Places, place: number): number {
  for (let from = counts[SPAN]! - 1; from > place; from--) if (canMove(space, holder[from]!)) return from
  return -1
}

const canMove = ({ flags }: Space, row: number): boolean =>
  row >= 0 && (flags[row]! & (FLAG.blind | FLAG.stuck | FLAG.rogue)) === 0

function move({ placeOf, holder, emptyFor, counts }: Places, from: number, to: number): void {
  const row = holder[from]!
  placeOf[row] = to
  holder[to] = row
  holder[from] = -1
  emptyFor[to] = 0
  emptyFor[from] = 0
  counts[MOVES]!++
  shrink(holder, counts)
}

/** Empty places behind the last one taken are none. */
function shrink(holder: Int32Array, counts: Int32Array): void {
  while (counts[SPAN]! > 0 && holder[counts[SPAN]! - 1]! < 0) counts[SPAN]!--
}

/** Places that are empty though somebody stands behind them. */
export const gapsIn = ({ counts }: Places): number => counts[SPAN]! - counts[TAKEN]!
