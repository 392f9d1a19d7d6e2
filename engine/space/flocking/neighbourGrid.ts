import { assert } from '../../kernel/assert.ts'
import type { SpaceSpec } from '../../scenario/Scenario.ts'
import { rowsOf, type ArraySpecs, type Part, type Phase, type Space } from '../SpaceModel.ts'

/**
 * Who is near whom: bodies sorted by cell, cells at least as wide as the radius, so that all neighbours of a body lie
 * in the 3 × 3 (× 3) cells round its own. Cells along x are neighbours in memory too: a row of three is one span.
 * The sort is stable, hence every cell holds its bodies by rows ascending, on any number of parts.
 *
 * A slot is a place in cell order. Copies of what a neighbour shows lie by slot, so that a span is read straight
 * through. Only bodies that are up have a slot.
 */
export interface NeighbourGrid {
  /** To be run before the phases that look at neighbours: count, sum up, put in order. */
  readonly phases: readonly Phase[]
  /** Slots of cell c: start[c] ≤ slot < start[c + 1]. */
  readonly start: Int32Array
  /** Slots in use: bodies that are up. */
  total(): number
  /** Row by slot. */
  readonly rowAt: Int32Array
  /** Slot by row; −1 where a body has none. */
  readonly slotAt: Int32Array
  /** Position and heading by slot, as they were when the phases ran; z and headZ in three dimensions only. */
  readonly x: Float32Array
  readonly y: Float32Array
  readonly z: Float32Array
  readonly headX: Float32Array
  readonly headY: Float32Array
  readonly headZ: Float32Array

  /** This part's cells, from..to: whole cells, with about as many bodies as those of any other part. */
  share(part: Part): readonly [from: number, to: number]
  /** The cell of a place in the world. */
  cellOf(x: number, y: number, z: number): number
  /**
   * Finds the spans round `cell`, always in the same order, and returns how many: slots spanFrom[s] ≤ k < spanTo[s],
   * whose bodies are seen at x[k] + shiftX[s] and so on, on this side of a wrapped world's seam.
   * The body itself is among them, at distance 0.
   */
  spansRound(cell: number): number
  readonly spanFrom: Int32Array
  readonly spanTo: Int32Array
  readonly shiftX: Float64Array
  readonly shiftY: Float64Array
  readonly shiftZ: Float64Array

  /**
   * The slow way, for models that are not hot: finds everybody closer than `radius` (at most that of the grid) to a
   * place, in the order of the spans, and returns how many. Who stands at that very place is among them.
   */
  near(x: number, y: number, z: number, radius: number): number
  readonly nearSlot: Int32Array
  /** From the place to the neighbour, round the seam where that is shorter. */
  readonly nearDx: Float64Array
  readonly nearDy: Float64Array
  readonly nearDz: Float64Array
  readonly nearD2: Float64Array
}

/** Most parts that a grid is sorted by; the headless command and the page start no more workers. */
const PARTS_MAX = 8
/** Smaller radii make no smaller cells: with one body a cell the sort would cost more than the looking. */
const cellsMax = (capacity: number): number => Math.max(64, capacity)
/** Cells are a little wider than the radius, so that rounding cannot put a neighbour two cells away. */
const MARGIN = 1.000_001
/** Far below any cell that fits a world, and far above numbers so small that a tenth more is the same number. */
const WIDTH_MIN = 1e-9

/** Scratch that a model with a grid declares among its arrays. */
export function gridArrays({ dimensions }: SpaceSpec, capacity: number): ArraySpecs {
  const cells = cellsMax(capacity)
  const deep = dimensions === 3 ? capacity : 1
  return {
    gridSlot: { type: 'i32', length: capacity, keep: false },
    gridCounts: { type: 'i32', length: PARTS_MAX * cells, keep: false },
    gridStart: { type: 'i32', length: cells + 1, keep: false },
    gridRow: { type: 'i32', length: capacity, keep: false },
    gridX: { type: 'f32', length: capacity, keep: false },
    gridY: { type: 'f32', length: capacity, keep: false },
    gridZ: { type: 'f32', length: deep, keep: false },
    gridHeadX: { type: 'f32', length: capacity, keep: false },
    gridHeadY: { type: 'f32', length: capacity, keep: false },
    gridHeadZ: { type: 'f32', length: deep, keep: false },
  }
}

/** Cells a side. */
interface Fit {
  radius: number
  columns: number
  rows: number
  layers: number
  /** Cells a world unit, along each axis. */
  perX: number
  perY: number
  perZ: number
}

/** The largest number of cells a side that are wide enough and, together, not too many. */
export function fitCells({ width, height, depth, dimensions }: SpaceSpec, capacity: number, radius: number): Fit {
  const most = cellsMax(capacity)
  const deep = dimensions === 3
  const cells = (side: number, wide: number): number => Math.max(1, Math.min(most, Math.floor(side / wide)))
  for (let wide = Math.max(radius * MARGIN, WIDTH_MIN); ; wide *= 1.1) {
    const columns = cells(width, wide)
    const rows = cells(height, wide)
    const layers = deep ? cells(depth, wide) : 1
    if (columns * rows * layers <= most)
      return { radius, columns, rows, layers, perX: columns / width, perY: rows / height, perZ: layers / depth }
  }
}

/**
 * A grid over the positions of `space`, made anew at every step.
 * @param radiusOf the range at this step, world units; may change from step to step. At most half the smallest side of
 *   a wrapped world: then nobody is near twice.
 */
export function neighbourGrid(space: Space, radiusOf: () => number): NeighbourGrid {
  return new Grid(space, radiusOf)
}

class Grid implements NeighbourGrid {
  readonly phases: readonly Phase[] = [(part) => this.count(part), (part) => this.sum(part), (part) => this.order(part)]
  readonly start: Int32Array
  readonly rowAt: Int32Array
  readonly x: Float32Array
  readonly y: Float32Array
  readonly z: Float32Array
  readonly headX: Float32Array
  readonly headY: Float32Array
  readonly headZ: Float32Array
  readonly spanFrom = new Int32Array(SPANS_MAX)
  readonly spanTo = new Int32Array(SPANS_MAX)
  readonly shiftX = new Float64Array(SPANS_MAX)
  readonly shiftY = new Float64Array(SPANS_MAX)
  readonly shiftZ = new Float64Array(SPANS_MAX)
  /** Cells until the bodies are in order, then slots. */
  readonly slotAt: Int32Array
  private readonly counts: Int32Array
  private readonly deep: boolean
  private readonly wraps: boolean
  private fitted: Fit
  private list: NearList | null = null

  constructor(
    private readonly space: Space,
    private readonly radiusOf: () => number,
  ) {
    const { spec, capacity } = space
    this.start = space.array('gridStart') as Int32Array
    this.rowAt = space.array('gridRow') as Int32Array
    this.slotAt = space.array('gridSlot') as Int32Array
    this.counts = space.array('gridCounts') as Int32Array
    this.x = space.array('gridX') as Float32Array
    this.y = space.array('gridY') as Float32Array
    this.z = space.array('gridZ') as Float32Array
    this.headX = space.array('gridHeadX') as Float32Array
    this.headY = space.array('gridHeadY') as Float32Array
    this.headZ = space.array('gridHeadZ') as Float32Array
    this.deep = spec.dimensions === 3
    this.wraps = spec.edges === 'wrap'
    this.fitted = fitCells(spec, capacity, radiusOf())
  }

  share(part: Part): readonly [from: number, to: number] {
    const { start } = this
    const cells = this.cells()
    const [from, to] = rowsOf(part, start[cells]!)
    return [firstFrom(start, cells, from), part.index === part.parts - 1 ? cells : firstFrom(start, cells, to)]
  }

  total(): number {
    return this.start[this.cells()]!
  }

  cellOf(x: number, y: number, z: number): number {
    const { columns, rows, layers, perX, perY, perZ } = this.fitted
    const column = Math.min(columns - 1, (x * perX) | 0)
    const row = Math.min(rows - 1, (y * perY) | 0)
    const layer = this.deep ? Math.min(layers - 1, (z * perZ) | 0) : 0
    return (layer * rows + row) * columns + column
  }

  spansRound(cell: number): number {
    const { columns, rows, layers } = this.fitted
    const line = (cell / columns) | 0
    const column = cell - line * columns
    const layer = this.deep ? (line / rows) | 0 : 0
    const row = line - layer * rows
    const isInside = column > 0 && column < columns - 1 && row > 0 && row < rows - 1
    if (isInside && (!this.deep || (layer > 0 && layer < layers - 1))) return this.spansInside(cell, columns, rows)
    return this.spansAtEdge(column, row, layer)
  }

  /** Most cells are not at the edge of the world. */
  private spansInside(cell: number, columns: number, rows: number): number {
    const { start, spanFrom, spanTo, shiftX, shiftY, shiftZ } = this
    const reach = this.deep ? columns * rows : 0
    let spans = 0
    for (let middle = cell - reach; middle <= cell + reach; middle += columns * rows) {
      for (let at = middle - columns; at <= middle + columns; at += columns) {
        const from = start[at - 1]!
        const to = start[at + 2]!
        if (from === to) continue
        spanFrom[spans] = from
        spanTo[spans] = to
        shiftX[spans] = 0
        shiftY[spans] = 0
        shiftZ[spans] = 0
        spans++
      }
    }
    return spans
  }

  private spansAtEdge(column: number, row: number, layer: number): number {
    const { columns, rows, layers } = this.fitted
    const { width, height, depth } = this.space.spec
    const { wraps, deep, start } = this
    let spans = 0
    for (let l = deep ? layer - 1 : 0; l <= (deep ? layer + 1 : 0); l++) {
      const seamZ = seamAt(l, layers)
      if (seamZ !== 0 && !wraps) continue
      for (let r = row - 1; r <= row + 1; r++) {
        const seamY = seamAt(r, rows)
        if (seamY !== 0 && !wraps) continue
        const base = ((l - seamZ * layers) * rows + (r - seamY * rows)) * columns
        for (let seamX = -1; seamX <= 1; seamX++) {
          if (seamX !== 0 && (!wraps || (seamX < 0 ? column > 0 : column < columns - 1))) continue
          const from = start[base + (seamX < 0 ? columns - 1 : seamX > 0 ? 0 : Math.max(0, column - 1))]!
          const to = start[base + (seamX < 0 ? columns : seamX > 0 ? 1 : Math.min(columns, column + 2))]!
          if (from === to) continue
          this.spanFrom[spans] = from
          this.spanTo[spans] = to
          this.shiftX[spans] = seamX * width
          this.shiftY[spans] = seamY * height
          this.shiftZ[spans] = seamZ * depth
          spans++
        }
      }
    }
    return spans
  }

  near(x: number, y: number, z: number, radius: number): number {
    const list = this.nearList()
    const spans = this.spansRound(this.cellOf(x, y, z))
    const r2 = radius * radius
    let found = 0
    for (let s = 0; s < spans; s++) {
      const ax = x - this.shiftX[s]!
      const ay = y - this.shiftY[s]!
      const az = z - this.shiftZ[s]!
      for (let k = this.spanFrom[s]!; k < this.spanTo[s]!; k++) {
        const dx = this.x[k]! - ax
        const dy = this.y[k]! - ay
        const dz = this.deep ? this.z[k]! - az : 0
        const d2 = dx * dx + dy * dy + dz * dz
        if (d2 >= r2) continue
        list.slot[found] = k
        list.dx[found] = dx
        list.dy[found] = dy
        list.dz[found] = dz
        list.d2[found++] = d2
      }
    }
    return found
  }

  get nearSlot(): Int32Array {
    return this.nearList().slot
  }
  get nearDx(): Float64Array {
    return this.nearList().dx
  }
  get nearDy(): Float64Array {
    return this.nearList().dy
  }
  get nearDz(): Float64Array {
    return this.nearList().dz
  }
  get nearD2(): Float64Array {
    return this.nearList().d2
  }

  /** Private to the worker, and only where the slow way is taken. */
  private nearList(): NearList {
    if (this.list !== null) return this.list
    const of = (): Float64Array => new Float64Array(this.space.capacity)
    this.list = { slot: new Int32Array(this.space.capacity), dx: of(), dy: of(), dz: of(), d2: of() }
    return this.list
  }

  private cells(): number {
    const { columns, rows, layers } = this.fitted
    return columns * rows * layers
  }

  /** Every part counts its own rows. */
  private count(part: Part): void {
    assert(part.parts <= PARTS_MAX, `a grid is sorted by at most ${PARTS_MAX} parts`)
    const { space, counts, slotAt, deep } = this
    const radius = this.radiusOf()
    if (radius !== this.fitted.radius) this.fitted = fitCells(space.spec, space.capacity, radius)
    const { columns, rows, layers, perX, perY, perZ } = this.fitted
    const { position, status } = space
    const base = part.index * cellsMax(space.capacity)
    counts.fill(0, base, base + this.cells())
    const [from, to] = rowsOf(part, space.count)
    for (let row = from; row < to; row++) {
      if (status[row] !== 1) {
        slotAt[row] = -1
        continue
      }
      // As in cellOf; positions are never negative.
      const column = Math.min(columns - 1, (position[3 * row]! * perX) | 0)
      const line = Math.min(rows - 1, (position[3 * row + 1]! * perY) | 0)
      const layer = deep ? Math.min(layers - 1, (position[3 * row + 2]! * perZ) | 0) : 0
      const cell = (layer * rows + line) * columns + column
      slotAt[row] = cell
      counts[base + cell]!++
    }
  }

  /**
   * Turns counts into places, cell by cell and in it part by part. Sequential: it touches as many numbers as there are
   * cells, a few percent of a step.
   */
  private sum({ index, parts }: Part): void {
    if (index !== 0) return
    const { counts, start } = this
    const stride = cellsMax(this.space.capacity)
    const cells = this.cells()
    let next = 0
    for (let cell = 0; cell < cells; cell++) {
      start[cell] = next
      for (let at = cell; at < parts * stride; at += stride) {
        const here = counts[at]!
        counts[at] = next
        next += here
      }
    }
    start[cells] = next
  }

  /** Every part puts its own rows where they belong, in ascending order. */
  private order(part: Part): void {
    const { space, counts, slotAt, rowAt, x, y, z, headX, headY, headZ, deep } = this
    const { position, heading } = space
    const base = part.index * cellsMax(space.capacity)
    const [from, to] = rowsOf(part, space.count)
    for (let row = from; row < to; row++) {
      const cell = slotAt[row]!
      if (cell < 0) continue
      const slot = counts[base + cell]!++
      const at = 3 * row
      slotAt[row] = slot
      rowAt[slot] = row
      x[slot] = position[at]!
      y[slot] = position[at + 1]!
      headX[slot] = heading[at]!
      headY[slot] = heading[at + 1]!
      if (!deep) continue
      z[slot] = position[at + 2]!
      headZ[slot] = heading[at + 2]!
    }
  }
}

/** Three rows in each of three layers, each in three pieces where the world is one cell wide. */
const SPANS_MAX = 27

interface NearList {
  readonly slot: Int32Array
  readonly dx: Float64Array
  readonly dy: Float64Array
  readonly dz: Float64Array
  readonly d2: Float64Array
}

/** Over which end of the world a cell number lies: −1, 1, or 0 for neither. */
const seamAt = (cell: number, cells: number): number => (cell < 0 ? -1 : cell >= cells ? 1 : 0)

/** The first cell that starts at `slot` or behind it. */
function firstFrom(start: Int32Array, cells: number, slot: number): number {
  let [low, high] = [0, cells]
  while (low < high) {
    const middle = (low + high) >> 1
    if (start[middle]! < slot) low = middle + 1
    else high = middle
  }
  return low
}
