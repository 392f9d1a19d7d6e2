import fc from 'fast-check'
import { linearSumAssignment } from 'linear-sum-assignment'
import { describe, expect, it } from 'vitest'
import { LocalRun } from '../../LocalRun.ts'
import type { Mark } from '../../agents/Program.ts'
import { micros } from '../../kernel/units.ts'
import { knowPrograms } from '../../programRegistry.ts'
import { PROGRAM_DEFAULTS } from '../../scenario/defaults.ts'
import { parseScenario } from '../../scenario/parse.ts'
import type { Command } from '../../scenario/Scenario.ts'
import { assignmentAuction } from './assignmentAuction.ts'
import { AUCTION_DEFAULTS, epsilonOf, lastPhase, type Auction } from './auctionState.ts'

knowPrograms([assignmentAuction])

interface Options {
  readonly seed?: number
  readonly params?: object
  readonly faults?: readonly Command[]
  readonly network?: object
}

function start(persons: number, { seed = 1, params = {}, faults = [], network = {} }: Options = {}) {
  const scenario = parseScenario({
    ...{ seed, swarm: { agents: 2 * persons }, faults },
    programs: [{ kind: 'auction', params: { epsilon: 1 / (persons + 1), retryUs: 20_000, ...params } }],
    network: { latency: { kind: 'uniform', minUs: 200, maxUs: 2_000 }, ...network },
  })
  if (!scenario.ok) throw new Error(scenario.error)
  const run = new LocalRun(scenario.value)
  const marks: Mark[] = []
  return {
    marks,
    /** States by agent; those that are down are left out. */
    to(untilUs: number): readonly Auction[] {
      run.runTo(micros(untilUs))
      marks.push(...run.takeMarks())
      const agents = run.shards.flatMap((shard) => [...shard.agents.values()]).sort((a, b) => a.id - b.id)
      return agents.flatMap(({ programs }) => (programs[0]!.state ? [programs[0]!.state as Auction] : []))
    },
  }
}

/** What persons hold, by what both sides say, over what they could: [sum, greatest sum, persons with nothing]. */
function judge(states: readonly Auction[]): readonly [total: number, best: number, without: number] {
  const persons = states.flatMap(({ bidder, self }) => (bidder ? [{ ...bidder, self }] : []))
  const owner = new Map(states.flatMap(({ lot }) => (lot ? [[lot.place, lot.owner]] : [])))
  const holding = persons.filter(({ holds, self }) => holds !== -1 && owner.get(holds) === self)
  const total = holding.reduce((sum, { benefits, holds }) => sum + benefits[holds]!, 0)
  const rows = persons.map(({ benefits }) => [...benefits])
  const { rowAssignments } = linearSumAssignment(rows, { maximaze: true })
  const best = rows.reduce((sum, row, k) => sum + row[rowAssignments[k]!]!, 0)
  return [total, best, persons.length - holding.length]
}

describe('the auction (Bertsekas 1979)', () => {
  it('has the parameters that scenario/ gives as its defaults', () => {
    expect(PROGRAM_DEFAULTS.auction.params).toEqual(AUCTION_DEFAULTS)
  })

  it('is exact with whole benefits and ε < 1/n, as linear-sum-assignment (mljs) finds, at any size and delay', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 16 }), fc.nat(1_000_000), fc.nat(100), (persons, seed, benefitMax) => {
        const [total, best, without] = judge(
          start(persons, { seed, params: { benefitMax: benefitMax + 1 } }).to(6_000_000),
        )
        expect([total, without]).toEqual([best, 0])
      }),
      { numRuns: 60 },
    )
  })

  it('stays within nε of the greatest sum for every ε, scaled or not', () => {
    fc.assert(
      fc.property(
        ...([
          fc.integer({ min: 2, max: 12 }),
          fc.nat(1_000_000),
          fc.double({ min: 0.5, max: 40, noNaN: true }),
        ] as const),
        fc.boolean(),
        (persons, seed, epsilon, scaled) => {
          const params = { epsilon, epsilonFirst: scaled ? 50 : 0 }
          const [total, best, without] = judge(start(persons, { seed, params }).to(3_000_000))
          expect(without).toBe(0)
          expect(best - total).toBeLessThanOrEqual(persons * epsilon + 1e-9)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('is exact when messages are lost, doubled and overtake each other', () => {
    const network = { loss: 0.1, duplicate: 0.1, reorder: { probability: 0.2, extraUs: 20_000 } }
    for (let seed = 1; seed <= 12; seed++) {
      const [total, best, without] = judge(start(8, { seed, network }).to(15_000_000))
      expect([seed, total, without]).toEqual([seed, best, 0])
    }
  })

  it('ends exact after persons, objects and the desk crashed, at any time, and came back', () => {
    fc.assert(
      fc.property(
        fc.nat(1_000_000),
        fc.array(
          fc.record({ at: fc.integer({ min: 1, max: 2_000_000 }), agent: fc.nat(15), forUs: fc.nat(2_000_000) }),
          {
            maxLength: 5,
          },
        ),
        (seed, crashes) => {
          const faults = crashes
            .map(({ at, agent, forUs }): Command => ({ op: 'crash', at, agent, forUs: forUs + 1 }))
            .sort((a, b) => a.at - b.at)
          const [total, best, without] = judge(start(8, { seed, faults }).to(15_000_000))
          expect([total, without]).toEqual([best, 0])
        },
      ),
      { numRuns: 40 },
    )
  })

  it('finds the greatest sum of those left when persons crash for good, before or after they won', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const faults: Command[] = [3, 5].map((agent) => ({ at: 1 + 40_000 * (seed - 1), op: 'crash', agent }))
      const states = start(9, { seed, faults }).to(15_000_000)
      expect(states).toHaveLength(16)
      const [total, best, without] = judge(states)
      expect([seed, total, without]).toEqual([seed, best, 0])
    }
  })

  it('sells at prices that rise by at least ε within a phase', () => {
    const run = start(10)
    run.to(3_000_000)
    const last = new Map<string, number>()
    for (const { agent, body } of run.marks) {
      if (body.kind !== 'sold') continue
      const [price, phase] = [body['price'] as number, body['phase'] as number]
      const key = `${agent}/${phase}`
      const before = last.get(key)
      const epsilon = epsilonOf({ ...AUCTION_DEFAULTS, epsilon: 1 / 11 }, phase)
      if (before !== undefined) expect(price - before).toBeGreaterThanOrEqual(epsilon - 1e-9)
      last.set(key, price)
    }
    expect(last.size).toBeGreaterThan(10)
  })

  it('never ends without ε where persons want the same', () => {
    const params = { epsilon: 0, epsilonFirst: 0, benefitMax: 1 }
    const run = start(12, { seed: 2, params })
    const [, , without] = judge(run.to(3_000_000))
    expect(without).toBeGreaterThan(0)
    expect(run.marks.filter(({ body }) => body.kind === 'sold').length).toBeGreaterThan(1_000)
  })

  it('draws benefits by place: a person that restarts values things as before', () => {
    const run = start(5, { faults: [{ at: 10_000, op: 'crash', agent: 2, forUs: 10_000 }] })
    run.to(1_000_000)
    const told = run.marks.filter(({ agent, body }) => agent === 2 && body.kind === 'benefits')
    expect(told).toHaveLength(2)
    expect(told[1]!.body).toEqual(told[0]!.body)
    const values = run.marks.flatMap(({ body }) => (body.kind === 'benefits' ? (body['values'] as number[]) : []))
    expect(new Set(values).size).toBeGreaterThan(15)
  })
})

describe('ε-scaling', () => {
  it('divides ε by the step until the last phase, which has the ε that was asked for', () => {
    const params = { ...AUCTION_DEFAULTS, epsilonFirst: 20, epsilonStep: 5, epsilon: 0.1 }
    expect(lastPhase(params)).toBe(4)
    expect([0, 1, 2, 3, 4, 9].map((phase) => epsilonOf(params, phase))).toEqual([20, 4, 0.8, 0.16, 0.1, 0.1])
    expect(lastPhase({ ...params, epsilonFirst: 0 })).toBe(0)
    expect(lastPhase({ ...params, epsilon: 0 })).toBeLessThanOrEqual(64)
  })
})
