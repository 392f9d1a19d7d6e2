import { assert } from '../kernel/assert.ts'
import type { SpaceSpec } from '../scenario/Scenario.ts'
import { claimOf, contest, CONTEST_ROWS_MAX, NOBODY } from './contest.ts'
import { nearestImage } from './edges.ts'
import { Field, fieldArrays, inDeposits } from './field.ts'
import { moveBody } from './moveBody.ts'
import { FLAG, rowsOf, type BoundModel, type Phase, type Space, type SpaceModel } from './SpaceModel.ts'
import { setNetLogo } from './stencil.ts'
import { below, cellAhead, face, staysInside, turn } from './walker.ts'
import { WALL } from './walls.ts'

/**
 * NetLogo's Ants. An ant that finds food carries it up the nest's own scent and drops a chemical as it goes; others
 * that smell a little of it, but not too much, turn to where it is stronger. In NetLogo ants act one after another in
 * random order; here all act at once on the field as the step found it, and of those that want the food of one cell
 * the smallest (draw, id) gets a unit. Each looks, turns, wiggles, then walks one unit; then the chemical diffuses, then
 * evaporates.
 * Source: Wilensky, NetLogo Ants model, Center for Connected Learning, Northwestern University 1997.
 */
export const ANT = { waiting: 0, searching: 1, following: 2, carrying: 3 } as const

/** Middles of the piles, as parts of the way from the middle of the world to the middle of its last cell. */
export const PILES = [
  [0.6, 0],
  [-0.6, -0.6],
  [-0.8, 0.8],
] as const
const PHEROMONE = 0
const FOOD = 1
/** Places of `ledger`. */
const HOME = 0
const FOUND = 1
/** What draws are for. */
const PURPOSE = { start: 1, walk: 2, food: 3 } as const
const SNIFF_DEGREES = 45
const BLOCKED = FLAG.blind | FLAG.rogue

export const ants: SpaceModel = {
  kind: 'ants',
  groups: () => ['No food yet', 'From the nearest pile', 'From the second pile', 'From the farthest pile'],
  states: ['Waiting in the nest', 'Searching', 'Following a trail', 'Carrying food home'],
  layers: [
    { name: 'Trail scent', unit: 'units' },
    { name: 'Food', unit: 'units' },
  ],
  arrays(_spec, capacity, columns, rows) {
    assert(capacity <= CONTEST_ROWS_MAX, 'every ant can be told apart in a contest')
    return {
      ...fieldArrays(2, columns, rows),
      food: { type: 'u8', length: columns * rows, keep: true },
      claims: { type: 'u32', length: columns * rows, keep: false },
      /** Units brought home, and units there were at the start. */
      ledger: { type: 'i32', length: 2, keep: true },
    }
  },
  bind: bindAnts,
}

/** Which pile a place belongs to, 1 … 3; 0 = none. */
export function pileAt(spec: SpaceSpec, radius: number, x: number, y: number): number {
  const found = PILES.findIndex(([px, py]) => {
    const dx = x - (spec.width / 2) * (1 + px) + (px * spec.cell) / 2
    const dy = y - (spec.height / 2) * (1 + py) + (py * spec.cell) / 2
    return dx * dx + dy * dy < radius * radius
  })
  return found + 1
}

function bindAnts(space: Space): BoundModel {
  const { position, heading, speed, group, state, columns, rows, spec } = space
  const food = space.array('food') as Uint8Array
  const claims = space.array('claims') as Uint32Array
  const ledger = space.array('ledger') as Int32Array
  const words = new Uint32Array(4)
  const param = (name: string): number => space.params[name] as number
  // The food's layer is a picture of `food`: neither wind nor walls carry it off.
  const field = new Field(space, 1, ([rule]) => {
    setNetLogo(rule!, param('diffusion') / 100)
    rule!.keep = (100 - param('evaporation')) / 100
  })
  const { cells, values, walls } = field

  /** Square of the distance from a cell's middle to the nest's. */
  const fromNest2 = (cell: number): number => {
    const dx = apart(((cell % columns) + 0.5) * spec.cell - spec.width / 2, spec.width)
    const dy = apart((Math.floor(cell / columns) + 0.5) * spec.cell - spec.height / 2, spec.height)
    return dx * dx + dy * dy
  }
  const apart = (d: number, side: number): number => (field.wraps ? nearestImage(d, side) : d)
  const isNest = (cell: number): boolean => fromNest2(cell) < param('nestRadius') * param('nestRadius')
  const cellOf = (row: number): number => field.cellOf(position[3 * row]!, position[3 * row + 1]!)
  /** They leave one by one: in NetLogo ant `who` starts once `who` ticks are done. */
  const isOut = (row: number): boolean => row < (space.tick - 1) * param('departures')
  /** Of the trail's scent at a cell; a wall smells of nothing. */
  const trailAt = (cell: number): number => (cell < 0 ? 0 : values[cell]!)
  /** The nest's scent falls with the distance; only its order counts. */
  const nestAt = (cell: number): number => (cell < 0 || walls[cell] === WALL.solid ? -Infinity : -fromNest2(cell))

  /** Turns by 45 degrees to where it smells more, ahead where neither side does; of two equal sides, left. */
  const turnUphill = (row: number, smell: (cell: number) => number): void => {
    const ahead = smell(cellAhead(field, space, row, 0, 1))
    const right = smell(cellAhead(field, space, row, -SNIFF_DEGREES, 1))
    const left = smell(cellAhead(field, space, row, SNIFF_DEGREES, 1))
    if (right > ahead || left > ahead) turn(heading, 3 * row, right > left ? -SNIFF_DEGREES : SNIFF_DEGREES)
  }

  const wantsFood = (row: number): boolean =>
    space.status[row] === 1 && isOut(row) && state[row] !== ANT.carrying && (space.flags[row]! & BLOCKED) === 0

  const clear: Phase = (part) => {
    const [from, to] = rowsOf(part, cells)
    claims.fill(NOBODY, from, to)
  }

  const claim: Phase = (part) => {
    const [from, to] = rowsOf(part, space.count)
    for (let row = from; row < to; row++) {
      if (!wantsFood(row)) continue
      const cell = cellOf(row)
      if (food[cell] === 0) continue
      space.draw(words, row, PURPOSE.walk)
      contest(claims, cell, claimOf(words[2]!, row))
    }
  }

  const search = (row: number, cell: number, flags: number): void => {
    if (claims[cell] === claimOf(words[2]!, row)) {
      food[cell]!--
      state[row] = ANT.carrying
      group[row] = pileAt(spec, param('foodRadius'), middleX(cell), middleY(cell))
      turn(heading, 3 * row, 180)
      return
    }
    const scent = trailAt(cell)
    const follows =
      (flags & (FLAG.blind | FLAG.deaf)) === 0 && scent >= param('smellsFrom') && scent < param('smellsBelow')
    state[row] = follows ? ANT.following : ANT.searching
    if (follows) turnUphill(row, trailAt)
  }
  const middleX = (cell: number): number => ((cell % columns) + 0.5) * spec.cell
  const middleY = (cell: number): number => (Math.floor(cell / columns) + 0.5) * spec.cell

  const carry = (row: number, cell: number, flags: number): void => {
    if (isNest(cell)) {
      Atomics.add(ledger, HOME, 1)
      state[row] = ANT.searching
      turn(heading, 3 * row, 180)
      return
    }
    // The scent comes off its feet: who does not move lays none.
    if ((flags & FLAG.stuck) === 0) field.deposit(PHEROMONE, cell, inDeposits(param('drop')))
    if ((flags & FLAG.blind) === 0) turnUphill(row, nestAt)
  }

  /** Roams and lays the scent of food where there is none. */
  const mislead = (row: number, cell: number, flags: number): void => {
    if (state[row] !== ANT.carrying) state[row] = ANT.searching
    if ((flags & FLAG.stuck) === 0) field.deposit(PHEROMONE, cell, inDeposits(param('drop')))
  }

  const walk: Phase = (part) => {
    const [from, to] = rowsOf(part, space.count)
    const wiggle = param('wiggle') + 1
    for (let row = from; row < to; row++) {
      if (space.status[row] !== 1) continue
      speed[row] = 0
      const isHeld = !isOut(row)
      const flags = space.flags[row]!
      if (isHeld) {
        if (space.wind[0] !== 0 || space.wind[1] !== 0) blown(row)
        continue
      }
      space.draw(words, row, PURPOSE.walk)
      const cell = cellOf(row)
      if ((flags & FLAG.rogue) !== 0) mislead(row, cell, flags)
      else if (state[row] === ANT.carrying) carry(row, cell, flags)
      else search(row, cell, flags)
      turn(heading, 3 * row, below(wiggle, words[0]!) - below(wiggle, words[1]!))
      if ((flags & FLAG.stuck) === 0) forward(row)
    }
  }
  const blown = (row: number): void => moveBody(space, row, space.wind[0], space.wind[1], 0)

  /** One unit ahead; before a wall of the world it turns round, and stays where it is in a corner. */
  const forward = (row: number): void => {
    const at = 3 * row
    if (!staysInside(space, row, heading[at]!, heading[at + 1]!)) turn(heading, at, 180)
    const goes = staysInside(space, row, heading[at]!, heading[at + 1]!) ? 1 : 0
    speed[row] = goes
    moveBody(space, row, goes * heading[at]! + space.wind[0], goes * heading[at + 1]! + space.wind[1], 0)
  }

  const show: Phase = (part) => {
    const [from, to] = rowsOf(part, cells)
    for (let cell = from; cell < to; cell++) values[FOOD * cells + cell] = food[cell]!
  }

  const spawn = (row: number): void => {
    space.draw(words, row, PURPOSE.start)
    position[3 * row] = spec.width / 2
    position[3 * row + 1] = spec.height / 2
    face(heading, 3 * row, below(360, words[0]!))
    state[row] = ANT.waiting
  }

  return {
    begin() {
      field.makeAllWalls()
      ledger[FOUND] = 0
      for (let cell = 0; cell < cells; cell++) {
        const isFood = pileAt(spec, param('foodRadius'), middleX(cell), middleY(cell)) > 0
        space.draw(words, cell, PURPOSE.food)
        food[cell] = isFood ? 1 + below(param('foodMax'), words[0]!) : 0
      }
    },
    spawn,
    phases: [],
  }
}
