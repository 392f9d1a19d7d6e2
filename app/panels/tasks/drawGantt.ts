import { fractionOf, ticks, type View } from '../timelineGeometry.ts'
import { durationText } from '../format.ts'
import { eachBar, type GanttRow } from './ganttLayout.ts'
import { taskColour, type Shade } from './kindColours.ts'
import type { Span, TaskBook } from './TaskBook.ts'

export interface GanttPicture {
  readonly book: TaskBook
  readonly rows: readonly GanttRow[]
  readonly name: (agent: number) => string
  readonly view: View
  readonly timeUs: number
  /** px: of the whole, of the names at the left, of a row, and how far the rows are scrolled. */
  readonly width: number
  readonly height: number
  readonly left: number
  readonly rowPx: number
  readonly scrollPx: number
  readonly chosen: number | null
  readonly hovered: Span | null
  readonly shade: Shade
  /** Colours of the page, as CSS writes them. */
  readonly ink: { readonly quiet: string; readonly line: string; readonly text: string; readonly accent: string }
  readonly bad: string
}
/** Under the rows, for the times. */
export const AXIS_PX = 18
/** On every colour of a kind. */
const NUMBER_INK = '#0d1017'
/** A bar this wide bears its task's number. */
const NUMBER_PX = 30

/** The chart into `g`, whose unit is a CSS px. Reads only. */
export function drawGantt(g: CanvasRenderingContext2D, p: GanttPicture): void {
  g.clearRect(0, 0, p.width, p.height)
  const plot = p.width - p.left
  const bottom = p.height - AXIS_PX
  const x = (timeUs: number): number => p.left + fractionOf(p.view, timeUs) * plot
  g.font = "10.5px 'JetBrains Mono Variable', ui-monospace, monospace"
  g.textBaseline = 'middle'
  for (const t of ticks(p.view, plot, 90)) {
    g.fillStyle = p.ink.line
    g.fillRect(Math.round(x(t)), 0, 1, bottom)
    g.fillStyle = p.ink.quiet
    if (x(t) < p.width - 40) g.fillText(durationText(t), x(t) + 4, bottom + 9)
  }
  g.save()
  g.beginPath()
  g.rect(0, 0, p.width, bottom)
  g.clip()
  const first = Math.floor(p.scrollPx / p.rowPx)
  const last = Math.min(p.rows.length, Math.ceil((p.scrollPx + bottom) / p.rowPx))
  for (let r = first; r < last; r++) drawRow(g, p, p.rows[r]!, r * p.rowPx - p.scrollPx, x)
  const now = Math.round(x(p.timeUs))
  g.fillStyle = p.ink.text
  g.fillRect(now, 0, 1, bottom)
  g.restore()
}

function drawRow(
  g: CanvasRenderingContext2D,
  p: GanttPicture,
  row: GanttRow,
  top: number,
  x: (timeUs: number) => number,
): void {
  const gap = p.rowPx >= 8 ? 2 : 1
  if (p.rowPx >= 11) {
    g.fillStyle = p.ink.quiet
    g.textAlign = 'right'
    g.fillText(p.name(row.worker), p.left - 8, top + p.rowPx / 2, p.left - 12)
    g.textAlign = 'left'
  }
  g.fillStyle = p.ink.line
  g.fillRect(p.left, Math.round(top + p.rowPx) - 1, p.width - p.left, 1)
  const tall = (p.rowPx - gap) / row.lanes
  g.save()
  g.beginPath()
  g.rect(p.left, top, p.width - p.left, p.rowPx)
  g.clip()
  eachBar(p.book.spans.get(row.worker) ?? [], p.view, p.book.firstStartUs(p.view.fromUs), (span) =>
    drawBar(
      g,
      p,
      span,
      { top: top + gap / 2 + span.lane * tall, tall: Math.max(1, span.demand * tall - (row.lanes > 1 ? 1 : 0)) },
      x,
    ),
  )
  g.restore()
}

function drawBar(
  g: CanvasRenderingContext2D,
  p: GanttPicture,
  span: Span,
  { top, tall }: { top: number; tall: number },
  x: (timeUs: number) => number,
): void {
  // What lies behind the time on screen has been run already: it is there, faintly.
  const endUs = span.end === 'running' ? Math.max(p.timeUs, span.fromUs) : span.toUs
  const from = Math.max(p.left - 2, x(span.fromUs))
  const to = Math.min(p.width + 2, x(endUs))
  const wide = Math.max(1.2, to - from - 0.8)
  const ahead = span.fromUs > p.timeUs
  const chosen = span.task === p.chosen
  const colour = taskColour(span.kind, p.shade)
  g.globalAlpha = ahead ? 0.28 : p.chosen !== null && !chosen ? 0.55 : 1
  g.fillStyle = colour
  const shown = span.end === 'preempted' ? Math.max(1, tall * 0.6) : tall
  if (wide > 5 && shown > 4) {
    g.beginPath()
    g.roundRect(from, top + (tall - shown) / 2, wide, shown, 2)
    g.fill()
  } else g.fillRect(from, top + (tall - shown) / 2, wide, shown)
  if (span.end === 'cut' || span.end === 'released') {
    g.fillStyle = p.bad
    g.fillRect(Math.max(from, to - 2.5), top, 2.5, tall)
  }
  g.globalAlpha = 1
  if (chosen || span === p.hovered) {
    g.strokeStyle = chosen ? p.ink.accent : p.ink.text
    g.lineWidth = chosen ? 2 : 1
    g.strokeRect(from - 0.5, top - 0.5, wide + 1, tall + 1)
  }
  if (wide < NUMBER_PX || tall < 11 || ahead) return
  g.fillStyle = NUMBER_INK
  g.fillText(`${span.task % 2 ** 24}`, Math.max(from, p.left) + 5, top + tall / 2 + 0.5)
}
