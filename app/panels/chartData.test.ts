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
  it('turns buckets of 50 ms into messages a second and leaves gaps where a gauge said nothing', () => {
    const charts = chartsOf([bucket(0, 10), bucket(1, 20, { 'commit latency': 91_000 }), bucket(2, 1)], 149_999, 2)
    expect(charts.map((c) => c.label)).toEqual(['commit latency, ms', 'messages a second'])
    expect(charts[0]!.y).toEqual([null, 91])
    expect(charts[1]!.y).toEqual([200, 400])
    expect(charts[1]!.x).toEqual([25_000, 75_000])
  })
  it('replaces a bucket that is said again and keeps the order of time', () => {
    const series = mergeSeries([bucket(0, 1), bucket(2, 3)], [bucket(1, 2), bucket(2, 9)])
    expect(series.map((b) => b.sent)).toEqual([1, 2, 9])
  })
})
