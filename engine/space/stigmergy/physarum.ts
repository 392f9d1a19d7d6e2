import { assert } from '../../kernel/assert.ts'
import { cos, PI, sin } from '../../kernel/math.ts'
import { middleOf } from '../motion/edges.ts'
import { Field, fieldArrays } from '../field/field.ts'
import { CONTEST_ROWS_MAX, NOBODY } from './contest.ts'
import { freeCells, nearestFree, roomIn } from './freeCells.ts'
import { aimRows, claimCells, lookAnywhere, moveRows, ownCell, PURPOSE, turnRows, type Slime } from './physarumRules.ts'
import { rowsOf, type BoundModel, type Figures, type Phase, type Senses, type Space } from '../SpaceModel.ts'
import type { SpaceModel } from '../SpaceModel.ts'
import { setMean } from '../field/stencil.ts'
import { WALL } from '../field/walls.ts'
import { wavelengthOf } from './wavelength.ts'

/**
 * Agents that lay a trail and follow it, and so grow into a network, as the slime mould does. All act at once, where
 * Jones lets them act one after another in random order: each senses the trail as the step found it and turns; then all
 * ask for the cell ahead, which must have been empty before the step (or be their own) and goes to the smallest
 * (draw, row); who gets it moves and deposits, who does not looks in a random direction. Then the 3 × 3 mean, then the
 * decay.
 * Source: J. Jones, "Characteristics of pattern formation and evolution in approximations of Physarum transport
 * networks", Artificial Life 16(2), 2010.
 */
export const physarum: SpaceModel = {
  kind: 'physarum',
  groups: () => ['Agent'],
  states: ['Waiting', 'Moving'],
  layers: [{ name: 'Trail', unit: 'units a cell' }],
  arrays(_spec, capacity, columns, rows) {
    assert(capacity <= CONTEST_ROWS_MAX, 'every agent can be told apart in a contest')
    return {
      ...fieldArrays(1, columns, rows),
      aim: { type: 'f32', length: 2 * capacity, keep: false },
      target: { type: 'i32', length: capacity, keep: false },
      word: { type: 'u32', length: capacity, keep: false },
      occupied: { type: 'u8', length: columns * rows, keep: false },
      claims: { type: 'u32', length: columns * rows, keep: false },
      tally: { type: 'i32', length: 2, keep: false },
    }
  },
  bind: (space) => new Physarum(space),
}

/** Places of `tally`: moves of this step, and how many were found inside an obstacle. */
const MOVES = 0
const CAUGHT = 1

class Physarum implements BoundModel {
  readonly phases: readonly Phase[]
  private readonly field: Field
  private readonly slime: Slime
  private readonly tally: Int32Array
  private readonly words = new Uint32Array(4)

  constructor(private readonly space: Space) {
    const field = (this.field = new Field(space, 1, ([rule]) => {
      setMean(rule!)
      rule!.keep = 1 - this.param('decay')
    }))
    this.tally = space.array('tally') as Int32Array
    const { columns, rows, spec } = space
    const { width, height, cell } = spec
    this.slime = {
      space,
      ground: {
        columns,
        lastColumn: columns - 1,
        lastRow: rows - 1,
        width,
        height,
        inverse: 1 / cell,
        wraps: field.wraps,
      },
      values: field.values,
      walls: field.walls,
      aim: space.array('aim') as Float32Array,
      target: space.array('target') as Int32Array,
      word: space.array('word') as Uint32Array,
      occupied: space.array('occupied') as Uint8Array,
      claims: space.array('claims') as Uint32Array,
    }
    const { makeWalls, diffuse, decay } = field
    this.phases = [makeWalls, this.clear, this.look, this.evict, this.claim, this.move, diffuse, decay]
  }

  private param(name: string): number {
    return this.space.params[name] as number
  }

  /**
   * Everybody on a cell of its own, drawn without replacement (Fisher and Yates), looking anywhere. Rows are in the
   * order of their cells, so that neighbours in the world are neighbours in memory.
   */
  begin(): void {
    const { space, words, field } = this
    field.makeAllWalls()
    const free = freeCells(field.walls)
    // Where obstacles leave too few cells, the last share theirs.
    const drawn = Math.min(space.count, free.length)
    for (let k = 0; k < drawn; k++) {
      space.draw(words, k, PURPOSE.shuffle)
      const other = k + Math.floor((words[0]! / 4_294_967_296) * (free.length - k))
      const cell = free[other]!
      free[other] = free[k]!
      free[k] = cell
    }
    const cells = free.subarray(0, drawn).sort()
    for (let row = 0; row < space.count; row++) {
      space.draw(words, row, PURPOSE.join)
      this.put(row, cells[row % Math.max(1, drawn)] ?? 0, words[1]!)
    }
  }

  /** The free cell that is nearest to a random one; those who join later do not count yet. */
  spawn(row: number): void {
    const { space, words, slime } = this
    const { walls, cells, columns, rows, wraps } = this.field
    this.field.makeAllWalls()
    const occupied = new Uint8Array(cells)
    for (let other = 0; other < row; other++) if (space.status[other] === 1) occupied[ownCell(slime, other)] = 1
    space.draw(words, row, PURPOSE.join)
    const drawn = Math.floor((words[0]! / 4_294_967_296) * cells)
    const cell = nearestFree(drawn, walls, occupied, columns, rows, wraps)
    this.put(row, cell < 0 ? drawn : cell, words[1]!)
  }

  private put(row: number, cell: number, word: number): void {
    const { position, heading, columns, spec } = this.space
    const { width, height } = spec
    const column = cell % columns
    position[3 * row] = middleOf(column, spec.cell, width)
    position[3 * row + 1] = middleOf((cell - column) / columns, spec.cell, height)
    lookAnywhere(heading, row, word)
  }

  private readonly clear: Phase = (part) => {
    const { occupied, claims } = this.slime
    const [from, to] = rowsOf(part, occupied.length)
    occupied.fill(0, from, to)
    claims.fill(NOBODY, from, to)
    if (part.index === 0) this.tally.fill(0)
  }

  private readonly look: Phase = (part) => {
    const [from, to] = rowsOf(part, this.space.count)
    turnRows(this.slime, from, to)
    Atomics.add(this.tally, CAUGHT, aimRows(this.slime, from, to))
  }

  /** An obstacle fell on some: the nearest free cell for each, one after another, so on one worker. */
  private readonly evict: Phase = (part) => {
    if (part.index !== 0 || this.tally[CAUGHT] === 0) return
    const { space, field, slime } = this
    const { walls, columns, rows, wraps } = field
    let room = roomIn(walls, slime.occupied)
    for (let row = 0; row < space.count; row++) {
      if (space.status[row] !== 1 || walls[ownCell(slime, row)] === WALL.none) continue
      slime.target[row] = -1
      // Once all is full, a look at the whole world for everybody who is left would take for ever.
      if (room-- <= 0) continue
      const cell = nearestFree(ownCell(slime, row), walls, slime.occupied, columns, rows, wraps)
      if (cell < 0) continue
      slime.occupied[cell] = 1
      this.put(row, cell, slime.word[row]!)
    }
  }

  private readonly claim: Phase = (part) => {
    const [from, to] = rowsOf(part, this.space.count)
    claimCells(this.slime, from, to)
  }

  private readonly move: Phase = (part) => {
    const [from, to] = rowsOf(part, this.space.count)
    Atomics.add(this.tally, MOVES, moveRows(this.slime, from, to))
  }

  measure(into: Figures): void {
    const { field, tally } = this
    into['mass'] = field.mass(0)
    into['moves'] = tally[MOVES]!
    into['wavelength'] = wavelengthOf(field.values, 0, field.columns, field.rows, this.space.spec.cell)
  }

  sense(row: number): Senses {
    const { position, heading } = this.space
    const [x, y] = [position[3 * row]!, position[3 * row + 1]!]
    const [hx, hy] = [heading[3 * row]!, heading[3 * row + 1]!]
    const reach = this.param('sensorOffset')
    const angle = (this.param('sensorAngle') * PI) / 180
    const trailAt = (side: number): number => {
      const [c, s] = [reach * cos(angle * side), reach * sin(angle * side)]
      return this.field.valueAt(0, x + c * hx - s * hy, y + c * hy + s * hx)
    }
    const [sx, sy] = this.field.slopeAt(0, x, y)
    return {
      'Trail here': this.field.valueAt(0, x, y),
      'Slope of the trail': Math.sqrt(sx * sx + sy * sy),
      'Trail ahead': trailAt(0),
      'Trail to the left': trailAt(1),
      'Trail to the right': trailAt(-1),
    }
  }
}
