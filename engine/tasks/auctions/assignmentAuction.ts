import type { AgentView, BootContext, Input, Program } from '../../agents/Program.ts'
import { NONE, type AgentId } from '../../kernel/units.ts'
import { bid, clearBidder, newBidder, onKeep, onPrice, onSold, sendBid } from './auctionBidder.ts'
import {
  announce,
  begin,
  clearDesk,
  look,
  newDesk,
  onHere,
  onPhaseOver,
  onReport,
  onRestarted,
  plan,
} from './auctionDesk.ts'
import { clearLot, newLot, onBid, onHeard, onKept, onLeaseOver, onReleased, report } from './auctionLot.ts'
import { AUCTION_DEFAULTS, auctionMessages, isOlder, lastPhase } from './auctionState.ts'
import type { Auction, AuctionDisk, AuctionMsg, AuctionParams, Out, When } from './auctionState.ts'

/**
 * Persons to objects, one to one, so that the sum of benefits comes within nε of the greatest: the auction algorithm
 * (Bertsekas 1979), as messages between agents that know their own benefits only. It is asynchronous: bids cross each
 * other with any delay (Bertsekas and Castañon 1991). ε-scaling goes by phases that a desk counts. What is lost is
 * asked again; an owner that falls silent loses its object by lease.
 */
export const assignmentAuction: Program<Auction, AuctionMsg, Partial<AuctionParams>, AuctionDisk> = {
  kind: 'auction',
  messages: auctionMessages,
  messageKinds: [
    'bid',
    'sold',
    'price',
    'keep',
    'release',
    'report',
    'heard',
    'restarted',
    'known',
    'phase',
    'ask',
    'here',
  ],
  kindOf: (msg) => msg.type,
  disk: {
    empty: () => ({ round: 0, phase: 0, used: false }),
    write(disk, record: When) {
      disk.round = record.round
      disk.phase = record.phase
      disk.used = true
    },
  },
  boot,
  step,
  view,
}

function boot(self: AgentId, durable: AuctionDisk, ctx: BootContext<Partial<AuctionParams>>): Auction {
  const params = { ...AUCTION_DEFAULTS, ...ctx.params }
  const n = Math.floor(ctx.members.length / 2)
  const persons = ctx.members.slice(0, n)
  const objects = ctx.members.slice(n, 2 * n)
  const place = ctx.members.indexOf(self)
  const { round, phase } = durable
  return {
    ...{ self, params, persons, objects, round, phase },
    bidder: place < n ? newBidder(ctx.seed, place, n, params) : null,
    lot: place >= n && place < 2 * n ? newLot(place - n, ctx.incarnation) : null,
    desk: place === n && place < 2 * n ? newDesk(n, durable) : null,
  }
}

function step(auction: Auction, input: Input<AuctionMsg>, out: Out): void {
  switch (input.type) {
    case 'start':
      return onStart(auction, out)
    case 'message':
      return onMessage(auction, input.from, input.msg, out)
    case 'timer':
      return onTimer(auction, input.name, out)
    case 'diskDone':
      if (!isOlder(auction, input.then as unknown as When)) return
      adopt(auction, input.then as unknown as When, out)
      return announce(auction, out)
    case 'clientOp':
    case 'discovery':
      return // who takes part is known from the start
  }
}

function onStart(auction: Auction, out: Out): void {
  const { bidder, lot, desk } = auction
  if (bidder) {
    out.mark({ kind: 'benefits', values: bidder.benefits })
    bid(auction, bidder, out)
  }
  if (desk) {
    desk.heardUs.fill(out.localUs)
    begin(auction, out)
  }
  if (lot) report(auction, lot, out)
}

function onTimer(auction: Auction, name: string, out: Out): void {
  const { bidder, lot, desk } = auction
  if (bidder && name === 'bid') sendBid(auction, bidder, out)
  if (bidder && name === 'keep') onKeep(auction, bidder, out)
  if (lot && name === 'lease') onLeaseOver(auction, lot, out)
  if (lot && name === 'report') report(auction, lot, out)
  if (desk && name === 'phase') onPhaseOver(auction, desk, out)
  if (desk && name === 'look') look(auction, desk, out)
}

function adopt(auction: Auction, { round, phase }: When, out: Out): void {
  const newRound = round > auction.round
  auction.round = round
  auction.phase = phase
  if (auction.bidder) clearBidder(auction.bidder, newRound)
  if (auction.lot) clearLot(auction.lot, newRound, out)
  if (auction.desk) clearDesk(auction, auction.desk, out)
  out.cancelTimer('keep')
}

function onMessage(auction: Auction, from: AgentId, msg: AuctionMsg, out: Out): void {
  const { bidder, lot, desk, objects } = auction
  if (desk && msg.type === 'restarted') return onRestarted(auction, desk, from, msg.life, out)
  if (isOlder(msg, auction)) return onOlder(auction, from, msg, out)
  // A desk is ahead of everybody, unless its disk forgot; then nothing that it counted is worth anything.
  if (isOlder(auction, msg) && desk) return plan(desk, { round: msg.round + 1, phase: lastPhase(auction.params) }, out)
  if (isOlder(auction, msg)) adopt(auction, msg, out)
  if (bidder) {
    const object = objects.indexOf(from)
    if (object !== -1 && msg.type === 'sold') onSold(auction, bidder, object, msg, out)
    if (object !== -1 && msg.type === 'price') onPrice(auction, bidder, object, msg, out)
    if (msg.type === 'ask') out.send(from, { type: 'here', round: msg.round, phase: msg.phase })
    bid(auction, bidder, out)
  }
  if (desk && msg.type === 'here') onHere(auction, desk, from, out)
  if (lot && msg.type === 'bid') onBid(auction, lot, from, msg.amount, out)
  if (lot && msg.type === 'keep') onKept(auction, lot, from, out)
  if (lot && msg.type === 'release') onReleased(auction, lot, from, msg.version, out)
  if (lot && msg.type === 'heard') onHeard(lot, msg, out)
  if (lot && msg.type === 'known' && msg.life === lot.life) lot.life = 0
  if (desk && msg.type === 'report') onReport(auction, desk, from, msg, out)
}

/** Whoever is behind hears how far the others are; nobody answers that, unless it is the desk that is behind. */
function onOlder({ round, phase, objects }: Auction, from: AgentId, msg: AuctionMsg, out: Out): void {
  if (msg.type !== 'phase' || from === objects[0]) out.send(from, { type: 'phase', round, phase })
}

/** Indices into ROLES of frame/. */
const ROLE = { idle: 0, bids: 2, has: 7, sold: 9 } as const

/** An object stands as high as its price, a person as high as what it gains; both over the largest benefit. */
function view({ bidder, lot, params, objects, round, phase }: Auction, view: AgentView): void {
  const most = Math.max(1, params.benefitMax)
  view.term = round * (lastPhase(params) + 1) + phase
  if (bidder) {
    const { holds, benefits, prices, bidsFor } = bidder
    view.role = holds === -1 ? ROLE.bids : ROLE.has
    view.follows = objects[holds === -1 ? bidsFor : holds] ?? -1
    view.load = holds === -1 ? 0 : Math.max(0, Math.min(1, (benefits[holds]! - prices[holds]!) / most))
  } else if (lot) {
    view.role = lot.owner === NONE ? ROLE.idle : ROLE.sold
    view.follows = lot.owner === NONE ? -1 : lot.owner
    view.load = Math.min(1, lot.price / most)
  }
}
