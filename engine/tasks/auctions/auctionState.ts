import type { Effects } from '../../agents/Program.ts'
import { bool, f64, i32, record, u32, union } from '../../kernel/codec.ts'
import type { Layout } from '../../kernel/codec.ts'
import type { AgentId, U32 } from '../../kernel/units.ts'

/**
 * When something was said: a round begins with all prices at 0, a phase of it with the prices of the phase before and
 * everything unsold. What is older than what one knows is answered with what one knows, and has no other effect.
 */
export interface When {
  readonly round: U32
  readonly phase: U32
}

export type AuctionMsg =
  | ({ type: 'bid'; amount: number } & When)
  /** Yours at this price; `version` counts an object's sales in a round. */
  | ({ type: 'sold'; version: U32; price: number } & When)
  /** Not yours, and what it costs now: to who bid too little, and to who was outbid. */
  | ({ type: 'price'; version: U32; price: number } & When)
  /** Renews the lease. */
  | ({ type: 'keep'; version: U32 } & When)
  /** I have something else by now. */
  | ({ type: 'release'; version: U32 } & When)
  /** To the desk: sold since that version, or not; `gone`: the owner that was heard no more, or NONE. */
  | ({ type: 'report'; version: U32; taken: boolean; gone: AgentId } & When)
  | ({ type: 'heard'; version: U32 } & When)
  /** To the desk: this object has forgotten its price and its owner; and the answer. */
  | ({ type: 'restarted'; life: U32 } & When)
  | ({ type: 'known'; life: U32 } & When)
  | ({ type: 'phase' } & When)
  /** From the desk to persons, while something is unsold: is everybody there? */
  | ({ type: 'ask' } & When)
  | ({ type: 'here' } & When)

const when = { round: u32, phase: u32 }
const agent = i32 as Layout<number> as Layout<AgentId>
export const auctionMessages = union<AuctionMsg>({
  bid: record({ ...when, amount: f64 }),
  sold: record({ ...when, version: u32, price: f64 }),
  price: record({ ...when, version: u32, price: f64 }),
  keep: record({ ...when, version: u32 }),
  release: record({ ...when, version: u32 }),
  report: record({ ...when, version: u32, taken: bool, gone: agent }),
  heard: record({ ...when, version: u32 }),
  restarted: record({ ...when, life: u32 }),
  known: record({ ...when, life: u32 }),
  phase: record(when),
  ask: record(when),
  here: record(when),
})

export interface AuctionParams {
  /** Benefits are whole numbers, 0 … this, drawn evenly. */
  readonly benefitMax: number
  /** What a bid exceeds the price that would leave its bidder indifferent by, in the last phase. */
  readonly epsilon: number
  /** The same in the first phase; each phase divides it by `epsilonStep`. 0: the last phase is the only one. */
  readonly epsilonFirst: number
  readonly epsilonStep: number
  /** How far a bid goes: until the second best would be as good (and ε), or all that the object is worth. */
  readonly bidding: 'margin' | 'everything'
  /** A bid or a report without an answer is sent again after this, µs. */
  readonly retryUs: number
  /** An owner not heard of for so long loses its object, and nobody waits longer for a person that bids, µs. */
  readonly leaseUs: number
  /** A phase before the last ends after this even if something is unsold, µs. */
  readonly phaseUs: number
}

export const AUCTION_DEFAULTS: AuctionParams = {
  benefitMax: 100,
  epsilon: 0.01,
  epsilonFirst: 1,
  epsilonStep: 5,
  bidding: 'margin',
  retryUs: 100_000,
  leaseUs: 1_000_000,
  phaseUs: 5_000_000,
}

export interface Auction extends When {
  readonly self: AgentId
  params: AuctionParams
  /** The first half of the members, and as many after them: person i and object i share a place. */
  readonly persons: readonly AgentId[]
  readonly objects: readonly AgentId[]
  round: U32
  phase: U32
  readonly bidder: Bidder | null
  readonly lot: Lot | null
  readonly desk: Desk | null
}

/** What a person knows; places are those of `objects`, and −1 is none. */
export interface Bidder {
  /** Of each object to this person. */
  readonly benefits: readonly number[]
  /** As last heard. A price that has risen since makes a bid too low, and its answer tells. */
  prices: number[]
  versions: U32[]
  holds: number
  bidsFor: number
  amount: number
}

export interface Lot {
  readonly place: number
  price: number
  version: U32
  /** NONE: unsold. */
  owner: AgentId
  /** Version at which it was last sold out of no hands, or returned. */
  changed: U32
  /** The desk has heard of it. */
  told: boolean
  /** Owner that was heard no more, until the desk knows; or NONE. */
  gone: AgentId
  /** Starts before this one, which the desk may not have heard of; 0 where it has. */
  life: U32
}

/** Kept beside the first object: counts what is sold, and says when the next phase begins. */
export interface Desk {
  taken: boolean[]
  /** Versions of the reports that said so. */
  versions: U32[]
  /** The latest restart of each object that the desk has heard of. */
  readonly lives: U32[]
  /** When each person was last heard, local µs; counts while something is unsold. */
  heardUs: number[]
  /** Persons that this round does without. */
  readonly absent: boolean[]
  /** Announced or on its way to the disk; nothing earlier is decided again. */
  next: { round: U32; phase: U32 }
  complete: boolean
}

/** What a desk writes down before it says so. */
export interface AuctionDisk {
  round: U32
  phase: U32
  used: boolean
}

export type Out = Effects<AuctionMsg>

/** Whoever must be heard speaks six times in the time that it is given: so many must be lost in a row. */
export const signUs = ({ leaseUs }: AuctionParams): number => Math.max(1, Math.floor(leaseUs / 6))

export const isOlder = (a: When, b: When): boolean => (a.round !== b.round ? a.round < b.round : a.phase < b.phase)

/** Number of the last phase of ε-scaling: the first whose ε would not exceed the final one. */
export function lastPhase({ epsilon, epsilonFirst, epsilonStep }: AuctionParams): U32 {
  let phase = 0
  for (let e = epsilonFirst; e > Math.max(epsilon, 1e-9) && phase < PHASES_MAX; e /= epsilonStep) phase++
  return phase
}
const PHASES_MAX = 64

export function epsilonOf(params: AuctionParams, phase: U32): number {
  if (phase >= lastPhase(params)) return params.epsilon
  let epsilon = params.epsilonFirst
  for (let k = 0; k < phase; k++) epsilon /= params.epsilonStep
  return epsilon
}
