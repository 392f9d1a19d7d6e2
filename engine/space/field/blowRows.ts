import { isOpen, neighbour, type Grid } from './fieldRows.ts'
import { WALL } from './walls.ts'

/**
 * Wind carries a share of each cell to the next one down the wind (donor cell): mass is kept, its centre moves by
 * exactly (ux, uy) cells, and it smears by |u|(1 − |u|) cells² a step. Before a wall it parts and slides to both sides.
 * @param ux, uy cells a step, |ux| + |uy| ≤ 1
 */
export function blowRows(
  values: Float32Array,
  next: Float32Array,
  base: number,
  grid: Grid,
  ux: number,
  uy: number,
  from: number,
  to: number,
): void {
  const { columns, rows, walledRows } = grid
  for (let row = from; row < to; row++) {
    const above = row === 0 ? rows - 1 : row - 1
    const below = row === rows - 1 ? 0 : row + 1
    const guarded = !grid.wraps || walledRows[above]! + walledRows[row]! + walledRows[below]! > 0
    if (guarded)
      for (let column = 0; column < columns; column++) blowCell(values, next, base, grid, column, row, ux, uy)
    else blowOpenRow(values, next, base + row * columns, base + (uy < 0 ? below : above) * columns, columns, ux, uy)
  }
}

/** @param mid, up where the row and the one up the wind begin */
function blowOpenRow(
  values: Float32Array,
  next: Float32Array,
  mid: number,
  up: number,
  columns: number,
  ux: number,
  uy: number,
): void {
  const [ax, ay] = [Math.abs(ux), Math.abs(uy)]
  const stays = 1 - ax - ay
  for (let x = 0; x < columns; x++) {
    const beside = ux < 0 ? (x === columns - 1 ? 0 : x + 1) : x === 0 ? columns - 1 : x - 1
    next[mid + x] = values[mid + x]! * stays + (values[mid + beside]! * ax + values[up + x]! * ay)
  }
}

function blowCell(
  values: Float32Array,
  next: Float32Array,
  base: number,
  grid: Grid,
  column: number,
  row: number,
  ux: number,
  uy: number,
): void {
  const at = row * grid.columns + column
  if (grid.walls[at] === WALL.solid) {
    next[base + at] = 0
    return
  }
  const [sx, sy] = [ux < 0 ? -1 : 1, uy < 0 ? -1 : 1]
  const [ax, ay] = [Math.abs(ux), Math.abs(uy)]
  const lost = ax * shareLost(grid, column, row, sx, 0) + ay * shareLost(grid, column, row, 0, sy)
  const gained = ax * gain(values, base, grid, column, row, sx, 0) + ay * gain(values, base, grid, column, row, 0, sy)
  next[base + at] = values[base + at]! * (1 - lost) + gained
}

/** Of what the wind along (sx, sy) would carry off: all where the way is free, before a wall half to each free side. */
function shareLost(grid: Grid, column: number, row: number, sx: number, sy: number): number {
  if (isOpen(grid, neighbour(grid, column + sx, row + sy))) return 1
  const left = isOpen(grid, neighbour(grid, column + sy, row + sx)) ? 0.5 : 0
  return left + (isOpen(grid, neighbour(grid, column - sy, row - sx)) ? 0.5 : 0)
}

function gain(
  values: Float32Array,
  base: number,
  grid: Grid,
  column: number,
  row: number,
  sx: number,
  sy: number,
): number {
  const behind = neighbour(grid, column - sx, row - sy)
  const straight = isOpen(grid, behind) ? values[base + behind]! : 0
  return (
    straight +
    0.5 * slid(values, base, grid, column + sy, row + sx, sx, sy) +
    0.5 * slid(values, base, grid, column - sy, row - sx, sx, sy)
  )
}

/** The value of a neighbour at the side, if it stands before a wall. */
function slid(
  values: Float32Array,
  base: number,
  grid: Grid,
  column: number,
  row: number,
  sx: number,
  sy: number,
): number {
  const at = neighbour(grid, column, row)
  if (!isOpen(grid, at)) return 0
  const [c, r] = [at % grid.columns, Math.floor(at / grid.columns)]
  return isOpen(grid, neighbour(grid, c + sx, r + sy)) ? 0 : values[base + at]!
}
