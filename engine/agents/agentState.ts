import type { LocalClock } from '../kernel/clock.ts'
import type { Plain } from '../kernel/plain.ts'
import type { AgentId } from '../kernel/units.ts'

/** Status of an agent; the numbers index STATUS in frame/. */
export const STATUS_CODE = { absent: 0, up: 1, down: 2, paused: 3 } as const
export type StatusCode = (typeof STATUS_CODE)[keyof typeof STATUS_CODE]

/** What an event asks of the agent it is addressed to. */
export const EVENT = {
  start: 1,
  arrive: 2,
  timer: 3,
  diskDone: 4,
  serve: 5,
  clientOp: 6,
  discovery: 7,
  credit: 8,
} as const
export const EVENT_WORDS = [
  'command',
  'start',
  'message',
  'timer',
  'disk write done',
  'service',
  'client',
  'discovery',
  'credit',
]

/** Everything one agent is, as plain data: digested, copied into checkpoints, shown by the inspector. */
export interface AgentState {
  readonly id: AgentId
  status: StatusCode
  /** Boots before the present one; stale timers and completions carry an older one and are discarded. */
  incarnation: number
  /** Number of the next event this agent schedules. */
  seq: number
  clock: LocalClock
  /** Service time is multiplied by this; 1 = normal. */
  slowFactor: number
  /** An fsync takes this many times longer; 1 = normal. */
  diskFactor: number
  /** The disk confirms writes that the next crash loses. */
  diskForgets: boolean
  /** A service event is pending: the agent is busy until then. */
  serving: boolean
  inbox: Waiting[]
  readonly programs: ProgramState[]
}

export interface ProgramState {
  /** Index into the run's program kinds. */
  readonly program: number
  state: unknown
  readonly timers: { [name: string]: PendingTimer }
  /** Draws made so far, by purpose. */
  readonly draws: { [purpose: string]: number }
  /** Folded durable records. */
  disk: unknown
  /** Issued and not yet durable, oldest first; the running fsync covers the first `flushing`. */
  writes: { readonly record: Plain; readonly then: Plain }[]
  flushing: number
  /** Confirmed by a disk that forgets: durable as soon as it works again, lost in a crash. */
  unsynced: Plain[]
  /** Parameters that were changed during the run, restarts included. */
  overrides: { readonly [param: string]: Plain }
}

export interface PendingTimer {
  readonly seq: number
  readonly dueLocalUs: number
  readonly dueUs: number
}

/** An input that waits because the agent is busy or paused. `cause` is the event that brought it. */
export interface Waiting {
  readonly type: number
  /** Index of the program kind, and the event's second number (incarnation, …). */
  readonly a: number
  readonly b: number
  readonly payload: unknown
  readonly arrivedUs: number
  /** [time, dst, src, seq] of the event that brought it. */
  readonly cause: readonly [number, number, number, number]
}
