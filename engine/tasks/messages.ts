import { bool, f64, list, record, u32, u8, union, type Layout } from '../kernel/codec.ts'
import type { U32 } from '../kernel/units.ts'
import { taskLayout, type Task } from './Task.ts'

/**
 * What distributors and workers say to each other, and workers among themselves: one union for both programs. Times
 * are spans, µs, or the sender's own clock where it says so.
 */
export type TaskMsg =
  // from a distributor (or, down a reporting chain, from the worker above)
  /** `award`: the bid was the best; answered with `accept`. */
  | { type: 'assign'; task: Task; leaseUs: number; award: boolean }
  /** How work is shared out from now on: index into STRATEGIES. The greater epoch of a sender is the newer word. */
  | { type: 'policy'; strategy: number; epoch: U32 }
  | { type: 'probe'; task: U32 }
  | { type: 'call'; task: Task }
  /** Ends of these are known: nobody need remember them any more. */
  | { type: 'heard'; tasks: readonly U32[] }
  | { type: 'cancel'; tasks: readonly U32[] }
  /** Tasks of this kind are expected: an idle slot gets ready for them. */
  | { type: 'warm'; taskKind: U32 }
  // from a worker
  /**
   * At the start, every reportUs, and to the worker above. `meets`: bits of needs (needs.ts). `held`: slots that all it
   * holds takes. `alarmed`: hold back.
   */
  | { type: 'report'; life: U32; meets: U32; held: U32; epoch: U32; alarmed: boolean }
  /** A worker with `free` idle slots asks for work. */
  | { type: 'pull'; free: U32 }
  | { type: 'probed'; task: U32; held: U32 }
  /** It would be done in `finishUs`, as far as sizes are known. */
  | { type: 'bid'; task: U32; finishUs: number }
  | { type: 'accept'; task: U32 }
  | { type: 'refuse'; task: U32; why: Refusal; held: U32 }
  | DoneMsg
  | { type: 'failed'; task: U32; run: U32; held: U32 }
  /** What it holds of the receiver's, and ends that the receiver has not confirmed. */
  | { type: 'renew'; held: readonly U32[]; done: readonly Done[] }
  // between workers
  | { type: 'steal'; meets: U32; most: U32 }
  | { type: 'stolen'; tasks: readonly Loot[] }

/** One execution: `run` counts those of the worker, its lives included. */
export interface Done {
  readonly task: U32
  readonly run: U32
  /** From submission to the start, and from the start to the end. */
  readonly waitedUs: number
  readonly workedUs: number
}
/** Slots that all it holds now takes, and its idle slots where it waits for nothing else. */
export type DoneMsg = { readonly type: 'done'; readonly end: Done; readonly held: U32; readonly free: U32 }

export interface Loot {
  readonly task: Task
  readonly leaseUs: number
}

export const REFUSALS = ['full', 'kind'] as const
export type Refusal = (typeof REFUSALS)[number]

const refusal: Layout<Refusal> = {
  write: (out, why) => u8.write(out, REFUSALS.indexOf(why)),
  read: (from) => REFUSALS[u8.read(from)]!,
}
const done = record<Done>({ task: u32, run: u32, waitedUs: f64, workedUs: f64 })

export const taskMessages = union<TaskMsg>({
  assign: record({ task: taskLayout, leaseUs: f64, award: bool }),
  policy: record({ strategy: u8, epoch: u32 }),
  probe: record({ task: u32 }),
  call: record({ task: taskLayout }),
  heard: record({ tasks: list(u32) }),
  cancel: record({ tasks: list(u32) }),
  warm: record({ taskKind: u32 }),
  report: record({ life: u32, meets: u32, held: u32, epoch: u32, alarmed: bool }),
  pull: record({ free: u32 }),
  probed: record({ task: u32, held: u32 }),
  bid: record({ task: u32, finishUs: f64 }),
  accept: record({ task: u32 }),
  refuse: record({ task: u32, why: refusal, held: u32 }),
  done: record({ end: done, held: u32, free: u32 }),
  failed: record({ task: u32, run: u32, held: u32 }),
  renew: record({ held: list(u32), done: list(done) }),
  steal: record({ meets: u32, most: u32 }),
  stolen: record({ tasks: list(record<Loot>({ task: taskLayout, leaseUs: f64 })) }),
})

/** For colour, rules and counts. */
export const TASK_MESSAGE_KINDS = [
  'task',
  'done',
  'refusal',
  'probe',
  'bid',
  'pull',
  'steal',
  'report',
  'cancel',
] as const
const KIND_OF: { readonly [T in TaskMsg['type']]: (typeof TASK_MESSAGE_KINDS)[number] } = {
  ...{ assign: 'task', done: 'done', failed: 'refusal', refuse: 'refusal', probe: 'probe', probed: 'probe' },
  ...{ call: 'bid', bid: 'bid', accept: 'bid', pull: 'pull', steal: 'steal', stolen: 'task', cancel: 'cancel' },
  ...{ report: 'report', renew: 'report', heard: 'report', policy: 'report', warm: 'report' },
}
/** An empty-handed answer to a thief carries no task. */
export const taskMessageKind = (msg: TaskMsg): string =>
  msg.type === 'stolen' && msg.tasks.length === 0 ? 'steal' : KIND_OF[msg.type]

/** The words of `strategy`; the order is part of the messages. */
export const STRATEGIES = [
  'random',
  'round-robin',
  'central',
  'choices',
  'least-loaded',
  'hash',
  'work-stealing',
  'auction',
  'predictive',
  'delegate',
] as const
export type StrategyWord = (typeof STRATEGIES)[number]
