import { useLab } from '../../state/lab.ts'
import { book } from '../../state/tasks.ts'
import { countText } from '../format.ts'
import { Pair } from '../Inspector.tsx'
import { heldBars, perTask, share, Count } from './figures.tsx'
import { Bars } from './Histogram.tsx'
import { jain } from './taskFigures.ts'
import { useHealth } from './useTaskFigures.ts'

/** Of a computation that nobody shares out: its steps are too many to be told, so stretches of work are. */
export function StealingFigures() {
  const { health, workers } = useHealth(null)
  const messages = useLab((s) => s.facts.messages)
  const hops = useLab((s) => s.facts.transmissions)
  const timeUs = useLab((s) => s.facts.timeUs)
  const steps = workers.done.reduce((sum, done) => sum + done, 0)
  return (
    <>
      <section className="group" aria-label="Work so far">
        <div className="task-counts">
          <Count words="steps done" count={steps} />
          <Count words="at work" count={workers.busy} />
          <Count words="steals" count={book.stolen.countUpTo(timeUs)} />
        </div>
        <p className="quiet small">
          Who has nothing to do takes a piece of work from somebody. Below a task is all that a worker does from then on
          until it has nothing again.
        </p>
      </section>
      <section className="group" aria-label="Health">
        <dl>
          <Pair name="workers at work, on average" value={share(health.utilisation)} />
          <Pair name="fairness of work done (Jain)" value={share(jain(workers.done), 3)} />
          <Pair name="messages a step" value={perTask(messages, steps)} />
          <Pair name="energy of the network, hops a step" value={perTask(hops, steps)} />
        </dl>
      </section>
      <Bars
        title="Steps ready at a worker, now"
        words={workers.held.length === 0 ? '' : `${countText(workers.held.length)} workers`}
        {...heldBars(workers.held)}
      />
    </>
  )
}
