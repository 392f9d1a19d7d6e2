import { atMost, exactly, rounded, within, type Claim, type ClaimRun, type Setup } from './Claim.ts'
import { greatest, mean, pool } from './statistics.ts'
import { depthOf, roundLaw } from './treeLaw.ts'

const SCENARIO = 'tree-sync'
const AGENTS = 121
const MANY = 1_000
const BRANCHING = 3
const MIN_MS = 2
const MAX_MS = 10

/** The first round; it is over before the first heartbeat, at 200 ms, so all that the network carries belongs to it. */
const ROUND: Setup = { set: ['programs.tree-sync.params.heartbeatUs=1000000'], untilUs: 900_000 }
const LARGE: Setup = { ...ROUND, set: [...ROUND.set, `swarm.agents=${MANY}`] }
const withSet = (setup: Setup, ...more: readonly string[]): Setup => ({ ...setup, set: [...setup.set, ...more] })

/** The first round that reached everybody. */
const firstRound = ({ marks, scenario }: ClaimRun) =>
  marks.find(
    ({ program, body }) => program === SCENARIO && body.kind === 'synced' && body.count === scenario.swarm.agents,
  )?.body

/** How long it took, ms; one that never ended as long as the run. */
const roundMs = (run: ClaimRun): readonly number[] => [
  ((firstRound(run)?.tookUs as number | undefined) ?? run.untilUs) / 1_000,
]

/** The orders and the reports as the agents count them, and half of what the network counts. */
function messages(run: ClaimRun): readonly number[] {
  const round = firstRound(run)
  const counted = run.messages / 2
  return round === undefined ? [counted] : [round.orders as number, round.reports as number, counted]
}

/** The value farthest from `expected`; NaN of nothing. */
const farthest = (values: readonly number[], expected: number): number =>
  values.reduce(
    (far, value) => (Math.abs(value - expected) >= Math.abs(far - expected) || Number.isNaN(far) ? value : far),
    NaN,
  )

export const treeSyncClaims: readonly Claim[] = [
  {
    name: 'tree-messages',
    scenario: SCENARIO,
    source: 'Theorem: a tree of n agents has n − 1 connections, each used once in each direction',
    unit: 'messages each way',
    seeds: { quick: 10, full: 100 },
    setups: [ROUND],
    control: {
      what: 'a network that loses one message in ten',
      seeds: 2,
      setups: [withSet(ROUND, 'network.loss=0.1')],
    },
    measure: messages,
    summary: (samples) => farthest(pool(samples), AGENTS - 1),
    expectation: () => exactly(AGENTS - 1, 'theorem, n = 121'),
  },
  {
    name: 'tree-sync-law',
    scenario: SCENARIO,
    source: 'Closed form: the slowest of three parts, each an order, the level below and a report, level by level',
    unit: 'ms',
    seeds: { quick: 100, full: 1_000 },
    setups: [ROUND],
    control: {
      what: 'two below each agent instead of three',
      seeds: 10,
      setups: [withSet(ROUND, 'topology.branching=2')],
    },
    measure: roundMs,
    summary: (samples) => mean(pool(samples)),
    expectation(seeds) {
      const law = roundLaw(depthOf(AGENTS, BRANCHING), BRANCHING, MIN_MS, MAX_MS)
      const why = `four standard errors of ${seeds} rounds, each ±${rounded(law.sd)}`
      return within(rounded(law.mean), (4 * law.sd) / Math.sqrt(seeds), why)
    },
  },
  {
    name: 'tree-sync-time',
    scenario: SCENARIO,
    source: 'Theorem: at most twice the depth times the longest delay; the budget this lab was given is a second',
    unit: 'ms',
    seeds: { quick: 10, full: 100 },
    setups: [LARGE],
    control: {
      what: 'two below each agent instead of three',
      seeds: 2,
      setups: [withSet(LARGE, 'topology.branching=2')],
    },
    measure: roundMs,
    summary: (samples) => greatest(pool(samples)),
    expectation: () => atMost(2 * depthOf(MANY, BRANCHING) * MAX_MS, 'exact bound for 1,000 agents on seven levels'),
  },
]
