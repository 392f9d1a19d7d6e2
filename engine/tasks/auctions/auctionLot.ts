import { NONE } from '../../kernel/units.ts'
import type { AgentId, U32 } from '../../kernel/units.ts'
import { epsilonOf } from './auctionState.ts'
import type { Auction, AuctionMsg, Lot, Out } from './auctionState.ts'

/**
 * An object of the auction: it goes to whoever bids at least ε more than its price, which is what the present owner
 * bid, and tells who was outbid. An owner must speak up from time to time; else the object returns.
 */
export const newLot = (place: number, life: U32): Lot => ({
  ...{ place, price: 0, version: 0, owner: NONE, changed: 0, told: true, gone: NONE, life },
})

export function clearLot(lot: Lot, newRound: boolean, out: Out): void {
  lot.owner = NONE
  lot.told = true
  lot.gone = NONE
  lot.changed = lot.version
  out.cancelTimer('lease')
  if (newRound) lot.price = lot.version = lot.changed = 0
}

export function onBid(auction: Auction, lot: Lot, from: AgentId, amount: number, out: Out): void {
  const { round, phase, params } = auction
  const again = lot.owner === from && amount === lot.price
  const epsilon = epsilonOf(params, phase)
  // Sums are rounded in order of size, so a bid made from this very price is never a last digit too low.
  if (!again && amount < lot.price + epsilon) return tellPrice(auction, lot, from, out)
  if (!again) {
    const outbid = lot.owner
    const first = outbid === NONE
    lot.owner = from
    lot.price = amount
    lot.version++
    out.mark({ kind: 'sold', object: lot.place, to: from, outbid, price: amount, epsilon, round, phase })
    if (!first && outbid !== from) tellPrice(auction, lot, outbid, out)
    if (first) changed(auction, lot, NONE, out)
  }
  out.send(from, { type: 'sold', round, phase, version: lot.version, price: lot.price })
  out.setTimer('lease', params.leaseUs)
}

export function onKept(auction: Auction, lot: Lot, from: AgentId, out: Out): void {
  if (lot.owner === from) return out.setTimer('lease', auction.params.leaseUs)
  tellPrice(auction, lot, from, out)
}

function tellPrice({ round, phase }: Auction, { version, price }: Lot, to: AgentId, out: Out): void {
  out.send(to, { type: 'price', round, phase, version, price })
}

export function onReleased(auction: Auction, lot: Lot, from: AgentId, version: number, out: Out): void {
  if (lot.owner === from && lot.version === version) giveBack(auction, lot, NONE, out)
}

export function onLeaseOver(auction: Auction, lot: Lot, out: Out): void {
  if (lot.owner !== NONE) giveBack(auction, lot, lot.owner, out)
}

/** The next sale counts as a new one, so that no answer of the old one is taken for it. */
function giveBack(auction: Auction, lot: Lot, gone: AgentId, out: Out): void {
  const { place, owner, price } = lot
  out.mark({ kind: 'returned', object: place, from: owner, price, round: auction.round, phase: auction.phase })
  lot.owner = NONE
  lot.version++
  out.cancelTimer('lease')
  changed(auction, lot, gone, out)
}

function changed(auction: Auction, lot: Lot, gone: AgentId, out: Out): void {
  lot.changed = lot.version
  lot.told = false
  lot.gone = gone
  report(auction, lot, out)
}

/** Until the desk has heard it. */
export function report({ round, phase, objects, params }: Auction, lot: Lot, out: Out): void {
  const { changed, gone, told, life } = lot
  if (life > 0) out.send(objects[0]!, { type: 'restarted', round, phase, life })
  if (!told) {
    const taken = lot.owner !== NONE
    out.send(objects[0]!, { type: 'report', round, phase, version: changed, taken, gone })
  }
  if (life > 0 || !told) out.setTimer('report', params.retryUs)
}

export function onHeard(lot: Lot, msg: Extract<AuctionMsg, { type: 'heard' }>, out: Out): void {
  if (msg.version !== lot.changed) return
  lot.told = true
  lot.gone = NONE
  if (lot.life === 0) out.cancelTimer('report')
}
