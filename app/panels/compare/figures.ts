import { MEASURES, type Measure, type MeasureName } from '../../../workers/compare/comparison.ts'
import type { Side } from '../../state/compare.ts'
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
  checks_broken: ({ facts }, timeUs) =>
    facts?.checks.filter(({ ok, violation }) => !ok && (violation?.key.time ?? 0) < timeUs).length ?? null,
}

/** What the run on screen has come to at `timeUs`, in the order of MEASURES; null where it shows nothing of it. */
export const figuresAt = (side: Side, timeUs: number): readonly (number | null)[] =>
  MEASURES.map(({ name }) => NOW[name](side, timeUs))

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
