import type { Scenario } from '../../engine/scenario/Scenario.ts'
import { figuresOf } from '../../engine/scenario/spaceFigures.ts'

export interface Measure {
  readonly name: string
  /** As a table's row is called; of a space's figure its name, for whoever has words for it. */
  readonly title: string
  /** `own`: the figure's own unit. */
  readonly unit: 'count' | 'us' | 'own'
}

/** Rows of a comparison that any run has, in order. */
export const MEASURES = [
  { name: 'messages', title: 'Messages', unit: 'count' },
  { name: 'transmissions', title: 'Transmissions', unit: 'count' },
  { name: 'losses', title: 'Lost', unit: 'count' },
  { name: 'latency_p50_us', title: 'Latency, median', unit: 'us' },
  { name: 'latency_p99_us', title: 'Latency, 99th percentile', unit: 'us' },
  { name: 'elections', title: 'Elections', unit: 'count' },
  { name: 'first_leader_us', title: 'First leader after', unit: 'us' },
  { name: 'operations_ok', title: 'Operations done', unit: 'count' },
  { name: 'tasks_done', title: 'Tasks done', unit: 'count' },
  { name: 'tasks_failed', title: 'Tasks failed', unit: 'count' },
  { name: 'makespan_us', title: 'First submission to last end', unit: 'us' },
  { name: 'task_start_mean_us', title: 'Task until its start, mean', unit: 'us' },
  { name: 'task_start_p99_us', title: 'Task until its start, 99th percentile', unit: 'us' },
  { name: 'task_response_mean_us', title: 'Task until done, mean', unit: 'us' },
  { name: 'task_response_p99_us', title: 'Task until done, 99th percentile', unit: 'us' },
  { name: 'messages_per_task', title: 'Messages a task', unit: 'count' },
  { name: 'energy_per_task', title: 'Energy of the network, hops a task', unit: 'count' },
  { name: 'checks_broken', title: 'Checks broken', unit: 'count' },
] as const satisfies readonly Measure[]
export type MeasureName = (typeof MEASURES)[number]['name']

/** Of bodies alone there are no messages to count. */
const OF_BODIES: readonly string[] = ['checks_broken'] satisfies readonly MeasureName[]
/** Only where there is something to do (shared/taskMetrics.ts); and what nobody asks for there. */
const OF_TASKS = /task|^makespan/
const BESIDE_TASKS: readonly string[] = [
  'elections',
  'first_leader_us',
  'operations_ok',
] satisfies readonly MeasureName[]

/**
 * Rows of a comparison of these scenarios, in order: what they do with messages, then what their spaces are measured
 * by, at the end (`NAME_last`) and on average over the later half of the measurements (`NAME_mean`).
 */
export function measuresOf(scenarios: readonly Scenario[]): readonly Measure[] {
  const figures = new Set(scenarios.flatMap(({ space }) => (space === null ? [] : figuresOf(space))))
  const messages = scenarios.some(({ programs }) => programs.length > 0)
  const tasks = scenarios.some((scenario) => scenario.tasks !== null)
  return [
    ...MEASURES.filter(({ name }) =>
      OF_TASKS.test(name) ? tasks : tasks && BESIDE_TASKS.includes(name) ? false : messages || OF_BODIES.includes(name),
    ),
    ...[...figures].flatMap((figure): Measure[] =>
      ['last', 'mean'].map((how) => ({ name: `${figure}_${how}`, title: figure, unit: 'own' })),
    ),
  ]
}
