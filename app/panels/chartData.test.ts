import { describe, expect, it } from 'vitest'
import { mergeSeries } from '../state/facts.ts'
import type { SeriesBucket } from '../../workers/protocol.ts'
import { parseScenario } from '../../engine/scenario/parse.ts'
import { chartsOf } from './chartData.ts'

const bucket = (index: number, sent: number, gauges: SeriesBucket['gauges'] = {}): SeriesBucket => ({
  index,
  events: 0,
  sent,
  delivered: sent,
  lost: 0,
  gauges,
})

describe('charts', () => {
  it('show messages a second over the last 200 ms and leave out the bucket that is still filling', () => {
    const sent = [10, 20, 0, 10, 90, 1]
    const charts = chartsOf(
      sent.map((n, i) => bucket(i, n)),
      299_999,
      2,
    )
    expect(charts.map((c) => c.label)).toEqual(['messages a second'])
    expect(charts[0]!.y).toEqual([200, 300, 200, 200, 600])
    expect(charts[0]!.x[1]).toBe(75_000)
  })
  it('draw a gauge through short silences and break it at long ones', () => {
    const said = (index: number, us: number): SeriesBucket => bucket(index, 0, { 'commit latency': us })
    const [chart] = chartsOf([said(0, 91_000), bucket(1, 0), said(3, 93_000), said(40, 95_000)], 1e9, 2)
    expect(chart!.label).toBe('commit latency, ms')
    expect(chart!.y).toEqual([91, 93, null, 95])
  })
  it('of what moves show what says most of the model, each in its unit, and go on between measurements', () => {
    const parsed = parseScenario({ topology: { kind: 'none' }, programs: [], space: { kind: 'couzin', dimensions: 3 } })
    const space = parsed.ok ? parsed.value.space : null
    const at = (index: number, polarisation: number): SeriesBucket =>
      bucket(index, 0, { alive: 100, meanSpeed: 0.3, polarisation, milling: 1 - polarisation })
    const series = [at(0, 0.5), bucket(1, 0), at(40, 0.75)]
    const charts = chartsOf(series, 1e9, 2, space)
    expect(charts.map(({ label, top }) => [label, top])).toEqual([
      ['Polarisation', 1],
      ['Milling', 1],
    ])
    expect(charts[0]!.y).toEqual([0.5, 0.75])
    expect(charts[0]!.text(0.754)).toBe('0.75')
    const labels = chartsOf(series, 1e9, 16, space).map(({ label }) => label)
    expect(labels).toEqual(['Polarisation', 'Milling', 'Bodies up', 'Mean speed'])
  })
  it('replaces a bucket that is said again and keeps the order of time', () => {
    const series = mergeSeries([bucket(0, 1), bucket(2, 3)], [bucket(1, 2), bucket(2, 9)])
    expect(series.map((b) => b.sent)).toEqual([1, 2, 9])
  })
})
