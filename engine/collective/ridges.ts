import type { Space } from '../space/SpaceModel.ts'

/** Less than this many times as long as wide is a patch, not a trail. */
const SLENDER = 3

export interface Ridges {
  /** Trails found. */
  readonly count: number
  /** Of the longest, from end to end along it, world units. */
  readonly longest: number
  /** Share of the field's mass that lies on trails. */
  readonly share: number
  /** Middle of the box round the longest, world units, and half the box's diagonal. */
  readonly place: readonly [number, number]
  readonly radius: number
}
const NONE: Ridges = { count: 0, longest: 0, share: 0, place: [0, 0], radius: 0 }

/**
 * Trails of one layer of a field: connected cells (eight neighbours) whose value is above the layer's mean by a
 * standard deviation or more, if they are at least three times as long as wide on average. The length is that of a
 * chain of fewest cells between the two ends that two sweeps of breadth-first search find: exact where the cells form a
 * tree, half the way round a ring.
 * Keeps its own memory, which grows to what is needed.
 */
export class RidgeSearch {
  /** By cell: 0 below the level, 1 above and not yet visited, then the number of the sweep that visited it. */
  private seen = new Int32Array(0)
  private queue = new Int32Array(0)
  /** By cell: from where the sweep came. */
  private from = new Int32Array(0)
  private sweeps = 1

  /** @param layer index into the model's layers. Reads the space, writes only its own memory. */
  find(space: Space, field: Float32Array | Float64Array, layer: number): Ridges {
    const cells = space.columns * space.rows
    const values = field.subarray(layer * cells, (layer + 1) * cells)
    const { level, mass } = levelOf(values)
    if (mass <= 0) return NONE
    this.reserve(cells)
    for (let i = 0; i < cells; i++) this.seen[i] = values[i]! >= level ? 1 : 0
    this.sweeps = 1
    let [count, onTrails, longest, end, members] = [0, 0, 0, -1, 0]
    for (let i = 0; i < cells; i++) {
      if (this.seen[i] !== 1) continue
      const size = this.sweep(space, i)
      const there = this.queue[size - 1]!
      const back = this.queue[this.sweep(space, there) - 1]!
      const length = this.chain(space, back)
      // As long as n cells in a row: the chain from middle to middle, and half a cell at either end.
      const cellsLong = length / space.spec.cell + 1
      if (cellsLong * cellsLong < SLENDER * size) continue
      count++
      for (let k = 0; k < size; k++) onTrails += values[this.queue[k]!]!
      if (length > longest) [longest, end, members] = [length, there, size]
    }
    if (count === 0) return NONE
    return { count, longest, share: onTrails / mass, ...this.boxOf(space, end, members) }
  }

  private reserve(cells: number): void {
    if (this.seen.length >= cells) return
    this.seen = new Int32Array(cells)
    this.queue = new Int32Array(cells)
    this.from = new Int32Array(cells)
  }

  /** Visits all cells connected with `start`, nearest first, into the queue. Returns how many; the last is farthest. */
  private sweep(space: Space, start: number): number {
    const { seen, queue, from } = this
    const { columns, rows } = space
    const wraps = space.spec.edges === 'wrap'
    const mark = ++this.sweeps
    seen[start] = mark
    from[start] = start
    queue[0] = start
    let size = 1
    for (let k = 0; k < size; k++) {
      const at = queue[k]!
      const column = at % columns
      const row = (at - column) / columns
      for (let n = 0; n < 8; n++) {
        let c = column + ASIDE[n]!
        let r = row + UP[n]!
        if (wraps) {
          c = c < 0 ? columns - 1 : c === columns ? 0 : c
          r = r < 0 ? rows - 1 : r === rows ? 0 : r
        } else if (c < 0 || r < 0 || c === columns || r === rows) continue
        const next = r * columns + c
        if (seen[next] === 0 || seen[next] === mark) continue
        seen[next] = mark
        from[next] = at
        queue[size++] = next
      }
    }
    return size
  }

  /** Length of the way that the last sweep took to `end`, world units. */
  private chain({ columns, spec }: Space, end: number): number {
    let length = 0
    for (let at = end; this.from[at] !== at; at = this.from[at]!) {
      const before = this.from[at]!
      const isDiagonal = at % columns !== before % columns && Math.floor(at / columns) !== Math.floor(before / columns)
      length += isDiagonal ? DIAGONAL : 1
    }
    return length * spec.cell
  }

  /** The box round the cells connected with `start`, unrolled where the world wraps. */
  private boxOf(space: Space, start: number, size: number): Pick<Ridges, 'place' | 'radius'> {
    const { columns, rows, spec } = space
    this.sweep(space, start)
    const { queue, from } = this
    const across = new Int32Array(2 * size)
    const number = this.seen // which place in the queue a cell has; all sweeps are done
    let [left, right, low, high] = [0, 0, 0, 0]
    for (let k = 0; k < size; k++) {
      const at = queue[k]!
      const before = from[at]!
      number[at] = k
      if (k === 0) continue
      const p = number[before]!
      const step = (d: number, n: number): number => (d > 1 ? d - n : d < -1 ? d + n : d)
      const x = (across[2 * k] = across[2 * p]! + step((at % columns) - (before % columns), columns))
      const y = (across[2 * k + 1] =
        across[2 * p + 1]! + step(Math.floor(at / columns) - Math.floor(before / columns), rows))
      left = Math.min(left, x)
      right = Math.max(right, x)
      low = Math.min(low, y)
      high = Math.max(high, y)
    }
    const into = (cell: number, side: number): number => {
      const at = (cell + 0.5) * spec.cell
      return at - side * Math.floor(at / side)
    }
    const x = into((start % columns) + (left + right) / 2, spec.width)
    const y = into(Math.floor(start / columns) + (low + high) / 2, spec.height)
    const [wide, tall] = [right - left + 1, high - low + 1]
    return { place: [x, y], radius: (spec.cell * Math.sqrt(wide * wide + tall * tall)) / 2 }
  }
}

const DIAGONAL = Math.sqrt(2)
const ASIDE = [-1, 0, 1, -1, 1, -1, 0, 1]
const UP = [-1, -1, -1, 0, 0, 1, 1, 1]

/** What a cell must have to be part of a trail, and the mass of the layer in cells' units. */
function levelOf(values: Float32Array | Float64Array): { level: number; mass: number } {
  let [mass, squares] = [0, 0]
  for (let i = 0; i < values.length; i++) {
    mass += values[i]!
    squares += values[i]! * values[i]!
  }
  const mean = mass / values.length
  const spread = Math.sqrt(Math.max(0, squares / values.length - mean * mean))
  // An even field has no trails, and rounding is no spread.
  return { level: spread > 1e-6 * mean ? mean + spread : Infinity, mass }
}
