import type { Samples } from './Samples.ts'
import type { Report, TaskBook } from './TaskBook.ts'

/** How many values lie in [fromUs, toUs). */
export interface Bucket {
  readonly fromUs: number
  readonly toUs: number
  readonly count: number
}

/** Nearest-rank quantile of values sorted ascending; NaN where there are none. */
const quantile = (sorted: Float64Array, q: number): number =>
  sorted.length === 0 ? NaN : sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)]!

/** How a run at work is doing, at one time. NaN where nothing is known yet. */
export interface Health {
  readonly submitted: number
  readonly done: number
  readonly failed: number
  readonly unassignable: number
  readonly again: number
  /** From the first submission to the last end, µs. */
  readonly makespanUs: number
  /** Tasks done a second, over the window. */
  readonly perSecond: number
  readonly response: Spread
  /** From the submission to the start. */
  readonly start: Spread
  /** Share of the window that workers were at work, 0..1. */
  readonly utilisation: number
  /** Share of their slots that was in use, 0..1; NaN where they do not tell them. */
  readonly slotUse: number
}

/** Of durations, µs. */
export interface Spread {
  readonly count: number
  readonly meanUs: number
  readonly p50Us: number
  readonly p95Us: number
  readonly p99Us: number
  readonly histogram: readonly Bucket[]
}

/** Six edges a decade, from 1 µs to as long as any run lasts; what is shorter is in the first bucket. */
const EDGES_US: readonly number[] = [
  0,
  ...Array.from({ length: 14 }, (_, decade) => [1, 1.5, 2, 3, 5, 7].map((step) => step * 10 ** decade)).flat(),
  Infinity,
]

/** A logarithmic histogram of values sorted ascending, from the first bucket that is not empty to the last. */
export function bucketsOf(sorted: Float64Array): readonly Bucket[] {
  const buckets: Bucket[] = []
  let k = 0
  for (let b = 0; b + 1 < EDGES_US.length && k < sorted.length; b++) {
    const from = k
    while (k < sorted.length && sorted[k]! < EDGES_US[b + 1]!) k++
    if (k > from || buckets.length > 0) buckets.push({ fromUs: EDGES_US[b]!, toUs: EDGES_US[b + 1]!, count: k - from })
  }
  return buckets
}

export function spreadOf(samples: Samples, fromUs: number, toUs: number): Spread {
  const sorted = samples.sortedWithin(fromUs, toUs)
  let sum = 0
  for (const value of sorted) sum += value
  return {
    count: sorted.length,
    meanUs: sorted.length === 0 ? NaN : sum / sorted.length,
    p50Us: quantile(sorted, 0.5),
    p95Us: quantile(sorted, 0.95),
    p99Us: quantile(sorted, 0.99),
    histogram: bucketsOf(sorted),
  }
}

/**
 * What the book tells of the time from `fromUs` to `toUs`; counts are since the start of the run.
 * @param workers how many could have worked.
 */
export function healthOf(book: TaskBook, fromUs: number, toUs: number, workers: number): Health {
  const told = reportedUpTo(book.reports, toUs)
  const count = (name: string, samples: Samples): number => Math.max(samples.countUpTo(toUs), told[name] ?? 0)
  const { submitted, done } = book
  const from = Math.max(0, fromUs)
  const windowUs = Math.max(1, toUs - from)
  const last = Math.max(-1, ...[done, book.failed].map((s) => s.atUs[s.firstFrom(toUs + 0.5) - 1] ?? -1))
  const before = reportedUpTo(book.reports, from)
  const doneBefore = Math.max(done.countUpTo(from), before['done'] ?? 0)
  /** Where tasks are only counted the reports' sums give the means. */
  const since = (name: string): number => (told[name] ?? NaN) - (before[name] ?? 0)
  const spread = (samples: Samples, sum: string): Spread => {
    const own = spreadOf(samples, from, toUs)
    return own.count > 0 ? own : { ...own, meanUs: since('done') > 0 ? since(sum) / since('done') : NaN }
  }
  // Where some tasks were only counted, bars and times of ends tell of the others alone.
  const partly = (told['submitted'] ?? 0) > submitted.countUpTo(toUs)
  const reported = since('workedUs')
  const busy = book.spans.size > 0 && !(partly && reported >= 0) ? busyUs(book, from, toUs) : reported
  const doneNow = count('done', done)
  return {
    submitted: count('submitted', submitted),
    done: doneNow,
    failed: count('failed', book.failed),
    unassignable: count('unassignable', book.unassignable),
    again: count('again', book.again),
    makespanUs: last < 0 || partly || submitted.atUs.length === 0 ? NaN : last - submitted.atUs[0]!,
    perSecond: (1e6 * (doneNow - doneBefore)) / windowUs,
    response: spread(done, 'tookUs'),
    start: spread(book.started, 'waitedUs'),
    // Who works on parts of a job together tells but once of it: then the program's own word counts.
    slotUse: partly ? NaN : slotUse(book, from, toUs),
    utilisation: told['utilisation'] ?? (workers === 0 ? NaN : busy / (workers * windowUs)),
  }
}

/** Sums over all agents of what each reported last. */
export function reportedUpTo(reports: readonly Report[], timeUs: number): { readonly [name: string]: number } {
  const newest = new Map<number, Report>()
  for (const report of reports) {
    if (report.atUs > timeUs) break
    newest.set(report.agent, report)
  }
  const sums: { [name: string]: number } = {}
  for (const { counts } of newest.values())
    for (const [name, value] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + value
  return sums
}

/** Work between two times, summed over all workers, µs; of several tasks at once a worker's time counts once. */
function busyUs(book: TaskBook, fromUs: number, toUs: number): number {
  let sum = 0
  const firstUs = book.firstStartUs(fromUs)
  for (const spans of book.spans.values()) {
    let untilUs = fromUs
    for (let k = firstFrom(spans, firstUs); k < spans.length; k++) {
      const span = spans[k]!
      if (span.fromUs >= toUs) break
      const from = Math.max(untilUs, span.fromUs)
      const to = Math.min(span.toUs, toUs)
      if (to <= from) continue
      sum += to - from
      untilUs = to
    }
  }
  return sum
}

/** Slots in use beside slots there are, over the window and the workers that tell how many they have. */
function slotUse(book: TaskBook, fromUs: number, toUs: number): number {
  let there = 0
  let used = 0
  const firstUs = book.firstStartUs(fromUs)
  for (const [worker, rooms] of book.rooms) {
    rooms.forEach(({ atUs, slots }, k) => {
      const untilUs = Math.min(toUs, rooms[k + 1]?.atUs ?? Infinity)
      there += slots * Math.max(0, untilUs - Math.max(fromUs, atUs))
    })
    const spans = book.spans.get(worker) ?? []
    for (let k = firstFrom(spans, firstUs); k < spans.length && spans[k]!.fromUs < toUs; k++) {
      const span = spans[k]!
      used += span.demand * Math.max(0, Math.min(span.toUs, toUs) - Math.max(span.fromUs, fromUs))
    }
  }
  return there === 0 ? NaN : used / there
}

/** Index of the first bar that begins at or after `timeUs`. */
export function firstFrom(spans: readonly { readonly fromUs: number }[], timeUs: number): number {
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (spans[middle]!.fromUs < timeUs) low = middle + 1
    else high = middle
  }
  return low
}

/** Jain, Chiu, Hawe 1984: 1 where all have the same, 1/n where one has everything. NaN where nobody has anything. */
export function jain(shares: Iterable<number>): number {
  let n = 0
  let sum = 0
  let squares = 0
  for (const share of shares) {
    n++
    sum += share
    squares += share * share
  }
  return sum === 0 ? NaN : (sum * sum) / (n * squares)
}

/** How many agents hold how many tasks: one bar a number up to 12, then by doublings. */
export function queueBars(queues: readonly number[]): readonly { readonly label: string; readonly count: number }[] {
  const edges = [0, 1, 2, 3, 4, 5, 6, 8, 11, 16, 31, 61, 121, Infinity]
  const bars = edges.slice(0, -1).map((from, k) => {
    const to = edges[k + 1]!
    return { label: `${from}`, count: queues.filter((q) => from <= q && q < to).length }
  })
  const last = bars.findLastIndex(({ count }) => count > 0)
  return bars.slice(0, Math.max(4, last + 1))
}
