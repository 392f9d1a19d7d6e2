import { WALL } from '../field/walls.ts'

/** Cells that no obstacle touches, ascending. */
export function freeCells(walls: Uint8Array): Int32Array {
  const free = new Int32Array(walls.length)
  let n = 0
  for (let cell = 0; cell < walls.length; cell++) if (walls[cell] === WALL.none) free[n++] = cell
  return free.subarray(0, n)
}

/** How many cells are neither occupied nor touched by an obstacle. */
export function roomIn(walls: Uint8Array, occupied: Uint8Array): number {
  let room = 0
  for (let cell = 0; cell < walls.length; cell++) if (walls[cell] === WALL.none && occupied[cell] === 0) room++
  return room
}

/**
 * The nearest cell to `cell` that is neither occupied nor touched by an obstacle: rings of squares outwards, each row
 * by row; −1 where there is none.
 */
export function nearestFree(
  cell: number,
  walls: Uint8Array,
  occupied: Uint8Array,
  columns: number,
  rows: number,
  wraps: boolean,
): number {
  const column = cell % columns
  const row = (cell - column) / columns
  const most = Math.max(columns, rows)
  for (let ring = 0; ring < most; ring++)
    for (let dy = -ring; dy <= ring; dy++) {
      const step = Math.abs(dy) === ring ? 1 : 2 * ring
      for (let dx = -ring; dx <= ring; dx += Math.max(1, step)) {
        const at = cellBeside(column + dx, row + dy, columns, rows, wraps)
        if (at >= 0 && walls[at] === WALL.none && occupied[at] === 0) return at
      }
    }
  return -1
}

function cellBeside(column: number, row: number, columns: number, rows: number, wraps: boolean): number {
  if (!wraps) return column < 0 || row < 0 || column >= columns || row >= rows ? -1 : row * columns + column
  return (((row % rows) + rows) % rows) * columns + (((column % columns) + columns) % columns)
}
