import type { Mark } from '../../engine/agents/Program.ts'
import { recoveries } from '../../engine/checks/claims/raftMeasures.ts'
import { Gauges } from '../../engine/checks/Gauges.ts'
import { history } from '../../engine/checks/history.ts'
import { latencyQuantile } from '../../engine/Stats.ts'
import { figureMetrics, figuresIn } from './figures.ts'
import type { ShardTotals } from './ShardWorker.ts'
import { hasTasks, TASK_METRICS } from './taskMetrics.ts'

/** A run as its figures are taken from it. */
export interface RunFigures {
  readonly totals: Pick<ShardTotals, 'events' | 'messages' | 'transmissions' | 'deliveries' | 'losses' | 'pending'>
  /** Classes of Stats.latency. */
  readonly latency: Uint32Array
  /** In their total order. */
  readonly marks: readonly Mark[]
  /** Virtual time reached. */
  readonly untilUs: number
}

/** A named figure of one run. `null`: the run shows nothing of it. */
export interface Metric {
  readonly name: string
  /** Whole numbers stay whole in every file. */
  readonly type: 'int' | 'real'
  of(run: RunFigures): number | null
}

const count = (name: string, of: (run: RunFigures) => number): Metric => ({ name, type: 'int', of })
const mean = (name: string, of: Metric['of']): Metric => ({ name, type: 'real', of })

/** In the order of tables and of a sweep's columns; times in virtual µs. */
export const METRICS: readonly Metric[] = [
  count('transmissions', ({ totals }) => totals.transmissions),
  count('deliveries', ({ totals }) => totals.deliveries),
  count('losses', ({ totals }) => totals.losses),
  count('pending', ({ totals }) => totals.pending),
  count('latency_p50_us', ({ latency }) => latencyQuantile(latency, 0.5)),
  count('latency_p99_us', ({ latency }) => latencyQuantile(latency, 0.99)),
  count('elections', ({ marks }) => marks.filter(isLeader).length),
  // An election that outlasts the run counts up to the run's end: leaving it out would favour the worst runs.
  mean('leaderless_mean_us', ({ marks, untilUs }) =>
    meanOf(recoveries(marks).map((r) => (r.electedUs < 0 ? untilUs : r.electedUs) - r.crashedUs)),
  ),
  mean('commit_latency_mean_us', ({ marks }) => gauge(marks, 'commit latency')),
  mean('operation_latency_mean_us', ({ marks }) => gauge(marks, 'operation latency')),
  count('operations_ok', ({ marks }) => history(marks).filter((event) => event.type === 'ok').length),
  count('marks', ({ marks }) => marks.length),
]

const isLeader = ({ program, body }: Mark): boolean => program === 'raft' && body.kind === 'leader'

const meanOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length

/** Mean over the whole run: one bucket without end. */
function gauge(marks: readonly Mark[], name: string): number | null {
  const gauges = new Gauges(Infinity)
  for (const mark of marks) gauges.take(mark)
  return gauges.row(0)[name] ?? null
}

/** The figures that a run shows, by name; those of its tasks and of its space among them. */
export function metricsOf(run: RunFigures): Record<string, number> {
  const shown: Record<string, number> = {}
  const tasks = hasTasks(run) ? TASK_METRICS : []
  for (const metric of [...METRICS, ...tasks, ...figureMetrics([...figuresIn(run.marks).keys()])]) {
    const value = metric.of(run)
    if (value !== null) shown[metric.name] = value
  }
  return shown
}
