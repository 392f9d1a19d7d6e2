import { pauseSweep, resumeSweep, stopSweep, useSweep, type SweepStatus } from '../../bridge/sweep.ts'
import { Button } from '../../ui/Button.tsx'
import { countText } from '../format.ts'
import { labelOf } from './sweepForm.ts'
import { useChoices } from './useChoices.ts'

/** How far it is, how long it takes, and the keys that hold it. */
export function SweepProgress() {
  const plan = useSweep((s) => s.plan)
  const status = useSweep((s) => s.status)
  const done = useSweep((s) => s.done)
  const leftMs = useSweep((s) => s.leftMs)
  const problem = useSweep((s) => s.problem)
  const choices = useChoices(plan?.spec.scenario ?? null)
  if (plan === null) return null
  const { axes, repeat, scenario } = plan.spec
  const over = axes.map(({ path }) => labelOf(choices, path)).join(' × ')
  const going = status === 'runs' || status === 'waits'
  return (
    <section className="sweep-progress" aria-label="Progress">
      <p className="sweep-what">
        <strong>{scenario.title}</strong>
        {over && ` over ${over}`}
        <span className="quiet">, {repeat === 1 ? 'one seed each' : `${countText(repeat)} seeds each`}</span>
      </p>
      <progress aria-label="Runs done" max={plan.runs} value={done} />
      <p className="sweep-state">
        <span className="mono">
          {countText(done)} of {countText(plan.runs)}
        </span>{' '}
        <span className="quiet">
          <span role="status">{STATE_TEXT[status]}</span>
          {leftMs !== null && status === 'runs' && `, about ${leftText(leftMs)} left`}
        </span>
      </p>
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      {status !== 'done' && (
        <div className="sweep-actions">
          {going ? (
            <Button onClick={status === 'runs' ? pauseSweep : resumeSweep}>
              {status === 'runs' ? 'Pause the sweep' : 'Pause the stage instead'}
            </Button>
          ) : (
            <Button look="primary" onClick={resumeSweep}>
              Go on
            </Button>
          )}
          {going && <Button onClick={() => void stopSweep()}>Stop</Button>}
        </div>
      )}
    </section>
  )
}

/** Read out when it changes; the count and the time left change too often for that. */
const STATE_TEXT: { readonly [S in SweepStatus]: string } = {
  none: '',
  runs: 'runs',
  waits: 'runs; waits while the stage plays',
  paused: 'runs, paused',
  done: 'runs, all done',
}

/** Seconds up to two minutes, then minutes, then hours: as precise as a guess can be. */
export function leftText(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000))
  if (seconds < 120) return `${seconds} s`
  return seconds < 7200 ? `${Math.ceil(seconds / 60)} min` : `${Math.ceil(seconds / 3600)} h`
}
