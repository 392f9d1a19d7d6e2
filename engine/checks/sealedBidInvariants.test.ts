import { describe, expect, it } from 'vitest'
import type { MarkBody } from '../agents/Program.ts'
import { checkStatus, createChecks, knowInvariants, observe } from './Checks.ts'
import { host, told, type Told } from './claims/claimfixture.ts'
import { SEALED_BID } from './sealedBidInvariants.ts'

knowInvariants(SEALED_BID)

const says = (ms: number, agent: number, body: MarkBody): Told => [ms, agent, 'sealed-bid', body]
/** Bidders are agents 1, 2, 3. */
const bid = (agent: number, amount: number): Told => says(1, agent, { kind: 'bid', sale: 7, place: agent - 1, amount })
const BIDS = [bid(1, 0.5), bid(2, 0.9), bid(3, 0.7)]
const revenue = (winner: number, price: number, bids = [0.5, 0.9, 0.7], rule = 'second'): Told =>
  says(2, 0, { kind: 'revenue', sales: 7, revenue: 1, squared: 1, winner, price, sale: 7, bids, rule })
const won = (agent: number, paid: number): Told => says(3, agent, { kind: 'won', sale: 7, paid })

function found(...rows: readonly Told[]): { [name: string]: string } {
  const names = SEALED_BID.map(({ name }) => name)
  const checks = createChecks(names, { members: [], quietFromUs: 0, electionMaxUs: 0 })
  for (const mark of told(...rows)) observe(checks, mark)
  const broken = checkStatus(checks).flatMap(({ name, violation }) => (violation ? [[name, violation.sentence]] : []))
  return Object.fromEntries(broken) as { [name: string]: string }
}

describe('checks of sealed bids (Vickrey 1961)', () => {
  it('find nothing where the highest bid wins and pays the second, or its own', () => {
    expect(found(...BIDS, revenue(2, 0.7), won(2, 0.7))).toEqual({})
    expect(found(...BIDS, revenue(2, 0.9, undefined, 'first'), won(2, 0.9))).toEqual({})
    expect(found(...BIDS, revenue(3, 0.5, [0.5, -1, 0.7]), won(3, 0.5))).toEqual({})
    expect(found(...BIDS, revenue(-1, 0, [-1, -1, -1]))).toEqual({})
    expect(found(...BIDS, revenue(1, 0, [0.5, -1, -1]), won(1, 0))).toEqual({})
  })

  it('find a winner that did not bid the most, and a sale without one', () => {
    expect(found(...BIDS, revenue(3, 0.7))['highest-bid-wins']).toBe('agent 3 wins sale 7 with 0.7, against 0.9')
    expect(found(...BIDS, revenue(-1, 0))['highest-bid-wins']).toBe('nobody wins sale 7, and there is a bid of 0.9')
  })

  it('find a seller that notes other bids than were made', () => {
    expect(found(...BIDS, revenue(2, 0.85, [0.5, 0.9, 0.85]))).toEqual({
      'highest-bid-wins': 'agent 3 bids 0.7 and the seller has noted 0.85',
    })
    expect(found(bid(3, 0.2), ...BIDS, revenue(2, 0.5, [0.5, 0.9, 0.2]))).toEqual({}) // bid, restarted and bid again
  })

  it('find a price that is not as the rule says', () => {
    expect(found(...BIDS, revenue(2, 0.9))['price-as-ruled']).toBe('agent 2 is to pay 0.9, and by the rule it is 0.7')
    expect(found(...BIDS, revenue(2, 0.7), won(2, 0.8))['price-as-ruled']).toMatch(/agent 2 pays 0.8 .* sold for 0.7/)
  })

  it('do not know what was bid before a crash or before it was told, nor who has forgotten that it won', () => {
    const down = (agent: number): Told => host(1, agent, 'crashed')
    const other = revenue(2, 0.85, [0.5, 0.9, 0.85])
    expect(found(...BIDS, down(3), bid(3, 0.7), other)).toEqual({})
    expect(found(...BIDS, down(1), other)).toHaveProperty('highest-bid-wins')
    const again = [revenue(2, 0.7), won(2, 0.7), host(3, 2, 'crashed'), won(2, 0.7)]
    expect(found(...BIDS, ...again)).toEqual({})
    expect(found(...BIDS, ...again, won(2, 0.7))['price-as-ruled']).toMatch(/twice/)
  })

  it('find a second winner', () => {
    expect(found(...BIDS, revenue(2, 0.7), won(2, 0.7), won(1, 0.7))['price-as-ruled']).toMatch(/which agent 2 wins/)
    expect(found(...BIDS, revenue(2, 0.7), won(2, 0.7), won(2, 0.7))['price-as-ruled']).toMatch(/twice/)
  })
})
