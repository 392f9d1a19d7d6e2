import type { AgentId, Micros } from '../kernel/units.ts'

/** One message on one link. Immutable; each hop and each copy has a packet of its own. Times are virtual µs. */
export interface Packet {
  /** Whose program sent it, and for whom; `to` is EVERYBODY for a broadcast. */
  readonly from: AgentId
  readonly to: AgentId
  /** Index of the receiving program's kind, and of the message kind, in the run's tables. */
  readonly program: number
  readonly kind: number
  readonly msg: unknown
  readonly sentUs: Micros
  /** Near end of this link, and when it left there. */
  readonly via: AgentId
  readonly leftUs: Micros
  /** Links travelled, this one included. */
  readonly hops: number
}

/** Receiver of a broadcast: every agent the topology reaches. */
export const EVERYBODY = -3 as AgentId

/** Second number of an arrival: its checksum will not hold; its link gets a credit back when it has been handled. */
export const DAMAGED = 1
export const CREDITED = 2
