import { philox, STREAM } from '../../kernel/philox.ts'
import type { U32 } from '../../kernel/units.ts'
import { epsilonOf, signUs } from './auctionState.ts'
import type { Auction, AuctionMsg, AuctionParams, Bidder, Out } from './auctionState.ts'

/**
 * A person of the auction: it wants the object whose benefit exceeds its price most, and bids until the second best
 * would be as good, and ε more (Bertsekas 1979). It knows prices by the answers to its own bids only; they never fall
 * within a round, so an old price can make a bid fail but never leaves its owner worse off by more than ε.
 */
export function newBidder(seed: U32, place: number, objects: number, params: AuctionParams): Bidder {
  const benefits = Array.from({ length: objects }, (_, object) => benefitOf(seed, place, object, params.benefitMax))
  return {
    ...{ benefits, prices: new Array<number>(objects).fill(0), versions: new Array<number>(objects).fill(0) },
    ...{ holds: -1, bidsFor: -1, amount: 0 },
  }
}

const words = new Uint32Array(4)

/** Benefit of an object to a person, 0 … max, by their places: the same in every life. */
function benefitOf(seed: U32, person: number, object: number, max: number): number {
  philox(words, seed, STREAM.benefit, person, object, 0, 0)
  return Math.floor((words[0]! / 4_294_967_296) * (max + 1))
}

/** A new phase: nothing is sold. A new round: and all prices are 0. */
export function clearBidder(bidder: Bidder, newRound: boolean): void {
  bidder.holds = bidder.bidsFor = -1
  if (!newRound) return
  bidder.prices.fill(0)
  bidder.versions.fill(0)
}

/** Bids for the best object, if this person has none and waits for no answer. */
export function bid(auction: Auction, bidder: Bidder, out: Out): void {
  if (bidder.holds !== -1 || bidder.bidsFor !== -1) return
  const { params, phase, persons, self } = auction
  const { benefits, prices } = bidder
  const n = benefits.length
  const first = persons.indexOf(self)
  let best = -1
  let most = -Infinity
  let second = -Infinity
  for (let k = 0; k < n; k++) {
    const object = (first + k) % n // equal ones look different to different persons
    const profit = benefits[object]! - prices[object]!
    if (profit > most) {
      second = most
      most = profit
      best = object
    } else if (profit > second) second = profit
  }
  const epsilon = epsilonOf(params, phase)
  const least = prices[best]! + epsilon
  const margin = n === 1 ? least : prices[best]! + (most - second) + epsilon
  bidder.bidsFor = best
  bidder.amount = params.bidding === 'margin' ? margin : Math.max(least, benefits[best]!)
  sendBid(auction, bidder, out)
}

export function sendBid({ round, phase, objects, params }: Auction, { bidsFor, amount }: Bidder, out: Out): void {
  if (bidsFor === -1) return
  out.send(objects[bidsFor]!, { type: 'bid', round, phase, amount })
  out.setTimer('bid', params.retryUs)
}

export function onSold(auction: Auction, bidder: Bidder, object: number, msg: Sold, out: Out): void {
  const { round, phase } = auction
  if (msg.version < bidder.versions[object]!) return // outbid since
  if (bidder.holds === object) return
  bidder.versions[object] = msg.version
  bidder.prices[object] = msg.price
  const wanted = bidder.holds === -1 && (bidder.bidsFor === -1 || bidder.bidsFor === object)
  if (!wanted) return out.send(auction.objects[object]!, { type: 'release', round, phase, version: msg.version })
  bidder.holds = object
  bidder.bidsFor = -1
  out.cancelTimer('bid')
  keepAgain(auction, out)
}
type Sold = Extract<AuctionMsg, { type: 'sold' }>

export function onPrice(auction: Auction, bidder: Bidder, object: number, msg: Price, out: Out): void {
  const { versions, prices } = bidder
  if (msg.version < versions[object]! || (bidder.holds === object && msg.version === versions[object])) return
  versions[object] = msg.version
  prices[object] = msg.price
  if (bidder.holds === object) {
    bidder.holds = -1
    out.cancelTimer('keep')
  }
  if (bidder.bidsFor === object) bidder.bidsFor = -1
  bid(auction, bidder, out)
}
type Price = Extract<AuctionMsg, { type: 'price' }>

export function onKeep(auction: Auction, { holds, versions }: Bidder, out: Out): void {
  if (holds === -1) return
  const { round, phase, objects } = auction
  out.send(objects[holds]!, { type: 'keep', round, phase, version: versions[holds]! })
  keepAgain(auction, out)
}

const keepAgain = ({ params }: Auction, out: Out): void => out.setTimer('keep', signUs(params))
