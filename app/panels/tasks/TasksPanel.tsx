import './tasks.css'
import { useState } from 'react'
import type { Scenario } from '../../../engine/scenario/Scenario.ts'
import { hasTasks } from '../../state/hasTasks.ts'
import { useLab } from '../../state/lab.ts'
import { book, useTasks } from '../../state/tasks.ts'
import { Button } from '../../ui/Button.tsx'
import { Choices } from '../../ui/Choices.tsx'
import { countText, durationText, significant } from '../format.ts'
import { Pair } from '../Inspector.tsx'
import { Count, heldBars, perTask, share } from './figures.tsx'
import { Bars } from './Histogram.tsx'
import { Spreads } from './Spreads.tsx'
import { StealingFigures } from './StealingFigures.tsx'
import { StrategySwitch } from './StrategySwitch.tsx'
import { TaskLifeView } from './TaskLifeView.tsx'
import { TaskList } from './TaskList.tsx'
import { jain, type Spread } from './taskFigures.ts'
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
      {scenario.programs.some(({ kind }) => kind === 'stealing') ? (
        <StealingFigures />
      ) : (
        <Figures scenario={scenario} />
      )}
      <Single />
    </div>
  )
}

function Figures({ scenario }: { scenario: Scenario }) {
  const lateUs = Math.max(1, LATE_SHARE * scenario.untilUs)
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
          {!Number.isNaN(health.makespanUs) && (
            <Pair name="first submission to last end" value={durationText(health.makespanUs)} />
          )}
          <Pair name="workers at work, on average" value={share(health.utilisation)} />
          {!Number.isNaN(health.slotUse) && <Pair name="slots in use, on average" value={share(health.slotUse)} />}
          <Pair name="workers at work, now" value={share(workers.busy / workers.held.length)} />
          <Pair name="fairness of work done (Jain)" value={share(jain(workers.done), 3)} />
          <Pair name="messages a task" value={perTask(messages, done)} />
          <Pair name="energy of the network, hops a task" value={perTask(hops, done)} />
        </dl>
        <p className="quiet small">
          The time that the machine itself takes to hand a task over, budget 10 ms, is measured under Channel.
        </p>
      </section>
      <Spreads scenario={scenario} health={health} lateUs={over === 'late' ? lateUs : null} />
      <Bars
        title="Tasks held by a worker, now"
        words={workers.held.length === 0 ? '' : `${countText(workers.held.length)} workers`}
        {...heldBars(workers.held)}
      />
    </>
  )
}

/** How long tasks wait and take: on average, and the slowest of twenty and of a hundred. */
function Latencies({ start, response }: { start: Spread; response: Spread }) {
  // Of what is only counted there are means and no more.
  const shown = start.count + response.count > 0 ? 3 : 1
  const row = (name: string, { meanUs, p95Us, p99Us }: Spread) => (
    <tr>
      <th scope="row">{name}</th>
      {[meanUs, p95Us, p99Us].slice(0, shown).map((us, k) => (
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
          {['mean', '95 %', '99 %'].slice(0, shown).map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
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

const span = (us: number): string => (Number.isNaN(us) ? '–' : durationText(us))
const rate = (perSecond: number): string => (perSecond > 0 ? significant(perSecond) : '0')
/** Ways to single tasks, where they are told. */
function Single() {
  const counted = useTasks(() => book.lives.size === 0 && book.reports.length > 0)
  if (counted) return null
  return (
    <>
      <ShowGantt />
      <TaskList />
    </>
  )
}

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
