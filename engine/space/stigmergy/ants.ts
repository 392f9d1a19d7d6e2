import { assert } from '../../kernel/assert.ts'
import { pileAt, pilePlaces } from './antPiles.ts'
import { claimOf, contest, CONTEST_ROWS_MAX, NOBODY } from './contest.ts'
import { Field, fieldArrays, inDeposits } from '../field/field.ts'
import { moveBody } from '../motion/moveBody.ts'
import { FLAG, rowsOf, type BoundModel, type Figures, type Phase } from '../SpaceModel.ts'
import type { Senses, Space, SpaceModel } from '../SpaceModel.ts'
import { setNetLogo } from '../field/stencil.ts'
import { below, cellAhead, face, staysInside, turn } from './walker.ts'
import { WALL } from '../field/walls.ts'

/** Codes of `state`, in the order of the words below. */
export const ANT = { waiting: 0, searching: 1, following: 2, carrying: 3 } as const

/** Layers: the scent that is walked, and a picture of `food`, which neither spreads nor blows away. */
const TRAIL = 0
const FOOD = 1
/** Places of `ledger`: units of food brought home, and units there were at the start. */
const HOME = 0
const STOCK = 1
/** What draws are for. */
const PURPOSE = { start: 1, walk: 2, food: 3 } as const
const SNIFF_DEGREES = 45
/** World units: how far an ant walks in a step, and smells. */
const STRIDE = 1

/**
 * NetLogo's Ants. An ant that finds food carries it up the nest's own scent and drops a chemical as it walks; others
 * that smell some of it, but not too much, turn to where it is stronger. Once all have looked, turned, wiggled and
 * walked, the chemical diffuses and then evaporates. In NetLogo ants act one after another in random order; here all
 * act at once on the scent that the step found, and a cell gives one unit of food a step, to the smallest (draw, id).
 * Source: Wilensky, NetLogo Ants model, Northwestern University 1997.
 */
export const ants: SpaceModel = {
  kind: 'ants',
  groups: () => ['Found no food yet', 'From the nearest pile', 'From the second pile', 'From the farthest pile'],
  states: ['Waiting in the nest', 'Searching', 'Following a trail', 'Carrying food home'],
  layers: [
    { name: 'Trail scent', unit: 'units' },
    { name: 'Food', unit: 'units' },
  ],
  landmarks: (spec) => [
    { name: 'Nest', x: spec.width / 2, y: spec.height / 2, radius: spec.params['nestRadius'] as number },
    ...pilePlaces(spec).map(([x, y]) => {
      return { name: 'Food', x: x!, y: y!, radius: spec.params['foodRadius'] as number, layer: FOOD }
    }),
  ],
  arrays(_spec, capacity, columns, rows) {
    assert(capacity <= CONTEST_ROWS_MAX, 'a contest can tell all ants apart')
    return {
      ...fieldArrays(2, columns, rows),
      food: { type: 'u8', length: columns * rows, keep: true },
      claims: { type: 'u32', length: columns * rows, keep: false },
      ledger: { type: 'i32', length: 2, keep: true },
    }
  },
  bind: (space) => new Colony(space),
}

class Colony implements BoundModel {
  private readonly field: Field
  private readonly food: Uint8Array
  private readonly claims: Uint32Array
  private readonly ledger: Int32Array
  private readonly words = new Uint32Array(4)
  readonly phases: readonly Phase[]

  constructor(private readonly space: Space) {
    this.food = space.array('food') as Uint8Array
    this.claims = space.array('claims') as Uint32Array
    this.ledger = space.array('ledger') as Int32Array
    this.field = new Field(space, 1, ([rule]) => {
      setNetLogo(rule!, this.param('diffusion') / 100)
      rule!.keep = 1 - this.param('evaporation') / 100
    })
    const { makeWalls, settle, blow, land, diffuse, decay } = this.field
    this.phases = [makeWalls, this.forget, this.claim, this.walk, settle, blow, land, diffuse, decay, this.show]
  }

  private param(name: string): number {
    return this.space.params[name] as number
  }

  begin(): void {
    const { food, field, space, words } = this
    field.makeAllWalls()
    let stock = 0
    for (let cell = 0; cell < field.cells; cell++) {
      space.draw(words, cell, PURPOSE.food)
      food[cell] = this.pileOf(cell) === 0 ? 0 : 1 + below(this.param('foodMax'), words[0]!)
      stock += food[cell]!
    }
    this.ledger[STOCK] = stock
    this.showFood(0, field.cells)
    for (let row = 0; row < space.count; row++) this.spawn(row)
  }

  spawn(row: number): void {
    const { position, heading, state, spec } = this.space
    this.space.draw(this.words, row, PURPOSE.start)
    position[3 * row] = spec.width / 2
    position[3 * row + 1] = spec.height / 2
    face(heading, 3 * row, below(360, this.words[0]!))
    state[row] = ANT.waiting
  }

  private pileOf(cell: number): number {
    return pileAt(this.space.spec, this.param('foodRadius'), this.middleX(cell), this.middleY(cell))
  }
  private middleX(cell: number): number {
    return ((cell % this.field.columns) + 0.5) * this.space.spec.cell
  }
  private middleY(cell: number): number {
    return (Math.floor(cell / this.field.columns) + 0.5) * this.space.spec.cell
  }
  private cellOf(row: number): number {
    const { position } = this.space
    return this.field.cellOf(position[3 * row]!, position[3 * row + 1]!)
  }

  /** Square of the distance from a cell's middle to the nest's, which is the middle of the world. */
  private fromNest2(cell: number): number {
    const { width, height } = this.space.spec
    const dx = this.middleX(cell) - width / 2
    const dy = this.middleY(cell) - height / 2
    return dx * dx + dy * dy
  }
  private isNest(cell: number): boolean {
    const radius = this.param('nestRadius')
    return this.fromNest2(cell) < radius * radius
  }

  /** They leave one by one: in NetLogo ant `who` sets out once `who` ticks are done. */
  private isOut(row: number): boolean {
    return row < (this.space.tick - 1) * this.param('departures')
  }

  private readonly forget: Phase = (part) => {
    const [from, to] = rowsOf(part, this.field.cells)
    this.claims.fill(NOBODY, from, to)
  }

  private readonly claim: Phase = (part) => {
    const { space, food, claims, words } = this
    const [from, to] = rowsOf(part, space.count)
    for (let row = from; row < to; row++) {
      const isAble = (space.flags[row]! & (FLAG.blind | FLAG.rogue)) === 0
      if (space.status[row] !== 1 || space.state[row] === ANT.carrying || !isAble || !this.isOut(row)) continue
      const cell = this.cellOf(row)
      if (food[cell] === 0) continue
      space.draw(words, row, PURPOSE.walk)
      contest(claims, cell, claimOf(words[2]!, row))
    }
  }

  private readonly walk: Phase = (part) => {
    const { space, words } = this
    const [from, to] = rowsOf(part, space.count)
    const wiggle = this.param('wiggle')
    for (let row = from; row < to; row++) {
      if (space.status[row] !== 1) continue
      if (!this.isOut(row)) {
        this.stay(row)
        continue
      }
      space.draw(words, row, PURPOSE.walk)
      this.act(row, this.cellOf(row), space.flags[row]!)
      turn(space.heading, 3 * row, below(wiggle, words[0]!) - below(wiggle, words[1]!))
      this.stride(row)
    }
  }

  private act(row: number, cell: number, flags: number): void {
    const { state } = this.space
    if ((flags & FLAG.rogue) !== 0) {
      // Lays the scent of food where there is none, and keeps what it carries.
      if (state[row] !== ANT.carrying) state[row] = ANT.searching
      this.drop(row, cell)
    } else if (state[row] === ANT.carrying) this.carry(row, cell, flags)
    else this.search(row, cell, flags)
  }

  private search(row: number, cell: number, flags: number): void {
    const { state, group, heading } = this.space
    if (this.claims[cell] === claimOf(this.words[2]!, row)) {
      this.food[cell]!--
      state[row] = ANT.carrying
      group[row] = this.pileOf(cell)
      turn(heading, 3 * row, 180)
      return
    }
    const scent = this.field.values[cell]!
    const smells = (flags & (FLAG.blind | FLAG.deaf)) === 0
    const follows = smells && scent >= this.param('smellsFrom') && scent < this.param('smellsBelow')
    state[row] = follows ? ANT.following : ANT.searching
    if (follows) this.turnUphill(row, this.trailAt)
  }

  private carry(row: number, cell: number, flags: number): void {
    const { state, heading } = this.space
    if (this.isNest(cell)) {
      Atomics.add(this.ledger, HOME, 1)
      state[row] = ANT.searching
      turn(heading, 3 * row, 180)
      return
    }
    this.drop(row, cell)
    if ((flags & FLAG.blind) === 0) this.turnUphill(row, this.nestAt)
  }

  /** The chemical is dropped in walking: who is stuck drops none. */
  private drop(row: number, cell: number): void {
    if ((this.space.flags[row]! & FLAG.stuck) === 0) this.field.deposit(TRAIL, cell, inDeposits(this.param('drop')))
  }

  /** A place outside smells of nothing. */
  private readonly trailAt = (cell: number): number => (cell < 0 ? 0 : this.field.values[cell]!)
  /** The nest's scent falls with the distance; only its order counts. */
  private readonly nestAt = (cell: number): number =>
    cell < 0 || this.field.walls[cell] === WALL.solid ? -Infinity : -this.fromNest2(cell)

  /** Turns by 45 degrees to the side that smells more, if one smells more than what is ahead; of equal ones, left. */
  private turnUphill(row: number, smell: (cell: number) => number): void {
    const { field, space } = this
    const ahead = smell(cellAhead(field, space, row, 0, STRIDE))
    const right = smell(cellAhead(field, space, row, -SNIFF_DEGREES, STRIDE))
    const left = smell(cellAhead(field, space, row, SNIFF_DEGREES, STRIDE))
    if (right > ahead || left > ahead) turn(space.heading, 3 * row, right > left ? -SNIFF_DEGREES : SNIFF_DEGREES)
  }

  /** One step ahead; before a wall of the world it turns round, and stays where it is in a corner. */
  private stride(row: number): void {
    const { space } = this
    const { heading, wind } = space
    const at = 3 * row
    if (!this.canStride(row)) turn(heading, at, 180)
    if ((space.flags[row]! & FLAG.stuck) !== 0) return this.stay(row)
    const stride = this.canStride(row) ? STRIDE : 0
    space.speed[row] = stride
    moveBody(space, row, stride * heading[at]! + wind[0], stride * heading[at + 1]! + wind[1], 0)
  }
  private canStride(row: number): boolean {
    const { heading } = this.space
    return staysInside(this.space, row, STRIDE * heading[3 * row]!, STRIDE * heading[3 * row + 1]!)
  }
  /** Even then an obstacle that falls on it pushes it aside. */
  private stay(row: number): void {
    this.space.speed[row] = 0
    moveBody(this.space, row, 0, 0, 0)
  }

  private readonly show: Phase = (part) => this.showFood(...rowsOf(part, this.field.cells))
  private showFood(from: number, to: number): void {
    const { cells, values } = this.field
    for (let cell = from; cell < to; cell++) values[FOOD * cells + cell] = this.food[cell]!
  }

  measure(into: Figures): void {
    const { space, field, food, ledger } = this
    const piles = [0, 0, 0, 0]
    for (let cell = 0; cell < field.cells; cell++) if (food[cell]! > 0) piles[this.pileOf(cell)]! += food[cell]!
    into['foodNear'] = piles[1]!
    into['foodSecond'] = piles[2]!
    into['foodFar'] = piles[3]!
    let [carried, lost, following] = [0, 0, 0]
    for (let row = 0; row < space.count; row++) {
      const isUp = space.status[row] === 1
      if (space.state[row] === ANT.carrying && isUp) carried++
      else if (space.state[row] === ANT.carrying) lost++
      else if (space.state[row] === ANT.following && isUp) following++
    }
    into['foodCarried'] = carried
    into['foodLost'] = lost
    into['foodHome'] = ledger[HOME]!
    into['foodAtStart'] = ledger[STOCK]!
    into['following'] = following
    into['trailMass'] = field.mass(TRAIL)
  }

  sense(row: number): Senses {
    const { field, space } = this
    const at = (degrees: number): number => this.trailAt(cellAhead(field, space, row, degrees, STRIDE))
    const cell = this.cellOf(row)
    return {
      Carries: space.state[row] === ANT.carrying ? 'a unit of food' : 'nothing',
      'Scent here': this.trailAt(cell),
      'Scent ahead': at(0),
      'Scent ahead to the left': at(SNIFF_DEGREES),
      'Scent ahead to the right': at(-SNIFF_DEGREES),
      'Food here': this.food[cell]!,
      'Distance to the nest': Math.sqrt(this.fromNest2(cell)),
    }
  }
}
