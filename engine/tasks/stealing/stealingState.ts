import type { Effects } from '../../agents/Program.ts'
import type { AgentId, U32 } from '../../kernel/units.ts'
import type { DagNode } from './fibDag.ts'
import type { StealingMsg } from './stealingMessages.ts'

export interface StealingParams {
  /** What is computed: fib(n), 0 … FIB_MAX. */
  readonly n: U32
  /** Time that a worker takes for one node of the graph, µs. */
  readonly nodeUs: number
  /** Whom an idle worker asks: any other, one of its neighbours, or nobody. */
  readonly victims: 'random' | 'neighbours' | 'none'
  /** Which of its nodes a victim gives: those it would come to last, or next. */
  readonly take: 'oldest' | 'newest'
  /** How many of those that are ready: one, or half of them, rounded up. */
  readonly amount: 'one' | 'half'
  /** Pause after a refusal, µs; twice as long after every four rounds of refusals. */
  readonly retryUs: number
  /** An answer that has not come by then is not waited for any longer, µs. */
  readonly timeoutUs: number
  /** A thief that has not been heard of for so long has lost what it took, µs. */
  readonly leaseUs: number
  /** A mark for every node, instead of for every stretch of work without a break. */
  readonly verbose: boolean
}

export const STEALING_DEFAULTS: StealingParams = {
  n: 22,
  nodeUs: 1_000,
  victims: 'random',
  take: 'oldest',
  amount: 'one',
  retryUs: 100,
  timeoutUs: 20_000,
  leaseUs: 200_000,
  verbose: false,
}

/** A call that has forked and waits for its two values. */
export interface Frame {
  readonly n: U32
  value: number
  nodes: number
  /** Bit k: the value of call 2k' + k is here. */
  done: U32
}

export interface Stealing {
  readonly self: AgentId
  params: StealingParams
  readonly members: readonly AgentId[]
  /** Boots before this one. */
  readonly attempt: U32
  neighbours: readonly AgentId[]
  /** Ready nodes, oldest first: the worker takes from the end, thieves from the beginning. */
  ready: DagNode[]
  working: DagNode | null
  /** What it has been at without a break: the node that it began with. Told where single nodes are not. */
  stretch: { readonly task: U32; readonly beganUs: number } | null
  /** By call. */
  frames: { [call: number]: Frame }
  /** Calls that came from others, who wait for their values. */
  borrowed: { readonly call: U32; readonly from: AgentId; readonly loan: U32 }[]
  /** Nodes that others took, until they have answered. */
  loans: { readonly id: U32; readonly node: DagNode; readonly to: AgentId; dueUs: number }[]
  /** Values sent and not yet noted. */
  answers: { readonly to: AgentId; readonly msg: StealingMsg & { type: 'done' }; tries: number }[]
  /** Number of the request that is under way; 0 = none, −1 = none before the timer `ask`. */
  asking: number
  /** Of requests and loans; of another life, of another range. */
  nextId: U32
  /** Refusals and silences in a row. */
  refusals: U32
  beganUs: number
  /** The first member's: it has the result. */
  computed: boolean
  finished: boolean
  /** Nodes worked on, successful steals, requests, nodes taken back. */
  worked: U32
  steals: U32
  requests: U32
  reclaimed: U32
}

export type Out = Effects<StealingMsg>

/** The first member begins, and ends up with the result. */
export const isOrigin = ({ self, members }: Stealing): boolean => self === members[0]
export const isIdle = ({ working, ready, finished }: Stealing): boolean =>
  working === null && ready.length === 0 && !finished
