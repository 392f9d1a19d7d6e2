import {
  judge,
  judgeEveryUs,
  MONITOR_DEFAULTS,
  newMonitor,
  note,
  reading,
  type MonitorParams,
} from '../../resources/ResourceMonitor.ts'
import { busySlots, inWork } from './slots.ts'
import type { Out, Worker } from './workerState.ts'

/**
 * A worker's own monitor: how busy it is and how full its queue. Where too much has waited for some time it raises an
 * alarm, which its reports carry to the distributors, and they hold back until it clears. Off while `alarmAt` is 0.
 */
const settings = ({ params: { alarmAt, clearAt } }: Worker): MonitorParams => ({
  ...{ ...MONITOR_DEFAULTS, alarmAt, clearAt },
})

export const isAlarmed = ({ monitor }: Worker): boolean => monitor !== null && monitor.alarmed

/**
 * To be called at the beginning of every step: what is held now has been held since the last. Starts and stops the
 * monitor as `alarmAt` says; true where it stopped with its alarm on, which is to be reported. Mutates the monitor.
 */
export function account(w: Worker, out: Out): boolean {
  const isOn = w.params.alarmAt > 0
  if (w.monitor === null) {
    if (!isOn) return false
    w.monitor = newMonitor(out.localUs)
    out.setTimer('monitor', judgeEveryUs(MONITOR_DEFAULTS))
  }
  const now = { busy: busySlots(w) / w.params.slots, waiting: w.holding.size - inWork(w), room: w.params.queueMax }
  note(w.monitor, MONITOR_DEFAULTS, w.monitor.atUs, now)
  note(w.monitor, MONITOR_DEFAULTS, out.localUs, now)
  if (isOn) return false
  const was = w.monitor.alarmed
  w.monitor = null
  out.cancelTimer('monitor')
  return was
}

/** Whether the alarm has changed and is to be reported. */
export function onMonitorTimer(w: Worker, out: Out): boolean {
  if (w.monitor === null) return false
  out.setTimer('monitor', judgeEveryUs(MONITOR_DEFAULTS))
  const change = judge(w.monitor, settings(w), out.localUs)
  if (change === null) return false
  out.mark({ kind: change, what: MONITOR_DEFAULTS.watched, value: w.monitor.saturation })
  return true
}

/** With every report, for charts and for sums over the swarm. */
export function tellReading({ monitor }: Worker, out: Out): void {
  if (monitor !== null) out.mark({ kind: 'reading', ...reading(monitor) })
}
