import type { Plain } from '../kernel/plain.ts'
import type { AgentId, U32 } from '../kernel/units.ts'
import type { Name, Rumour } from './gossipMessages.ts'
import type { Peers } from './gossipPeers.ts'

export interface GossipParams {
  /** Who speaks when two agents meet: the caller, the one called, both; 'none' leaves it to anti-entropy. */
  readonly mode: 'push' | 'pull' | 'push-pull' | 'none'
  /** What makes an agent tired of a rumour: to hear that the other knew it, or every contact, whatever it brought. */
  readonly interest: 'feedback' | 'blind'
  /** Interest is lost at the k-th such contact, or at each of them with probability 1/k. */
  readonly stop: 'counter' | 'coin'
  /** 0 = interest is never lost (Pittel 1987). */
  readonly k: number
  /** A contact that brought news to the other sets the counter back to 0. */
  readonly reset: boolean
  /** Between two contacts of an agent, µs of its own clock; at least a round trip, or feedback comes a cycle late. */
  readonly roundUs: number
  /** Everybody acts at the multiples of roundUs: synchronous cycles. Else each agent at a phase of its own. */
  readonly aligned: boolean
  /**
   * What counts as known at a contact: what was known when the cycle began (all contacts of a cycle happen at once, as
   * in the table of Demers et al.), or when the contact arrives (one contact after another).
   */
  readonly judgedAt: 'cycle' | 'contact'
  readonly peers: 'members' | 'neighbours'
  /** Every so many rounds each agent compares all it has ever heard with one other; 0 = never. */
  readonly antiEntropyEvery: number
  /** When the member with the lowest id starts a rumour, µs of its clock; 0 = nobody does until asked. */
  readonly firstAtUs: number
}
export const GOSSIP_DEFAULTS: GossipParams = {
  mode: 'push',
  interest: 'feedback',
  stop: 'counter',
  k: 2,
  reset: true,
  roundUs: 100_000,
  aligned: true,
  judgedAt: 'cycle',
  peers: 'members',
  antiEntropyEvery: 0,
  firstAtUs: 50_000,
}

/** A rumour as one agent has it. */
export interface Known extends Rumour {
  /** The agent's own cycle in which it heard it. */
  readonly cycle: number
  /** Still spread. */
  hot: boolean
  /** Tiring contacts so far. */
  count: number
  /** Of the contacts since the last round: one brought news; one brought none, or was made blindly. */
  useful: boolean
  useless: boolean
  /** Times it was told. */
  sent: U32
}

export interface Gossip {
  readonly self: AgentId
  readonly params: GossipParams
  /** Acts when its clock shows this past a multiple of roundUs; a word, taken modulo roundUs. */
  phase: U32
  peers: Peers
  /** The rumour that nobody asked for is this agent's to start. */
  readonly first: boolean
  /** The timer stands for the next round; else, with nothing to say and nobody to ask, for one much later. */
  ticking: boolean
  /** In the order of hearing. */
  known: Known[]
  /** Number of its next own rumour: above those of its earlier lives. */
  next: U32
}

/** An agent keeps so many rumours; of more it takes no notice. */
export const KNOWN_MAX = 4_096
/** Rumours that one life of an agent can start before the numbers of its next. */
export const NUMBERS_PER_LIFE = 65_536

/** Rounds of its own clock since it showed 0. */
export const cycleOf = ({ phase, params }: Gossip, localUs: number): number =>
  Math.floor((localUs - phaseOf(phase, params)) / params.roundUs)

const phaseOf = (phase: U32, { aligned, roundUs }: GossipParams): number => (aligned ? 0 : phase % roundUs)

/** Local µs until the next round begins: 1 … roundUs. */
export function untilRound(gossip: Gossip, localUs: number): number {
  const { roundUs } = gossip.params
  return (cycleOf(gossip, localUs) + 1) * roundUs + phaseOf(gossip.phase, gossip.params) - localUs
}

export const knownOf = ({ known }: Gossip, { origin, number }: Name): Known | undefined =>
  known.find((rumour) => rumour.origin === origin && rumour.number === number)

export const nameOf = ({ origin, number }: Name): Name => ({ origin, number })

/** As told to another. */
export const asTold = ({ origin, number, hops, value }: Known): Rumour => ({ origin, number, hops: hops + 1, value })

export const newlyKnown = (rumour: { readonly value: Plain } & Rumour, cycle: number, hot: boolean): Known => ({
  ...{ origin: rumour.origin, number: rumour.number, hops: rumour.hops, value: rumour.value },
  ...{ cycle, hot, count: 0, useful: false, useless: false, sent: 0 },
})
