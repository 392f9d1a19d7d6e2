import './tasks.css'
import { useState } from 'react'
import { hasTasks } from '../../state/hasTasks.ts'
import { useLab } from '../../state/lab.ts'
import { book, useTasks } from '../../state/tasks.ts'
import { Button } from '../../ui/Button.tsx'
import { Choices } from '../../ui/Choices.tsx'
import { countText, durationText, significant } from '../format.ts'
import { Pair } from '../Inspector.tsx'
import { Bars, Histogram } from './Histogram.tsx'
import { StrategySwitch } from './StrategySwitch.tsx'
import { TaskLifeView } from './TaskLifeView.tsx'
import { TaskList } from './TaskList.tsx'
import { jain, queueBars, type Spread } from './taskFigures.ts'
import { useHealth } from './useTaskFigures.ts'

/** "Lately" is this share of the run. */
const LATE_SHARE = 0.05

/** How the work goes: what is shared out by which rule, how long tasks wait and take, and one task's life. */
export default function TasksPanel() {
  const scenario = useLab((s) => s.scenario)
  const chosen = useTasks((s) => s.chosen)
  if (scenario === null || !hasTasks(scenario)) return <p className="panel-body quiet">This scenario has no tasks.</p>
  return (
    <div className="panel-body tasks-panel">
      {chosen !== null && <TaskLifeView key={chosen} task={chosen} />}
      <StrategySwitch scenario={scenario} />
      <Figures lateUs={Math.max(1, LATE_SHARE * scenario.untilUs)} />
      <ShowGantt />
      <TaskList />
    </div>
  )
}

function Figures({ lateUs }: { lateUs: number }) {
  const [over, setOver] = useState<'all' | 'late'>('all')
  const options = [
    { value: 'all', label: 'since the start' },
    { value: 'late', label: `last ${durationText(lateUs)}` },
  ] as const
  const { health, workers } = useHealth(over === 'late' ? lateUs : null)
  const messages = useLab((s) => s.facts.messages)
  const hops = useLab((s) => s.facts.transmissions)
  const { submitted, done, failed, unassignable, again, response, start } = health
  const open = Math.max(0, submitted - done - failed - unassignable)
  const queues = workers.held.toSorted((a, b) => a - b)
  return (
    <>
      <section className="group" aria-label="Tasks so far">
        <div className="task-counts">
          <Count words="submitted" count={submitted} />
          <Count words="under way" count={open} />
          <Count words="done" count={done} />
          <Count words="failed" count={failed + unassignable} bad={failed + unassignable > 0} />
        </div>
        {failed + unassignable > 0 && <p className="quiet small">{reasonsNow()}</p>}
        {again > 0 && <p className="quiet small">{countText(again)} were done a second time.</p>}
      </section>
      <Choices<'all' | 'late'> label="Which stretch of the run" value={over} options={options} onChange={setOver} />
      <section className="group" aria-label="Health">
        <Latencies start={start} response={response} />
        <dl>
          <Pair name="done a second" value={rate(health.perSecond)} />
          <Pair name="first submission to last end" value={span(health.makespanUs)} />
          <Pair name="workers at work, on average" value={share(health.utilisation)} />
          <Pair name="workers at work, now" value={share(workers.busy / workers.held.length)} />
          <Pair name="fairness of work done (Jain)" value={share(jain(workers.done), 3)} />
          <Pair name="messages a task" value={done === 0 ? '–' : significant(messages / done)} />
          <Pair name="energy of the network, hops a task" value={done === 0 ? '–' : significant(hops / done)} />
        </dl>
        <p className="quiet small">
          The time that the machine itself takes to hand a task over, budget 10 ms, is measured under Channel.
        </p>
      </section>
      <Histogram title="Waiting, until the start" spread={start} />
      <Histogram title="Response, until it is done" spread={response} />
      <Bars
        title="Tasks held by a worker, now"
        words={queues.length === 0 ? '' : `${countText(queues.length)} workers`}
        bars={queueBars(queues).map(({ label, count }) => ({
          label,
          tip: `${countText(count)} hold ${label} or more`,
          count,
        }))}
        marks={[0.5, 0.95, 0.99].map((q) => `${q === 0.5 ? 'half' : `${100 * q} %`} ${at(queues, q)}`)}
      />
    </>
  )
}

/** How long tasks wait and take: on average, and the slowest of twenty and of a hundred. */
function Latencies({ start, response }: { start: Spread; response: Spread }) {
  const row = (name: string, { meanUs, p95Us, p99Us }: Spread) => (
    <tr>
      <th scope="row">{name}</th>
      {[meanUs, p95Us, p99Us].map((us, k) => (
        <td key={k} className="mono">
          {span(us)}
        </td>
      ))}
    </tr>
  )
  return (
    <table className="latencies">
      <thead>
        <tr>
          <th scope="col">
            <span className="hidden-visually">Latency</span>
          </th>
          <th scope="col">mean</th>
          <th scope="col">95 %</th>
          <th scope="col">99 %</th>
        </tr>
      </thead>
      <tbody>
        {row('until the start', start)}
        {row('until done', response)}
      </tbody>
    </table>
  )
}

/** Why tasks failed up to the time on screen, the most frequent first. */
function reasonsNow(): string {
  const { timeUs } = useLab.getState().facts
  return [...book.reasons]
    .map(([why, samples]) => [why, samples.countUpTo(timeUs)] as const)
    .filter(([why, count]) => why !== '' && count > 0)
    .sort((a, b) => b[1] - a[1])
    .slice(0, 3)
    .map(([why, count]) => `${countText(count)} ${why}`)
    .join(', ')
}

function Count({ words, count, bad = false }: { words: string; count: number; bad?: boolean }) {
  return (
    <p className={bad ? 'task-count task-bad' : 'task-count'}>
      <span className="mono">{countText(count)}</span>
      <span className="quiet">{words}</span>
    </p>
  )
}

const at = (sorted: readonly number[], q: number): string =>
  sorted.length === 0 ? '–' : countText(sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)]!)
const span = (us: number): string => (Number.isNaN(us) ? '–' : durationText(us))
const rate = (perSecond: number): string => (perSecond > 0 ? significant(perSecond) : '0')
const share = (value: number, digits = 0): string =>
  Number.isNaN(value) ? '–' : digits > 0 ? value.toFixed(digits) : `${Math.round(100 * value)} %`

/** Opens the chart of who works on what along the bottom. */
function ShowGantt() {
  return (
    <Button
      className="wide"
      onClick={() => {
        useTasks.setState({ chart: 'gantt' })
        useLab.setState({ timeline: true })
      }}
    >
      Who works on what, when
    </Button>
  )
}
