import { columnsOf } from '../sweep/columns.ts'
import { textOf } from '../sweep/axis.ts'
import type { PointMean, PointMeans } from '../sweep/PointMeans.ts'
import type { SweepPlan } from '../sweep/SweepPlan.ts'
import type { Row, SweepPart } from '../sweep/SweepSpec.ts'
import { printTable } from './print.ts'

/** Points of a printed table; a file holds them all. */
const PRINTED_POINTS = 40

/** Measures of the printed table, those of them that any run shows. */
const PRINTED: readonly string[] = [
  'messages',
  'latency_p50_us',
  'latency_p99_us',
  'elections',
  'leaderless_mean_us',
  'commit_latency_mean_us',
  'operation_latency_mean_us',
]

/** A model's own figures are wider than any table, and those of every swarm are in the file as well. */
const PRINTED_FIGURES = 6
const printed = ({ spec: { scenario } }: SweepPlan, { measures }: PointMeans): readonly string[] =>
  scenario.space === null
    ? PRINTED
    : [
        ...(scenario.programs.length > 0 ? PRINTED : []),
        ...measures.filter((name) => /^[a-z]+[A-Za-z]*_mean$/.test(name)).slice(0, PRINTED_FIGURES),
      ]

interface Done {
  readonly part: SweepPart
  readonly out: string | undefined
  /** Rows that went to no file. */
  readonly kept: readonly Row[]
  readonly wallMs: number
}

/** What `sweep --json` prints. `points` is empty where the rows lay in a Parquet file already. */
export function sweepResult(plan: SweepPlan, means: PointMeans, { part, out, kept, wallMs }: Done) {
  const { scenario, axes, repeat, untilUs } = plan.spec
  return {
    scenario: scenario.name,
    seed: scenario.seed,
    until_us: untilUs ?? scenario.untilUs,
    over: axes,
    repeat,
    runs: plan.rowsIn(part),
    wall_ms: Math.round(wallMs),
    points: pointsSeen(plan, means).map((point) => ({
      values: plan.valuesAt(point),
      runs: means.runs[point],
      broken: means.broken[point],
      means: Object.fromEntries(
        means.measures
          .map((name) => [name, means.at(point, name)] as const)
          .filter(([, { n }]) => n > 0)
          .map(([name, { n, mean, half }]) => [name, { n, mean, ...(n > 1 && { half_95: half }) }]),
      ),
    })),
    columns: columnsOf(plan.spec).map(({ name }) => name),
    ...(out === undefined ? { rows: kept } : { out }),
  }
}

const pointsSeen = (plan: SweepPlan, means: PointMeans): number[] =>
  Array.from({ length: plan.points }, (_, point) => point).filter((point) => means.runs[point]! > 0)

/** A table of points: means over their runs, with half the width of the 95 % confidence interval. */
export function printPoints(plan: SweepPlan, means: PointMeans, out: string): void {
  const points = pointsSeen(plan, means)
  if (points.length === 0) return console.log(`every row is in ${out}`)
  const measures = printed(plan, means).filter((name) => points.some((point) => means.at(point, name).n > 0))
  printTable([
    [...plan.spec.axes.map(({ path }) => path), 'runs', 'broken', ...measures],
    ...points
      .slice(0, PRINTED_POINTS)
      .map((point) => [
        ...plan.valuesAt(point).map(textOf),
        String(means.runs[point]),
        String(means.broken[point]),
        ...measures.map((name) => meanText(means.at(point, name))),
      ]),
  ])
  const more = points.length - PRINTED_POINTS
  console.log(`${more > 0 ? `and ${more} more points, ` : ''}one row a run in ${out}; ± is a 95 % confidence interval`)
}

const meanText = ({ n, mean, half }: PointMean): string =>
  n === 0 ? '' : n === 1 ? short(mean) : `${short(mean)} ±${short(half)}`

const short = (value: number): string => String(Number(value.toPrecision(4)))
