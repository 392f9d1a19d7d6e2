import type { BootContext } from '../agents/Program.ts'
import { bool, f64, i32, list, record, str, u32, u8, union, type Layout } from '../kernel/codec.ts'
import type { AgentId, U32 } from '../kernel/units.ts'
import { cloneMembers, makeMembers, type Members, type Update } from './members.ts'
import type { News } from './news.ts'

/** What SWIM agents say to each other; pings and acks carry the news. */
export type SwimMsg =
  /** Asks for an ack. `origin` wants to know: the sender, or whoever asked the sender to ping. */
  | { type: 'ping'; origin: AgentId; seq: U32; news: readonly Update[] }
  /** `of` is up, for `origin`'s probe `seq`. */
  | { type: 'ack'; origin: AgentId; seq: U32; of: AgentId; news: readonly Update[] }
  /** Please ping `of` for me. */
  | { type: 'pingReq'; seq: U32; of: AgentId; news: readonly Update[] }
  /** A newcomer introduces itself; the answer is everything known, and whether it is `known` as what it says. */
  | { type: 'join'; me: Update }
  | { type: 'welcome'; known: boolean; news: readonly Update[] }
  /** Goodbye. */
  | { type: 'bye'; news: readonly Update[] }
  /** From another program of the same agent: who can do this? The answer goes to that program. */
  | { type: 'find'; capability: string; limit: U32; program: string }
  | Found

/** An answer out of one agent's own view: as old as that view is. */
export interface Found {
  readonly type: 'found'
  readonly capability: string
  /** At most as many as asked for: those believed alive first, then the suspected. */
  readonly agents: readonly AgentId[]
  /** Of each: how long ago the asker's view of it last changed, µs of its own clock. */
  readonly agesUs: readonly number[]
  /** Of each: it is suspected to have failed. */
  readonly suspected: readonly boolean[]
}

const agent = i32 as Layout<number> as Layout<AgentId>
const update = record<Update>({
  id: agent,
  status: u8 as Layout<any>,
  incarnation: u32,
  offers: list(str),
})
const news = list(update)
export const swimMessages = union<SwimMsg>({
  ping: record({ origin: agent, seq: u32, news }),
  ack: record({ origin: agent, seq: u32, of: agent, news }),
  pingReq: record({ seq: u32, of: agent, news }),
  join: record({ me: update }),
  welcome: record({ known: bool, news }),
  bye: record({ news }),
  find: record({ capability: str, limit: u32, program: str }),
  found: record({ capability: str, agents: list(agent), agesUs: list(f64), suspected: list(bool) }),
})

export interface SwimParams {
  /** Every period each member probes one other, µs. Well above three times `ackTimeoutUs`. */
  readonly periodUs: number
  /** How long a ping may stay unanswered before others are asked to try, µs; above a round trip. */
  readonly ackTimeoutUs: number
  /** How many others are asked (k of the paper). */
  readonly proxies: number
  /** Whom to probe next: anybody, or each member once in a random order before anybody twice (section 4.3). */
  readonly targets: 'random' | 'round-robin'
  /** Periods that a suspected member has to speak up; 0 = no suspicion, who misses a probe is declared dead. */
  readonly suspicionPeriods: number
  /** Each statement is passed on lambda × log₂ n times by everybody who learns it. */
  readonly lambda: number
  /** Statements that one message may carry. */
  readonly newsMax: number
  /** Every so many periods a member declared dead is pinged, in case it was cut off only; 0 = never. */
  readonly reconnectEvery: number
  /** Labels that an agent offers beside the programs it runs. */
  readonly offers: readonly string[]
  /** Marks for every change in every view, instead of those that an agent's own probes bring about. */
  readonly verbose: boolean
}
export const SWIM_DEFAULTS: SwimParams = {
  periodUs: 1_000_000,
  ackTimeoutUs: 200_000,
  proxies: 3,
  targets: 'round-robin',
  suspicionPeriods: 8,
  lambda: 3,
  newsMax: 6,
  reconnectEvery: 10,
  offers: [],
  verbose: false,
}

export interface Probe {
  readonly of: AgentId
  readonly seq: U32
  /** Own clock. */
  readonly sentUs: number
  acked: boolean
}

/** A round of 'round-robin' targets: every slot once, in an order that `key` stands for. */
export interface Round {
  key: U32
  size: number
  /** Next place of the order. */
  place: number
  /** Slots that have their place in this round or the next. */
  seen: number
  /** Newcomers of this round that are still to come, and before which place. */
  late: { readonly slot: number; readonly place: number }[]
}

export interface Swim {
  readonly self: AgentId
  readonly params: SwimParams
  /** Kinds of the other programs that this agent runs. */
  readonly runs: readonly string[]
  /** What this agent last said that it can do. */
  offers: readonly string[]
  incarnation: U32
  members: Members
  news: News[]
  /** The probe of the present period. */
  probe: Probe | null
  seq: U32
  /** Periods since power-on. */
  period: U32
  round: Round
  /** Own clock at power-on: as old as what is known of founders. */
  bornUs: number
  /** It cannot be sure that the others know it, so it introduces itself until somebody answers. */
  introduces: boolean
  /** It has said goodbye. */
  left: boolean
}

export function bootSwim(self: AgentId, ctx: BootContext<Partial<SwimParams>>): Swim {
  const params = { ...SWIM_DEFAULTS, ...ctx.params }
  const runs = ctx.capabilities.filter((kind) => kind !== 'swim')
  const offers = offersOf(runs, params.offers)
  return {
    self,
    params,
    runs,
    offers,
    // Incarnation 0 is what everybody takes for granted of a founder, and that says nothing of offers.
    incarnation: offers.length > 0 ? 1 : 0,
    members: makeMembers(ctx.members),
    news: [],
    probe: null,
    seq: 0,
    period: 0,
    round: { key: 0, size: 0, place: 0, seen: 0, late: [] },
    bornUs: 0,
    // Newcomers are last in what they are told of the members. So is one founder, which need not know the difference.
    introduces: ctx.incarnation > 0 || self === ctx.members.at(-1),
    left: false,
  }
}

export const offersOf = (runs: readonly string[], labels: readonly string[]): readonly string[] => [
  ...new Set([...runs, ...labels]),
]

/** Nothing that a checkpoint keeps is changed later. */
export const cloneSwim = (swim: Swim): Swim => ({
  ...swim,
  members: cloneMembers(swim.members),
  news: swim.news.map((item) => ({ ...item })),
  probe: swim.probe && { ...swim.probe },
  round: { ...swim.round, late: swim.round.late.slice() },
})
