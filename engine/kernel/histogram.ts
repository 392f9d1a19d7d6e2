import { assert } from './assert.ts'

/**
 * Log-linear histogram of whole numbers 0…2⁵³−1 (after HdrHistogram): exact below 256, above that 128 slots an octave,
 * so that a reported value lies within 1/256 of the recorded one. Plain data: clone, merge and hash it like any state.
 */
export interface Histogram {
  /** Values in each slot; f64, exact to 2⁵³. */
  readonly counts: Float64Array
  count: number
  /** Exact to 2⁵³. */
  sum: number
  /** 2⁵³−1 and 0 while empty. */
  min: number
  max: number
}

const SLOTS_PER_OCTAVE = 128
const SLOTS = 46 * SLOTS_PER_OCTAVE + SLOTS_PER_OCTAVE
/** Largest |reported − recorded| / recorded. */
export const HISTOGRAM_ERROR_MAX = 1 / 256

export const histogram = (): Histogram => ({
  counts: new Float64Array(SLOTS),
  count: 0,
  sum: 0,
  min: Number.MAX_SAFE_INTEGER,
  max: 0,
})

/** floor(log₂ value), value ≥ 1. */
const bitLength = (value: number): number =>
  value < 4294967296 ? 31 - Math.clz32(value) : 63 - Math.clz32(Math.floor(value / 4294967296))

function slotOf(value: number): number {
  if (value < 256) return value
  const octave = bitLength(value) - 7
  return octave * SLOTS_PER_OCTAVE + Math.floor(value / widthOf(octave))
}
/** 2^octave, octave ≤ 45. */
const widthOf = (octave: number): number => (octave < 31 ? 1 << octave : 2147483648 * (1 << (octave - 31)))
const octaveOf = (slot: number): number => Math.max(0, Math.floor(slot / SLOTS_PER_OCTAVE) - 1)
const lowestOf = (slot: number): number => (slot - octaveOf(slot) * SLOTS_PER_OCTAVE) * widthOf(octaveOf(slot))

/** Adds `value` (a whole number ≥ 0) `times` times. Mutates `into`. */
export function record(into: Histogram, value: number, times = 1): void {
  assert(Number.isSafeInteger(value) && value >= 0, 'a histogram holds whole numbers 0…2⁵³−1')
  const slot = slotOf(value)
  into.counts[slot] = into.counts[slot]! + times
  into.count += times
  into.sum += value * times
  if (value < into.min) into.min = value
  if (value > into.max) into.max = value
}

/** Adds everything in `from`; the order of merging makes no difference. Mutates `into` only. */
export function merge(into: Histogram, from: Histogram): void {
  for (let slot = 0; slot < SLOTS; slot++) into.counts[slot] = into.counts[slot]! + from.counts[slot]!
  into.count += from.count
  into.sum += from.sum
  into.min = Math.min(into.min, from.min)
  into.max = Math.max(into.max, from.max)
}

/** Empties it. */
export function reset(h: Histogram): void {
  h.counts.fill(0)
  h.count = 0
  h.sum = 0
  h.min = Number.MAX_SAFE_INTEGER
  h.max = 0
}

/**
 * The value of rank ⌈q·count⌉ (the smallest for q = 0), within 1/256; the ends are exact. NaN while empty.
 * @param q 0..1
 */
export function quantile(h: Histogram, q: number): number {
  if (h.count === 0) return NaN
  // 0.07 · 100 is 7.000000000000001: the factor keeps such a product from counting one rank too far
  const rank = Math.max(1, Math.ceil(q * h.count * (1 - 1e-12)))
  if (rank >= h.count) return h.max
  let seen = 0
  let slot = -1
  while (seen < rank) seen += h.counts[++slot]!
  const middle = lowestOf(slot) + Math.floor(widthOf(octaveOf(slot)) / 2)
  return Math.min(h.max, Math.max(h.min, middle))
}

/** Exact while the sum is below 2⁵³. NaN while empty. */
export const mean = (h: Histogram): number => h.sum / h.count

/** Every slot that holds something, ascending: values `low`…`high` inclusive were recorded `count` times. */
export function forEachSlot(h: Histogram, visit: (low: number, high: number, count: number) => void): void {
  for (let slot = 0; slot < SLOTS; slot++) {
    const count = h.counts[slot]!
    if (count > 0) visit(lowestOf(slot), lowestOf(slot) + widthOf(octaveOf(slot)) - 1, count)
  }
}
