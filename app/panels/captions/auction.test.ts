import { expect, it } from 'vitest'
import type { MarkBody } from '../../../engine/agents/Program.ts'
import { agentId, millis } from '../../../engine/kernel/units.ts'
import { namesFor } from '../../state/names.ts'
import { auctionCaption, sealedBidCaption } from './auction.ts'

const mark = (program: string, body: MarkBody) => ({
  ...{ key: { time: millis(1), dst: agentId(0), src: agentId(0), seq: 1 }, index: 0, agent: agentId(9) },
  ...{ program, body },
})
const names = namesFor(null, null)
const sold = { kind: 'sold', object: 3, epsilon: 1, round: 0, phase: 0 }

it.each<[MarkBody, string | undefined]>([
  [{ ...sold, to: 5, outbid: -2, price: 8.12345 }, 'agent 5 gets the object of agent 9 for 8.123'],
  [{ ...sold, to: 5, outbid: 5, price: 9 }, 'agent 5 gets the object of agent 9 for 9'],
  [{ ...sold, to: 5, outbid: 4, price: 12 }, 'agent 5 outbids agent 4: the object of agent 9 now costs 12'],
  [{ kind: 'phase', round: 0, phase: 1, epsilon: 0.2 }, 'Everything is sold; the next phase begins, with ε = 0.2'],
  [{ kind: 'phase', round: 1, phase: 1, epsilon: 0.2 }, 'All prices begin again at 0'],
  [{ kind: 'complete', epsilon: 0.05 }, 'Everybody has an object, and nobody wants to change: ε = 0.05'],
  [{ kind: 'returned', object: 3, from: 1 }, 'The object of agent 9 returns: agent 1 is not heard'],
  [{ kind: 'benefits', values: [1, 2] }, undefined],
])('who bids, buys and is outbid: %j', (body, words) =>
  expect(auctionCaption(mark('auction', body), names)?.[0]).toBe(words),
)

const sale = { kind: 'revenue', sales: 2, revenue: 1.2, squared: 1, sale: 2, winner: 3, price: 0.5, rule: 'second' }

it.each<[MarkBody, string | undefined]>([
  [{ ...sale, bids: [0.4, 0.5, 0.7] }, 'agent 3 bids most, 0.7, and pays the next bid, 0.5; 0.6 a sale so far'],
  [
    { ...sale, bids: [-1, 0.7], price: 0 },
    'agent 3 bids most, 0.7, and pays nothing: nobody else bid; 0.6 a sale so far',
  ],
  [{ ...sale, bids: [0.4, 0.7], rule: 'first' }, 'agent 3 bids most, 0.7, and pays that; 0.6 a sale so far'],
  [{ ...sale, bids: [-1, -1], winner: -2 }, 'Nobody bid'],
  [{ kind: 'bid', sale: 2, place: 0, amount: 0.4 }, undefined],
])('what a sealed sale comes to: %j', (body, words) =>
  expect(sealedBidCaption(mark('sealed-bid', body), names)?.[0]).toBe(words),
)
