import { figuresOf } from '../../engine/scenario/spaceFigures.ts'
import { figureMetrics } from '../shared/figures.ts'
import { METRICS } from '../shared/metrics.ts'
import { TASK_METRICS } from '../shared/taskMetrics.ts'
import type { MeasuredRun } from './measureRun.ts'
import type { Axis, Cell, SweepSpec } from './SweepSpec.ts'

/** `json`: values that no one simple type holds, as JSON text. */
export type ColumnType = 'int' | 'real' | 'text' | 'bool' | 'json'
export interface Column {
  readonly name: string
  readonly type: ColumnType
}

interface MeasuredColumn extends Column {
  of(run: MeasuredRun): Cell
}

const firstViolated = ({ invariants }: MeasuredRun): string | null => invariants.find(({ ok }) => !ok)?.name ?? null

/** What a run was and what it came to, behind its number and its swept values; times in virtual µs. */
const MEASURED: readonly MeasuredColumn[] = [
  { name: 'seed', type: 'int', of: ({ seed }) => seed },
  { name: 'digest', type: 'text', of: ({ digest }) => digest },
  { name: 'ended_us', type: 'int', of: ({ untilUs }) => untilUs },
  { name: 'events', type: 'int', of: ({ totals }) => totals.events },
  { name: 'messages', type: 'int', of: ({ totals }) => totals.messages },
  ...METRICS,
  { name: 'invariants_ok', type: 'bool', of: (run) => firstViolated(run) === null },
  { name: 'violated', type: 'text', of: firstViolated },
]

/** The same with what tasks and measurements of the space come to; the swept values may change how a space moves. */
export const measuredOf = ({ scenario }: SweepSpec): readonly MeasuredColumn[] => [
  ...MEASURED,
  ...(scenario.tasks === null ? [] : TASK_METRICS),
  ...(scenario.space === null ? [] : figureMetrics(figuresOf(scenario.space))),
]

/** Columns that say which run it was; of all others a mean can be taken. */
const NAMES = ['seed', 'digest']

/** Columns of numbers that a run came to: what can be compared over points. */
export const measuresOf = (spec: SweepSpec): readonly string[] =>
  measuredOf(spec)
    .filter(({ name, type }) => (type === 'int' || type === 'real') && !NAMES.includes(name))
    .map(({ name }) => name)

/** Columns of a sweep's rows, in order: the run's number, the swept values, then what was measured. */
export const columnsOf = (spec: SweepSpec): readonly Column[] => [
  { name: 'run', type: 'int' },
  ...spec.axes.map((axis) => ({ name: axis.path, type: typeOf(axis) })),
  ...measuredOf(spec).map(({ name, type }) => ({ name, type })),
]

/** The simplest type that holds all values of a swept parameter. */
export function typeOf({ values }: Axis): ColumnType {
  if (values.every((value) => typeof value === 'number')) return values.every(Number.isSafeInteger) ? 'int' : 'real'
  if (values.every((value) => typeof value === 'boolean')) return 'bool'
  return values.every((value) => typeof value === 'string') ? 'text' : 'json'
}
