import { describe, expect, it } from 'vitest'
import { LocalRun } from '../../LocalRun.ts'
import type { Mark } from '../../agents/Program.ts'
import { micros } from '../../kernel/units.ts'
import { knowPrograms } from '../../programRegistry.ts'
import { PROGRAM_DEFAULTS } from '../../scenario/defaults.ts'
import { parseScenario } from '../../scenario/parse.ts'
import type { Command } from '../../scenario/Scenario.ts'
import { sealedBid, SEALED_BID_DEFAULTS, type SealedBid } from './sealedBid.ts'

knowPrograms([sealedBid])

function start(bidders: number, params: object, faults: readonly Command[] = [], network: object = {}) {
  const scenario = parseScenario({
    ...{ swarm: { agents: bidders + 1 }, faults },
    programs: [{ kind: 'sealed-bid', params: { reportEvery: 1, ...params } }],
    network: { latency: { kind: 'constant', us: 1_000 }, ...network },
  })
  if (!scenario.ok) throw new Error(scenario.error)
  const run = new LocalRun(scenario.value)
  const marks: Mark[] = []
  return {
    marks,
    to(untilUs: number): readonly (SealedBid | null)[] {
      run.runTo(micros(untilUs))
      marks.push(...run.takeMarks())
      const agents = run.shards.flatMap((shard) => [...shard.agents.values()])
      return agents.sort((a, b) => a.id - b.id).map(({ programs }) => programs[0]!.state as SealedBid | null)
    },
  }
}
const said = (marks: readonly Mark[], kind: string, agent?: number): any[] =>
  marks.filter((m) => m.body.kind === kind && (agent ?? m.agent) === m.agent).map(({ body }) => body)

describe('sealed bids (Vickrey 1961)', () => {
  it('has the parameters that scenario/ gives as its defaults', () => {
    expect(PROGRAM_DEFAULTS['sealed-bid'].params).toEqual(SEALED_BID_DEFAULTS)
  })

  it('sells to the highest bid at the second highest', () => {
    const run = start(4, {})
    for (let at = 2_500; at < 100_000; at += 2_002) {
      const [seller, ...bidders] = run.to(at)
      if (seller!.open || seller!.sale !== bidders[0]!.sale) continue
      const bids = bidders.map((bidder) => bidder!.bid)
      const [first, second] = bids.toSorted((a, b) => b - a)
      expect(seller!.latest).toEqual({ winner: 1 + bids.indexOf(first!), price: second })
    }
    expect(said(run.marks, 'revenue').length).toBeGreaterThan(40)
  })

  it('or at the bid itself, so that who says the truth gains nothing', () => {
    const run = start(3, { price: 'first' })
    run.to(1_000_000)
    for (const { gain } of said(run.marks, 'gains')) expect(gain).toBe(0)
  })

  it('what the seller takes and the bidders gain is what the winners’ things are worth', () => {
    const run = start(5, { reportEvery: 100 })
    run.to(210_000)
    const gained = [1, 2, 3, 4, 5].map((agent) => said(run.marks, 'gains', agent)[0])
    expect(gained.reduce((sum, { won }) => sum + won, 0)).toBe(100)
    const total = gained.reduce((sum, { gain }) => sum + gain, 0) + said(run.marks, 'revenue')[0].revenue
    expect(total / 100).toBeGreaterThan(0.75) // 5 / 6 in the mean
    expect(total / 100).toBeLessThan(0.9)
  })

  it('the truth never gains less in any sale, whatever the others bid; at the first price it does', () => {
    const factors = [1, 0.4, 2, 0.9]
    const second = start(4, { factors })
    second.to(2_000_000)
    for (const { truthWorse, truthGain } of said(second.marks, 'gains')) {
      expect(truthWorse).toBe(0)
      expect(truthGain).toBeGreaterThanOrEqual(0)
    }
    const first = start(4, { factors, price: 'first' })
    first.to(2_000_000)
    expect(Math.max(...said(first.marks, 'gains').map(({ truthWorse }) => truthWorse))).toBeGreaterThan(50)
  })

  it('closes without the bids that are lost or late, and goes on', () => {
    const run = start(4, { closeUs: 5_000 }, [{ at: 100_000, op: 'crash', agent: 2, forUs: 200_000 }], { loss: 0.1 })
    const [seller] = run.to(1_000_000)
    expect(seller!.tally.sales).toBeGreaterThan(150)
    expect(said(run.marks, 'gains', 2).length).toBeGreaterThan(50)
  })

  it('a seller that restarts calls sales with numbers of its own', () => {
    const run = start(2, {}, [{ at: 100_000, op: 'crash', agent: 0, forUs: 50_000 }])
    const [seller] = run.to(300_000)
    expect(seller!.sale).toBeGreaterThan(16_777_216)
    expect(seller!.tally.sales).toBeGreaterThan(60)
  })
})
