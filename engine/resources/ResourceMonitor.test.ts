import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exp } from '../kernel/math.ts'
import {
  judge,
  judgeEveryUs,
  MONITOR_DEFAULTS,
  newMonitor,
  note,
  reading,
  swarmReading,
  type MonitorParams,
} from './ResourceMonitor.ts'

const params: MonitorParams = { ...MONITOR_DEFAULTS, averageUs: 100_000 }
const full = { busy: 1, waiting: 10, room: 10 }
const empty = { busy: 0, waiting: 0, room: 10 }

describe('ResourceMonitor', () => {
  it('approaches what holds as 1 − e^(−t/τ), however often it is asked in between', () => {
    const value = (asks: readonly number[]): number => {
      const monitor = newMonitor(0)
      note(monitor, params, 0, full)
      for (const at of asks) judge(monitor, { ...params, raiseUs: 1e9 }, at)
      judge(monitor, { ...params, raiseUs: 1e9 }, 150_000)
      return monitor.utilisation
    }
    expect(value([])).toBeCloseTo(1 - exp(-1.5), 12)
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 150_000 }), { maxLength: 20 }), (asks) => {
        expect(value(asks.toSorted((a, b) => a - b))).toBeCloseTo(1 - exp(-1.5), 9)
      }),
    )
  })
  it('raises the alarm only after the average stayed above for raiseUs, and clears it after clearUs below', () => {
    const monitor = newMonitor(0)
    note(monitor, params, 0, full)
    const changes: [number, string][] = []
    for (let at = 0; at <= 2_000_000; at += judgeEveryUs(params)) {
      if (at === 1_000_000) note(monitor, params, at, empty)
      const change = judge(monitor, params, at)
      if (change !== null) changes.push([at, change])
    }
    // 1 − e^(−t/τ) = .8 at 161 ms and e^(−t/τ) = .4 at 92 ms; to these come raiseUs and clearUs, by steps of 25 ms.
    expect(changes).toEqual([
      [275_000, 'alarm'],
      [1_300_000, 'clear'],
    ])
  })
  it('a burst shorter than the average and the wait raises none, and between the thresholds nothing changes', () => {
    const monitor = newMonitor(0)
    const changes: string[] = []
    for (let at = 0; at <= 3_000_000; at += 25_000) {
      note(monitor, params, at, { ...full, waiting: at % 300_000 < 150_000 ? 10 : 0 })
      const change = judge(monitor, params, at)
      if (change !== null) changes.push(change)
    }
    expect(changes).toEqual([])
    monitor.alarmed = true
    for (let at = 3_000_000; at <= 6_000_000; at += 25_000) {
      note(monitor, params, at, { ...full, waiting: 6 })
      expect(judge(monitor, params, at)).toBeNull()
    }
  })
  it('without hysteresis the same load makes the alarm flutter', () => {
    const changes = (settings: MonitorParams): number => {
      const monitor = newMonitor(0)
      let count = 0
      for (let at = 0; at <= 10_000_000; at += 10_000) {
        note(monitor, settings, at, { ...full, waiting: at % 200_000 < 100_000 ? 10 : 5 })
        if (judge(monitor, settings, at) !== null) count++
      }
      return count
    }
    expect(changes({ ...params, alarmAt: 0.75, clearAt: 0.75, raiseUs: 1, clearUs: 1 })).toBeGreaterThan(50)
    expect(changes({ ...params, alarmAt: 0.75, clearAt: 0.5, raiseUs: 1, clearUs: 1 })).toBe(1)
  })
  it('the swarm’s queues and alarms are sums, its utilisation the mean', () => {
    const busy = newMonitor(0)
    Object.assign(busy, { utilisation: 1, queue: 7, saturation: 0.7, alarmed: true })
    const readings = [busy, newMonitor(0), busy].map(reading)
    const { agents, utilisation, queue, saturation, alarms } = swarmReading(readings)
    expect([agents, queue, saturation, alarms]).toEqual([3, 14, 0.7, 2])
    expect(utilisation).toBeCloseTo(2 / 3, 12)
    expect(swarmReading([])).toEqual({ agents: 0, utilisation: 0, queue: 0, saturation: 0, alarms: 0 })
  })
})
