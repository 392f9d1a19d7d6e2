import { exactly, rounded, within, type Claim, type ClaimRun } from './Claim.ts'
import { harmonic } from './changRoberts.ts'
import { errandsOf, farthest, jobs, lastHeardUs } from './errandMeasure.ts'
import { mean, pool } from './statistics.ts'

const SCENARIO = 'mesh-broadcast'
const AGENTS = 200
const FLOOR_MS = 5
const MEAN_MS = 20
/** Broadcasts a run, far enough apart that one is over before the next: 24 mean delays. */
const TIMES = 20
const BROADCASTS = jobs('broadcast', TIMES, 500_000)
const OVER_TREE = jobs('broadcast', TIMES, 500_000, 'topology.kind=hierarchical')

/** Messages of a broadcast and the links they crossed: both n − 1 only where each message takes one hop. */
const counts = (run: ClaimRun): readonly number[] =>
  errandsOf(run).length === TIMES ? [run.messages / TIMES, run.transmissions / TIMES] : []

/** Variance of the largest of m exponential times of mean 1: Σ 1/k² (Rényi 1953). */
function varianceOfLargest(m: number): number {
  let sum = 0
  for (let k = m; k >= 1; k--) sum += 1 / (k * k)
  return sum
}

export const meshBroadcastClaims: readonly Claim[] = [
  {
    name: 'broadcast-messages',
    scenario: SCENARIO,
    source: 'Theorem: a message for each of the others, and a link to each of them',
    unit: 'messages',
    seeds: { quick: 3, full: 60 },
    setups: [BROADCASTS],
    control: { what: 'a tree, where others pass it on', seeds: 1, setups: [OVER_TREE] },
    measure: counts,
    summary: (samples) => farthest(pool(samples), AGENTS - 1),
    expectation: () => exactly(AGENTS - 1, 'theorem, n = 200'),
  },
  {
    name: 'broadcast-last',
    scenario: SCENARIO,
    source: 'Theorem: the mean of the largest of m exponential times is their mean times H(m) = 1 + 1/2 + … + 1/m',
    unit: 'ms',
    seeds: { quick: 3, full: 60 },
    setups: [BROADCASTS],
    control: { what: 'a tree, where delays add up', seeds: 1, setups: [OVER_TREE] },
    measure: (run) => lastHeardUs(run).map((us) => us / 1_000),
    summary: (samples) => mean(pool(samples)),
    expectation(seeds) {
      const deviation = MEAN_MS * Math.sqrt(varianceOfLargest(AGENTS - 1))
      const why = `four standard errors of ${seeds * TIMES} broadcasts, each ±${rounded(deviation)}`
      const expected = FLOOR_MS + MEAN_MS * harmonic(AGENTS - 1)
      return within(rounded(expected), (4 * deviation) / Math.sqrt(seeds * TIMES), why)
    },
  },
]
