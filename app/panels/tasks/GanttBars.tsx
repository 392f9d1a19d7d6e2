import { useRef, type KeyboardEvent, type MouseEvent, type RefObject } from 'react'
import { book, chooseTask } from '../../state/tasks.ts'
import { fractionOf } from '../timelineGeometry.ts'
import { barAt, barBy, type GanttRow, windowAt } from './ganttLayout.ts'
import type { Span } from './TaskBook.ts'
import { scrolledTo } from './useRovingRows.ts'

/** The bar that a pointer or the keyboard has come to, and where in the box of the chart. */
export interface Tip {
  readonly span: Span
  readonly x: number
  readonly y: number
}

export interface GanttBarsProps {
  readonly scroll: RefObject<HTMLDivElement | null>
  readonly rows: readonly GanttRow[]
  readonly rowPx: number
  /** Of the names at the left, and of the whole, px. */
  readonly left: number
  readonly width: number
  readonly widthUs: number
  /** Time of the picture. */
  readonly shown: RefObject<number>
  readonly tip: Tip | null
  onTip(tip: Tip | null): void
}

/** What lies over the picture of the chart: it scrolls, is pointed at, and goes from bar to bar by arrow keys. */
export function GanttBars({ scroll, rows, rowPx, left, width, widthUs, shown, tip, onTip }: GanttBarsProps) {
  const scrolledByKey = useRef(false)
  /** Where the keyboard was before something else had the focus. */
  const last = useRef<Span | null>(null)
  const view = () => windowAt(shown.current, widthUs)
  const under = (e: MouseEvent): Tip | null => {
    const at = scroll.current!.getBoundingClientRect()
    const [x, y] = [e.clientX - at.left, e.clientY - at.top]
    const inRows = (y + scroll.current!.scrollTop) / rowPx
    const row = Math.floor(inRows)
    const place = { x: x - left, width: width - left, timeUs: shown.current, inRow: inRows - row }
    const span = place.x < 0 ? null : barAt(book, rows[row], view(), place)
    return span && { span, x, y }
  }
  /** Its row is brought into sight. */
  const beside = (span: Span): Tip => {
    const row = rows.findIndex(({ worker }) => worker === span.worker)
    const list = scroll.current!
    const top = scrolledTo(row, rowPx, list)
    scrolledByKey.current = top !== list.scrollTop
    list.scrollTop = top
    const x = left + fractionOf(view(), span.fromUs) * (width - left)
    return { span, x: Math.max(left, x), y: row * rowPx - top }
  }
  const onKeyDown = (e: KeyboardEvent): void => {
    if (e.key === 'Enter' && tip) return chooseTask(tip.span.task)
    const span = e.key === 'Escape' ? null : barBy(book, rows, view(), tip?.span ?? last.current, e.key)
    if (span === undefined) return
    e.preventDefault()
    last.current = span
    onTip(span && beside(span))
  }
  const onScroll = (): void => {
    if (!scrolledByKey.current) onTip(null)
    scrolledByKey.current = false
  }
  return (
    <div
      ref={scroll}
      className="gantt-scroll"
      role="application"
      aria-label="Bars of work: arrow keys go from one to the next, Enter chooses its task"
      tabIndex={0}
      onMouseMove={(e) => onTip(under(e))}
      onMouseLeave={() => onTip(null)}
      onScroll={onScroll}
      onClick={(e) => chooseTask(under(e)?.span.task ?? null)}
      onKeyDown={onKeyDown}
      onBlur={() => onTip(null)}
    >
      <div style={{ height: Math.max(0, rows.length * rowPx) }} />
    </div>
  )
}
