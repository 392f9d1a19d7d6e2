import { lazy, Suspense, useMemo } from 'react'
import { groupDistanceOf } from '../../bridge/catalog.ts'
import { act, cameraLink, compareTime, memberOf, removeSide, showAlone, stages } from '../../bridge/compare.ts'
import { useMedia } from '../../bridge/media.ts'
import { useCompare, type Pointed, type Side } from '../../state/compare.ts'
import { useLab } from '../../state/lab.ts'
import { Boundary } from '../../ui/Boundary.tsx'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { NO_PATH, useStageTasks } from '../tasks/useStageTasks.ts'
import { useSideCaption, useSideCut, useSideStanding } from './useSide.ts'

const Stage = lazy(() => import('../../scene/Stage.tsx').then((m) => ({ default: m.Stage })))

const NO_STAGE = 'This stage could not start here; the figures below still tell of it.'
/** Room for the title above and the caption below, px. */
const INSETS = { left: 14, right: 14, top: 34, bottom: 50 }

export interface SideViewProps {
  side: Side
  letter: string
  title: string
  /** The one the others are compared with. */
  first: boolean
}

/** One set-up: in what it differs, its stage, and what just happened on it. */
export function SideView({ side, letter, title, first }: SideViewProps) {
  return (
    <section className={`side side-${letter.toLowerCase()}`} aria-label={`${letter}: ${title}`}>
      <header className="side-head">
        <span className="side-letter" aria-hidden="true">
          {letter}
        </span>
        <h2 title={title}>{title}</h2>
        <CrashHere side={side} letter={letter} />
        <Button
          icon
          small
          look="quiet"
          tip={`Show only ${letter}`}
          tipSide="below"
          onClick={() => void showAlone(side.id)}
        >
          <Icon name="home" size={14} />
        </Button>
        {!first && (
          <Button icon small look="quiet" aria-label={`Take ${letter} away`} onClick={() => removeSide(side.id)}>
            <Icon name="close" size={14} />
          </Button>
        )}
      </header>
      <div className="side-stage">
        {side.broken ? (
          <p className="side-none">{side.broken}</p>
        ) : (
          <SideStage side={side} label={`${letter}, ${title}`} />
        )}
        <SideCaption side={side} />
      </div>
    </section>
  )
}

/** The commonest fault, in this set-up alone: what a comparison is most often asked about. */
function CrashHere({ side, letter }: { side: Side; letter: string }) {
  const timeUs = useCompare((s) => s.timeUs)
  const { leader } = useSideStanding(side, timeUs)
  if (side.totals === null || leader === null) return null
  return (
    <Button
      small
      look="quiet"
      className="side-crash"
      aria-label={`Crash the leader here, only in ${letter}`}
      title={`Crashes ${side.names.agent(leader)}, here only`}
      onClick={() => void act({ op: 'crash', agent: leader }, side.id)}
    >
      Crash the leader here
    </Button>
  )
}

function SideStage({ side, label }: { side: Side; label: string }) {
  const theme = useLab((s) => s.theme)
  const timeUs = useCompare((s) => s.timeUs)
  const selected = useCompare((s) => s.selected)
  const explicit = useCompare((s) => s.explicit)
  const light = useMedia('(prefers-color-scheme: light)')
  const reducedMotion = useMedia('(prefers-reduced-motion: reduce)')
  const cut = useSideCut(side, timeUs)
  const groupDistance = useMemo(() => groupDistanceOf(side.stage?.groupNames ?? []), [side.stage])
  const { id, stage, scenario, log, marks } = side
  useStageTasks(stage, { scenario, log, marks, timeUs, path: NO_PATH })
  const member = memberOf(id)
  if (!stage || !member || side.totals === null) return <p className="side-none quiet">Setting out the swarm</p>
  const point = (x: number, y: number, at: Pointed['at']): void =>
    useCompare.setState({ pointed: { side: id, x, y, at } })
  return (
    <Boundary
      fallback={<p className="side-none quiet">{NO_STAGE}</p>}
      onError={() => useLab.getState().toast('note', NO_STAGE)}
      onUnmount={() => stages.delete(id)}
    >
      <Suspense>
        <Stage
          frames={member.frames}
          info={stage}
          scenario={scenario}
          clock={compareTime}
          selected={selected !== null && selected < stage.agents ? selected : null}
          theme={theme === 'system' ? (light ? 'light' : 'dark') : theme}
          reducedMotion={reducedMotion}
          explicit={explicit}
          insets={INSETS}
          cameraLink={cameraLink}
          label={label}
          {...(groupDistance ? { groupDistance } : {})}
          {...(cut ? { cut } : {})}
          log={side.facts?.log ?? side.log}
          marks={side.marks}
          onSelect={(agent) => useCompare.setState({ selected: agent })}
          onAgentMenu={(agent, x, y) => point(x, y, { kind: 'agent', agent })}
          onMessage={({ src, seq }, x, y) => point(x, y, { kind: 'message', src, seq })}
          onSlow={(slow) => useCompare.setState({ slow })}
          onDegrade={(sentence) => useLab.getState().toast('note', sentence, 'stage')}
          onReady={(api) => stages.set(id, api)}
        />
      </Suspense>
    </Boundary>
  )
}

function SideCaption({ side }: { side: Side }) {
  const timeUs = useCompare((s) => s.timeUs)
  const slowest = useCompare((s) => s.slowest === side.id)
  const caption = useSideCaption(side, timeUs)
  const nothing = timeUs > 0 ? 'Nothing to report yet' : 'Nothing has happened yet'
  // Where bodies move, the picture tells what happens until something emerges.
  const words = side.totals === null ? '' : (caption?.sentence ?? (side.scenario.space === null ? nothing : ''))
  return (
    <p className="side-caption">
      <span key={words} className={`caption-line tone-${caption?.tone ?? 'note'}`}>
        {words}
      </span>
      {slowest && <span className="quiet small">The others wait for this one.</span>}
    </p>
  )
}
