import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { history } from '../checks/history.ts'
import { checkLinearizable } from '../checks/linearizability.ts'
import { mixWord } from './chain.ts'
import { cluster, leaderOf, server, violations } from './testing/cluster.ts'
import type { Fixture } from './testing/cluster.ts'
import type { RaftParams } from './raftParams.ts'

const TIMES: Partial<RaftParams> = { electionMinUs: 20_000, electionMaxUs: 40_000, heartbeatUs: 6_000 }

const step = fc.record({
  what: fc.constantFrom('crash', 'crash', 'restart', 'restart', 'partition', 'cut', 'heal', 'campaign', 'again'),
  agent: fc.nat(5),
  other: fc.nat(5),
  /** µs until the next step; short ones fall between a write and its completion. */
  waitUs: fc.oneof(fc.nat(900), fc.nat(30_000)),
  keepWrite: fc.boolean(),
})
const scenario = fc.record({
  servers: fc.integer({ min: 1, max: 6 }),
  seed: fc.nat(),
  steps: fc.array(step, { minLength: 5, maxLength: 40 }),
  loss: fc.constantFrom(0, 0, 0.05, 0.3),
  duplicate: fc.constantFrom(0, 0.2),
  /** µs; more than a heartbeat reorders freely. */
  jitterUs: fc.constantFrom(0, 500, 15_000),
  fsyncUs: fc.constantFrom(1, 500, 5_000),
  preVote: fc.boolean(),
  checkQuorum: fc.boolean(),
  batchMax: fc.constantFrom(1, 2, 64),
})
type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never

/** Everything is drawn from the seed, so fast-check's counterexample is the whole run. */
function play(s: Scenario, bugs: readonly string[] = []): Fixture {
  const faults = { on: true }
  let count = 0
  const draw = (): number => (mixWord(mixWord(7, s.seed), count++) % 1_000_003) / 1_000_003
  const network = (): readonly number[] => {
    const delayUs = 300 + Math.floor(draw() * s.jitterUs)
    if (!faults.on) return [300 + Math.floor(draw() * 500)]
    if (draw() < s.loss) return []
    return draw() < s.duplicate ? [delayUs, 300 + Math.floor(draw() * 4 * s.jitterUs)] : [delayUs]
  }
  const { preVote, checkQuorum, batchMax } = s
  const params = { ...TIMES, preVote, checkQuorum, batchMax, bugs }
  const load = { keys: 2, clientsPerAgent: 3, thinkUs: 2_000, timeoutUs: 50_000, casFraction: 0.3, readFraction: 0.3 }
  const fixture = cluster(s.servers, params, { network, fsyncUs: s.fsyncUs, seed: s.seed }, 2, load)
  const { world } = fixture
  world.hostMark(0, { kind: 'fault', active: true })
  world.run(60_000)
  for (const { what, agent, other, waitUs, keepWrite } of s.steps) {
    const a = agent % s.servers
    if (what === 'crash') world.crash(a, keepWrite)
    if (what === 'restart') world.restart(a)
    if (what === 'partition') world.partition([a, other % s.servers])
    if (what === 'cut') world.cut(a, other % s.servers)
    if (what === 'heal') world.cuts.clear()
    if (what === 'campaign') world.op(a, 'raft', { op: 'campaign' })
    if (what === 'again' && world.sent.length > 0)
      world.deliver(world.sent[Math.floor(draw() * world.sent.length)]!, 1 + waitUs) // any message of the whole past
    world.run(waitUs)
  }
  faults.on = false
  world.cuts.clear()
  for (let a = 0; a < s.servers; a++) world.restart(a)
  world.hostMark(0, { kind: 'fault', active: false })
  world.run(10 * 40_000 + 100_000)
  return fixture
}

describe('raft on random schedules of crashes, cuts, loss, duplication and reordering', () => {
  it('keeps every invariant, becomes live again and stays linearizable', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(scenario, (s) => {
        const fixture = play(s)
        expect(violations(fixture)).toEqual({})
        expect(leaderOf(fixture.world)).toBeGreaterThanOrEqual(0)
        expect(checkLinearizable(history(fixture.world.marks)).verdict).toBe('linearizable')
        for (let a = 1; a < s.servers; a++) {
          const shared = Math.min(server(fixture.world, a).commitIndex, server(fixture.world, 0).commitIndex)
          expect(server(fixture.world, a).chain[shared - 1]).toBe(server(fixture.world, 0).chain[shared - 1])
        }
      }),
      { numRuns: 60 },
    )
  })

  for (const bug of [
    'no-session',
    'even-quorum',
    'match-regresses',
    'keep-commit-index',
    'stale-append-truncates',
  ] as const)
    it(`finds '${bug}' within 40 schedules, so it can fail`, { timeout: 60_000 }, () => {
      const holds = fc.property(scenario, (s) => Object.keys(violations(play(s, [bug]))).length === 0)
      expect(fc.check(holds, { numRuns: 40, seed: 5, endOnFailure: true }).failed).toBe(true)
    })
})
