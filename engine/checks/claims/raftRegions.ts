import { assert } from '../../kernel/assert.ts'
import { atLeast, within, type Claim, type ClaimRun, type Setup } from './Claim.ts'
import { commitLatencies, commitRatios, fsyncFloorUs, majorityRoundTripUs, membersOf } from './raftMeasures.ts'
import { medianTail } from './roundTrip.ts'
import { least, median, pool } from './statistics.ts'

const FIVE: Setup = { set: [], untilUs: 20_000_000 }
const FOUR: Setup = { ...FIVE, set: ['swarm.agents=4'] }
const CALM: Setup = { ...FIVE, set: ['faults=[]'] }
const LATE: Setup = { ...FIVE, set: ['faults=[{"at":0,"op":"delay","us":1000,"from":"all","to":"all"}]'] }

/** No run of 60 had fewer. */
const COMMITS_A_RUN = 149
/** Standard error of a median over that of a mean: √(π/2) for a normal law. */
const MEDIAN_ERROR = 1.2533

/**
 * Each commit's latency over the median that the laws give: round trip R to the region that completes the majority, a
 * tail of jitter·R/2 each way, and the follower's write. The other regions are too far from R to change places with it.
 */
function medianRatios(run: ClaimRun): number[] {
  const { network, disk } = run.scenario
  assert(network.latency.kind === 'regions' && disk.fsync.kind === 'exponential', 'the laws are those of the scenario')
  const members = membersOf(run.marks)
  const { jitter } = network.latency
  const { meanUs } = disk.fsync
  const medians: { [leader: number]: number } = {}
  return commitLatencies(run.marks).map(({ leader, tookUs }) => {
    const tripUs = majorityRoundTripUs(run, members, leader)
    medians[leader] ??= tripUs + fsyncFloorUs(run.scenario) + medianTail((jitter * tripUs) / 2, meanUs)
    return tookUs / medians[leader]
  })
}

export const raftRegionsClaims: readonly Claim[] = [
  {
    name: 'quorum-distance',
    scenario: 'raft-regions',
    source: 'Theorem: a majority, the leader among it, must have the entry; round trips as measured by IBM Cloud 2024',
    unit: '× the least possible',
    seeds: { quick: 8, full: 60 },
    setups: [FIVE, FOUR],
    control: {
      what: 'the mistake "even-quorum": half of four servers count as a majority',
      seeds: 4,
      setups: [{ ...FOUR, set: [...FOUR.set, 'programs.raft.params.bugs=["even-quorum"]'] }],
    },
    measure: commitRatios,
    summary: (samples) => least(pool(samples)),
    expectation: () => atLeast(1, 'exact bound: fastest commit over its least round trip and write'),
    oneRun: ['faults', 'programs', 'disk'],
  },
  {
    name: 'commit-latency',
    scenario: 'raft-regions',
    source: 'Closed form: the k-th smallest round trip plus the median of two exponential tails and one write',
    unit: '× the predicted median',
    seeds: { quick: 8, full: 60 },
    setups: [CALM],
    control: {
      what: 'every message 1 ms later than the measured round trips say',
      seeds: 4,
      setups: [LATE],
    },
    measure: medianRatios,
    summary: (samples) => median(pool(samples)),
    expectation(seeds) {
      const why = `four standard errors of a median of ${seeds} × ${COMMITS_A_RUN} commits, each ±1.5 %`
      return within(1, (4 * MEDIAN_ERROR * 0.015) / Math.sqrt(seeds * COMMITS_A_RUN), why)
    },
  },
]
