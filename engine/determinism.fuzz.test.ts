import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LocalRun } from './LocalRun.ts'
import { micros } from './kernel/units.ts'
import { TOPOLOGY_KINDS } from './scenario/names.ts'
import { parseScenario } from './scenario/parse.ts'
import type { Command, Scenario } from './scenario/Scenario.ts'

const UNTIL_US = 1_200_000
const AGENTS = 12

const at = fc.integer({ min: 0, max: UNTIL_US })
const agent = fc.oneof(fc.nat(AGENTS - 1), fc.constantFrom<'leader' | 'follower'>('leader', 'follower'))
const set = fc.oneof(
  agent,
  fc.constant<'all'>('all'),
  fc.uniqueArray(fc.nat(AGENTS - 1), { minLength: 1, maxLength: 5 }),
  fc.nat(2).map((group) => ({ group })),
)
const forUs = fc.integer({ min: 1, max: 500_000 })
const probability = fc.double({ min: 0, max: 1, noNaN: true })
const us = fc.integer({ min: 1, max: 50_000 })

const EDIT = { program: fc.constant('raft'), path: fc.constantFrom('vote', 'term'), value: fc.integer() }

const command = fc.oneof(
  fc.record({ at, op: fc.constant('crash' as const), agent, forUs }),
  fc.record({ at, op: fc.constant('crash' as const), agent }),
  fc.record({ at, op: fc.constant('restart' as const), agent }),
  fc.record({ at, op: fc.constant('pause' as const), agent, forUs }),
  fc.record({ at, op: fc.constant('slow' as const), agent, factor: fc.integer({ min: 1, max: 50 }), forUs }),
  fc.record({ at, op: fc.constant('join' as const) }),
  fc.record({ at, op: fc.constant('leave' as const), agent: fc.nat(AGENTS - 1) }),
  fc.record({ at, op: fc.constant('partition' as const), side: set, forUs }),
  fc.record({ at, op: fc.constant('cut' as const), from: set, to: set, forUs }),
  fc.record({ at, op: fc.constant('heal' as const) }),
  fc.record({ at, op: fc.constant('delay' as const), from: set, to: set, us, forUs }),
  fc.record({ at, op: fc.constant('lose' as const), from: set, to: set, probability, forUs }),
  fc.record({ at, op: fc.constant('duplicate' as const), from: set, to: set, probability, forUs }),
  fc.record({ at, op: fc.constant('reorder' as const), from: set, to: set, probability, us, forUs }),
  fc.record({ at, op: fc.constant('corrupt' as const), from: set, to: set, probability, forUs }),
  fc.record({
    at,
    op: fc.constant('clock' as const),
    agent,
    offsetUs: fc.integer({ min: -50_000, max: 50_000 }),
    driftPpm: fc.integer({ min: -500_000, max: 900_000 }),
    forUs,
  }),
  fc.record({
    at,
    op: fc.constant('disk' as const),
    agent,
    factor: fc.integer({ min: 1, max: 30 }),
    forgets: fc.boolean(),
    forUs,
  }),
  fc.constantFrom(
    ...(['all', 'leader', 2] as const).map((agent) => ({
      ...{ at: 300_000, op: 'set' as const, agent, program: 'raft', param: 'heartbeatUs', value: 20_000 },
    })),
  ),
  fc.record({ at, op: fc.constant('edit' as const), agent, ...EDIT }),
  fc.record({ at, op: fc.constant('dropMessage' as const), src: fc.nat(AGENTS - 1), seq: fc.nat(300) }),
  fc.record({ at, op: fc.constant('delayMessage' as const), src: fc.nat(AGENTS - 1), seq: fc.nat(300), us }),
  fc.record({ at, op: fc.constant('duplicateMessage' as const), src: fc.nat(AGENTS - 1), seq: fc.nat(300) }),
)

const network = fc.record({
  latency: fc.constantFrom(
    { kind: 'constant', us: 1_500 },
    { kind: 'uniform', minUs: 100, maxUs: 9_000 },
    { kind: 'exponential', floorUs: 500, meanUs: 4_000 },
    { kind: 'lognormal', floorUs: 300, medianUs: 2_000, sigma: 1 },
    { kind: 'regions', regions: ['London', 'Tokyo', 'Dallas'], jitter: 0.1, local: { kind: 'constant', us: 300 } },
  ),
  loss: fc.constantFrom(0, 0.05),
  duplicate: fc.constantFrom(0, 0.1),
  reorder: fc.constantFrom({ probability: 0, extraUs: 0 }, { probability: 0.2, extraUs: 20_000 }),
  fifo: fc.boolean(),
  corrupt: fc.constantFrom(0, 0, 0.05),
  bytesPerSecond: fc.constantFrom(0, 0, 200_000),
  credits: fc.constantFrom(0, 0, 1, 3),
})

/** Raft with clients over any topology; trees also keep in step. */
const scenarioInput = fc
  .record({
    kind: fc.constantFrom(...TOPOLOGY_KINDS),
    seed: fc.nat(0xffffffff),
    serviceUs: fc.constantFrom(0, 0, 40),
    repairUs: fc.constantFrom(0, 100_000),
    service: fc.constantFrom('constant', 'exponential'),
    clocks: fc.constantFrom(undefined, { offsetUs: 40_000, driftPpm: 100_000 }),
    tornWrites: fc.boolean(),
    network,
    faults: fc.array(command, { maxLength: 8 }),
  })
  .map(({ kind, seed, serviceUs, service, clocks, repairUs, tornWrites, network, faults }) => ({
    name: 'fuzz',
    title: 'Fuzz',
    seed,
    untilUs: UNTIL_US,
    digestEveryUs: 200_000,
    swarm: { agents: AGENTS, serviceUs, service, ...(clocks && { clocks }) },
    topology: { kind, branching: 2, groups: kind.endsWith('of-trees') ? 3 : 1, repairUs },
    network,
    disk: { fsync: { kind: 'uniform', minUs: 200, maxUs: 2_000 }, tornWrites },
    programs: [
      { kind: 'raft', on: { first: 5 }, params: { announce: kind.endsWith('of-trees') } },
      { kind: 'client', on: { last: 3 } },
      ...(kind === 'hierarchical' || kind.endsWith('of-trees') ? [{ kind: 'tree-sync' }] : []),
    ],
    faults: faults as readonly Command[],
  }))

function outcome(scenario: Scenario, shards: number, codecAlways: boolean, lettersMax = Infinity): object {
  const run = new LocalRun(scenario, { shards, codecAlways, freeze: !codecAlways, lettersMax })
  run.runTo(micros(UNTIL_US))
  const marks = run.takeMarks().length
  return { points: run.digestPoints(), last: run.digestText(), marks }
}

describe('any scenario under any faults', () => {
  it('gives the same digests and marks on any number of shards, encoded or not, with rings that are always full', () => {
    fc.assert(
      fc.property(scenarioInput, (input) => {
        const parsed = parseScenario(input)
        fc.pre(parsed.ok)
        if (!parsed.ok) return
        const one = outcome(parsed.value, 1, false)
        expect(outcome(parsed.value, 2, false)).toEqual(one)
        expect(outcome(parsed.value, 5, true)).toEqual(one)
        expect(outcome(parsed.value, 4, false, 1)).toEqual(one) // rings that are always full
      }),
      { numRuns: 60 },
    )
  }, 120_000)

  it('comes back to the same bits from a snapshot anywhere', () => {
    fc.assert(
      fc.property(scenarioInput, fc.integer({ min: 1, max: UNTIL_US - 1 }), (input, cut) => {
        const parsed = parseScenario(input)
        fc.pre(parsed.ok)
        if (!parsed.ok) return
        const run = new LocalRun(parsed.value, { shards: 2 })
        run.runTo(micros(cut))
        const parts = structuredClone(run.snapshot())
        run.runTo(micros(UNTIL_US))
        const other = new LocalRun(parsed.value, { shards: 3 })
        other.restore(parts)
        other.runTo(micros(UNTIL_US))
        expect(other.digestText()).toBe(run.digestText())
      }),
      { numRuns: 40 },
    )
  }, 120_000)
})
