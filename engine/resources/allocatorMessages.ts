import type { Effects } from '../agents/Program.ts'
import { bool, f64, list, record, u32, union } from '../kernel/codec.ts'
import type { AgentId, U32 } from '../kernel/units.ts'
import type { Policy } from './fairShare.ts'

/** One task's worth of resources, handed out. Ids only grow. */
export interface Grant {
  readonly id: U32
  readonly bundle: readonly number[]
}

/**
 * Both messages say how things stand and not what has changed, so that one that is lost or comes twice does no harm:
 * the next says it again.
 */
export type AllocatorMsg =
  /** From a user: what it wants in all, and what it gives back. It renews the lease on everything it holds. */
  | {
      type: 'ask'
      /** Counts the leases of this user: what it held under an earlier one it holds no more. */
      session: U32
      /** Counts the asks of a session: an older one that comes late says nothing. */
      number: U32
      /** Tasks that it wants at one time, those it has included. */
      wanted: U32
      /** What one task takes. */
      demand: readonly number[]
      weight: number
      /** How long it takes what it holds for its own, counted from this ask on, µs. */
      leaseUs: number
      /** Its monitor says that it has too much to do. */
      alarmed: boolean
      /** Grants that it needs no more. */
      returned: readonly U32[]
    }
  /** From the allocator: all that the user has. */
  | {
      type: 'grant'
      session: U32
      /** The newest ask that the allocator knows: the lease counts from when that one was sent. */
      number: U32
      /** Counts the allocator's answers: an older one that comes late says nothing. */
      version: U32
      granted: readonly Grant[]
      /** Ids of those that it wants back. */
      back: readonly U32[]
      /** A task of this size never fits. */
      refused: boolean
    }

const grant = record<Grant>({ id: u32, bundle: list(f64) })
export const messages = union<AllocatorMsg>({
  ask: record({
    ...{ session: u32, number: u32, wanted: u32, demand: list(f64), weight: f64, leaseUs: f64, alarmed: bool },
    returned: list(u32),
  }),
  grant: record({ session: u32, number: u32, version: u32, granted: list(grant), back: list(u32), refused: bool }),
})
export const kindOf = (msg: AllocatorMsg): string =>
  msg.type === 'grant' ? 'grant' : msg.returned.length > 0 ? 'return' : 'ask'
export type Out = Effects<AllocatorMsg>

export interface AllocatorParams {
  readonly policy: Policy
  /** What there is of each resource, whole units. */
  readonly capacities: readonly number[]
  /** What one task of a user takes, whole units. The k-th user has the k-th of each of these lists, and round again. */
  readonly demands: readonly (readonly number[])[]
  /** Tasks that a user always wants at one time; 0 = as many as it can get. */
  readonly tasks: readonly number[]
  readonly weights: readonly number[]
  /** Tasks that come to a user a second, at exponential gaps; 0 = it always wants `tasks`. */
  readonly perSecond: readonly number[]
  /** Mean time that a task takes, µs; 0 = for ever. */
  readonly holdUs: number
  readonly hold: 'exponential' | 'constant'
  /** The allocator collects what is asked for so long, then shares out, µs; 0 = at every message. */
  readonly roundUs: number
  /** A task that fits goes before one that does not and would be next. */
  readonly overtake: boolean
  /** When the allocator asks for tasks back to give to somebody who has less. */
  readonly takeBack: 'never' | 'alarm' | 'fairness'
  /** A user asks anew at least this often, µs. */
  readonly askEveryUs: number
  /** What a user holds is its own for so long after the latest ask that the allocator heard, µs. */
  readonly leaseUs: number
  /** Tasks waiting at a user that are all it can cope with; its alarm looks at the share of them. */
  readonly backlogMax: number
  readonly alarmAt: number
  readonly clearAt: number
  /** A user with an alarm counts for so many. */
  readonly alarmWeight: number
  /** A report on everybody's share this often, µs; 0 = never. */
  readonly reportEveryUs: number
}

export const ALLOCATOR_DEFAULTS: AllocatorParams = {
  policy: 'drf',
  capacities: [9, 18],
  demands: [
    [1, 4],
    [3, 1],
  ],
  tasks: [0],
  weights: [1],
  perSecond: [0],
  holdUs: 500_000,
  hold: 'exponential',
  roundUs: 50_000,
  overtake: false,
  takeBack: 'never',
  askEveryUs: 250_000,
  leaseUs: 1_000_000,
  backlogMax: 20,
  alarmAt: 0.8,
  clearAt: 0.3,
  alarmWeight: 2,
  reportEveryUs: 500_000,
}

/** A holder counts its lease this much shorter than the allocator does: clocks may differ in speed by as much. */
export const LEASE_MARGIN = 0.1
/** The k-th of a list that goes round; 0 of an empty one. */
export const ofUser = <T>(list: readonly T[], user: number, none: T): T => list[user % Math.max(1, list.length)] ?? none

/** Numbers of one life begin above all of earlier ones. */
export const firstOfLife = (incarnation: U32): U32 => (incarnation % 256) * 16_777_216 + 1

/** Who handed out what; the allocator's own, and gone with its power. */
export interface Ledger {
  readonly sharers: Sharer[]
  /** Requests in the order in which they came, for `first-come`. */
  line: { readonly agent: AgentId; tasks: number }[]
  nextGrant: U32
  nextVersion: U32
  /** A restarted allocator does not know what it had granted: nothing before all that has run out, local µs. */
  quietUntilUs: number
  /** Policy and capacities as they were told last. */
  told: string
}

/** One user as the allocator sees it. */
export interface Sharer {
  readonly agent: AgentId
  session: U32
  number: U32
  wanted: number
  demand: readonly number[]
  weight: number
  alarmed: boolean
  refused: boolean
  /** Its latest grant: of two who are equal, the one served longer ago is next. */
  served: U32
  /** End of its lease, local µs. */
  untilUs: number
  readonly grants: Grant[]
  /** Ids asked back and not returned yet. */
  back: U32[]
}
