import { exp } from '../kernel/math.ts'

/**
 * How busy one agent is, as it knows itself: exponential averages over its own time of utilisation, queue and
 * saturation, and an alarm with hysteresis. Plain state that a program keeps; functions mutate it and nothing else. An
 * alarm reaches nobody by itself: the program that owns the monitor sends it, and it takes its link's time.
 */
export interface ResourceMonitor {
  /** Averages up to `atUs`: share of the time at work, tasks waiting, share of the queue's room in use. */
  utilisation: number
  queue: number
  saturation: number
  /** What holds since `atUs`. */
  busy: number
  waiting: number
  room: number
  atUs: number
  alarmed: boolean
  /** Since when the watched average is where the alarm would change; −1: it is not there. */
  beyondUs: number
}

export const WATCHED = ['utilisation', 'queue', 'saturation'] as const
export type Watched = (typeof WATCHED)[number]

export interface MonitorParams {
  /** Time constant of the averages, µs: what was 1 for so long counts for 1 − 1/e of it. */
  readonly averageUs: number
  readonly watched: Watched
  /** The alarm is raised when the average was at least this for `raiseUs`. */
  readonly alarmAt: number
  /** It is cleared when the average was at most this for `clearUs`; below `alarmAt`, or it would flutter. */
  readonly clearAt: number
  readonly raiseUs: number
  readonly clearUs: number
}

export const MONITOR_DEFAULTS: MonitorParams = {
  averageUs: 200_000,
  watched: 'saturation',
  alarmAt: 0.8,
  clearAt: 0.4,
  raiseUs: 100_000,
  clearUs: 200_000,
}

export const newMonitor = (nowUs: number): ResourceMonitor => ({
  ...{ utilisation: 0, queue: 0, saturation: 0, busy: 0, waiting: 0, room: 1, atUs: nowUs, alarmed: false },
  beyondUs: -1,
})

/**
 * From now on `busy` (0..1) of its capacity is at work and `waiting` of at most `room` tasks wait. Call it whenever one
 * of them changes. Mutates `monitor`.
 */
export function note(
  monitor: ResourceMonitor,
  { averageUs }: Pick<MonitorParams, 'averageUs'>,
  nowUs: number,
  now: { readonly busy: number; readonly waiting: number; readonly room: number },
): void {
  settle(monitor, averageUs, nowUs)
  monitor.busy = now.busy
  monitor.waiting = now.waiting
  monitor.room = Math.max(1, now.room)
}

/** The averages up to now, exact for what is constant in between. A clock set back adds nothing. Mutates `monitor`. */
function settle(monitor: ResourceMonitor, averageUs: number, nowUs: number): void {
  const keep = nowUs > monitor.atUs ? exp((monitor.atUs - nowUs) / averageUs) : 1
  const { busy, waiting, room } = monitor
  monitor.utilisation = busy + (monitor.utilisation - busy) * keep
  monitor.queue = waiting + (monitor.queue - waiting) * keep
  monitor.saturation = waiting / room + (monitor.saturation - waiting / room) * keep
  monitor.atUs = nowUs
}

/**
 * Whether the alarm changes now: to be asked at least a few times within `raiseUs` and `clearUs`. An average that falls
 * back below `alarmAt` in between starts the wait anew, and so does one that rises above `clearAt`. Mutates `monitor`.
 */
export function judge(monitor: ResourceMonitor, params: MonitorParams, nowUs: number): 'alarm' | 'clear' | null {
  settle(monitor, params.averageUs, nowUs)
  const value = monitor[params.watched]
  const beyond = monitor.alarmed ? value <= params.clearAt : value >= params.alarmAt
  if (!beyond) {
    monitor.beyondUs = -1
    return null
  }
  if (monitor.beyondUs === -1 || monitor.beyondUs > nowUs) monitor.beyondUs = nowUs
  if (nowUs - monitor.beyondUs < (monitor.alarmed ? params.clearUs : params.raiseUs)) return null
  monitor.alarmed = !monitor.alarmed
  monitor.beyondUs = -1
  return monitor.alarmed ? 'alarm' : 'clear'
}

/** How often to ask `judge`, µs: a quarter of the shorter wait, and at least 1 ms. */
export const judgeEveryUs = ({ raiseUs, clearUs }: MonitorParams): number =>
  Math.max(1_000, Math.floor(Math.min(raiseUs, clearUs) / 4))

/** What one monitor shows, as it goes into marks and messages. */
export interface Reading {
  readonly utilisation: number
  readonly queue: number
  readonly saturation: number
  readonly alarmed: boolean
}

/** Averages up to the latest `note` or `judge`. */
export const reading = ({ utilisation, queue, saturation, alarmed }: ResourceMonitor): Reading => ({
  ...{ utilisation, queue, saturation, alarmed },
})

/** The whole swarm's: queues and alarms are sums, utilisation the mean, saturation that of the worst. */
export interface SwarmReading {
  readonly agents: number
  readonly utilisation: number
  readonly queue: number
  readonly saturation: number
  readonly alarms: number
}

/** Zeros of nobody. */
export function swarmReading(readings: readonly Reading[]): SwarmReading {
  const sum = (of: (one: Reading) => number): number => readings.reduce((total, one) => total + of(one), 0)
  return {
    agents: readings.length,
    utilisation: readings.length === 0 ? 0 : sum(({ utilisation }) => utilisation) / readings.length,
    queue: sum(({ queue }) => queue),
    saturation: readings.reduce((most, { saturation }) => Math.max(most, saturation), 0),
    alarms: sum(({ alarmed }) => Number(alarmed)),
  }
}
