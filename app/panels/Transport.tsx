import { useRef } from 'react'
import { redo, reset, step, togglePlay, undo } from '../bridge/actions.ts'
import { useEveryFrame } from '../bridge/everyFrame.ts'
import { engine } from '../bridge/engine.ts'
import { useLab } from '../state/lab.ts'
import { rateOf } from '../state/playback.ts'
import { BUCKET_US } from '../../workers/protocol.ts'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Slider } from '../ui/Slider.tsx'
import { clockText, countText, durationText, paceText, speedText } from './format.ts'

export function Transport() {
  const playing = useLab((s) => s.playing)
  const timeline = useLab((s) => s.timeline)
  const toggleTimeline = useLab((s) => s.toggleTimeline)
  return (
    <div className="transport">
      <div className="transport-keys" role="group" aria-label="Transport">
        <Button icon tip="Reset, same seed" className="tip-first" onClick={() => void reset()}>
          <Icon name="reset" />
        </Button>
        <Button icon tip="Step back" onClick={() => void step(-1)}>
          <Icon name="back" />
        </Button>
        <Button icon look="solid" className="go" tip={playing ? 'Pause' : 'Go'} onClick={() => void togglePlay()}>
          <Icon name={playing ? 'pause' : 'play'} />
        </Button>
        <Button icon tip="Step" onClick={() => void step(1)}>
          <Icon name="forward" />
        </Button>
      </div>
      <Clock />
      <Speed />
      <span className="spacer" />
      <Status />
      <UndoButtons />
      <div className="transport-views">
        <Button icon look="quiet" tip="View from the top" onClick={() => engine.stage?.topView()}>
          <Icon name="top" />
        </Button>
        <Button icon look="quiet" tip="View of everything" onClick={() => engine.stage?.home()}>
          <Icon name="home" />
        </Button>
        <Button
          look="quiet"
          className="timeline-button"
          aria-expanded={timeline}
          aria-label="Timeline and charts"
          onClick={toggleTimeline}
        >
          <Icon name="timeline" />
          <span className="header-word">Timeline</span>
        </Button>
      </div>
    </div>
  )
}

function Clock() {
  const digits = useRef<HTMLSpanElement>(null)
  useEveryFrame((timeUs) => {
    const text = clockText(timeUs)
    if (digits.current && digits.current.textContent !== text) digits.current.textContent = text
  })
  return (
    <div className="clock" role="timer" aria-live="off" aria-label="Virtual time">
      <span ref={digits} className="mono clock-digits" />
      <span className="quiet clock-unit">virtual s</span>
    </div>
  )
}

function Speed() {
  const speed = useLab((s) => s.speed)
  const pace = useLab((s) => s.scenario?.pace ?? 1)
  const slow = useLab((s) => s.slow)
  const setSpeed = useLab((s) => s.setSpeed)
  const rate = rateOf(pace, speed, slow)
  const words = speedText(rate)
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
          valueText={`${words}, ${paceText(rate)}`}
          onChange={setSpeed}
        />
      </div>
      <Button look="quiet" small className="speed-value" title="Back to normal speed" onClick={() => setSpeed(0)}>
        <span className="mono">{words}</span>
      </Button>
    </div>
  )
}

/** Sent in the last second of virtual time. */
function messagesInSecond(series: readonly { index: number; sent: number }[], timeUs: number): number {
  const last = Math.floor(timeUs / BUCKET_US)
  let sum = 0
  for (let i = series.length - 1; i >= 0 && series[i]!.index > last - 1_000_000 / BUCKET_US; i--)
    if (series[i]!.index <= last) sum += series[i]!.sent
  return sum
}

/** Steps before the cut at `timeUs`; null where agents have no place. */
const stepsDone = (stepUs: number | undefined, timeUs: number): number | null =>
  stepUs === undefined ? null : Math.max(0, Math.ceil(timeUs / stepUs) - 1)

function Status() {
  const events = useLab((s) => s.facts.events)
  const lagUs = useLab((s) => s.facts.lagUs)
  const ended = useLab((s) => s.facts.ended)
  const sent = useLab((s) => messagesInSecond(s.series, s.facts.timeUs))
  const steps = useLab((s) => stepsDone(s.scenario?.space?.stepUs, s.facts.timeUs))
  const bodies = useLab((s) => s.stage?.agents ?? 0)
  const talks = useLab((s) => s.scenario?.programs.length !== 0)
  return (
    <p className="status quiet">
      {steps !== null && (
        <>
          step <span className="mono">{countText(steps)}</span> <span aria-hidden="true">·</span>{' '}
          <span className="mono">{countText(bodies)}</span> bodies{talks && ' · '}
        </>
      )}
      {talks && (
        <>
          {steps === null && (
            <>
              <span className="mono">{countText(events)}</span> events <span aria-hidden="true">·</span>{' '}
            </>
          )}
          <span className="mono">{countText(sent)}</span> messages in this second
        </>
      )}
      {lagUs > 50_000 && (
        <span className="status-lag">
          {' · '}
          <span className="mono">{durationText(lagUs)}</span> behind: this machine is slower than the speed asked for
        </span>
      )}
      {ended && ' · end of the run'}
    </p>
  )
}

function UndoButtons() {
  const canUndo = useLab((s) => s.undo.length > 0)
  const canRedo = useLab((s) => s.redo.length > 0)
  if (!canUndo && !canRedo) return null
  return (
    <div className="undo-keys">
      <Button icon look="quiet" tip="Undo" disabled={!canUndo} onClick={() => void undo()}>
        <Icon name="undo" />
      </Button>
      {canRedo && (
        <Button icon look="quiet" className="mirrored" tip="Redo" onClick={() => void redo()}>
          <Icon name="undo" />
        </Button>
      )}
    </div>
  )
}
