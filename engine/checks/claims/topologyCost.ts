import { exactly, rounded, within, type Claim, type ClaimRun, type Setup } from './Claim.ts'
import { errandsOf, farthest, jobs, lastHeardUs } from './errandMeasure.ts'
import { farthestRatio } from './rumourMeasure.ts'
import { mean, pool } from './statistics.ts'

const SCENARIO = 'topology-cost'
const AGENTS = 40
const LINK_US = 20_000
const EVERY_US = 1_000_000

/** A tree of 40 with three below each: 1, 3, 9 and 27 agents at depth 0 … 3. */
const TREE_DEPTHS: readonly number[] = [1, 3, 9, 27].flatMap((agents, depth) => Array<number>(agents).fill(depth))
const RING_DISTANCES: readonly number[] = Array.from({ length: AGENTS }, (_, id) => Math.min(id, AGENTS - id))
const DEEPEST = 3
const FARTHEST = AGENTS / 2

const MESH = 'topology.kind=mesh'
const TREE = 'topology.kind=hierarchical'
const RING = 'topology.kind=ring'
const ONE_WAY = 'topology.oneWay=true'
const ALL_THREE = [MESH, TREE, RING]
const once = (job: string, ...set: readonly string[]): Setup => jobs(job, 1, EVERY_US, ...set)
const REQUESTS = 50
const requests = (...set: readonly string[]): Setup => jobs('request', REQUESTS, EVERY_US, ...set)

/** Transmissions a job; none where one did not begin, so that a run without the job shows nothing. */
function cost(run: ClaimRun): readonly number[] {
  const errands = errandsOf(run)
  return errands.length > 0 ? [run.transmissions / errands.length] : []
}
const halfCost = (run: ClaimRun): readonly number[] => cost(run).map((transmissions) => transmissions / 2)
const hops = (run: ClaimRun): readonly number[] => lastHeardUs(run).map((us) => us / LINK_US)

type Exact = Pick<Claim, 'name' | 'source' | 'setups' | 'control'> & { expected: number; why: string; unit?: string }
const exact = ({ expected, why, ...claim }: Exact, measure = cost): Claim => ({
  ...{ unit: 'transmissions', ...claim, scenario: SCENARIO, measure },
  seeds: { quick: claim.setups.length, full: claim.setups.length },
  summary: (samples) => farthest(pool(samples), expected),
  expectation: () => exactly(expected, why),
})

/** A request to one of the others, all alike, over `distances` from the first agent; there and back. */
function requestClaim(name: string, source: string, topology: string, distances: readonly number[]): Claim {
  const others = distances.slice(1).map((distance) => 2 * distance)
  const expected = mean(others)
  const deviation = Math.sqrt(mean(others.map((x) => (x - expected) * (x - expected))))
  return {
    ...{ name, scenario: SCENARIO, source, unit: 'transmissions', setups: [requests(topology)], measure: cost },
    seeds: { quick: 4, full: 100 },
    control: { what: 'a mesh, where everybody is one hop away', seeds: 1, setups: [requests(MESH)] },
    summary: (samples) => mean(pool(samples)),
    expectation(seeds) {
      const why = `four standard errors of ${seeds * REQUESTS} requests, each ±${rounded(deviation)}`
      return within(rounded(expected), (4 * deviation) / Math.sqrt(seeds * REQUESTS), why)
    },
  }
}

const LOSSY = 'network.loss=0.2'

export const topologyCostClaims: readonly Claim[] = [
  exact({
    name: 'cost-mesh-upkeep',
    source: 'Closed form: every agent to each of its n − 1 neighbours',
    setups: [once('keep-alive', MESH)],
    control: { what: 'a ring, where everybody has two neighbours', seeds: 1, setups: [once('keep-alive', RING)] },
    ...{ expected: AGENTS * (AGENTS - 1), why: 'n(n − 1) for n = 40' },
  }),
  {
    ...{ name: 'cost-upkeep-ratio', scenario: SCENARIO, unit: 'times the ring’s', measure: cost },
    source: 'Closed form: two messages for each connection, n(n − 1)/2 connections against n',
    seeds: { quick: 2, full: 2 },
    setups: [once('keep-alive', MESH), once('keep-alive', RING)],
    control: {
      what: 'broadcasts, which cost as much on both',
      seeds: 2,
      setups: [once('broadcast', MESH), once('broadcast', RING)],
    },
    summary: ([mesh, ring]) => (mesh?.[0] ?? NaN) / (ring?.[0] ?? NaN),
    expectation: () => exactly((AGENTS - 1) / 2, '(n − 1)/2 for n = 40'),
  },
  exact({
    name: 'cost-mesh-request',
    source: 'Closed form: one hop each way',
    setups: [requests(MESH)],
    control: { what: 'a tree, where others pass it on', seeds: 1, setups: [requests(TREE)] },
    ...{ expected: 2, why: 'there and back' },
  }),
  requestClaim('cost-tree-request', 'Closed form: 2·(3·1 + 9·2 + 27·3)/39', TREE, TREE_DEPTHS),
  requestClaim('cost-ring-request', 'Closed form: 2·⌊n²/4⌋/(n − 1)', RING, RING_DISTANCES),
  exact({
    name: 'cost-broadcast',
    source: 'Theorem: every agent but the first is told once, over the last link of its path',
    setups: ALL_THREE.map((topology) => once('broadcast', topology)),
    control: {
      what: 'a tree that loses one message in five',
      seeds: 1,
      setups: [once('broadcast', TREE, LOSSY)],
    },
    ...{ expected: AGENTS - 1, why: 'n − 1 for n = 40, on all three' },
  }),
  {
    ...{ name: 'cost-broadcast-hops', scenario: SCENARIO, unit: 'of the closed form', measure: hops },
    source: 'Closed form: 1, the depth, ⌊n/2⌋; the figure is the worst of the three, as a ratio to its closed form',
    seeds: { quick: 3, full: 3 },
    setups: ALL_THREE.map((topology) => once('broadcast', topology)),
    control: {
      what: 'a star, two below each agent of the tree, and a ring that goes one way',
      seeds: 3,
      setups: [
        once('broadcast', 'topology.kind=star'),
        once('broadcast', TREE, 'topology.branching=2'),
        once('broadcast', RING, ONE_WAY),
      ],
    },
    summary: (samples) => farthestRatio(samples, [1, DEEPEST, FARTHEST]),
    expectation: () => exactly(1, '1, 3 and 20 hops for n = 40'),
  },
  exact(
    {
      name: 'cost-ring-links',
      source: 'Theorem: a connected graph on n has at least n − 1 links, a tree exactly so many',
      unit: 'connections',
      setups: [once('keep-alive', RING)],
      control: { what: 'the tree, which has one fewer', seeds: 1, setups: [once('keep-alive', TREE)] },
      ...{ expected: AGENTS, why: 'n for n = 40, half of a keep-alive' },
    },
    halfCost,
  ),
  exact({
    name: 'cost-tree-report',
    source: 'Theorem: each agent but the top sends one sum to the one agent above it',
    setups: [once('report', TREE)],
    control: {
      what: 'reports that nobody sums up on the way',
      seeds: 1,
      setups: [once('report', TREE, 'programs.errand.params.aggregate=false')],
    },
    ...{ expected: AGENTS - 1, why: 'n − 1 for n = 40' },
  }),
  exact({
    name: 'cost-ring-report',
    source: 'Closed form: the sum of the distances 1, 1, 2, 2, … to the first agent',
    setups: [once('report', RING)],
    control: { what: 'a ring that goes one way', seeds: 1, setups: [once('report', RING, ONE_WAY)] },
    ...{ expected: Math.floor((AGENTS * AGENTS) / 4), why: '⌊n²/4⌋ for n = 40' },
  }),
]
