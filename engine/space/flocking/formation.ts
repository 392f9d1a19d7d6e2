import { unit } from '../../kernel/philox.ts'
import { aside } from '../aside.ts'
import { ANCHOR, ANCHOR_SLOTS, moveAnchor, placeAnchor, within } from './formationCourse.ts'
import { COUNTS, gapsIn, MOVES, placesFor, settlePlaces, takeNearest, TAKEN } from './formationPlaces.ts'
import type { Locate, Places } from './formationPlaces.ts'
import { layoutOf, offsetOf, type Layout } from './formationSlots.ts'
import { goRound } from '../motion/goRound.ts'
import { moveBody, nearestImage } from '../motion/moveBody.ts'
import { gridArrays, neighbourGrid, type NeighbourGrid } from './neighbourGrid.ts'
import { FLAG, rowsOf, type BoundModel, type Figures, type Part, type Phase, type Senses } from '../SpaceModel.ts'
import type { Space, SpaceModel } from '../SpaceModel.ts'

/**
 * Bodies that keep a formation: each has a place in a shape that is carried along by an anchor, and steers for it.
 *
 * A step: who stands where is settled, and the anchor moves (one worker); then every body, from where it and its place
 * were before that (`sees: 'old'`), goes
 *   f · (the way its place has gone) + k · (from it to its place) + push from bodies nearer than `separation`,
 * at most `maxSpeed`, round obstacles; the wind carries it besides. f is `feedForward`, k `gain`. So the distance e to
 * its place, measured behind the step, obeys e' = (1 − k) e + (1 − f) Δ: under straight motion with speed v it comes to
 * (1 − f) v / k, and what is left of a disturbance shrinks by 1 − k a step.
 */
export const formation: SpaceModel = {
  kind: 'formation',
  groups: () => ['Middle', 'Left', 'Right'],
  states: ['In place', 'On its way', 'Adrift'],
  layers: [],
  arrays: (spec, capacity) => ({
    placeOf: { type: 'i32', length: capacity, keep: true },
    holder: { type: 'i32', length: capacity, keep: true },
    emptyFor: { type: 'i32', length: capacity, keep: true },
    places: { type: 'i32', length: COUNTS, keep: true },
    anchor: { type: 'f64', length: ANCHOR_SLOTS, keep: true },
    anchorWas: { type: 'f64', length: ANCHOR_SLOTS, keep: false },
    wanted: { type: 'f64', length: 2 * capacity, keep: false },
    ...gridArrays(spec, capacity),
  }),
  bind: (space) => new Formation(space),
}

const IN_PLACE = 0
const ON_ITS_WAY = 1
const ADRIFT = 2
const MIDDLE = 0
const LEFT = 1
const RIGHT = 2
const SCATTERED = 1

class Formation implements BoundModel {
  private readonly places: Places
  private readonly anchor: Float64Array
  private readonly anchorWas: Float64Array
  private readonly wanted: Float64Array
  private readonly grid: NeighbourGrid
  private readonly words = new Uint32Array(4)
  private readonly slot = new Float64Array(2)
  private readonly slotWas = new Float64Array(2)
  private readonly way = new Float64Array(2)
  readonly phases: readonly Phase[]
  /** As the phase or the question at hand found it. */
  private layout: Layout

  constructor(private readonly space: Space) {
    this.places = {
      placeOf: space.array('placeOf') as Int32Array,
      holder: space.array('holder') as Int32Array,
      emptyFor: space.array('emptyFor') as Int32Array,
      counts: space.array('places') as Int32Array,
    }
    this.anchor = space.array('anchor') as Float64Array
    this.anchorWas = space.array('anchorWas') as Float64Array
    this.wanted = space.array('wanted') as Float64Array
    this.grid = neighbourGrid(space, () => space.params['separation'] as number)
    this.layout = layoutOf(space, space.count)
    this.phases = [...this.grid.phases, this.lead, this.steer, this.go]
  }

  begin(): void {
    const { space, anchor, places } = this
    const { count } = space
    const isFormed = space.params['start'] === 'formed'
    const mine = aside(space, count)
    const start = new Float64Array(ANCHOR_SLOTS)
    placeAnchor(space, start)
    this.layout = layoutOf(space, count)
    const at: Locate = (place, out) => this.locate(start, place, out)
    for (let row = 0; row < count; row++) this.enter(mine, row, row, isFormed ? at : null)
    const taken = placesFor(space.capacity, count)
    if (!isFormed) takeNearest(mine, taken, at)
    taken.counts[MOVES] = 0
    anchor.set(start)
    for (const name of ['placeOf', 'holder', 'emptyFor', 'counts'] as const) places[name].set(taken[name])
    space.position.set(mine.position)
    for (let row = 0; row < count; row++) this.face(row)
    for (let row = 0; row < count; row++) this.show(row)
  }

  /** Somewhere in the world; the next step gives it a place. */
  spawn(row: number): void {
    const { space, places } = this
    const mine = aside(space, 1)
    this.enter(mine, 0, row, null)
    space.position.set(mine.position, 3 * row)
    places.placeOf[row] = -1
    this.face(row)
    space.state[row] = ON_ITS_WAY
    space.group[row] = MIDDLE
  }

  /** Puts `row` into row `index` of `mine`: where its place is, or anywhere. */
  private enter(mine: Space, index: number, row: number, at: Locate | null): void {
    const { space, slot, words } = this
    const { spec } = space
    if (at !== null) at(row, slot)
    else {
      space.draw(words, row, SCATTERED)
      slot[0] = unit(words[0]!) * spec.width
      slot[1] = unit(words[1]!) * spec.height
    }
    // From the corner, so that edges and obstacles are heeded.
    moveBody(mine, index, slot[0]!, slot[1]!, 0)
  }

  private face(row: number): void {
    const { space, anchor } = this
    space.heading.set([anchor[ANCHOR.forwardX]!, anchor[ANCHOR.forwardY]!, 0], 3 * row)
    space.speed[row] = 0
  }

  /** Where a place is in the world, given the anchor; a formation longer than the world goes round it. */
  private locate(anchor: Float64Array, place: number, out: Float64Array): void {
    const { width, height, edges } = this.space.spec
    offsetOf(this.layout, place, out)
    const [forward, left] = [out[0]!, out[1]!]
    const [fx, fy] = [anchor[ANCHOR.forwardX]!, anchor[ANCHOR.forwardY]!]
    const x = anchor[ANCHOR.x]! + fx * forward - fy * left
    const y = anchor[ANCHOR.y]! + fy * forward + fx * left
    out[0] = within(x, width, edges)
    out[1] = within(y, height, edges)
  }

  private readonly locateNow: Locate = (place, out) => {
    this.lookAgain()
    this.locate(this.anchor, place, out)
  }

  private lookAgain(): void {
    this.layout = layoutOf(this.space, this.places.counts[TAKEN]!)
  }

  /** Sequential by definition: the anchor is one, and a change of place is the reason for the next. */
  private readonly lead = (part: Part): void => {
    if (part.index !== 0) return
    const { space, places, anchor, anchorWas, way } = this
    settlePlaces(space, places, this.locateNow)
    anchorWas.set(anchor)
    moveAnchor(space, anchor, way)
  }

  private readonly steer = (part: Part): void => {
    const { space, grid, wanted } = this
    const { status, params, wind, flags } = space
    this.lookAgain()
    const maxSpeed = params['maxSpeed'] as number
    const [from, to] = rowsOf(part, space.count)
    for (let row = from; row < to; row++) {
      if (status[row] !== 1) continue
      const at = 2 * row
      if ((flags[row]! & FLAG.stuck) !== 0) {
        wanted[at] = wanted[at + 1] = 0
        continue
      }
      this.steerForPlace(row)
      if ((flags[row]! & FLAG.blind) === 0) pushApart(space, grid, row, wanted)
      limit(wanted, at, maxSpeed)
      wanted[at]! += wind[0]
      wanted[at + 1]! += wind[1]
    }
  }

  /** The way to the place, and with it, to wanted. The blind only go with it; the deaf are not told how it goes. */
  private steerForPlace(row: number): void {
    const { space, anchor, anchorWas, slot, slotWas, way, wanted, places } = this
    const { position, flags, params } = space
    const [x, y] = [position[3 * row]!, position[3 * row + 1]!]
    const at = 2 * row
    const flag = flags[row]!
    this.locate(anchor, places.placeOf[row]!, slot)
    this.locate(anchorWas, places.placeOf[row]!, slotWas)
    const told = (flag & FLAG.deaf) === 0 ? (params['feedForward'] as number) : 0
    const goneX = told * this.nearX(slot[0]! - slotWas[0]!)
    const goneY = told * this.nearY(slot[1]! - slotWas[1]!)
    wanted[at] = goneX
    wanted[at + 1] = goneY
    if ((flag & FLAG.blind) !== 0) return
    const goal = params['sees'] === 'new' ? slot : slotWas
    // A rogue makes for the place opposite, through everybody else's.
    if ((flag & FLAG.rogue) !== 0) {
      const { width, height, edges } = space.spec
      goal[0] = within(2 * anchorWas[0]! - goal[0]!, width, edges)
      goal[1] = within(2 * anchorWas[1]! - goal[1]!, height, edges)
    }
    const [gain, clearance] = [params['gain'] as number, params['separation'] as number]
    const isBlocked = goRound(space, x, y, goal[0]!, goal[1]!, clearance, way)
    if (!isBlocked) {
      wanted[at]! += gain * way[0]!
      wanted[at + 1]! += gain * way[1]!
      return
    }
    // Round the obstacle at least as fast as its place goes on.
    const pace = Math.max(gain, Math.sqrt((goneX * goneX + goneY * goneY) / (way[0]! * way[0]! + way[1]! * way[1]!)))
    wanted[at] = pace * way[0]!
    wanted[at + 1] = pace * way[1]!
  }

  private nearX(d: number): number {
    return this.space.spec.edges === 'wrap' ? nearestImage(d, this.space.spec.width) : d
  }

  private nearY(d: number): number {
    return this.space.spec.edges === 'wrap' ? nearestImage(d, this.space.spec.height) : d
  }

  private readonly go = (part: Part): void => {
    const { space, wanted } = this
    const { status, heading, speed } = space
    const [from, to] = rowsOf(part, space.count)
    for (let row = from; row < to; row++) {
      if (status[row] !== 1) continue
      const [x, y] = [wanted[2 * row]!, wanted[2 * row + 1]!]
      const length = Math.sqrt(x * x + y * y)
      speed[row] = length
      if (length > STILL) {
        heading[3 * row] = x / length
        heading[3 * row + 1] = y / length
      }
      moveBody(space, row, x, y, 0)
      this.show(row)
    }
  }

  private show(row: number): void {
    const { space, slot, places } = this
    const adrift = (space.flags[row] ?? 0) & (FLAG.blind | FLAG.stuck | FLAG.rogue)
    const closeEnough = space.params['closeEnough'] as number
    space.state[row] = adrift !== 0 ? ADRIFT : this.errorOf(row) <= closeEnough ? IN_PLACE : ON_ITS_WAY
    offsetOf(this.layout, places.placeOf[row]!, slot)
    space.group[row] = slot[1]! > TINY ? LEFT : slot[1]! < -TINY ? RIGHT : MIDDLE
  }

  /** Distance of a body to its place, world units. */
  private errorOf(row: number): number {
    const { slot, anchor, space } = this
    this.locate(anchor, this.places.placeOf[row]!, slot)
    const dx = this.nearX(slot[0]! - space.position[3 * row]!)
    const dy = this.nearY(slot[1]! - space.position[3 * row + 1]!)
    return Math.sqrt(dx * dx + dy * dy)
  }

  measure(into: Figures): void {
    const { space, places } = this
    this.lookAgain()
    let [sum, most, away, up] = [0, 0, 0, 0]
    const closeEnough = space.params['closeEnough'] as number
    for (let row = 0; row < space.count; row++) {
      if (space.status[row] !== 1 || places.placeOf[row]! < 0) continue
      const error = this.errorOf(row)
      sum += error
      most = Math.max(most, error)
      if (error > closeEnough) away++
      up++
    }
    into['placeError'] = up === 0 ? 0 : sum / up
    into['placeErrorMost'] = most
    into['outOfPlace'] = away
    into['gaps'] = gapsIn(places)
    into['moves'] = places.counts[MOVES]!
  }

  /** From the columns alone: scratch may be older than the state. */
  private tooClose(row: number): number {
    const { position, status, count, params } = this.space
    const separation = params['separation'] as number
    let found = 0
    for (let other = 0; other < count; other++) {
      if (other === row || status[other] !== 1) continue
      const dx = this.nearX(position[3 * other]! - position[3 * row]!)
      const dy = this.nearY(position[3 * other + 1]! - position[3 * row + 1]!)
      if (dx * dx + dy * dy < separation * separation) found++
    }
    return found
  }

  sense(row: number): Senses {
    const { space, places } = this
    const place = places.placeOf[row]!
    if (space.status[row] !== 1 || place < 0) return { Place: 'none' }
    this.lookAgain()
    return {
      Place: place + 1,
      Of: places.counts[TAKEN]!,
      'Distance to its place': this.errorOf(row),
      'Others closer than they should be': this.tooClose(row),
    }
  }
}

/** Slower than this a body keeps its heading: what is left is rounding. World units a step. */
const STILL = 1e-4
const TINY = 1e-9

/** Adds to `wanted` the push from all nearer than `separation`, the more the nearer; coincident ones do not push. */
function pushApart(space: Space, grid: NeighbourGrid, row: number, wanted: Float64Array): void {
  const { position, params } = space
  const separation = params['separation'] as number
  const push = params['push'] as number
  const found = grid.near(position[3 * row]!, position[3 * row + 1]!, 0, separation)
  const { nearDx, nearDy, nearD2 } = grid
  let [x, y] = [0, 0]
  for (let k = 0; k < found; k++) {
    const d2 = nearD2[k]!
    if (d2 === 0) continue
    const d = Math.sqrt(d2)
    const share = (push * (1 - d / separation)) / d
    x -= nearDx[k]! * share
    y -= nearDy[k]! * share
  }
  // Turned a little to the right, so that two who meet head-on pass each other, as on a road.
  wanted[2 * row]! += x + PASS * y
  wanted[2 * row + 1]! += y - PASS * x
}
const PASS = 0.5

function limit(wanted: Float64Array, at: number, maxSpeed: number): void {
  const [x, y] = [wanted[at]!, wanted[at + 1]!]
  const length2 = x * x + y * y
  if (length2 <= maxSpeed * maxSpeed) return
  const less = maxSpeed / Math.sqrt(length2)
  wanted[at] = x * less
  wanted[at + 1] = y * less
}
