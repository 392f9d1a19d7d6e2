import type { NeighbourGrid } from './neighbourGrid.ts'

/**
 * What a body sees of its neighbours, added up: some numbers by slot. The hot loop of flocking, so it is written out
 * for two and for three dimensions.
 */
export interface SumsLayout {
  /** Numbers a slot. In two dimensions half a cache line. */
  readonly stride: number
  /** Sum of the headings that flockmates show: as many numbers as there are dimensions, from here. */
  readonly head: number
  /** Sum of the ways to them, world units. */
  readonly way: number
  /** Sum of the pushes of those too close, 1 / world units. */
  readonly push: number
}
/** Flockmates in sight. */
export const MATES = 0
/** How many in sight are too close, flockmates or not. */
export const CLOSE = 1
const FLAT: SumsLayout = { stride: 8, head: 2, way: 4, push: 6 }
const DEEP: SumsLayout = { stride: 12, head: 2, way: 5, push: 8 }
export const sumsLayout = (dimensions: 2 | 3): SumsLayout => (dimensions === 2 ? FLAT : DEEP)

/**
 * The sign bit of d² − r² as a number, by way of memory: a branch on it is a coin toss that the processor loses a dozen
 * times a body, and costs more than adding every candidate in sight or not with a weight of 1 or 0.
 */
const difference = new Float64Array(1)
const words = new Int32Array(difference.buffer)
const HIGH = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0

/**
 * Adds up for all bodies of the cells from..to, neighbours in the order of the grid's spans.
 *
 * A body heeds the headings and places of its flockmates closer than `vision`, and is pushed by everybody closer than
 * `separation` and in sight, with the inverse of the distance (Reynolds 1999, "Separation"). Who stands on the very
 * same
 * spot does not push. No cap on the number of neighbours.
 * @param kinds  flock by slot; null where all are one flock.
 * @param vision at most the radius of the grid.
 * @param sums   by slot as `sumsLayout` says; written for these cells, all else left as it was.
 */
export function sumNeighbours2(
  grid: NeighbourGrid,
  kinds: Uint8Array | null,
  vision: number,
  separation: number,
  from: number,
  to: number,
  sums: Float32Array,
): void {
  const { start, x, y, headX, headY, spanFrom, spanTo, shiftX, shiftY } = grid
  const r2 = vision * vision
  const s2 = Math.min(r2, separation * separation)
  for (let cell = from; cell < to; cell++) {
    const first = start[cell]!
    const last = start[cell + 1]!
    if (first === last) continue
    const spans = grid.spansRound(cell)
    for (let slot = first; slot < last; slot++) {
      const x0 = x[slot]!
      const y0 = y[slot]!
      const kind = kinds === null ? 0 : kinds[slot]!
      // The body itself is in its spans, at distance 0: its own heading is taken off again here.
      let mates = -1
      let close = 0
      let headingX = -headX[slot]!
      let headingY = -headY[slot]!
      let wayX = 0
      let wayY = 0
      let pushX = 0
      let pushY = 0
      for (let s = 0; s < spans; s++) {
        const ax = x0 - shiftX[s]!
        const ay = y0 - shiftY[s]!
        const end = spanTo[s]!
        for (let k = spanFrom[s]!; k < end; k++) {
          const dx = x[k]! - ax
          const dy = y[k]! - ay
          const d2 = dx * dx + dy * dy
          difference[0] = d2 - r2
          let weight = words[HIGH]! >>> 31
          if (kinds !== null && kinds[k] !== kind) weight = 0
          mates += weight
          headingX += weight * headX[k]!
          headingY += weight * headY[k]!
          wayX += weight * dx
          wayY += weight * dy
          if (d2 >= s2 || d2 === 0) continue
          close++
          pushX -= dx / d2
          pushY -= dy / d2
        }
      }
      const at = FLAT.stride * slot
      sums[at + MATES] = mates
      sums[at + CLOSE] = close
      sums[at + FLAT.head] = headingX
      sums[at + FLAT.head + 1] = headingY
      sums[at + FLAT.way] = wayX
      sums[at + FLAT.way + 1] = wayY
      sums[at + FLAT.push] = pushX
      sums[at + FLAT.push + 1] = pushY
    }
  }
}

/** The same in three dimensions. */
export function sumNeighbours3(
  grid: NeighbourGrid,
  kinds: Uint8Array | null,
  vision: number,
  separation: number,
  from: number,
  to: number,
  sums: Float32Array,
): void {
  const { start, x, y, z, headX, headY, headZ, spanFrom, spanTo, shiftX, shiftY, shiftZ } = grid
  const r2 = vision * vision
  const s2 = Math.min(r2, separation * separation)
  for (let cell = from; cell < to; cell++) {
    const first = start[cell]!
    const last = start[cell + 1]!
    if (first === last) continue
    const spans = grid.spansRound(cell)
    for (let slot = first; slot < last; slot++) {
      const kind = kinds === null ? 0 : kinds[slot]!
      let mates = -1
      let close = 0
      let headingX = -headX[slot]!
      let headingY = -headY[slot]!
      let headingZ = -headZ[slot]!
      let wayX = 0
      let wayY = 0
      let wayZ = 0
      let pushX = 0
      let pushY = 0
      let pushZ = 0
      for (let s = 0; s < spans; s++) {
        const ax = x[slot]! - shiftX[s]!
        const ay = y[slot]! - shiftY[s]!
        const az = z[slot]! - shiftZ[s]!
        const end = spanTo[s]!
        for (let k = spanFrom[s]!; k < end; k++) {
          const dx = x[k]! - ax
          const dy = y[k]! - ay
          const dz = z[k]! - az
          const d2 = dx * dx + dy * dy + dz * dz
          // One candidate in six is in sight here, which a processor guesses well enough.
          if (d2 >= r2) continue
          if (d2 < s2 && d2 !== 0) {
            close++
            pushX -= dx / d2
            pushY -= dy / d2
            pushZ -= dz / d2
          }
          if (kinds !== null && kinds[k] !== kind) continue
          mates++
          headingX += headX[k]!
          headingY += headY[k]!
          headingZ += headZ[k]!
          wayX += dx
          wayY += dy
          wayZ += dz
        }
      }
      storeDeep(sums, slot, mates, close, headingX, headingY, headingZ, wayX, wayY, wayZ, pushX, pushY, pushZ)
    }
  }
}

/**
 * Copies the sums of the rows from..to out of those by slot, one row behind the other. Rows lie anywhere among the
 * slots, so every one is a miss of the nearest caches; so short a loop has a dozen of them under way at once, where the
 * long one that uses them would wait for each.
 */
export function gatherSums(
  sums: Float32Array,
  stride: number,
  slotAt: Int32Array,
  from: number,
  to: number,
  out: Float32Array,
): void {
  let at = 0
  for (let row = from; row < to; row++) {
    // Who is down has no slot, and no use for what is copied.
    let of = stride * Math.max(0, slotAt[row]!)
    const end = at + stride
    for (; at < end; at += 4, of += 4) {
      out[at] = sums[of]!
      out[at + 1] = sums[of + 1]!
      out[at + 2] = sums[of + 2]!
      out[at + 3] = sums[of + 3]!
    }
  }
}

function storeDeep(
  sums: Float32Array,
  slot: number,
  mates: number,
  close: number,
  headingX: number,
  headingY: number,
  headingZ: number,
  wayX: number,
  wayY: number,
  wayZ: number,
  pushX: number,
  pushY: number,
  pushZ: number,
): void {
  const at = DEEP.stride * slot
  sums[at + MATES] = mates
  sums[at + CLOSE] = close
  sums[at + DEEP.head] = headingX
  sums[at + DEEP.head + 1] = headingY
  sums[at + DEEP.head + 2] = headingZ
  sums[at + DEEP.way] = wayX
  sums[at + DEEP.way + 1] = wayY
  sums[at + DEEP.way + 2] = wayZ
  sums[at + DEEP.push] = pushX
  sums[at + DEEP.push + 1] = pushY
  sums[at + DEEP.push + 2] = pushZ
}
