import { command } from '../bridge/actions.ts'
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
  const words = opening ? 'Setting out the swarm' : (caption?.sentence ?? 'Nothing has happened yet')
  return (
    <p className="caption">
      <span key={words} className={`caption-line tone-${caption?.tone ?? 'note'}`}>
        {words}
      </span>
      <span className="caption-pace quiet">{paceText(rateOf(pace, speed, slow))}</span>
    </p>
  )
}

function CrashLeader() {
  const votes = useElectorate()
  const { leader } = useStanding()
  const names = useLab((s) => s.names)
  if (votes === 0) return null
  return (
    <button
      type="button"
      className="crash-leader"
      disabled={leader === null}
      onClick={() => leader !== null && void command({ op: 'crash', agent: leader })}
    >
      Crash the leader <span className="crash-who">{leader === null ? 'nobody leads now' : names.agent(leader)}</span>
    </button>
  )
}
