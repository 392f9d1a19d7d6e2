import type { Mark } from '../../engine/agents/Program.ts'
import type { Metric, RunFigures } from './metrics.ts'

/** A figure of a space over a run: its last measurement, and its mean over the later half of the measurements. */
export interface FigureSummary {
  readonly last: number
  readonly mean: number
}

/** By figure, in the order in which measurements name them; a figure is summed over the measurements that have it. */
export function figuresIn(marks: readonly Mark[]): ReadonlyMap<string, FigureSummary> {
  const series = new Map<string, number[]>()
  for (const { program, body } of marks) {
    if (program !== 'space' || body.kind !== 'measure') continue
    for (const [name, value] of Object.entries(body)) {
      if (typeof value !== 'number') continue
      const known = series.get(name)
      if (known === undefined) series.set(name, [value])
      else known.push(value)
    }
  }
  return new Map([...series].map(([name, values]) => [name, summaryOf(values)]))
}

function summaryOf(values: readonly number[]): FigureSummary {
  const later = values.slice(Math.floor(values.length / 2))
  return { last: values.at(-1)!, mean: later.reduce((sum, value) => sum + value, 0) / later.length }
}

const summaries = new WeakMap<RunFigures, ReadonlyMap<string, FigureSummary>>()
/** Made once for a run, however many columns ask. */
function summaryIn(run: RunFigures): ReadonlyMap<string, FigureSummary> {
  const known = summaries.get(run) ?? figuresIn(run.marks)
  summaries.set(run, known)
  return known
}

/** Two metrics a figure: `NAME_last`, and `NAME_mean` over the later half of a run, when things have settled. */
export const figureMetrics = (figures: readonly string[]): readonly Metric[] =>
  figures.flatMap((name): Metric[] => [
    { name: `${name}_last`, type: 'real', of: (run) => summaryIn(run).get(name)?.last ?? null },
    { name: `${name}_mean`, type: 'real', of: (run) => summaryIn(run).get(name)?.mean ?? null },
  ])
