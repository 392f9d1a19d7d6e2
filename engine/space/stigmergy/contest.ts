/**
 * Where several bodies want what only one can have, the smallest (addressed draw, row) gets it, by integer minimum: on
 * any number of workers, in whatever order they come. A claim is 12 bits of the draw above 20 bits of the row.
 */
const ROW_BITS = 20
/** Rows that a claim can tell apart: all that a scenario can have. */
export const CONTEST_ROWS_MAX = 1 << ROW_BITS
export const NOBODY = 0xffffffff

/** @param word the 32-bit draw of this row for this contest */
export const claimOf = (word: number, row: number): number => (((word >>> ROW_BITS) << ROW_BITS) | row) >>> 0

/** claims[place] ← min(claims[place], claim), while others do the same. */
export function contest(claims: Uint32Array, place: number, claim: number): void {
  let held = Atomics.load(claims, place)
  while (claim < held) {
    const was = Atomics.compareExchange(claims, place, held, claim)
    if (was === held) return
    held = was
  }
}
