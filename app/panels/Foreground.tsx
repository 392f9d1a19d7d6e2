import { command } from '../bridge/actions.ts'
import { hasTasks } from '../state/hasTasks.ts'
import { useLab } from '../state/lab.ts'
import { paceText } from './format.ts'
import { rateOf } from '../state/playback.ts'
import { useCaption, useElectorate, useStanding } from './useCaption.ts'

/** What just happened, what a second is worth, and the one thing to do: the first ten seconds. */
export function Foreground() {
  return (
    <div className="foreground">
      <CaptionLine />
      <CrashLeader />
    </div>
  )
}

function CaptionLine() {
  const caption = useCaption()
  const opening = useLab((s) => s.opening || s.scenario === null)
  const pace = useLab((s) => s.scenario?.pace ?? 1)
  const speed = useLab((s) => s.speed)
  const slow = useLab((s) => s.slow)
  const started = useLab((s) => s.facts.timeUs > 0)
  // Bodies and tasks tell nothing until something is out of the ordinary; what is to be seen the title says.
  const title = useLab((s) =>
    s.scenario?.space || s.scenario?.group === 'work' || hasTasks(s.scenario) ? s.scenario!.title : null,
  )
  const nothing = title ?? (started ? 'Nothing to report yet' : 'Nothing has happened yet')
  const words = opening ? 'Setting out the swarm' : (caption?.sentence ?? nothing)
  return (
    <p className="caption">
      <span key={words} className={`caption-line tone-${caption?.tone ?? 'note'}`}>
        {words}
      </span>
      <span className="caption-pace quiet">{paceText(rateOf(pace, speed, slow))}</span>
    </p>
  )
}

/** Whom the large button is about: the leader; where nobody is ever elected, the root of the tree. */
function CrashLeader() {
  const votes = useElectorate()
  const { leader, down } = useStanding()
  const names = useLab((s) => s.names)
  const isTree = useLab((s) => s.scenario?.topology.kind === 'hierarchical')
  const root = useLab((s) => (s.stage ? s.stage.level.indexOf(0) : -1))
  const elects = votes > 0 || leader !== null
  if (!elects && (!isTree || root < 0)) return null
  const target = elects ? leader : down.has(root) ? null : root
  return (
    <button
      type="button"
      className="crash-leader"
      disabled={target === null}
      onClick={() => target !== null && void command({ op: 'crash', agent: target })}
    >
      Crash the {elects ? 'leader' : 'root'}{' '}
      <span className="crash-who">
        {target !== null ? names.agent(target) : elects ? 'nobody leads now' : 'it is down'}
      </span>
    </button>
  )
}
