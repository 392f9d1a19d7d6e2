import type { Mark } from '../../engine/agents/Program.ts'
import { histogram, record, type Histogram } from '../../engine/kernel/histogram.ts'
import { jainIndex } from '../../engine/kernel/jainIndex.ts'
import { messagesPerTask, networkEnergy, percentiles } from '../../engine/resources/health.ts'
import type { Metric, RunFigures } from './metrics.ts'

/**
 * The health of a swarm at work, out of the marks of tasks (engine/tasks/Task.ts): told one by one, or where they are
 * only counted, the counts of the latest report of each agent.
 */
interface Work {
  submitted: number
  done: number
  /** Given up, or of a kind that nobody can do. */
  failed: number
  again: number
  firstUs: number
  lastUs: number
  /** From submission to the end, and to the first start, µs. */
  readonly response: Histogram
  readonly start: Histogram
  /** Tasks worked on, by agent. */
  readonly worked: { [agent: number]: number }
  /** Sums of the reports; times in µs. */
  readonly told: { [name: string]: number }
}

const ENDS: readonly string[] = ['done', 'failed', 'unassignable']
const COUNTED = ['submitted', 'done', 'failed', 'unassignable', 'again', 'tookUs', 'waitedUs']

function workIn(marks: readonly Mark[]): Work {
  const work: Work = {
    ...{ submitted: 0, done: 0, failed: 0, again: 0, firstUs: Infinity, lastUs: -Infinity },
    ...{ response: histogram(), start: histogram(), worked: {}, told: {} },
  }
  const reports: { [agent: number]: Mark['body'] } = {}
  // What is told once more after a restart counts once.
  const seen = { submitted: new Set<unknown>(), ended: new Set<unknown>(), started: new Set<unknown>() }
  const isNew = (of: Set<unknown>, task: unknown): boolean => of.size < of.add(task).size
  for (const { agent, body, key } of marks) {
    const { kind, task } = body
    if (kind === 'report' && typeof body['submitted'] === 'number') reports[agent] = body
    if (typeof task !== 'number') continue
    if (kind === 'submitted' && isNew(seen.submitted, task)) {
      work.submitted++
      work.firstUs = Math.min(work.firstUs, key.time)
    } else if (ENDS.includes(kind) && isNew(seen.ended, task)) {
      work[kind === 'done' ? 'done' : 'failed']++
      work.lastUs = key.time
      if (kind === 'done') note(work.response, body['tookUs'])
    } else if (kind === 'started' && isNew(seen.started, task)) note(work.start, body['waitedUs'])
    else if (kind === 'worked') work.worked[agent] = (work.worked[agent] ?? 0) + 1
    else if (kind === 'again') work.again++
  }
  for (const report of Object.values(reports))
    for (const name of COUNTED) work.told[name] = (work.told[name] ?? 0) + Number(report[name] ?? 0)
  return work
}

/** Clocks that were set may make a span negative, and drifts broken. */
function note(into: Histogram, us: unknown): void {
  if (typeof us === 'number' && us >= 0 && us <= Number.MAX_SAFE_INTEGER) record(into, Math.round(us))
}

const works = new WeakMap<RunFigures, Work>()
/** Made once for a run, however many metrics ask. */
function workOf(run: RunFigures): Work {
  const known = works.get(run) ?? workIn(run.marks)
  works.set(run, known)
  return known
}

/** The greater of what was told one by one and what was counted. */
const counted = (work: Work, name: 'submitted' | 'done' | 'again'): number => Math.max(work[name], work.told[name] ?? 0)
const doneIn = (run: RunFigures): number => counted(workOf(run), 'done')
const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null)
const ofWork = (name: string, type: Metric['type'], of: (work: Work) => number): Metric => ({
  ...{ name, type, of: (run) => orNull(of(workOf(run))) },
})
const meanOf = (work: Work, spread: Histogram, sum: 'tookUs' | 'waitedUs'): number =>
  spread.count > 0 ? percentiles(spread).mean : (work.told[sum] ?? 0) / (work.told['done'] ?? 0)

/** Times in virtual µs. */
export const TASK_METRICS: readonly Metric[] = [
  ofWork('tasks_submitted', 'int', (work) => counted(work, 'submitted')),
  ofWork('tasks_done', 'int', (work) => counted(work, 'done')),
  ofWork('tasks_failed', 'int', (work) =>
    Math.max(work.failed, (work.told['failed'] ?? 0) + (work.told['unassignable'] ?? 0)),
  ),
  ofWork('tasks_again', 'int', (work) => counted(work, 'again')),
  ofWork('makespan_us', 'int', ({ firstUs, lastUs }) => (lastUs >= firstUs ? lastUs - firstUs : NaN)),
  ofWork('task_response_mean_us', 'real', (work) => meanOf(work, work.response, 'tookUs')),
  ofWork('task_response_p99_us', 'int', ({ response }) => percentiles(response).p99),
  ofWork('task_start_mean_us', 'real', (work) => meanOf(work, work.start, 'waitedUs')),
  ofWork('task_start_p99_us', 'int', ({ start }) => percentiles(start).p99),
  { name: 'tasks_per_second', type: 'real', of: (run) => orNull((1e6 * doneIn(run)) / run.untilUs) },
  // Over those who worked at all: nobody tells of who did not.
  ofWork('work_fairness', 'real', ({ worked }) => jainIndex(Object.values(worked))),
  { name: 'messages_per_task', type: 'real', of: (run) => orNull(messagesPerTask(run.totals.messages, doneIn(run))) },
  // In message-hops: messages are taken as equally long, and links as equally dear.
  { name: 'energy_per_task', type: 'real', of: (run) => orNull(energyOf(run) / doneIn(run)) },
]

const energyOf = ({ totals }: RunFigures): number =>
  networkEnergy([{ messages: totals.transmissions, bytes: 1, hops: 1 }])

/** Whether a run had tasks that somebody told of. */
export const hasTasks = (run: RunFigures): boolean => counted(workOf(run), 'submitted') > 0
