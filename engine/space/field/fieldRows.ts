import type { LayerRule } from './stencil.ts'
import { WALL } from './walls.ts'

/** A field's lattice as the loops need it. */
export interface Grid {
  readonly columns: number
  readonly rows: number
  readonly wraps: boolean
  readonly walls: Uint8Array
  /** Rows that have a solid cell. */
  readonly walledRows: Uint8Array
}

/**
 * One diffusion step of rows from..to of a layer. A neighbour that is a wall or beyond a closed edge gives back what it
 * would have been given, so that mass is kept.
 * @param values read; the layer begins at `base`
 * @param next   written
 */
export function diffuseRows(
  values: Float32Array,
  next: Float32Array,
  base: number,
  grid: Grid,
  rule: LayerRule,
  from: number,
  to: number,
): void {
  const { columns, rows, walledRows } = grid
  for (let row = from; row < to; row++) {
    const above = row === 0 ? rows - 1 : row - 1
    const below = row === rows - 1 ? 0 : row + 1
    const onEdge = row === 0 || row === rows - 1
    const guarded = (onEdge && !grid.wraps) || walledRows[above]! + walledRows[row]! + walledRows[below]! > 0
    if (guarded) {
      for (let column = 0; column < columns; column++) guardedCell(values, next, base, grid, rule, column, row)
      continue
    }
    guardedCell(values, next, base, grid, rule, 0, row)
    const [up, mid, down] = [base + above * columns, base + row * columns, base + below * columns]
    if (rule.corner === 0) openRow5(values, next, up, mid, down, columns - 1, rule.own, rule.edge)
    else openRow9(values, next, up, mid, down, columns - 1, rule.own, rule.edge, rule.corner)
    if (columns > 1) guardedCell(values, next, base, grid, rule, columns - 1, row)
  }
}

/** Inner cells of a row whose neighbours are all open. */
function openRow5(
  values: Float32Array,
  next: Float32Array,
  up: number,
  mid: number,
  down: number,
  end: number,
  own: number,
  edge: number,
): void {
  let left = values[mid]!
  let here = values[mid + 1]!
  for (let x = 1; x < end; x++) {
    const right = values[mid + x + 1]!
    next[mid + x] = own * here + edge * (values[up + x]! + values[down + x]! + (left + right))
    left = here
    here = right
  }
}

/** Sums of columns slide along, so that a cell costs three loads. */
function openRow9(
  values: Float32Array,
  next: Float32Array,
  up: number,
  mid: number,
  down: number,
  end: number,
  own: number,
  edge: number,
  corner: number,
): void {
  let left = values[mid]!
  let here = values[mid + 1]!
  let leftSum = values[up]! + values[down]!
  let hereSum = values[up + 1]! + values[down + 1]!
  for (let x = 1; x < end; x++) {
    const right = values[mid + x + 1]!
    const rightSum = values[up + x + 1]! + values[down + x + 1]!
    next[mid + x] = own * here + edge * (hereSum + (left + right)) + corner * (leftSum + rightSum)
    left = here
    here = right
    leftSum = hereSum
    hereSum = rightSum
  }
}

function guardedCell(
  values: Float32Array,
  next: Float32Array,
  base: number,
  grid: Grid,
  rule: LayerRule,
  column: number,
  row: number,
): void {
  const at = row * grid.columns + column
  if (grid.walls[at] === WALL.solid) {
    next[base + at] = 0
    return
  }
  const here = values[base + at]!
  const edges =
    open(values, base, grid, column, row - 1, here) +
    open(values, base, grid, column, row + 1, here) +
    (open(values, base, grid, column - 1, row, here) + open(values, base, grid, column + 1, row, here))
  const corners =
    rule.corner === 0
      ? 0
      : open(values, base, grid, column - 1, row - 1, here) +
        open(values, base, grid, column - 1, row + 1, here) +
        (open(values, base, grid, column + 1, row - 1, here) + open(values, base, grid, column + 1, row + 1, here))
  next[base + at] = rule.own * here + rule.edge * edges + rule.corner * corners
}

/** The value of a neighbour, or `here` where there is none. */
function open(values: Float32Array, base: number, grid: Grid, column: number, row: number, here: number): number {
  const at = neighbour(grid, column, row)
  return at < 0 || grid.walls[at] === WALL.solid ? here : values[base + at]!
}

/** The cell at a place at most one beyond an edge; −1 where there is none. */
export function neighbour({ columns, rows, wraps }: Grid, column: number, row: number): number {
  const c = column < 0 ? column + columns : column >= columns ? column - columns : column
  const r = row < 0 ? row + rows : row >= rows ? row - rows : row
  return wraps || (c === column && r === row) ? r * columns + c : -1
}

export const isOpen = ({ walls }: Grid, at: number): boolean => at >= 0 && walls[at] !== WALL.solid

/** Below this a value is nothing: numbers near the smallest that single precision has are slow. */
const TINY = 1e-30

/** What evaporation leaves of `next` becomes the field. */
export function decayCells(values: Float32Array, next: Float32Array, keep: number, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const value = keep * next[i]!
    values[i] = Math.abs(value) < TINY ? 0 : value
  }
}
