import type { NeighbourGrid } from './neighbourGrid.ts'

/**
 * What a body sees of its neighbours, added up: BOIDS_SUMS numbers by slot. The hot loop of flocking, so it is written
 * out for two and for three dimensions.
 */
export const BOIDS_SUMS = 8
/** Flockmates in sight. */
export const MATES = 0
/** Sum of the headings that they show. */
export const HEAD = 1
/** Sum of the ways to them, world units. */
export const WAY = 4
/** How many of those in sight are too close, flockmates or not. */
export const CLOSE = 7

/** Pushes from those too close: 3 numbers by slot. */
export const BOIDS_PUSH = 3

/**
 * Adds up for all bodies of the cells from..to.
 *
 * A body heeds the headings and the places of its flockmates within `vision` and is pushed by everybody within
 * `separation`, with the inverse of the distance (Reynolds 1999, "Separation"); who stands on the very same spot does
 * not push. Both ranges are exclusive and at most the grid's.
 * @param kinds flock by slot; null where all are one flock.
 * @param sums  BOIDS_SUMS by slot, written.
 * @param push  BOIDS_PUSH by slot, 1 / world units, written.
 */
export function sumNeighbours2(
  grid: NeighbourGrid,
  kinds: Uint8Array | null,
  vision: number,
  separation: number,
  from: number,
  to: number,
  sums: Float32Array,
  push: Float32Array,
): void {
  const { start, x, y, headX, headY, spanFrom, spanTo, shiftX, shiftY } = grid
  const r2 = vision * vision
  const s2 = separation * separation
  for (let cell = from; cell < to; cell++) {
    const first = start[cell]!
    const last = start[cell + 1]!
    if (first === last) continue
    const spans = grid.spansRound(cell)
    for (let slot = first; slot < last; slot++) {
      const x0 = x[slot]!
      const y0 = y[slot]!
      const kind = kinds === null ? 0 : kinds[slot]!
      // The body itself is in its spans: it adds its own heading, which is taken off again here.
      let mates = -1
      let close = -1
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
          if (d2 >= r2) continue
          if (d2 < s2) {
            close++
            if (d2 > 0) {
              pushX -= dx / d2
              pushY -= dy / d2
            }
          }
          if (kinds !== null && kinds[k] !== kind) continue
          mates++
          headingX += headX[k]!
          headingY += headY[k]!
          wayX += dx
          wayY += dy
        }
      }
      const at = BOIDS_SUMS * slot
      sums[at + MATES] = mates
      sums[at + CLOSE] = close
      sums[at + HEAD] = headingX
      sums[at + HEAD + 1] = headingY
      sums[at + WAY] = wayX
      sums[at + WAY + 1] = wayY
      push[BOIDS_PUSH * slot] = pushX
      push[BOIDS_PUSH * slot + 1] = pushY
    }
  }
}
