import { BUCKET_US, type SeriesBucket } from '../../workers/protocol.ts'

/** One small chart: x in µs, y in the unit of its label; gaps are null. */
export interface Chart {
  readonly id: string
  readonly label: string
  readonly x: readonly number[]
  readonly y: readonly (number | null)[]
  readonly fill: boolean
}

/** Gauges in µs are shown in ms; all others as they are. */
const gaugeChart = (name: string, series: readonly SeriesBucket[]): Chart => ({
  id: name,
  label: `${name}, ms`,
  x: series.map((b) => (b.index + 0.5) * BUCKET_US),
  y: series.map((b) => (b.gauges[name] === undefined ? null : b.gauges[name] / 1000)),
  fill: false,
})

/**
 * At most `most` charts: latencies from marks first, then messages a second. The bucket that is still filling is left
 * out: half a bucket looks like a drop.
 */
export function chartsOf(all: readonly SeriesBucket[], frontierUs: number, most: number): readonly Chart[] {
  const series = all.filter((b) => (b.index + 1) * BUCKET_US <= frontierUs)
  const names = [...new Set(series.flatMap((b) => Object.keys(b.gauges)))].sort()
  const perSecond = 1_000_000 / BUCKET_US
  const messages: Chart = {
    id: 'messages',
    label: 'messages a second',
    x: series.map((b) => (b.index + 0.5) * BUCKET_US),
    y: series.map((b) => b.sent * perSecond),
    fill: true,
  }
  return [...names.slice(0, most - 1).map((name) => gaugeChart(name, series)), messages]
}
