import { describe, expect, it } from 'vitest'
import type { MarkBody } from '../agents/Program.ts'
import { micros } from '../kernel/units.ts'
import { AUCTION } from './auctionInvariants.ts'
import { checkStatus, createChecks, knowInvariants, observe, reach } from './Checks.ts'
import { host, told, type Told } from './claims/claimfixture.ts'

knowInvariants(AUCTION)

/** Persons 0 and 1, objects 0 and 1 at agents 2 and 3, where the desk is. */
const says = (ms: number, agent: number, body: MarkBody): Told => [ms, agent, 'auction', body]
const benefits = (person: number, ...values: number[]): Told => says(0, person, { kind: 'benefits', values })
const WORTH = [benefits(0, 10, 4), benefits(1, 9, 7)]
const when = { round: 0, phase: 0 }
const sold = (ms: number, object: number, to: number, price: number, more: object = {}): Told =>
  says(ms, 2 + object, { kind: 'sold', object, to, price, epsilon: 0.5, ...when, ...more })
const complete = (ms: number, more: object = {}): Told =>
  says(ms, 2, { kind: 'complete', epsilon: 0.5, ...when, ...more })

/** Names of the checks that find something, with their sentences, by 60 s. */
function found(...rows: readonly Told[]): { [name: string]: string } {
  const programs = [{ kind: 'auction', params: { leaseUs: 1_000_000 } }]
  const names = AUCTION.map(({ name }) => name)
  const checks = createChecks(names, { members: [], quietFromUs: 0, electionMaxUs: 0, programs })
  for (const mark of told(...rows)) observe(checks, mark)
  reach(checks, micros(60_000_000))
  const broken = checkStatus(checks).flatMap(({ name, violation }) => (violation ? [[name, violation.sentence]] : []))
  return Object.fromEntries(broken) as { [name: string]: string }
}

/**
 * Person 0 gains 10 or 4, and bids 6 + ε for object 0; person 1 then gains 2.5 or 7, and bids 4.5 + ε for object 1.
 */
const GOOD = [...WORTH, sold(1, 0, 0, 6.5), sold(2, 1, 1, 5), complete(3)]

describe('checks of an auction', () => {
  it('find nothing where prices rise and everybody buys what is best', () => {
    expect(found(...GOOD)).toEqual({})
    const next = { round: 0, phase: 1, epsilon: 0.1 }
    expect(found(...GOOD, sold(4, 0, 0, 11.1, next), sold(5, 1, 1, 9.2, next), complete(6, next))).toEqual({})
  })

  it('find an object that is sold for less than ε more', () => {
    expect(found(...WORTH, sold(1, 0, 0, 6.5), sold(2, 0, 1, 6.9))['prices-rise']).toBe(
      'object 0 costs 6.5 and is sold for 6.9, with ε = 0.5',
    )
    expect(found(...WORTH, sold(1, 0, 0, 6.5), sold(2, 0, 1, 2, { phase: 1 }))).toHaveProperty('prices-rise')
    const anew = says(2, 2, { kind: 'phase', round: 1, phase: 0 })
    expect(found(...WORTH, sold(1, 0, 0, 6.5), anew, sold(3, 0, 1, 2, { round: 1 }))).toEqual({})
  })

  it('find a buyer that would gain more by another object', () => {
    expect(found(...WORTH, sold(1, 0, 0, 7))['within-epsilon']).toBe(
      'agent 0 gains 3 by object 0, and 4 by another: that is more than ε = 0.5 away',
    )
  })

  it('find who keeps two objects, not who gives one back within the lease', () => {
    const both = [...WORTH, sold(1, 0, 0, 1), sold(2, 1, 0, 0.5, { epsilon: 6 })]
    expect(found(...both)['one-object-each']).toBe('agent 0 keeps objects 0 and 1, and has had both since 2000 µs')
    const back = says(900, 3, { kind: 'returned', object: 1, from: 0, price: 0.5, ...when })
    expect(found(...both, back)).not.toHaveProperty('one-object-each')
    expect(found(...both, sold(900, 1, 1, 5))).not.toHaveProperty('one-object-each')
  })

  it('find a desk that says too soon that everything is sold', () => {
    expect(found(...WORTH, sold(1, 0, 0, 6), complete(3))['one-object-each']).toBe(
      'the desk says that everything is sold, and that is 1 of 2 objects',
    )
  })

  it('do not judge a round in which somebody has forgotten, and judge the next', () => {
    const cheap = sold(30, 0, 1, 1)
    expect(found(...WORTH, sold(1, 0, 0, 6), host(10, 2, 'crashed'), host(20, 2, 'restarted'), cheap)).toEqual({})
    const next = [sold(40, 0, 1, 2, { round: 1 }), sold(50, 0, 0, 2.1, { round: 1 })]
    expect(found(...WORTH, sold(1, 0, 0, 6), host(10, 2, 'crashed'), cheap, ...next)).toHaveProperty('prices-rise')
    expect(found(...WORTH, host(10, 9, 'joined'), ...next)).toEqual({})
  })
})
