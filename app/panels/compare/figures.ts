import { MEASURES, type Measure, type MeasureName } from '../../../workers/compare/comparison.ts'
import { BUCKET_US } from '../../../workers/protocol.ts'
import type { Side } from '../../state/compare.ts'
import { figureText as wordsOf } from '../figureTexts.ts'
import { healthOf, type Health } from '../tasks/taskFigures.ts'
import { countText, durationText, significant } from '../format.ts'

/** How many of `times` (ascending) lie before `timeUs`. */
export function countBefore(times: readonly number[], timeUs: number): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (times[middle]! < timeUs) low = middle + 1
    else high = middle
  }
  return low
}

const NOW: { readonly [N in MeasureName]: (side: Side, timeUs: number) => number | null } = {
  messages: ({ totals }) => totals?.messages ?? null,
  transmissions: ({ totals }) => totals?.transmissions ?? null,
  losses: ({ totals }) => totals?.losses ?? null,
  latency_p50_us: ({ facts }) => facts?.latency?.p50Us ?? null,
  latency_p99_us: ({ facts }) => facts?.latency?.p99Us ?? null,
  elections: ({ tally }, timeUs) => countBefore(tally.electedUs, timeUs),
  first_leader_us: ({ tally }, timeUs) => tally.electedUs.find((t) => t < timeUs) ?? null,
  operations_ok: ({ tally }, timeUs) => countBefore(tally.doneUs, timeUs),
  tasks_done: ofTasks(({ done }) => done),
  tasks_failed: ofTasks(({ failed, unassignable }) => failed + unassignable),
  makespan_us: ofTasks(({ makespanUs }) => makespanUs),
  task_start_mean_us: ofTasks(({ start }) => start.meanUs),
  task_start_p99_us: ofTasks(({ start }) => start.p99Us),
  task_response_mean_us: ofTasks(({ response }) => response.meanUs),
  task_response_p99_us: ofTasks(({ response }) => response.p99Us),
  messages_per_task: ofTasks(({ done }, { totals }) => (totals ? totals.messages / done : NaN)),
  energy_per_task: ofTasks(({ done }, { totals }) => (totals ? totals.transmissions / done : NaN)),
  checks_broken: ({ facts }, timeUs) =>
    facts?.checks.filter(({ ok, violation }) => !ok && (violation?.key.time ?? 0) < timeUs).length ?? null,
}

/** What is known of tasks at a time; null where that is nothing. */
function ofTasks(of: (health: Health, side: Side) => number): (side: Side, timeUs: number) => number | null {
  return (side, timeUs) => {
    const value = of(healthAt(side, timeUs), side)
    return Number.isFinite(value) ? value : null
  }
}

const healths = new WeakMap<Side['book'], { readonly at: string; readonly health: Health }>()

/** Made once for all rows that ask at a time. */
function healthAt({ book }: Side, timeUs: number): Health {
  const at = `${book.version}/${timeUs}`
  const last = healths.get(book)
  if (last?.at === at) return last.health
  const health = healthOf(book, 0, timeUs, 1)
  healths.set(book, { at, health })
  return health
}

const isUsual = (name: string): name is MeasureName => MEASURES.some((measure) => measure.name === name)

/** What the run on screen has come to at `timeUs`; null where it shows nothing of it. */
export function figureAt(side: Side, { name, title }: Measure, timeUs: number): number | null {
  if (isUsual(name)) return NOW[name](side, timeUs)
  const values = measuredUpTo(side, title, timeUs)
  if (name.endsWith('_last')) return values.at(-1) ?? null
  const later = values.slice(Math.floor(values.length / 2))
  return later.length === 0 ? null : later.reduce((sum, value) => sum + value, 0) / later.length
}

interface Measured {
  readonly timesUs: number[]
  readonly values: number[]
}
const measured = new WeakMap<Side['series'], Map<string, Measured>>()

/** A space's figure, measurement by measurement. Sought out once for each list of buckets. */
function measuredUpTo({ series }: Side, figure: string, timeUs: number): readonly number[] {
  const known = measured.get(series) ?? new Map<string, Measured>()
  measured.set(series, known)
  const { timesUs, values } = known.get(figure) ?? measuredIn(series, figure)
  known.set(figure, { timesUs, values })
  return values.slice(0, countBefore(timesUs, timeUs))
}

function measuredIn(series: Side['series'], figure: string): Measured {
  const found: Measured = { timesUs: [], values: [] }
  for (const { index, gauges } of series) {
    const value = gauges[figure]
    if (value === undefined) continue
    found.timesUs.push(index * BUCKET_US)
    found.values.push(value)
  }
  return found
}

/** A row's name: a figure of a space in its words. */
export const titleOf = ({ name, title, unit }: Measure): string =>
  unit === 'own' ? wordsOf(title).words + (name.endsWith('_mean') ? ', mean of the later half' : '') : title

/** A figure in the unit of its row. */
export function figureText(value: number | null, unit: Measure['unit']): string {
  if (value === null || Number.isNaN(value)) return '–'
  if (unit === 'us') return durationText(value)
  // From a hundred on a mean shows no decimals either, and is grouped like a count.
  return signed(value, Number.isInteger(value) || Math.abs(value) >= 100 ? countText : significant)
}

/** A difference, with its sign. */
export const differenceText = (value: number | null, unit: Measure['unit']): string =>
  value !== null && value > 0 ? `+${figureText(value, unit)}` : figureText(value, unit)

const signed = (value: number, text: (value: number) => string): string =>
  value < 0 ? `−${text(-value)}` : text(value)
