import { describe, expect, it } from 'vitest'
import { mergeSeries } from '../state/facts.ts'
import type { SeriesBucket } from '../../workers/protocol.ts'
import { chartsOf } from './chartData.ts'
import type { Mark } from '../../engine/agents/Program.ts'
import { agentId, micros } from '../../engine/kernel/units.ts'
import { MarkGauges, OPERATION_LATENCY } from '../state/MarkGauges.ts'

const ok = (time: number, tookUs: number): Mark => ({
  key: { time: micros(time), dst: agentId(0), src: agentId(0), seq: time },
  index: 0,
  agent: agentId(0),
  program: 'client',
  body: { kind: 'ok', tookUs },
})

const bucket = (index: number, sent: number, gauges: SeriesBucket['gauges'] = {}): SeriesBucket => ({
  index,
  events: 0,
  sent,
  delivered: sent,
  lost: 0,
  gauges,
})

describe('charts', () => {
  it('have the mean wait of completed operations in the bucket of their answers', () => {
    const gauges = new MarkGauges()
    const first = gauges.add([ok(10_000, 300), ok(20_000, 500), ok(60_000, 900)])
    expect(first).toBe(0)
    const filled = gauges.fill([bucket(0, 1), bucket(1, 1), bucket(2, 1)], first)
    expect(filled.map((b) => b.gauges[OPERATION_LATENCY])).toEqual([400, 900, undefined])
    gauges.clear()
    expect(gauges.fill([bucket(0, 1)], 0)[0]!.gauges).toEqual({})
  })
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
  it('replaces a bucket that is said again and keeps the order of time', () => {
    const series = mergeSeries([bucket(0, 1), bucket(2, 3)], [bucket(1, 2), bucket(2, 9)])
    expect(series.map((b) => b.sent)).toEqual([1, 2, 9])
  })
})
