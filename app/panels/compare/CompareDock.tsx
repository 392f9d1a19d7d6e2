import { useEffect, useMemo, useRef } from 'react'
import { act, compareTime, endUs, onTime, seek, stages, step, toggle, undo } from '../../bridge/compare.ts'
import { LETTERS, useCompare, type Side } from '../../state/compare.ts'
import { rateOf } from '../../state/playback.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Slider } from '../../ui/Slider.tsx'
import { leadSpans, standingAt } from '../caption.ts'
import { clockText, paceText, speedText } from '../format.ts'
import { fractionOf, type View } from '../timelineGeometry.ts'
import { useTimeSlider } from '../useScrub.ts'

/** One time for all: a lane a set-up, who led in it and what was done to it, and one transport. */
export function CompareDock() {
  const untilUs = useCompare(() => endUs())
  const view = useMemo(() => ({ fromUs: 0, toUs: untilUs }), [untilUs])
  const sides = useCompare((s) => s.sides)
  const scrub = useTimeSlider(
    view,
    useCompare((s) => s.timeUs),
    seek,
  )
  return (
    <footer className="dock compare-dock" aria-label="Time">
      <div className="compare-lanes" {...scrub}>
        {sides.map((side, i) => (
          <Lane key={side.id} side={side} letter={LETTERS[i]!} view={view} />
        ))}
        <PartingMark view={view} />
        <Playhead view={view} />
      </div>
      <div className="transport">
        <div className="transport-keys" role="group" aria-label="Transport">
          <Button icon tip="Back to the beginning" className="tip-first" onClick={() => void seek(0)}>
            <Icon name="reset" />
          </Button>
          <Button icon tip="Step back" onClick={() => void step(-1)}>
            <Icon name="back" />
          </Button>
          <Go />
          <Button icon tip="Step" onClick={() => void step(1)}>
            <Icon name="forward" />
          </Button>
        </div>
        <Clock />
        <Speed />
        <span className="spacer" />
        <CrashAll />
        <Undo />
        <div className="transport-views">
          <Button icon look="quiet" tip="View from the top" onClick={() => stages.values().next().value?.topView()}>
            <Icon name="top" />
          </Button>
          <Button icon look="quiet" tip="View of everything" onClick={() => stages.values().next().value?.home()}>
            <Icon name="home" />
          </Button>
        </div>
      </div>
    </footer>
  )
}

function Go() {
  const playing = useCompare((s) => s.playing)
  return (
    <Button icon look="solid" className="go" tip={playing ? 'Pause' : 'Go'} onClick={() => void toggle()}>
      <Icon name={playing ? 'pause' : 'play'} />
    </Button>
  )
}

function Clock() {
  const digits = useRef<HTMLSpanElement>(null)
  useEffect(() => onTime((timeUs) => write(digits.current, clockText(timeUs))), [])
  return (
    <div className="clock" role="timer" aria-live="off" aria-label="Virtual time">
      <span ref={digits} className="mono clock-digits">
        {clockText(compareTime())}
      </span>
      <span className="quiet clock-unit">virtual s, in all</span>
    </div>
  )
}

function write(element: HTMLElement | null, text: string): void {
  if (element && element.textContent !== text) element.textContent = text
}

function Speed() {
  const speed = useCompare((s) => s.speed)
  const pace = useCompare((s) => s.sides[0]?.scenario.pace ?? 1)
  const rate = rateOf(pace, speed, false)
  const set = (position: number): void => useCompare.setState({ speed: Math.abs(position) <= 0.07 ? 0 : position })
  return (
    <div className="speed">
      <span className="quiet speed-word">speed</span>
      <div className="speed-slider">
        <Slider
          label="Speed; the middle is normal"
          centred
          min={-1}
          max={1}
          step={0.02}
          value={speed}
          valueText={`${speedText(rate)}, ${paceText(rate)}`}
          onChange={set}
        />
      </div>
      <Button look="quiet" small className="speed-value" title="Back to normal speed" onClick={() => set(0)}>
        <span className="mono">{speedText(rate)}</span>
      </Button>
    </div>
  )
}

/** The one thing to do: whoever leads in each of them, at the same moment. */
function CrashAll() {
  const leads = useCompare((s) => s.sides.some(({ marks }) => standingAt(marks.headlines, s.timeUs).leader !== null))
  const many = useCompare((s) => s.sides.length > 1)
  if (!leads) return null
  const words = many ? 'Crash the leader in all' : 'Crash the leader'
  return (
    <Button
      className="compare-crash"
      aria-label={words}
      onClick={() => void act({ op: 'crash', agent: 'leader' }, null)}
    >
      <Icon name="faults" size={14} />
      <span className="header-word">{words}</span>
    </Button>
  )
}

function Undo() {
  const some = useCompare((s) => s.undo.length > 0)
  if (!some) return null
  return (
    <Button icon look="quiet" tip="Undo" onClick={() => void undo()}>
      <Icon name="undo" />
    </Button>
  )
}

function Lane({ side, letter, view }: { side: Side; letter: string; view: View }) {
  const frontierUs = side.facts?.frontierUs ?? 0
  const spans = useMemo(() => leadSpans(side.marks.headlines, frontierUs), [side.marks, frontierUs])
  const left = (timeUs: number): string => `${100 * fractionOf(view, timeUs)}%`
  return (
    <div className="compare-lane" aria-hidden="true">
      <span className="mono quiet compare-lane-letter">{letter}</span>
      {spans.map((s) => (
        <span
          key={s.fromUs}
          className={`lead-span lead-${s.kind}`}
          style={{ left: left(s.fromUs), width: `${100 * (fractionOf(view, s.toUs) - fractionOf(view, s.fromUs))}%` }}
        />
      ))}
      {side.log.map((command, i) => (
        <span key={i} className="compare-fault" style={{ left: left(command.at) }} />
      ))}
    </div>
  )
}

function PartingMark({ view }: { view: View }) {
  const timeUs = useCompare((s) => s.search?.found?.event?.key.time ?? null)
  if (timeUs === null) return null
  return <span className="parting-mark" style={{ left: `${100 * fractionOf(view, timeUs)}%` }} aria-hidden="true" />
}

function Playhead({ view }: { view: View }) {
  const line = useRef<HTMLDivElement>(null)
  useEffect(
    () =>
      onTime((timeUs) => {
        if (line.current) line.current.style.left = `${100 * fractionOf(view, timeUs)}%`
      }),
    [view],
  )
  return <div ref={line} className="playhead compare-playhead" aria-hidden="true" />
}
