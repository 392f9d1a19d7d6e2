import { useMemo, useRef } from 'react'
import { useEveryFrame } from '../bridge/everyFrame.ts'
import { useLab } from '../state/lab.ts'
import { leadSpans } from './caption.ts'
import { fractionOf } from './timelineGeometry.ts'
import { useScrub, useView } from './useScrub.ts'

/** The whole run as one line above the transport: what has been run, who led, where the picture is. */
export function Scrubber() {
  const view = useView()
  const scrub = useScrub(view)
  const head = useRef<HTMLDivElement>(null)
  const frontier = useLab((s) => s.facts.frontierUs)
  const marks = useLab((s) => s.marks)
  const spans = useMemo(() => leadSpans(marks.headlines, frontier), [marks, frontier])
  useEveryFrame((timeUs) => {
    if (head.current) head.current.style.left = `${100 * fractionOf(view, timeUs)}%`
  })
  return (
    <div className="scrubber" {...scrub}>
      <div className="scrubber-line">
        {spans.map((s) => (
          <span
            key={s.fromUs}
            className={`lead-span lead-${s.kind}`}
            style={{
              left: `${100 * fractionOf(view, s.fromUs)}%`,
              width: `${100 * (fractionOf(view, s.toUs) - fractionOf(view, s.fromUs))}%`,
            }}
          />
        ))}
      </div>
      <div ref={head} className="playhead-dot" />
    </div>
  )
}
