import { useMemo, useRef, useState, type PointerEvent } from 'react'
import { editLog } from '../bridge/actions.ts'
import { useLab } from '../state/lab.ts'
import { BandEditor } from './BandEditor.tsx'
import { durationText } from './format.ts'
import {
  canResize,
  fractionOf,
  labelsUnder,
  moveCommand,
  removeCommand,
  resizeCommand,
  shadedBands,
  snapUs,
  stackBands,
  type Band,
  type View,
} from './timelineGeometry.ts'

/** A band is never narrower than this, so that it can be grabbed. */
const MIN_PX = 14
const ROWS = 2
/** Width of a label, near enough to stack by: 11 px Inter is about 5.8 px a letter. */
const LABEL_MAX_PX = 220
const labelPx = (band: Band): number => Math.min(LABEL_MAX_PX, 14 + 5.8 * band.label.length)
/** A press that moves less than this is a click. */
const DRAG_PX = 4

interface Drag {
  readonly index: number
  readonly edge: boolean
  readonly startX: number
  readonly deltaUs: number
  readonly moved: boolean
}

/** Fault bands behind the charts: drag to move, drag the end to resize, click to edit. Every change can be undone. */
export function BandLayer({ bands, view, width }: { bands: readonly Band[]; view: View; width: number }) {
  const [drag, setDrag] = useState<Drag | null>(null)
  const [editing, setEditing] = useState<number | null>(null)
  const usPerPx = width > 0 ? (view.toUs - view.fromUs) / width : 0
  const rows = useMemo(() => stackBands(bands, (b) => labelPx(b) * usPerPx), [bands, usPerPx])
  const under = useMemo(() => labelsUnder(bands, rows, ROWS, (b) => labelPx(b) * usPerPx), [bands, rows, usPerPx])
  const shaded = useMemo(() => shadedBands(bands), [bands])
  const shown = bands.map((b) => (drag?.index === b.index && drag.moved ? dragged(b, drag) : b))
  const finish = (band: Band): void => {
    if (!drag) return
    setDrag(null)
    if (!drag.moved) return setEditing(editing === band.index ? null : band.index)
    const { log } = useLab.getState().facts
    const to = dragged(band, drag)
    void editLog(drag.edge ? resizeCommand(log, band.index, to.to) : moveCommand(log, band.index, to.from))
  }
  const edited = editing === null ? undefined : shown.find((b) => b.index === editing)
  return (
    <div className="bands">
      {shown.map((band, i) => (
        <BandShape
          key={band.index}
          band={band}
          row={Math.min(rows[i] ?? 0, ROWS - 1)}
          under={under[i] ?? 0}
          shaded={shaded[i] ?? true}
          view={view}
          usPerPx={usPerPx}
          chosen={editing === band.index}
          onStart={(e, edge) => {
            e.currentTarget.setPointerCapture(e.pointerId)
            setDrag({ index: band.index, edge, startX: e.clientX, deltaUs: 0, moved: false })
          }}
          onMove={(e) => {
            if (!drag || drag.index !== band.index) return
            const px = e.clientX - drag.startX
            setDrag({ ...drag, deltaUs: px * usPerPx, moved: drag.moved || Math.abs(px) > DRAG_PX })
          }}
          onEnd={() => finish(bands[i]!)}
          onCancel={() => setDrag(null)}
          onToggle={() => setEditing(editing === band.index ? null : band.index)}
        />
      ))}
      {edited && (
        <BandEditor band={edited} left={100 * fractionOf(view, edited.from)} onClose={() => setEditing(null)} />
      )}
    </div>
  )
}

const dragged = (band: Band, drag: Drag): Band =>
  drag.edge
    ? { ...band, to: Math.max(band.from + 1000, snapUs(band.to + drag.deltaUs)) }
    : { ...band, from: snapUs(band.from + drag.deltaUs), to: snapUs(band.from + drag.deltaUs) + band.to - band.from }

interface BandShapeProps {
  band: Band
  row: number
  /** Labels that lie under this one. */
  under: number
  shaded: boolean
  view: View
  usPerPx: number
  chosen: boolean
  onStart(e: PointerEvent<HTMLElement>, edge: boolean): void
  onMove(e: PointerEvent<HTMLElement>): void
  onEnd(): void
  onCancel(): void
  onToggle(): void
}

function BandShape(props: BandShapeProps) {
  const { band, row, under, shaded, view, usPerPx, chosen, onStart, onMove, onEnd, onCancel, onToggle } = props
  const keys = useRef(false)
  const to = Math.min(view.toUs, Math.max(band.to, band.from + MIN_PX * usPerPx))
  const shift = (us: number): void => {
    const { log } = useLab.getState().facts
    void editLog(moveCommand(log, band.index, band.from + us))
  }
  return (
    <div
      className={chosen ? 'band band-chosen' : shaded ? 'band' : 'band band-bare'}
      style={{
        left: `${100 * fractionOf(view, band.from)}%`,
        width: `${100 * (fractionOf(view, to) - fractionOf(view, band.from))}%`,
      }}
    >
      <button
        type="button"
        className="band-label"
        style={{ top: 2 + 17 * row, maxWidth: Math.min(LABEL_MAX_PX, (view.toUs - band.from) / usPerPx) }}
        title={`${band.label}. Drag to move, click to edit.`}
        aria-label={`${band.label}, from ${durationText(band.from)} to ${durationText(band.to)}. Enter edits, arrows move, delete removes.`}
        aria-expanded={chosen}
        onPointerDown={(e) => e.button === 0 && onStart(e, false)}
        onPointerMove={onMove}
        onPointerUp={onEnd}
        onPointerCancel={onCancel}
        onClick={() => keys.current && onToggle()}
        onKeyDown={(e) => {
          keys.current = e.key === 'Enter' || e.key === ' '
          const by = { ArrowLeft: -10_000, ArrowRight: 10_000 }[e.key]
          if (by !== undefined) shift(by * (e.shiftKey ? 10 : 1))
          else if (e.key === 'Delete' || e.key === 'Backspace')
            void editLog(removeCommand(useLab.getState().facts.log, band.index))
          else return
          e.preventDefault()
        }}
        onKeyUp={() => setTimeout(() => (keys.current = false), 0)}
      >
        <span className="band-words">{band.label}</span>
        {under > 0 && <span className="band-under mono">+{under}</span>}
      </button>
      {canResize(band) && (
        <span
          className="band-edge"
          aria-hidden="true"
          onPointerDown={(e) => e.button === 0 && onStart(e, true)}
          onPointerMove={onMove}
          onPointerUp={onEnd}
          onPointerCancel={onCancel}
        />
      )}
    </div>
  )
}
