import type { Effects } from '../../agents/Program.ts'
import type { AgentId, U32 } from '../../kernel/units.ts'
import type { Instance, Order } from './listInstances.ts'
import type { ListMsg } from './listMessages.ts'
import type { Task } from '../Task.ts'

export interface ListParams {
  readonly instance: Instance
  readonly order: Order
  /** Who gets the next job: the first that is free, or the machines in turn, whatever they have to do. */
  readonly rule: 'first-free' | 'in-turn'
  /** Jobs of the random instance. */
  readonly jobs: U32
  /** Time that a job of size 1 takes, µs. */
  readonly unitUs: number
  /** A machine asks for its next job so long before it is free, µs; a round trip leaves it no gap. */
  readonly aheadUs: number
  /** Time from the end of one list to the beginning of the next, µs; 0 = once. */
  readonly pauseUs: number
  /** Requests and reports without an answer are sent again after this, µs. */
  readonly retryUs: number
  /** A job that is so much later than its size says goes to another machine, µs. */
  readonly leaseUs: number
}

export const LIST_DEFAULTS: ListParams = {
  instance: 'worst-list',
  order: 'listed',
  rule: 'first-free',
  jobs: 100,
  unitUs: 100_000,
  aheadUs: 2_000,
  pauseUs: 0,
  retryUs: 50_000,
  leaseUs: 500_000,
}

/** What the scheduler keeps through a crash: the list it is at, and which of its jobs are done. */
export interface ListDisk {
  round: U32
  done: U32[]
}
/** What is done again changes nothing. */
export type ListRecord = { readonly round: U32 } | { readonly done: U32 } | { readonly again: U32 }

/** Of the first member, who gives out jobs. */
export interface Scheduler {
  round: U32
  /** Jobs to give out, in order. */
  waiting: Task[]
  /** Given out and not done, in the order in which they were. */
  open: { readonly task: Task; readonly to: AgentId; readonly dueUs: number }[]
  /** Jobs of this round that are done, or being written down as such. */
  done: U32[]
  /** Those of them that are written down. */
  durable: U32
  /** Jobs in all. */
  jobs: U32
  beganUs: number
  /** Machines that asked and got nothing yet, in that order. */
  idle: { readonly machine: AgentId; readonly request: U32 }[]
  /** The latest answer of each machine. */
  answered: { [machine: number]: { readonly request: U32; readonly task: Task } }
}

/** Of all others. */
export interface Machine {
  working: Task | null
  /** What comes next: at most one, unless jobs were given out twice. */
  queue: Task[]
  /** The request that waits for its answer, or is answered already. */
  request: U32
  waits: boolean
  /** Times in a row that something was said again. */
  repeats: U32
  /** Done, and not noted by the scheduler. */
  told: U32[]
  count: U32
}

export interface ListScheduling {
  readonly self: AgentId
  params: ListParams
  readonly scheduler: AgentId
  readonly machines: readonly AgentId[]
  readonly seed: U32
  readonly desk: Scheduler | null
  readonly machine: Machine | null
}

export type Out = Effects<ListMsg>
