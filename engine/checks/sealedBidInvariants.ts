import type { Mark } from '../agents/Program.ts'
import type { Finding, Invariant } from './Invariant.ts'

/** Of a sale that is told, by what its bidders and its seller say of it. */
interface Told {
  /** By agent: its place among the bidders and what it bid; more than once where it was restarted meanwhile. */
  readonly bids: { [agent: number]: { readonly place: number; readonly amounts: number[] } }
  /** Once the seller has closed it. */
  winner: number | null
  price: number
  won: boolean
}
interface Sales {
  readonly told: { [sale: number]: Told }
  /** In order of appearance; what is older than the last few is forgotten. */
  order: number[]
  /** Who was restarted, or began to tell, since a sale was last told: what an earlier life bid is not known. */
  unsure: { [agent: number]: true }
}
const KEPT = 8

const newSales = (): Sales => ({ told: {}, order: [], unsure: {} })

function saleOf(state: Sales, sale: number): Told {
  const known = state.told[sale]
  if (known !== undefined) return known
  state.order.push(sale)
  if (state.order.length > KEPT) delete state.told[state.order.shift()!]
  return (state.told[sale] = { bids: {}, winner: null, price: 0, won: false })
}

function noteBid(state: Sales, { agent, body }: Mark): void {
  const { bids } = saleOf(state, body['sale'] as number)
  const mine = (bids[agent] ??= { place: body['place'] as number, amounts: [] })
  mine.amounts.push(body['amount'] as number)
}

/** The seller's book of a sale, −1 where no bid came, against what bidders say; then the winner against the others. */
function highestWins(state: Sales, { body }: Mark): Finding {
  const { sale, winner } = body as unknown as { sale: number; winner: number }
  const book = body['bids'] as readonly number[]
  const told = saleOf(state, sale)
  for (const [agent, { place, amounts }] of Object.entries(told.bids))
    if (!(Number(agent) in state.unsure) && book[place] !== -1 && !amounts.includes(book[place]!))
      return `agent ${agent} bids ${amounts.join(', then ')} and the seller has noted ${book[place]!}`
  const most = book.reduce((best, bid) => Math.max(best, bid), -1)
  if (winner < 0) return most < 0 || `nobody wins sale ${sale}, and there is a bid of ${most}`
  const mine = told.bids[winner]
  if (mine === undefined || winner in state.unsure) return false // it was not told that this sale is one to tell
  return (
    mine.amounts.includes(most) || `agent ${winner} wins sale ${sale} with ${mine.amounts.at(-1)!}, against ${most}`
  )
}

/** Vickrey 1961; a bid of 0 wins where nobody bids more, so nobody is sold to at a price above its own bid. */
export const highestBidWins: Invariant<Sales> = {
  name: 'highest-bid-wins',
  title: 'The highest bid that came in time wins',
  on: { 'sealed-bid': ['bid', 'revenue'], host: ['crashed', 'set'] },
  init: newSales,
  onMark(state, mark): Finding {
    if (mark.program === 'host') state.unsure[mark.agent] = true
    else if (mark.body.kind === 'bid') noteBid(state, mark)
    else {
      const found = highestWins(state, mark)
      state.unsure = {}
      return found
    }
    return false
  },
}

export const priceAsRuled: Invariant<Sales> = {
  name: 'price-as-ruled',
  title: 'Each sale has one winner, who pays the second highest bid or its own, as the rule says',
  on: { 'sealed-bid': ['revenue', 'won'], host: ['crashed'] },
  init: newSales,
  onMark(state, { agent, program, body }): Finding {
    if (program === 'host') {
      // Who has forgotten that it won may hear it again.
      for (const sale of Object.values(state.told)) if (sale.winner === agent) sale.won = false
      return false
    }
    const told = saleOf(state, body['sale'] as number)
    if (body.kind === 'won') return wins(told, agent, body)
    told.winner = body['winner'] as number
    told.price = body['price'] as number
    if (told.winner < 0) return false
    const [first = 0, second = 0] = (body['bids'] as readonly number[])
      .map((bid) => Math.max(0, bid))
      .sort((a, b) => b - a)
    const due = body['rule'] === 'second' ? second : first
    return told.price === due || `agent ${told.winner} is to pay ${told.price}, and by the rule it is ${due}`
  },
}

function wins(told: Told, agent: number, { sale, paid }: Mark['body']): Finding {
  if (told.winner === null) return false // the seller did not tell this sale
  if (told.winner !== agent) return `agent ${agent} has won sale ${String(sale)}, which agent ${told.winner} wins`
  if (told.won) return `agent ${agent} has won sale ${String(sale)} twice`
  told.won = true
  return told.price === paid || `agent ${agent} pays ${String(paid)} for sale ${String(sale)}, sold for ${told.price}`
}

export const SEALED_BID: readonly Invariant[] = [highestBidWins, priceAsRuled]
