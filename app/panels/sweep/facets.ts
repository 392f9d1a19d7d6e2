import { textOf, type PointMeans, type SweepPlan } from '../../../workers/sweep/sweepClient.ts'
import { figuresInOrder } from '../chartData.ts'
import { measureName, measureText } from './sweepForm.ts'

/** A point of a small chart: one combination of values, over its seeds. */
export interface ChartPoint {
  readonly point: number
  readonly x: number
  readonly label: string
  readonly mean: number
  /** Half of the 95 % interval; 0 where one run has none. */
  readonly half: number
  readonly n: number
  /** Runs that violated an invariant. */
  readonly broken: number
}

/** One of the small multiples. */
export interface Facet {
  readonly title: string
  readonly measure: string
  /** Those of which there is a run. */
  readonly points: readonly ChartPoint[]
  /** The values of the first parameter, whether or not they have been run. */
  readonly places: readonly Place[]
  /** Texts stand at equal distances, numbers where they lie. */
  readonly isNumeric: boolean
  /** Ticks of the vertical axis, the first and the last its bounds; facets of one measure share them. */
  readonly ticks: readonly number[]
}

export interface Place {
  readonly x: number
  readonly label: string
}

/** How the swept values are told to a person. */
export type ValueText = (path: string, value: unknown) => string

/** Facets on screen; a table and the files hold all. */
export const FACETS_MAX = 24

/** Measures that are worth a chart each where there is one parameter, those that any run shows. */
const MAIN: readonly string[] = [
  'latency_p50_us',
  'latency_p99_us',
  'messages',
  'losses',
  'leaderless_mean_us',
  'elections',
  'commit_latency_mean_us',
  'operation_latency_mean_us',
  'operations_ok',
]

/** What is worth a chart: of what moves, the figures that say most first. */
export const mainMeasures = ({ spec: { scenario } }: SweepPlan): readonly string[] => [
  ...(scenario.space === null ? [] : figuresInOrder(scenario.space).map((figure) => `${figure}_mean`)),
  ...MAIN,
]

/** A figure of what moves that is the same at every point is worth no chart. */
function isConstant({ points }: SweepPlan, means: PointMeans, name: string): boolean {
  if (!/^[a-zA-Z]+_mean$/.test(name)) return false
  const values = Array.from({ length: points }, (_, point) => means.at(point, name).mean).filter(
    (x) => !Number.isNaN(x),
  )
  return values.length > 1 && values.every((value) => value === values[0])
}

/** Measures of which the rows so far show something else than nothing, in the order of the columns. */
export const measuresShown = (plan: SweepPlan, means: PointMeans): readonly string[] =>
  means.measures.filter((name) => {
    for (let point = 0; point < plan.points; point++) {
      const { n, mean } = means.at(point, name)
      if (n > 0 && mean !== 0) return true
    }
    return false
  })

/**
 * The small multiples: with one parameter a chart for each of the main measures; with several, charts of `measure` over
 * the first parameter, one for each product of the others.
 */
export function facetsOf(
  plan: SweepPlan,
  means: PointMeans,
  measure: string,
  text: ValueText,
  label: (path: string) => string = (path) => path,
): readonly Facet[] {
  // A number needs the name of what it is a number of; a text says it.
  const titleOf = (path: string, value: unknown): string =>
    typeof value === 'string' ? text(path, value) : `${label(path)} ${text(path, value)}`
  const { axes } = plan.spec
  if (axes.length === 0) return []
  const shown = measuresShown(plan, means)
  const across = acrossOf(plan, text)
  if (axes.length === 1) {
    const main = mainMeasures(plan).filter((name) => shown.includes(name) && !isConstant(plan, means, name))
    return (main.length > 0 ? main : shown).map((name) => {
      const points = pointsOf(plan, means, name, 0, across)
      return { title: measureName(name), measure: name, points, ...across, ticks: yTicks(points) }
    })
  }
  const others = plan.points / axes[0]!.values.length
  const facets = Array.from({ length: Math.min(others, FACETS_MAX) }, (_, other) => ({
    title: plan
      .valuesAt(other)
      .slice(1)
      .map((value, i) => titleOf(axes[i + 1]!.path, value))
      .join(' · '),
    points: pointsOf(plan, means, measure, other, across),
  }))
  const ticks = yTicks(facets.flatMap(({ points }) => points))
  return facets.map((facet) => ({ ...facet, measure, ...across, ticks }))
}

function acrossOf(plan: SweepPlan, text: ValueText): Pick<Facet, 'places' | 'isNumeric'> {
  const { path, values } = plan.spec.axes[0]!
  const isNumeric = values.every((value) => typeof value === 'number')
  return {
    isNumeric,
    places: values.map((value, i) => ({ x: isNumeric ? (value as number) : i, label: text(path, value) })),
  }
}

/** Points of one chart: the first parameter changes slowest, so they lie `stride` apart. */
function pointsOf(
  plan: SweepPlan,
  means: PointMeans,
  measure: string,
  other: number,
  { places }: Pick<Facet, 'places'>,
): ChartPoint[] {
  const stride = plan.points / places.length
  return places.flatMap(({ x, label }, i): ChartPoint[] => {
    const point = i * stride + other
    const { n, mean, half } = means.at(point, measure)
    if (n === 0) return []
    return [{ point, x, label, mean, half: Number.isNaN(half) ? 0 : half, n, broken: means.broken[point]! }]
  })
}

/** Room for every interval; from 0 on unless that would hide what differs. Nothing that is measured is negative. */
function yTicks(points: readonly ChartPoint[]): readonly number[] {
  const lo = Math.max(0, Math.min(...points.map(({ mean, half }) => mean - half)))
  const hi = Math.max(0, ...points.map(({ mean, half }) => mean + half))
  const from = hi - lo > 0.4 * hi || hi - lo < 1e-9 * hi ? 0 : lo
  return ticksOf(from, hi > from ? hi : from + 1, 3)
}

/** Multiples of 1, 2 or 5 times a power of ten that enclose lo … hi, about `many` of them. */
export function ticksOf(lo: number, hi: number, many: number): readonly number[] {
  const rough = (hi - lo) / many
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5].find((by) => by * power >= rough * 0.999) ?? 10) * power
  const first = Math.floor(lo / step + 1e-9)
  const last = Math.ceil(hi / step - 1e-9)
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)))
}

/** A point in one sentence, for those who do not see the chart. */
export function pointText({ title, measure }: Facet, { label, mean, half, n, broken }: ChartPoint): string {
  const interval = n > 1 ? ` ± ${measureText(measure, half)}` : ''
  const alarm = broken > 0 ? `, ${broken} broke a safety condition` : ''
  return `${label}, ${title}: ${measureText(measure, mean)}${interval}, ${n} ${n === 1 ? 'run' : 'runs'}${alarm}`
}

export const valueTextOf =
  (choices: readonly { readonly path: string; text(value: unknown): string }[]): ValueText =>
  (path, value) =>
    choices.find((choice) => choice.path === path)?.text(value) ?? textOf(value as never)
