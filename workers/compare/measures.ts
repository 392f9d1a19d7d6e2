import type { Mark } from '../../engine/agents/Program.ts'
import type { Scenario } from '../../engine/scenario/Scenario.ts'
import { figuresIn } from '../shared/figures.ts'
import { METRICS } from '../shared/metrics.ts'
import { TASK_METRICS } from '../shared/taskMetrics.ts'
import { measureRun, type MeasuredRun } from '../sweep/measureRun.ts'
import { MEASURES, type MeasureName } from './measureNames.ts'

type Figure = (run: MeasuredRun) => number | null

const isElected = ({ body }: Mark): boolean => body.kind === 'leader' || body.kind === 'elected'
const metric = (name: string): Figure => [...METRICS, ...TASK_METRICS].find((m) => m.name === name)!.of

const FIGURES: { readonly [N in MeasureName]: Figure } = {
  messages: ({ totals }) => totals.messages,
  transmissions: metric('transmissions'),
  losses: metric('losses'),
  latency_p50_us: metric('latency_p50_us'),
  latency_p99_us: metric('latency_p99_us'),
  elections: ({ marks }) => marks.filter(isElected).length,
  first_leader_us: ({ marks }) => marks.find(isElected)?.key.time ?? null,
  operations_ok: metric('operations_ok'),
  tasks_done: metric('tasks_done'),
  tasks_failed: metric('tasks_failed'),
  makespan_us: metric('makespan_us'),
  task_start_mean_us: metric('task_start_mean_us'),
  task_start_p99_us: metric('task_start_p99_us'),
  task_response_mean_us: metric('task_response_mean_us'),
  task_response_p99_us: metric('task_response_p99_us'),
  messages_per_task: metric('messages_per_task'),
  energy_per_task: metric('energy_per_task'),
  checks_broken: ({ invariants }) => invariants.filter(({ ok }) => !ok).length,
}

/** One run by its figures. */
export interface ComparedRun {
  readonly seed: number
  readonly digest: string
  /** By measure (measureNames.ts); one that is not here, or null, the run shows nothing of. */
  readonly figures: { readonly [measure: string]: number | null }
}

/** Runs a scenario on this thread and measures it. The same run always measures the same. */
export function compareRun(scenario: Scenario, untilUs: number): ComparedRun {
  const run = measureRun(scenario, untilUs, null)
  const figures: { [measure: string]: number | null } = {}
  for (const { name } of MEASURES) figures[name] = FIGURES[name](run)
  for (const [figure, { last, mean }] of figuresIn(run.marks)) {
    figures[`${figure}_last`] = last
    figures[`${figure}_mean`] = mean
  }
  return { seed: run.seed, digest: run.digest, figures }
}
