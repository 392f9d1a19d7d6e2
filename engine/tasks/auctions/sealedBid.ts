import type { AgentView, BootContext, Effects, Input, Program } from '../../agents/Program.ts'
import { f64, record, u32, union } from '../../kernel/codec.ts'
import { NONE } from '../../kernel/units.ts'
import type { AgentId, U32 } from '../../kernel/units.ts'

/**
 * One thing after another is sold by sealed bids: the first member calls, every other draws what the thing is worth to
 * it, evenly from 0 to 1, and bids a factor of that. The highest bid wins and pays the second highest (Vickrey 1961),
 * or its own. Each bidder hears the best bid of the others, by which it knows what another bid would have brought it.
 */
export type SealedBidMsg =
  | { type: 'call'; sale: U32 }
  | { type: 'bid'; sale: U32; amount: number }
  /** `rival` is the best bid of the others; the winner pays `paid`. */
  | { type: 'result'; sale: U32; won: U32; rival: number; paid: number }

export interface SealedBidParams {
  readonly price: 'second' | 'first'
  /** Bidder k bids factors[k % length] times its value; its value where there are none. */
  readonly factors: readonly number[]
  /** Bids that come later than this after the call do not count, µs. */
  readonly closeUs: number
  /** From one sale to the next call, µs. */
  readonly pauseUs: number
  /** Sales between two marks. */
  readonly reportEvery: number
}

export const SEALED_BID_DEFAULTS: SealedBidParams = {
  ...{ price: 'second', factors: [1], closeUs: 100_000, pauseUs: 0, reportEvery: 100 },
}

export interface SealedBid {
  readonly self: AgentId
  params: SealedBidParams
  readonly seller: AgentId
  readonly bidders: readonly AgentId[]
  /** Sale that is open at the seller, or that this bidder bid in last. A later life of the seller counts above it. */
  sale: U32
  open: boolean
  /** The seller's: bids of the open sale in places of `bidders`, −1 where none came. */
  bids: number[]
  /** A bidder's: what the thing of this sale is worth to it, and what it bid. */
  value: number
  bid: number
  latest: { winner: AgentId; price: number }
  tally: Tally
}

/** Since the start of this life. */
interface Tally {
  sales: U32
  won: U32
  /** The seller's revenue, a bidder's gain. */
  gain: number
  gainSquared: number
  /** What its true value as a bid would have gained this bidder more, summed; and sales where it would have lost by
   * the truth. */
  truthGain: number
  truthWorse: U32
}

const messages = union<SealedBidMsg>({
  call: record({ sale: u32 }),
  bid: record({ sale: u32, amount: f64 }),
  result: record({ sale: u32, won: u32, rival: f64, paid: f64 }),
})
const DRAW_VALUE = 1
const SALES_A_LIFE = 16_777_216
/** Indices into ROLES of frame/. */
const ROLE = { idle: 0, bids: 2, seller: 3, wins: 9 } as const
type Out = Effects<SealedBidMsg>

export const sealedBid: Program<SealedBid, SealedBidMsg, Partial<SealedBidParams>> = {
  kind: 'sealed-bid',
  messages,
  messageKinds: ['call', 'bid', 'result'],
  kindOf: (msg) => msg.type,
  boot,
  step,
  view,
}

function boot(self: AgentId, _durable: unknown, ctx: BootContext<Partial<SealedBidParams>>): SealedBid {
  const [seller = NONE, ...bidders] = ctx.members
  return {
    ...{ self, params: { ...SEALED_BID_DEFAULTS, ...ctx.params }, seller, bidders },
    ...{ sale: self === seller ? (ctx.incarnation % 256) * SALES_A_LIFE : 0, open: false, bids: [], value: 0, bid: 0 },
    latest: { winner: NONE, price: 0 },
    tally: { sales: 0, won: 0, gain: 0, gainSquared: 0, truthGain: 0, truthWorse: 0 },
  }
}

function step(state: SealedBid, input: Input<SealedBidMsg>, out: Out): void {
  const sells = state.self === state.seller
  switch (input.type) {
    case 'start':
      return sells ? call(state, out) : undefined
    case 'timer':
      return input.name === 'close' ? close(state, out) : call(state, out)
    case 'message': {
      const { msg } = input
      if (sells && msg.type === 'bid') return onBid(state, input.from, msg.sale, msg.amount, out)
      if (!sells && msg.type === 'call') return onCall(state, msg.sale, out)
      if (!sells && msg.type === 'result') return onResult(state, msg, out)
      return
    }
    case 'clientOp':
    case 'diskDone':
    case 'discovery':
      return // bidders are known by name
  }
}

function call(state: SealedBid, out: Out): void {
  state.sale++
  state.open = true
  state.bids = state.bidders.map(() => -1)
  for (const id of state.bidders) out.send(id, { type: 'call', sale: state.sale })
  out.setTimer('close', state.params.closeUs)
}

/** Each `reportEvery`-th sale of a life of the seller is told by all who take part in it. */
const isTold = ({ params }: SealedBid, sale: U32): boolean => (sale % SALES_A_LIFE) % params.reportEvery === 0

/** A call that is heard again is answered with the same bid. */
function onCall(state: SealedBid, sale: U32, out: Out): void {
  if (sale < state.sale) return
  if (sale > state.sale) {
    const { factors } = state.params
    state.sale = sale
    state.value = out.draw(DRAW_VALUE) / 4_294_967_296
    const place = state.bidders.indexOf(state.self)
    state.bid = state.value * (factors[place % Math.max(1, factors.length)] ?? 1)
    state.open = true
    if (isTold(state, sale)) out.mark({ kind: 'bid', sale, place, amount: state.bid })
  }
  out.send(state.seller, { type: 'bid', sale, amount: state.bid })
}

function onBid(state: SealedBid, from: AgentId, sale: U32, amount: number, out: Out): void {
  const bidder = state.bidders.indexOf(from)
  if (!state.open || sale !== state.sale || bidder === -1) return
  state.bids[bidder] = amount
  if (state.bids.every((bid) => bid >= 0)) close(state, out)
}

/** The highest bid wins, of equal ones the first bidder's; with one bid alone the price is 0. */
function close(state: SealedBid, out: Out): void {
  const { bids, bidders, sale, params, tally } = state
  state.open = false
  out.cancelTimer('close')
  const winner = bids.indexOf(bids.reduce((most, bid) => Math.max(most, bid), 0))
  const bestBut = (who: number): number => bids.reduce((most, bid, k) => (k === who ? most : Math.max(most, bid)), 0)
  if (winner !== -1) {
    const paid = params.price === 'second' ? bestBut(winner) : bids[winner]!
    state.latest = { winner: bidders[winner]!, price: paid }
    tally.gain += paid
    tally.gainSquared += paid * paid
    for (const [k, id] of bidders.entries())
      if (bids[k]! >= 0) out.send(id, { type: 'result', sale, won: Number(k === winner), rival: bestBut(k), paid })
  } else state.latest = { winner: NONE, price: 0 }
  tally.sales++
  if (isTold(state, sale)) {
    const sums = { sales: tally.sales, revenue: tally.gain, squared: tally.gainSquared }
    out.mark({ kind: 'revenue', ...sums, ...state.latest, sale, bids, rule: params.price })
  }
  out.setTimer('call', Math.max(1, params.pauseUs))
}

/** Once a sale. With equal bids whoever did not win would not have won by the truth either. */
function onResult(state: SealedBid, msg: Extract<SealedBidMsg, { type: 'result' }>, out: Out): void {
  if (msg.sale !== state.sale || !state.open) return
  state.open = false
  const { tally, value, params } = state
  const gain = msg.won ? value - msg.paid : 0
  const byTruth = value > msg.rival ? value - (params.price === 'second' ? msg.rival : value) : 0
  tally.sales++
  tally.won += msg.won
  tally.gain += gain
  tally.gainSquared += gain * gain
  tally.truthGain += byTruth - gain
  if (byTruth < gain) tally.truthWorse++
  state.latest = { winner: msg.won ? state.self : NONE, price: msg.paid }
  if (msg.won && isTold(state, msg.sale)) out.mark({ kind: 'won', sale: msg.sale, paid: msg.paid })
  if (tally.sales % params.reportEvery !== 0) return
  const { sales, won, truthGain, truthWorse, gainSquared } = tally
  out.mark({ kind: 'gains', sales, won, gain: tally.gain, squared: gainSquared, truthGain, truthWorse })
}

/** The seller stands as high as its latest price, a bidder as high as its bid. */
function view(state: SealedBid, view: AgentView): void {
  const sells = state.self === state.seller
  const wins = !sells && !state.open && state.latest.winner === state.self
  view.role = sells ? ROLE.seller : state.open ? ROLE.bids : wins ? ROLE.wins : ROLE.idle
  view.load = Math.min(1, sells ? state.latest.price : state.bid)
  view.follows = sells ? state.latest.winner : wins ? state.seller : -1
}
