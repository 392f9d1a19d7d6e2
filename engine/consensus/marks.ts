import type { AgentId, U32 } from '../kernel/units.ts'
import type { Chain } from './chain.ts'
import type { Entry } from './raftMessages.ts'

/**
 * Everything that the consensus programs tell observers. Each invariant can be decided from these alone, in their total
 * order. `digest` is a chain over the whole log (or the whole applied sequence) up to that index.
 */
export type RaftMark =
  /** Power-on: what the disk gave back. The log is the one that ends in (index, entryTerm) with `digest`. */
  | {
      readonly kind: 'boot'
      readonly term: U32
      readonly vote: AgentId
      readonly index: U32
      readonly entryTerm: U32
      readonly digest: Chain
    }
  | { readonly kind: 'role'; readonly role: string; readonly term: U32 }
  /** This agent leads `term`; its log ends in (index, entryTerm), before the no-op. `votes` of `members` elected it. */
  | {
      readonly kind: 'leader'
      readonly term: U32
      readonly index: U32
      readonly entryTerm: U32
      readonly votes: number
      readonly members: number
    }
  /** A vote that binds: it is leaving, so it must never be contradicted. */
  | { readonly kind: 'vote'; readonly term: U32; readonly for: AgentId }
  /** `term` is on disk. */
  | { readonly kind: 'term'; readonly term: U32 }
  /** Entries `from`, `from + 1`, … now end the log in memory. */
  | { readonly kind: 'append'; readonly from: U32; readonly terms: readonly U32[]; readonly digests: readonly Chain[] }
  /** The log now ends in `index`. */
  | { readonly kind: 'truncate'; readonly index: U32 }
  /** The log is on disk up to `index`, whose entry is of term `entryTerm`. */
  | { readonly kind: 'durable'; readonly index: U32; readonly entryTerm: U32 }
  | {
      readonly kind: 'commit'
      readonly index: U32
      readonly entryTerm: U32
      readonly digest: Chain
      /** The server's term and role at that moment. */
      readonly term: U32
      readonly leads: boolean
    }
  /** An operation of a client took effect on this server's machine, whose sequence then has `digest`. */
  | {
      readonly kind: 'applied'
      readonly index: U32
      readonly process: number
      readonly serial: U32
      readonly digest: Chain
    }
  /** A proposal that this server cannot take. */
  | { readonly kind: 'refused'; readonly reason: string }

/** A client's view of its own operations, in Jepsen's words. `value` of a cas is [from, to]. */
export interface ClientMark {
  readonly kind: 'invoke' | 'ok' | 'fail' | 'info'
  readonly process: number
  readonly f: 'read' | 'write' | 'cas'
  readonly key: string
  readonly value: number | null | readonly [number, number]
  readonly error?: string
  /** On a completion: local µs since the invocation. */
  readonly tookUs?: number
  readonly [field: string]: any
}

export type RingMark =
  /** A candidate's message ended here after `hops` transmissions. Their sum is the election's message count. */
  | { readonly kind: 'swallowed'; readonly owner: AgentId; readonly hops: number; readonly round: U32 }
  /** The winner's own message came back after `hops` transmissions (counted like the swallowed ones). */
  | { readonly kind: 'elected'; readonly owner: AgentId; readonly hops: number; readonly round: U32 }
  /** An agent learnt who leads. */
  | { readonly kind: 'informed'; readonly leader: AgentId; readonly round: U32 }

export function appendMark(from: U32, log: readonly Entry[], chain: readonly Chain[]): RaftMark {
  const terms: U32[] = []
  for (let i = from - 1; i < log.length; i++) terms.push(log[i]!.term)
  return { kind: 'append', from, terms, digests: chain.slice(from - 1) }
}
export const truncateMark = (index: U32): RaftMark => ({ kind: 'truncate', index })
