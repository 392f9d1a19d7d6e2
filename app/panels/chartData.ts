import type { SpaceSpec } from '../../engine/scenario/Scenario.ts'
import { detectorFigure, figuresOf } from '../../engine/scenario/spaceFigures.ts'
import { BUCKET_US, type SeriesBucket } from '../../workers/protocol.ts'
import { MAIN_FIGURES } from './figureTexts.ts'
import { gaugeOf, isLatency } from './gauge.ts'

/** One small chart: x in µs, y in the unit of its label; gaps are null. */
export interface Chart {
  readonly id: string
  readonly label: string
  readonly x: readonly number[]
  readonly y: readonly (number | null)[]
  readonly fill: boolean
  /** Of the vertical axis; null: as high as the values go. */
  readonly top: number | null
  /** A value as text. */
  text(y: number): string
}

/** Nothing said for longer than this is a gap in the line, not a line across it. */
const GAP_US = 600_000
/** Heartbeats come in beats: their number is averaged over four buckets, or the chart is a saw. */
const SMOOTH = 4

function gaugeChart(name: string, series: readonly SeriesBucket[]): Chart {
  const x: number[] = []
  const y: (number | null)[] = []
  const { label, drawn, top, gaps, text } = gaugeOf(name)
  for (const bucket of series) {
    const value = bucket.gauges[name]
    if (value === undefined) continue
    const at = (bucket.index + 0.5) * BUCKET_US
    if (gaps && x.length > 0 && at - x.at(-1)! > GAP_US) {
      x.push(at - 1)
      y.push(null)
    }
    x.push(at)
    y.push(drawn(value))
  }
  return { id: name, label, x, y, fill: false, top, text: isLatency(name) ? whole : text }
}
const whole = (y: number): string => String(Math.round(y))

function messageChart(series: readonly SeriesBucket[]): Chart {
  const perSecond = 1_000_000 / BUCKET_US
  let sum = 0
  const y = series.map((bucket, i) => {
    sum += bucket.sent - (i >= SMOOTH ? series[i - SMOOTH]!.sent : 0)
    return (sum / Math.min(SMOOTH, i + 1)) * perSecond
  })
  return {
    id: 'messages',
    label: 'messages a second',
    x: series.map((b) => (b.index + 0.5) * BUCKET_US),
    y,
    ...{ fill: true, top: null, text: whole },
  }
}

/**
 * At most `most` charts: latencies from marks first, then messages a second; or what moves, by the figures that say
 * most. The bucket that is still filling is left out: half a bucket looks like a drop.
 */
export function chartsOf(
  all: readonly SeriesBucket[],
  frontierUs: number,
  most: number,
  space: SpaceSpec | null = null,
): readonly Chart[] {
  const series = all.filter((b) => (b.index + 1) * BUCKET_US <= frontierUs)
  const names = new Set(series.flatMap((b) => Object.keys(b.gauges)))
  const latencies = [...names].filter(isLatency).sort()
  if (space === null)
    return [...latencies.slice(0, most - 1).map((name) => gaugeChart(name, series)), messageChart(series)]
  const figures = figuresInOrder(space).filter((name) => names.has(name))
  const charts = [...figures, ...latencies].slice(0, most).map((name) => gaugeChart(name, series))
  const messages = charts.length < most && series.some(({ sent }) => sent > 0)
  return messages ? [...charts, messageChart(series)] : charts
}

/** What says most of a model, what its detectors watch, then all the rest. */
export const figuresInOrder = (space: SpaceSpec): readonly string[] => [
  ...new Set([...MAIN_FIGURES[space.kind], ...space.detectors.map(detectorFigure), ...figuresOf(space)]),
]
