import './panels.css'
import './readings.css'
import './overlays.css'
import './timeline.css'
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { bands } from '../../engine/faults/bands.ts'
import { useEveryFrame } from '../bridge/everyFrame.ts'
import { hasTasks } from '../state/hasTasks.ts'
import { useLab } from '../state/lab.ts'
import { BandLayer } from './BandLayer.tsx'
import { withMissed, leadSpans } from './caption.ts'
import { detectionSpans } from './detectionSpans.ts'
import { durationText } from './format.ts'
import { Lanes } from './Lanes.tsx'
import { eventMarks } from './eventMarks.ts'
import { useWriters } from './useCaption.ts'
import { fractionOf, ticks, type View } from './timelineGeometry.ts'
import { useScrub, useView } from './useScrub.ts'

const Charts = lazy(() => import('./Charts.tsx'))
const TaskTimeline = lazy(() => import('./tasks/TaskTimeline.tsx'))

const percent = (view: View, timeUs: number): string => `${100 * fractionOf(view, timeUs)}%`

/** Of a run with tasks also who works on what. */
export default function Timeline() {
  const tasks = useLab((s) => hasTasks(s.scenario))
  return (
    <div className="timeline">
      {tasks ? (
        <Suspense fallback={<div className="timeline-plot" />}>
          <TaskTimeline charts={<Plot />} />
        </Suspense>
      ) : (
        <Plot />
      )}
    </div>
  )
}

/** Lanes, events, faults and charts on one axis of virtual time. */
function Plot() {
  const view = useView()
  const [width, setWidth] = useState(0)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const observer = new ResizeObserver(() => setWidth(box.current?.clientWidth ?? 0))
    if (box.current) observer.observe(box.current)
    return () => observer.disconnect()
  }, [])
  return (
    <>
      <div ref={box} className="timeline-plot">
        <Grid view={view} width={width} />
        <Faults view={view} width={width} />
        <Events view={view} />
        <Lane view={view} />
        <Suspense>{width > 0 && <Charts view={view} width={width} />}</Suspense>
        <Playhead view={view} />
      </div>
      <Lanes view={view} />
    </>
  )
}

function Grid({ view, width }: { view: View; width: number }) {
  return (
    <div className="timeline-grid" aria-hidden="true">
      {ticks(view, width).map((t) => (
        <span key={t} className="tick" style={{ left: percent(view, t) }}>
          <em className="mono">{durationText(t)}</em>
        </span>
      ))}
    </div>
  )
}

function Faults({ view, width }: { view: View; width: number }) {
  const log = useLab((s) => s.facts.log)
  const names = useLab((s) => s.names)
  const marks = useLab((s) => s.marks)
  const list = useMemo(() => withMissed(bands(log, view.toUs, names), marks.headlines), [log, view.toUs, names, marks])
  return <BandLayer bands={list} view={view} width={width} />
}

/** Elections and faults as small triangles: up to a few hundred, the newest win. */
function Events({ view }: { view: View }) {
  const marks = useLab((s) => s.marks)
  const names = useLab((s) => s.names)
  const space = useWriters()?.['space']
  const events = useMemo(() => eventMarks(marks.headlines, names, space && { space }), [marks, names, space])
  return (
    <div className="timeline-events">
      {events.map((e) => (
        <span
          key={e.id}
          className={`event-mark tone-${e.tone}`}
          style={{ left: percent(view, e.timeUs) }}
          title={`${e.sentence}, at ${durationText(e.timeUs)}`}
        />
      ))}
    </div>
  )
}

/** Who leads; or of bodies alone, what has emerged. */
function Lane({ view }: { view: View }) {
  const bodiesAlone = useLab((s) => s.scenario !== null && s.scenario.programs.length === 0)
  return bodiesAlone ? <Detections view={view} /> : <Leads view={view} />
}

function Detections({ view }: { view: View }) {
  const scrub = useScrub(view)
  const frontier = useLab((s) => s.facts.frontierUs)
  const marks = useLab((s) => s.marks)
  const spans = useMemo(() => detectionSpans(marks.headlines, frontier), [marks, frontier])
  return (
    <div className="leads" {...scrub}>
      {spans.map(({ fromUs, toUs, label, detector }) => {
        const share = fractionOf(view, toUs) - fractionOf(view, fromUs)
        return (
          <span
            key={`${detector}/${fromUs}`}
            className="lead-span lead-found"
            style={{ left: percent(view, fromUs), width: `${100 * share}%` }}
            title={`${label}, ${durationText(fromUs)} to ${durationText(toUs)}`}
          >
            {share > 0.04 && <em>{label}</em>}
          </span>
        )
      })}
    </div>
  )
}

function Leads({ view }: { view: View }) {
  const scrub = useScrub(view)
  const frontier = useLab((s) => s.facts.frontierUs)
  const marks = useLab((s) => s.marks)
  const names = useLab((s) => s.names)
  const spans = useMemo(() => leadSpans(marks.headlines, frontier), [marks, frontier])
  return (
    <div className="leads" {...scrub}>
      {spans.map((s) => {
        const words = s.kind === 'leader' ? `${names.agent(s.agent)} · ${s.term}` : ''
        const share = fractionOf(view, s.toUs) - fractionOf(view, s.fromUs)
        return (
          <span
            key={s.fromUs}
            className={`lead-span lead-${s.kind}`}
            style={{ left: percent(view, s.fromUs), width: `${100 * share}%` }}
          >
            {share > 0.09 && <em>{words}</em>}
          </span>
        )
      })}
    </div>
  )
}

function Playhead({ view }: { view: View }) {
  const line = useRef<HTMLDivElement>(null)
  useEveryFrame((timeUs) => {
    if (line.current) line.current.style.left = percent(view, timeUs)
  })
  return <div ref={line} className="playhead" aria-hidden="true" />
}
