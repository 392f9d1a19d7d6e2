import { BUCKET_US, type SeriesBucket } from '../../workers/protocol.ts'

/** One small chart: x in µs, y in the unit of its label; gaps are null. */
export interface Chart {
  readonly id: string
  readonly label: string
  readonly x: readonly number[]
  readonly y: readonly (number | null)[]
  readonly fill: boolean
}

/** Nothing said for longer than this is a gap in the line, not a line across it. */
const GAP_US = 600_000
/** Heartbeats come in beats: their number is averaged over four buckets, or the chart is a saw. */
const SMOOTH = 4

/** Gauges in µs are shown in ms. */
function gaugeChart(name: string, series: readonly SeriesBucket[]): Chart {
  const x: number[] = []
  const y: (number | null)[] = []
  for (const bucket of series) {
    const value = bucket.gauges[name]
    if (value === undefined) continue
    const at = (bucket.index + 0.5) * BUCKET_US
    if (x.length > 0 && at - x.at(-1)! > GAP_US) {
      x.push(at - 1)
      y.push(null)
    }
    x.push(at)
    y.push(value / 1000)
  }
  return { id: name, label: `${name}, ms`, x, y, fill: false }
}

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
    fill: true,
  }
}

/**
 * At most `most` charts: latencies from marks first, then messages a second. The bucket that is still filling is left
 * out: half a bucket looks like a drop.
 */
export function chartsOf(all: readonly SeriesBucket[], frontierUs: number, most: number): readonly Chart[] {
  const series = all.filter((b) => (b.index + 1) * BUCKET_US <= frontierUs)
  const names = [...new Set(series.flatMap((b) => Object.keys(b.gauges)))].sort()
  return [...names.slice(0, most - 1).map((name) => gaugeChart(name, series)), messageChart(series)]
}
