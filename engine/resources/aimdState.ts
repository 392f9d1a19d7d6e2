import type { Effects } from '../agents/Program.ts'
import { record, u32, union } from '../kernel/codec.ts'
import type { AgentId, U32 } from '../kernel/units.ts'
import type { TokenBucket } from './tokenBucket.ts'

export type AimdMsg =
  | { type: 'packet' }
  /** From the bottleneck: the queue is long. `event` counts them, so that one that comes twice counts once. */
  | { type: 'signal'; event: U32 }

export const messages = union<AimdMsg>({ packet: record({}), signal: record({ event: u32 }) })
export type Out = Effects<AimdMsg>

export interface AimdParams {
  /** Packets a second that the bottleneck lets through, whole; and how many at once after a pause, whole. */
  readonly perSecond: number
  readonly depth: number
  /** Without a bucket the bottleneck passes on what comes, when it comes. */
  readonly shaping: 'bucket' | 'none'
  /** Packets that may wait; others are dropped. */
  readonly queueMax: number
  /** A queue of so many is long; after a signal none for `restUs`, until it can have shown effect. */
  readonly signalAt: number
  readonly restUs: number
  /** Who is told: everybody, or whoever sent the packet that found the queue long. */
  readonly signals: 'all' | 'sender'
  /** What flows send at first, packets a second: the k-th flow the k-th, and round again. */
  readonly rates: readonly number[]
  /** A round of a flow, µs: then its rate grows. */
  readonly roundUs: number
  readonly increase: 'add' | 'multiply'
  readonly decrease: 'multiply' | 'subtract'
  /** Packets a second that a round adds, and that a signal subtracts. */
  readonly step: number
  readonly minus: number
  /** What a round multiplies by, and what a signal does (β). */
  readonly growth: number
  readonly beta: number
  /** A flow sends no less and no more, packets a second. */
  readonly rateMin: number
  readonly rateMax: number
  /** What the bottleneck let through is told this often, µs; 0 = never. */
  readonly reportEveryUs: number
  /** Marks every packet let through. */
  readonly verbose: boolean
}

export const AIMD_DEFAULTS: AimdParams = {
  perSecond: 100,
  depth: 4,
  shaping: 'bucket',
  queueMax: 40,
  signalAt: 6,
  restUs: 300_000,
  signals: 'all',
  rates: [70, 10],
  roundUs: 100_000,
  increase: 'add',
  decrease: 'multiply',
  step: 1,
  minus: 20,
  growth: 1.02,
  beta: 0.5,
  rateMin: 0.5,
  rateMax: 400,
  reportEveryUs: 1_000_000,
  verbose: false,
}

export interface Bottleneck {
  readonly bucket: TokenBucket
  /** Packets that wait, by the agent that sent them. */
  queue: AgentId[]
  event: U32
  /** No signal before, local µs. */
  quietUntilUs: number
  /** Since the latest report, in the places of `flows`. */
  passed: number[]
  dropped: U32
}

export interface Flow {
  /** Packets a second. */
  rate: number
  /** The newest signal heard. */
  event: U32
  sent: U32
}
