/** How many measured values lie in [fromUs, toUs). */
export interface Bucket {
  readonly fromUs: number
  readonly toUs: number
  readonly count: number
}

/** Six edges a decade, from 0.1 µs to 0.1 s: even steps on a logarithmic axis, round numbers beside it. */
const EDGES_US: readonly number[] = [0, ...decades([1, 1.5, 2, 3, 5, 7], -1, 4), 100_000, Infinity]

function decades(steps: readonly number[], first: number, last: number): number[] {
  const edges: number[] = []
  for (let d = first; d <= last; d++) for (const s of steps) edges.push(d < 0 ? s / 10 ** -d : s * 10 ** d)
  return edges
}

/** A logarithmic histogram of `samplesUs`, from the first bucket that is not empty to the last. */
export function bucketsOf(samplesUs: Float64Array): readonly Bucket[] {
  const counts = new Array<number>(EDGES_US.length - 1).fill(0)
  for (const sample of samplesUs) {
    let b = 0
    while (sample >= EDGES_US[b + 1]!) b++
    counts[b]!++
  }
  const buckets = counts.map((count, b) => ({ fromUs: EDGES_US[b]!, toUs: EDGES_US[b + 1]!, count }))
  const first = counts.findIndex((count) => count > 0)
  const last = counts.findLastIndex((count) => count > 0)
  return first < 0 ? [] : buckets.slice(first, last + 1)
}

/** Nearest-rank quantile, 0 ≤ q ≤ 1, of values sorted ascending. NaN where there are none. */
export const quantile = (sorted: Float64Array, q: number): number =>
  sorted.length === 0 ? NaN : sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)]!
