import './tasks.css'
import { useCallback, useEffect, useMemo, useRef, useState, type RefObject } from 'react'
import { useEveryFrame } from '../../bridge/everyFrame.ts'
import { useMedia } from '../../bridge/media.ts'
import { useLab } from '../../state/lab.ts'
import { book, useTasks } from '../../state/tasks.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { durationText } from '../format.ts'
import { GanttBars, type Tip } from './GanttBars.tsx'
import { AXIS_PX, drawGantt, type GanttPicture } from './drawGantt.ts'
import { meanBarUs, type GanttRow, nextWidth, rowHeight, rowsOf, widthFor, windowAt } from './ganttLayout.ts'
import { stateOf, type Span } from './TaskBook.ts'
import { taskName } from './taskNames.ts'

const NAMES_PX = 84
const SMALL_NAMES_PX = 12

/** Who works on what, when: a row a worker, a bar a stretch of work. Drawn on a canvas; the list says the same. */
export default function Gantt() {
  const canvas = useRef<HTMLCanvasElement>(null)
  const box = useRef<HTMLDivElement>(null)
  const scroll = useRef<HTMLDivElement>(null)
  const size = useSize(box)
  const [tip, setTip] = useState<Tip | null>(null)
  const chosen = useTasks((s) => s.chosen)
  const { rows, widthUs } = useRows()
  const left = size.width < 560 ? SMALL_NAMES_PX : NAMES_PX
  const rowPx = rowHeight(rows.length, size.height - AXIS_PX)
  const ink = useInk()
  const names = useLab((s) => s.names)
  const picture = useCallback(
    (timeUs: number): GanttPicture => ({
      ...{ book, rows, name: names.agent, view: windowAt(timeUs, widthUs), timeUs, left, rowPx, chosen, ...ink },
      ...{ width: size.width, height: size.height, scrollPx: scroll.current?.scrollTop ?? 0 },
      hovered: tip?.span ?? null,
    }),
    [rows, names, widthUs, left, rowPx, chosen, ink, size, tip],
  )
  const shown = useDrawing(canvas, scroll, size, picture)
  return (
    <div className="gantt" role="group" aria-label="Gantt chart">
      <div ref={box} className="gantt-box">
        <canvas ref={canvas} className="gantt-canvas" role="img" aria-label={words(rows.length)} />
        <GanttBars {...{ scroll, rows, rowPx, left, widthUs, shown, tip }} width={size.width} onTip={setTip} />
        {tip && <TipBox tip={tip} width={size.width} />}
        {rows.length === 0 && <p className="gantt-none quiet">{NOTHING}</p>}
      </div>
      <Zoom widthUs={widthUs} />
    </div>
  )
}

interface Size {
  readonly width: number
  readonly height: number
}

/** Size of an element, followed. */
function useSize(box: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 })
  useEffect(() => {
    const element = box.current!
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }))
    observer.observe(element)
    return () => observer.disconnect()
  }, [box])
  return size
}

/** The workers there are, and how much of the run is shown. */
function useRows(): { readonly rows: readonly GanttRow[]; readonly widthUs: number } {
  const version = useTasks((s) => s.version)
  const runUs = useLab((s) => s.scenario?.untilUs ?? 1)
  const asked = useTasks((s) => s.widthUs)
  const slots = useLab((s) => Number(s.scenario?.programs.find(({ kind }) => kind === 'worker')?.params['slots'] ?? 1))
  const rows = useMemo(() => (void version, rowsOf(book, slots)), [version, slots])
  const widthUs = useMemo(() => asked ?? (void version, widthFor(meanBarUs(book), runUs)), [asked, version, runUs])
  return { rows, widthUs }
}

/** Draws once an animation frame where something has changed; returns the time of the picture. */
function useDrawing(
  canvas: RefObject<HTMLCanvasElement | null>,
  scroll: RefObject<HTMLElement | null>,
  size: Size,
  picture: (timeUs: number) => GanttPicture,
): RefObject<number> {
  const shown = useRef(0)
  const drawn = useRef<{ key: string; picture: unknown }>({ key: '', picture: null })
  useEveryFrame((timeUs) => {
    const g = canvas.current?.getContext('2d')
    const key = `${timeUs}/${book.version}/${scroll.current?.scrollTop}`
    if (!g || size.width === 0 || (key === drawn.current.key && picture === drawn.current.picture)) return
    drawn.current = { key, picture }
    shown.current = timeUs
    fit(canvas.current!, size)
    g.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0)
    drawGantt(g, picture(timeUs))
  })
  return shown
}

const NOTHING = 'No task has been begun yet, or the programs only count theirs.'
const words = (rows: number): string => `Who works on what: ${rows} workers. The Tasks panel has the same as a list.`

function Zoom({ widthUs }: { widthUs: number }) {
  const by = (direction: 1 | -1) => () => useTasks.setState({ widthUs: nextWidth(widthUs, direction) })
  return (
    <div className="gantt-zoom">
      <Button icon small look="quiet" aria-label="Show less time" onClick={by(-1)}>
        <Icon name="plus" size={12} />
      </Button>
      <span className="mono quiet">{durationText(widthUs)}</span>
      <Button icon small look="quiet" aria-label="Show more time" onClick={by(1)}>
        <span aria-hidden="true">−</span>
      </Button>
    </div>
  )
}

function TipBox({ tip: { span, x, y }, width }: { tip: Tip; width: number }) {
  const names = useLab((s) => s.names)
  const timeUs = useLab((s) => s.facts.timeUs)
  const life = book.lives.get(span.task)
  const lasted = Math.min(span.toUs, timeUs) - span.fromUs
  return (
    <div className="gantt-tip" role="status" style={{ left: Math.min(x + 12, width - 190), top: Math.max(0, y - 64) }}>
      <strong>
        Task <span className="mono">{taskName(span.task)}</span>
        {life && `, ${stateOf(life, timeUs)}`}
      </strong>
      <span>
        {names.agent(span.worker)}, {ENDS[span.end]} <span className="mono">{durationText(Math.max(0, lasted))}</span>
      </span>
      <span className="quiet">
        kind {span.kind}
        {life && life.sizeUs > 0 && ` · ${durationText(life.sizeUs)} of work`}
        {span.demand > 1 && ` · ${span.demand} slots`}
      </span>
    </div>
  )
}

const ENDS: { readonly [E in Span['end']]: string } = {
  running: 'at work for',
  worked: 'finished in',
  preempted: 'put aside after',
  released: 'given up after',
  cut: 'crashed after',
}

/** Colours of the theme as a canvas takes them. */
function useInk(): Pick<GanttPicture, 'ink' | 'bad' | 'shade'> {
  const theme = useLab((s) => s.theme)
  const light = useMedia('(prefers-color-scheme: light)')
  const shade = theme === 'system' ? (light ? 'light' : 'dark') : theme
  return useMemo(() => INKS[shade], [shade])
}
/** As in tokens.css. */
const INKS: { readonly [S in 'dark' | 'light']: Pick<GanttPicture, 'ink' | 'bad' | 'shade'> } = {
  dark: {
    ink: { quiet: '#8c97ab', line: '#1d2431', text: '#dfe4ec', accent: '#5ad1b4' },
    ...{ bad: '#f0894d', shade: 'dark' },
  },
  light: {
    ink: { quiet: '#566173', line: '#dbe1e9', text: '#161b24', accent: '#0a7a62' },
    ...{ bad: '#a83a05', shade: 'light' },
  },
}

/** The canvas has the pixels of the screen. */
function fit(canvas: HTMLCanvasElement, { width, height }: Size): void {
  const [w, h] = [Math.round(width * devicePixelRatio), Math.round(height * devicePixelRatio)]
  if (canvas.width !== w) canvas.width = w
  if (canvas.height !== h) canvas.height = h
}
