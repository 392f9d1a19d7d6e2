import { timeAt, type View } from '../timelineGeometry.ts'
import type { Span, TaskBook } from './TaskBook.ts'
import { firstFrom } from './taskFigures.ts'

/** Part of the chart's width that lies before the time on screen; behind it is what a run has been further on to. */
const BEFORE = 0.9
const ROW_MAX = 20
const ROW_MIN = 5
/** Bars of usual length beside each other in the width that is chosen by itself. */
const BARS_SEEN = 14
const WIDTHS_US = [1, 2, 5].flatMap((m) => [1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9].map((p) => m * p)).sort((a, b) => a - b)

/** Times that the chart shows: a stretch round the time on screen. */
export function windowAt(timeUs: number, widthUs: number): View {
  // From the beginning on the chart stands still until the time has come to its place.
  const fromUs = Math.max(0, timeUs - BEFORE * widthUs)
  return { fromUs, toUs: fromUs + widthUs }
}

/** A round width in which bars of this mean length can be told apart, µs. */
export function widthFor(meanUs: number, runUs: number): number {
  if (!(meanUs > 0)) return Math.max(1_000, runUs)
  return WIDTHS_US.find((width) => width >= Math.min(BARS_SEEN * meanUs, runUs)) ?? WIDTHS_US.at(-1)!
}

/** The next width, wider (1) or narrower (−1). */
export function nextWidth(widthUs: number, direction: 1 | -1): number {
  const at = WIDTHS_US.findIndex((width) => width >= widthUs)
  return WIDTHS_US[Math.max(0, Math.min(WIDTHS_US.length - 1, at + direction))]!
}

/** Mean length of the newest bars that were worked to their end, µs; of none as if all until now were a chart full. */
export function meanBarUs(book: TaskBook): number {
  let sum = 0
  let count = 0
  for (const spans of book.spans.values())
    for (const span of spans.slice(-20))
      if (span.end === 'worked') {
        sum += span.toUs - span.fromUs
        count++
      }
  if (count > 0) return sum / count
  const startsUs = [...book.spans.values()].map((spans) => spans.at(-1)?.fromUs ?? 0)
  return startsUs.reduce((latest, atUs) => Math.max(latest, atUs), 0) / BARS_SEEN
}

/** Height of a row so that all are seen, where they can be; px. */
export const rowHeight = (rows: number, height: number): number =>
  Math.max(ROW_MIN, Math.min(ROW_MAX, Math.floor(height / Math.max(1, rows))))

/** Calls `draw` with each bar of a worker that the view shows. */
export function eachBar(spans: readonly Span[], view: View, firstStartUs: number, draw: (span: Span) => void): void {
  for (let k = firstFrom(spans, firstStartUs); k < spans.length; k++) {
    const span = spans[k]!
    if (span.fromUs > view.toUs) return
    if (span.toUs >= view.fromUs) draw(span)
  }
}

export interface GanttRow {
  readonly worker: number
  /** Slots that it had in work at once, at most. */
  readonly lanes: number
}

/**
 * Every worker that has worked, ascending.
 * @param slots of a worker: where tasks take several, a row is as high as all of them, so that a bar shows its share.
 */
export function rowsOf(book: TaskBook, slots = 1): readonly GanttRow[] {
  const least = [...book.spans.values()].some((spans) => spans.some(({ demand }) => demand > 1)) ? slots : 1
  return [...book.spans]
    .map(([worker, spans]) => ({
      worker,
      lanes: spans.reduce((most, { lane, demand }) => Math.max(most, lane + demand), least),
    }))
    .sort((a, b) => a.worker - b.worker)
}

/** Bars of one worker that the view shows. */
function barsIn(book: TaskBook, row: GanttRow | undefined, view: View): readonly Span[] {
  const bars: Span[] = []
  if (row) eachBar(book.spans.get(row.worker) ?? [], view, book.firstStartUs(view.fromUs), (span) => bars.push(span))
  return bars
}

const KEYS: { readonly [key: string]: readonly [rows: number, bars: number] } = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
}

/** The bar that an arrow key leads to, among those that the view shows; from none to the newest of the first row. */
export function barBy(
  book: TaskBook,
  rows: readonly GanttRow[],
  view: View,
  from: Span | null,
  key: string,
): Span | null | undefined {
  const step = KEYS[key]
  if (step === undefined) return undefined
  const at = rows.findIndex(({ worker }) => worker === from?.worker)
  if (from === null || at < 0) return rows.map((row) => barsIn(book, row, view).at(-1)).find(Boolean) ?? null
  const [down, along] = step
  const bars = barsIn(book, rows[at], view)
  const place = bars.indexOf(from)
  if (along !== 0) return (place < 0 ? bars.at(-1) : bars[place + along]) ?? from
  for (let r = at + down; rows[r]; r += down) {
    const beside = barsIn(book, rows[r], view)
    const last = beside.findLast(({ fromUs }) => fromUs <= from.fromUs) ?? beside[0]
    if (last) return last
  }
  return from
}

/** Bars so thin are still hit within this reach, px. */
const REACH_PX = 3

/** The bar under a point of the chart, the shortest where several lie there; null: none. */
export function barAt(
  book: TaskBook,
  row: GanttRow | undefined,
  view: View,
  at: { readonly x: number; readonly width: number; readonly timeUs: number; readonly inRow: number },
): Span | null {
  if (row === undefined) return null
  const reachUs = (REACH_PX * (view.toUs - view.fromUs)) / Math.max(1, at.width)
  const timeUs = timeAt(view, at.x, at.width)
  const lane = Math.min(row.lanes - 1, Math.floor(at.inRow * row.lanes))
  let found: Span | null = null
  eachBar(book.spans.get(row.worker) ?? [], view, book.firstStartUs(view.fromUs), (span) => {
    const toUs = Math.min(span.toUs, Math.max(at.timeUs, span.fromUs))
    if (lane < span.lane || lane >= span.lane + span.demand) return
    if (timeUs < span.fromUs - reachUs || timeUs > toUs + reachUs) return
    if (found === null || span.toUs - span.fromUs < found.toUs - found.fromUs) found = span
  })
  return found
}
