import { FLAG, type Space } from './SpaceModel.ts'
import { behind, layoutOf, strideOf, type Layout } from './formationSlots.ts'

export const ASSIGNMENTS = ['moveUp', 'lastFills', 'nearest', 'fixed'] as const

/** Who has which place. State of the model; only `settlePlaces` and `takeNearest` write it, on one worker. */
export interface Places {
  /** Place by row, −1 none. */
  readonly placeOf: Int32Array
  /** Row by place, −1 nobody. */
  readonly holder: Int32Array
  /** By place: steps since anybody was last seen in it. */
  readonly emptyFor: Int32Array
  /** [TAKEN]: bodies that have a place; [SPAN]: places up to the last one taken; [MOVES]: changes of place so far. */
  readonly counts: Int32Array
}
export const TAKEN = 0
export const SPAN = 1
export const MOVES = 2

/**
 * One step of who stands where. Sequential: places are looked at from the front to the rear, and a change at the front
 * is what the next looks at.
 * 1. Whoever is not up any more gives its place up; whoever has none and is up takes the first one behind all others.
 * 2. A place that has been empty for more than `noticeSteps` steps and is not behind all others is taken, by
 *    - moveUp: the nearest behind it in its file who can; where there is none, the last of all;
 *    - lastFills: the last of all;
 *    - nearest: everybody is put in order anew, place after place the nearest body that is left;
 *    - fixed: nobody.
 */
export function settlePlaces(space: Space, places: Places): void {
  giveUp(space, places)
  comeIn(space, places)
  const notice = space.params['noticeSteps'] as number
  const assignment = space.params['assignment'] as (typeof ASSIGNMENTS)[number]
  const layout = layoutOf(space, places.counts[TAKEN]!)
  const { holder, emptyFor, counts } = places
  for (let place = 0; place < counts[SPAN]!; place++) {
    if (holder[place]! >= 0) {
      emptyFor[place] = 0
      continue
    }
    emptyFor[place]!++
    if (emptyFor[place]! <= notice || assignment === 'fixed') continue
    if (assignment === 'nearest') return takeNearest(space, places)
    const from = assignment === 'moveUp' ? followerOf(space, places, layout, place) : lastOf(space, places, place)
    if (from >= 0) move(places, from, place)
  }
}

/** Places 0, 1, 2, … to the nearest body that is left, from the front; equal distances to the smaller id. */
export function takeNearest(space: Space, places: Places, target?: (place: number, out: Float64Array) => void): void {
  const { placeOf, holder, emptyFor, counts } = places
  const { position, status, count } = space
  const taken = holders(space, placeOf)
  holder.fill(-1, 0, counts[SPAN])
  for (let row = 0; row < count; row++) placeOf[row] = status[row] === 1 ? -1 : placeOf[row]!
  const goal = new Float64Array(3)
  for (let place = 0; place < taken; place++) {
    goalOf(space, places, target, place, goal)
    let [best, least] = [-1, Infinity]
    for (let row = 0; row < count; row++) {
      if (status[row] !== 1 || placeOf[row]! >= 0) continue
      const dx = position[3 * row]! - goal[0]!
      const dy = position[3 * row + 1]! - goal[1]!
      const d2 = dx * dx + dy * dy
      if (d2 >= least) continue
      best = row
      least = d2
    }
    placeOf[best] = place
    holder[place] = best
    emptyFor[place] = 0
  }
  counts[SPAN] = taken
}
