import { lazy, Suspense, useMemo, useSyncExternalStore } from 'react'
import { takeCamera } from '../bridge/actions.ts'
import { displayTime, engine } from '../bridge/engine.ts'
import { groupDistanceOf } from '../bridge/catalog.ts'
import { useMedia } from '../bridge/media.ts'
import { useLab } from '../state/lab.ts'
import { Boundary } from '../ui/Boundary.tsx'
import { standingAt } from './caption.ts'
import { activeCuts, cutTest } from './cuts.ts'
import { useInsets } from './insets.ts'

const Stage = lazy(() => import('../scene/Stage.tsx').then((m) => ({ default: m.Stage })))

const NO_STAGE = 'The 3D stage could not start here. Everything else works: the agents are listed under Inspect.'

/** The canvas and what it needs from the store. It fills the page; panels float over it. */
export function StageHost() {
  const stage = useLab((s) => s.stage)
  const scenario = useLab((s) => s.scenario)
  const opening = useLab((s) => s.opening)
  const run = useLab((s) => s.run)
  const selected = useLab((s) => s.selected)
  const explicit = useLab((s) => s.explicit)
  const theme = useLab((s) => s.theme)
  const light = useMedia('(prefers-color-scheme: light)')
  const reducedMotion = useMedia('(prefers-reduced-motion: reduce)')
  const insets = useInsets()
  const cut = useCut()
  const log = useLab((s) => s.facts.log)
  const marks = useLab((s) => (s.stage?.space ? s.marks : null))
  const placing = useLab((s) => s.placing)
  const groupDistance = useMemo(() => groupDistanceOf(stage?.groupNames ?? []), [stage])
  const client = useSyncExternalStore(useLab.subscribe, () => engine.client)
  const { select, openAgentMenu, openMessage, placeAt, setSlow, toast } = useLab.getState()
  return (
    <div className="stage-host" id="stage">
      <p className="hidden-visually">{describeStage(scenario?.title, (stage?.space ?? null) !== null)}</p>
      {client && stage && scenario && !opening && (
        <Boundary
          key={run}
          fallback={<p className="no-stage quiet">{NO_STAGE}</p>}
          onError={() => toast('note', NO_STAGE)}
          onUnmount={() => {
            engine.stage = null
          }}
        >
          <Suspense>
            <Stage
              frames={client.frames}
              info={stage}
              scenario={scenario}
              clock={displayTime}
              selected={selected}
              theme={theme === 'system' ? (light ? 'light' : 'dark') : theme}
              reducedMotion={reducedMotion}
              explicit={explicit}
              insets={insets}
              {...(groupDistance ? { groupDistance } : {})}
              {...(cut ? { cut } : {})}
              log={log}
              placing={placing}
              onGround={placeAt}
              {...(marks ? { marks } : {})}
              onSelect={select}
              onAgentMenu={(agent, x, y) => openAgentMenu({ agent, x, y })}
              onMessage={(tx, x, y) => openMessage({ ...tx, x, y })}
              onSlow={setSlow}
              onDegrade={(sentence) => toast('note', sentence, 'stage')}
              onReady={(api) => {
                engine.stage = api
                const camera = takeCamera()
                if (camera && camera.length > 0) api.setCamera(camera)
              }}
            />
          </Suspense>
        </Boundary>
      )}
    </div>
  )
}

/** Links that are cut at the time on screen; a new function only when the cuts change. */
function useCut(): ((a: number, b: number) => boolean) | undefined {
  const active = useLab((s) =>
    activeCuts(s.facts.log, s.facts.timeUs)
      .map((c) => s.facts.log.indexOf(c))
      .join(),
  )
  const log = useLab((s) => s.facts.log)
  return useMemo(() => {
    const { marks, stage } = useLab.getState()
    const cuts = active === '' ? [] : active.split(',').map((i) => log[Number(i)]!)
    return cutTest(cuts, {
      group: (agent) => stage?.group[agent] ?? 0,
      leaderAt: (timeUs) => standingAt(marks.headlines, timeUs - 1).leader ?? -1,
    })
  }, [active, log])
}

const describeStage = (title = 'no scenario', moving = false): string =>
  `Picture of the swarm: ${title}. ` +
  (moving
    ? 'Bodies move about in a world. '
    : 'Agents stand where the network puts them and messages travel between. ') +
  'The same facts are under Inspect, Messages and Log. Drag to turn, arrow keys and letters act while this has focus.'
