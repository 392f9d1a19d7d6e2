import { blowRows } from './blowRows.ts'
import { decayCells, diffuseRows, type Grid } from './fieldRows.ts'
import { rowsOf, type ArraySpecs, type Part, type Phase, type Space } from '../SpaceModel.ts'
import type { LayerRule } from './stencil.ts'
import { rasterise, WALL, type Lattice } from './walls.ts'

/**
 * Deposits are whole numbers of 1/4,096, so that adding them up gives the same in any order. A cell takes less than
 * 524,288 units a step before its 32 bits overflow: (bodies) × (most that one drops) must stay below.
 */
export const DEPOSITS_A_UNIT = 4_096
export const DEPOSIT_CELL_MAX = 524_287
/** An amount as `Field.deposit` takes it. */
export const inDeposits = (units: number): number => Math.round(units * DEPOSITS_A_UNIT)

/** Arrays of a model with a field. `field` is state; the others mean nothing between two steps. */
export const fieldArrays = (layers: number, columns: number, rows: number) =>
  ({
    field: { type: 'f32', length: layers * columns * rows, keep: true },
    fieldNext: { type: 'f32', length: layers * columns * rows, keep: false },
    deposits: { type: 'i32', length: layers * columns * rows, keep: false },
    walls: { type: 'u8', length: columns * rows, keep: false },
    walledRows: { type: 'u8', length: rows, keep: false },
  }) as const satisfies ArraySpecs

/**
 * Layers of scents on one lattice, and the phases of a step over them. A model that has declared `fieldArrays` makes
 * one in `bind` and puts the phases it needs among its own, in this order:
 *
 *   makeWalls  the mask of obstacles, before anything reads it; scent under a new obstacle is gone
 *   (the model's own: sense `values`, `deposit`)
 *   settle    what was deposited is there
 *   blow, land  the wind carries it along; nothing where there is no wind
 *   diffuse   by each layer's rule
 *   decay     then evaporation: the order of the two is part of every claim about fields
 *
 * Edges follow the space: wrapped, or closed with all mass kept. Where the cells do not divide the world evenly, the
 * last row or column reaches over its edge and wraps as if the world ended with it.
 */
export class Field implements Grid {
  readonly columns: number
  readonly rows: number
  /** Cells of one layer. */
  readonly cells: number
  readonly wraps: boolean
  /** Layer by layer, row by row from y = 0; units a cell. */
  readonly values: Float32Array
  /** By cell: WALL. */
  readonly walls: Uint8Array
  readonly walledRows: Uint8Array
  /** One a layer. `refresh` writes them. */
  readonly rules: readonly LayerRule[]
  private readonly next: Float32Array
  private readonly deposits: Int32Array
  private readonly lattice: Lattice
  /** The list of obstacles that the mask shows in the rows of each part. */
  private readonly shown: Space['obstacles'][] = []
  /** The list that all of the mask was made for at once, and nothing since. */
  private allOf: Space['obstacles'] | null = null

  /**
   * @param layers  how many of the array's layers, from the first on, the phases are about
   * @param refresh brings `rules` up to date with the parameters; called on every worker at every step
   */
  constructor(
    private readonly space: Space,
    layers: number,
    private readonly refresh: (rules: readonly LayerRule[]) => void,
  ) {
    const { columns, rows, spec } = space
    this.columns = columns
    this.rows = rows
    this.cells = columns * rows
    this.wraps = spec.edges === 'wrap'
    this.values = space.array('field') as Float32Array
    this.next = space.array('fieldNext') as Float32Array
    this.deposits = space.array('deposits') as Int32Array
    this.walls = space.array('walls') as Uint8Array
    this.walledRows = space.array('walledRows') as Uint8Array
    this.rules = Array.from({ length: layers }, () => ({ own: 1, edge: 0, corner: 0, keep: 1 }))
    const { width, height, cell } = spec
    this.lattice = { columns, rows, cell, width, height, wraps: this.wraps }
  }

  readonly makeWalls: Phase = (part) => {
    const { obstacles } = this.space
    if (this.shown[part.index] === obstacles) return
    this.shown[part.index] = obstacles
    this.allOf = null
    const [from, to] = rowsOf(part, this.rows)
    this.maskRows(from, to)
    const { walls, values, columns, cells } = this
    for (let at = from * columns; at < to * columns; at++)
      if (walls[at] === WALL.solid)
        for (let layer = 0; layer < this.rules.length; layer++) values[layer * cells + at] = 0
  }

  /** For `begin` and `spawn`: the whole mask as obstacles are now, written alike by every worker. */
  makeAllWalls(): void {
    const { obstacles } = this.space
    if (this.allOf === obstacles) return
    this.allOf = obstacles
    this.shown.length = 0
    this.maskRows(0, this.rows)
  }

  private maskRows(from: number, to: number): void {
    const { walls, walledRows, columns } = this
    rasterise(walls, this.lattice, this.space.obstacles, from, to)
    for (let row = from; row < to; row++)
      walledRows[row] = walls.subarray(row * columns, (row + 1) * columns).includes(WALL.solid) ? 1 : 0
  }

  readonly settle: Phase = (part) => {
    const { values, deposits, walls, cells } = this
    const [from, to] = rowsOf(part, deposits.length)
    for (let i = from; i < to; i++) {
      const deposit = deposits[i]!
      if (deposit === 0) continue
      deposits[i] = 0
      if (walls[i % cells] !== WALL.solid) values[i] = values[i]! + deposit / DEPOSITS_A_UNIT
    }
  }

  readonly blow: Phase = (part) => {
    const [ux, uy] = this.draught()
    if (ux === 0 && uy === 0) return
    const [from, to] = rowsOf(part, this.rows)
    for (let layer = 0; layer < this.rules.length; layer++)
      blowRows(this.values, this.next, layer * this.cells, this, ux, uy, from, to)
  }

  readonly land: Phase = (part) => {
    const [ux, uy] = this.draught()
    if (ux === 0 && uy === 0) return
    const { values, next, cells } = this
    const [from, to] = this.cellsOf(part)
    for (let layer = 0; layer < this.rules.length; layer++)
      for (let i = layer * cells + from; i < layer * cells + to; i++) values[i] = next[i]!
  }

  readonly diffuse: Phase = (part) => {
    this.refresh(this.rules)
    const [from, to] = rowsOf(part, this.rows)
    for (let layer = 0; layer < this.rules.length; layer++)
      diffuseRows(this.values, this.next, layer * this.cells, this, this.rules[layer]!, from, to)
  }

  readonly decay: Phase = (part) => {
    const [from, to] = this.cellsOf(part)
    for (let layer = 0; layer < this.rules.length; layer++) {
      const base = layer * this.cells
      decayCells(this.values, this.next, this.rules[layer]!.keep, base + from, base + to)
    }
  }

  /** The cells of a part's rows: what it wrote in `next`, it also reads. */
  private cellsOf(part: Part): readonly [number, number] {
    const [from, to] = rowsOf(part, this.rows)
    return [from * this.columns, to * this.columns]
  }

  /** The wind in cells a step, at most one cell in all: more would carry scents over cells without touching them. */
  private draught(): readonly [number, number] {
    const { wind, spec } = this.space
    const ux = wind[0] / spec.cell
    const uy = wind[1] / spec.cell
    const sum = Math.abs(ux) + Math.abs(uy)
    return sum <= 1 ? [ux, uy] : [ux / sum, uy / sum]
  }

  /** Adds to a cell, from any worker. @param amount from `inDeposits`; may be negative. */
  deposit(layer: number, cell: number, amount: number): void {
    Atomics.add(this.deposits, layer * this.cells + cell, amount)
  }

  /** The cell of a place inside the world. */
  cellOf(x: number, y: number): number {
    const { cell } = this.space.spec
    return (
      Math.min(this.rows - 1, Math.floor(y / cell)) * this.columns + Math.min(this.columns - 1, Math.floor(x / cell))
    )
  }

  /** The cell of any place: on the other side where the world wraps, −1 outside where it does not. */
  cellAt(x: number, y: number): number {
    const { width, height } = this.space.spec
    if (this.wraps) return this.cellOf(x - width * Math.floor(x / width), y - height * Math.floor(y / height))
    return x < 0 || y < 0 || x > width || y > height ? -1 : this.cellOf(x, y)
  }

  /** The value at any place; 0 outside. */
  valueAt(layer: number, x: number, y: number): number {
    const cell = this.cellAt(x, y)
    return cell < 0 ? 0 : this.values[layer * this.cells + cell]!
  }

  /** Difference of the values one cell to either side, a world unit, along x and y; walls and edges count as level. */
  slopeAt(layer: number, x: number, y: number): readonly [number, number] {
    const { cell } = this.space.spec
    const here = this.valueAt(layer, x, y)
    const beside = (dx: number, dy: number): number => {
      const at = this.cellAt(x + dx, y + dy)
      return at < 0 || this.walls[at] === WALL.solid ? here : this.values[layer * this.cells + at]!
    }
    return [(beside(cell, 0) - beside(-cell, 0)) / (2 * cell), (beside(0, cell) - beside(0, -cell)) / (2 * cell)]
  }

  /** Sum of a layer, cells ascending. */
  mass(layer: number): number {
    const { values, cells } = this
    let sum = 0
    for (let i = layer * cells; i < (layer + 1) * cells; i++) sum += values[i]!
    return sum
  }
}
