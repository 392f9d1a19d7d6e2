import { rounded, within, type Claim, type Setup } from './Claim.ts'
import { mean, pool } from './statistics.ts'
import { told } from './surveyMarks.ts'

const SCENARIO = 'small-world'
/** The size of Watts and Strogatz 1998, figure 2. */
const AGENTS = 1_000
const DEGREE = 10
const rewired = (share: number, origins: number): Setup => ({
  set: [
    `swarm.agents=${AGENTS}`,
    `topology.degree=${DEGREE}`,
    `topology.rewire=${share}`,
    'faults=[]',
    `programs.survey.params.origins=${origins}`,
    'programs.survey.params.floodEveryUs=1000',
    'programs.survey.params.settleUs=5500000',
  ],
  untilUs: 11_100_000,
})
const LATTICE = rewired(0, 1)
const SHARE = 0.01
const ORIGINS = 3
const SHORTCUTS = rewired(SHARE, ORIGINS)

/** Mean hops from one agent of the lattice to all others: ⌈d / (k/2)⌉ for one d places away, either way round. */
export function latticeDistance(n: number, degree: number): number {
  let total = 0
  for (let d = 1; d < n; d++) total += Math.ceil(Math.min(d, n - d) / (degree / 2))
  return total / (n - 1)
}

/** C(0) = 3(k − 2) / (4(k − 1)), k < 2n/3 (Watts and Strogatz 1998). */
export const latticeClustering = (degree: number): number => (3 * (degree - 2)) / (4 * (degree - 1))

/**
 * Linked pairs of neighbours over all pairs, once each link is moved with probability p: a triangle of the lattice
 * stays with probability (1 − p)³, and degrees, spread by (k/2)·p(2 − p), give more pairs (Barrat and Weigt 2000).
 * `deviation` is that of one graph: the count of triangles varies, those that share a side together. What chance closes
 * anew is left out: k/n of the open pairs at most, and only of those that were opened.
 */
export function rewiredClustering(n: number, degree: number, p: number): { mean: number; deviation: number } {
  const half = degree / 2
  const stay = 1 - p
  const three = stay * stay * stay
  const triangles = (n * degree * (degree - 2)) / 8
  let sharing = 0 // ordered pairs of triangles with a common side, Σ m(m − 1) over links; m = k − 1 − span
  for (let span = 1; span <= half; span++) {
    const own = degree - 1 - span
    sharing += n * own * (own - 1)
  }
  const variance = triangles * (three - three * three) + sharing * (three * stay * stay - three * three)
  const pairs = 1 + (p * (2 - p)) / (2 * (degree - 1))
  const mean = (latticeClustering(degree) * three) / pairs
  return { mean, deviation: (mean * Math.sqrt(variance)) / (triangles * three) }
}

/**
 * Independent simulation (another language, another generator): 1,500 graphs at p = 0.01, searched from twelve agents
 * each. `among` is the deviation of the graphs' means, `within` that of one agent's mean around its graph's.
 */
const SIMULATED = { mean: 8.986, among: 0.59, within: 1.12 }

export const smallWorldClaims: readonly Claim[] = [
  {
    name: 'lattice-distance',
    scenario: SCENARIO,
    source: 'Closed form; Watts and Strogatz 1998 give n/2k for large n',
    unit: 'hops',
    seeds: { quick: 1, full: 2 },
    setups: [LATTICE],
    control: { what: 'one connection in a hundred rewired', seeds: 1, setups: [SHORTCUTS] },
    measure: (run) => told(run, 'graph', 'meanHops'),
    summary: (samples) => mean(pool(samples)),
    expectation: () => within(latticeDistance(AGENTS, DEGREE), 1e-9, 'exact but for rounding'),
  },
  {
    name: 'lattice-clustering',
    scenario: SCENARIO,
    source: 'Theorem; Watts and Strogatz 1998',
    unit: 'of pairs of neighbours',
    seeds: { quick: 1, full: 2 },
    setups: [LATTICE],
    control: { what: 'one connection in a hundred rewired', seeds: 1, setups: [SHORTCUTS] },
    measure: (run) => told(run, 'graph', 'clustering'),
    summary: (samples) => mean(pool(samples)),
    expectation: () => within(latticeClustering(DEGREE), 1e-9, 'exact but for rounding'),
  },
  {
    name: 'clustering-stays',
    scenario: SCENARIO,
    source: 'Barrat and Weigt 2000, (1 − p)³, with the spread of degrees and of the count of triangles',
    unit: 'of the lattice’s',
    seeds: { quick: 4, full: 60 },
    setups: [SHORTCUTS],
    control: { what: 'one connection in ten rewired', seeds: 1, setups: [rewired(0.1, ORIGINS)] },
    measure: (run) => told(run, 'graph', 'transitivity').map((share) => share / latticeClustering(DEGREE)),
    summary: (samples) => mean(pool(samples)),
    expectation(seeds) {
      const law = rewiredClustering(AGENTS, DEGREE, SHARE)
      const whole = latticeClustering(DEGREE)
      const chance = (DEGREE / AGENTS) * (1 - law.mean / whole)
      const why = `four standard errors of ${seeds} graphs, each ±${rounded(law.deviation / whole)}, and what chance closes`
      return within(rounded(law.mean / whole), (4 * law.deviation) / whole / Math.sqrt(seeds) + chance, why)
    },
  },
  {
    name: 'distance-falls',
    scenario: SCENARIO,
    source: 'Independent simulation of the model of Watts and Strogatz 1998: 1,500 graphs of 1,000 agents',
    unit: 'of the lattice’s',
    seeds: { quick: 4, full: 60 },
    setups: [SHORTCUTS],
    control: { what: 'one connection in ten rewired', seeds: 1, setups: [rewired(0.1, ORIGINS)] },
    measure: (run) => told(run, 'graph', 'meanHops').map((hops) => hops / latticeDistance(AGENTS, DEGREE)),
    summary: (samples) => mean(pool(samples)),
    expectation(seeds) {
      const whole = latticeDistance(AGENTS, DEGREE)
      const { among, within: around } = SIMULATED
      const deviation = Math.sqrt(among * among + (around * around) / ORIGINS) / whole
      const why = `four standard errors of ${seeds} graphs from ${ORIGINS} agents, each ±${rounded(deviation)}`
      return within(rounded(SIMULATED.mean / whole), (4 * deviation) / Math.sqrt(seeds), why)
    },
  },
]
