import { exactly, type Claim, type ClaimRun, type Setup } from './Claim.ts'
import { cutOutcomes } from './partitionMeasure.ts'
import { sum } from './statistics.ts'

const FIVE: Setup = { set: [], untilUs: 10_000_000 }
/** The second cut then parts two from two: neither side is a majority. */
const FOUR: Setup = { ...FIVE, set: ['swarm.agents=4'] }

/** Per run: what must not be, and the two counts that show that it could have been. */
function measure(run: ClaimRun): readonly number[] {
  const cuts = cutOutcomes(run.scenario, run.marks).filter(({ fromUs }) => fromUs < run.untilUs)
  if (cuts.length === 0) return []
  const total = (count: (cut: (typeof cuts)[number]) => number): number => sum(cuts.map(count))
  return [
    run.violated.length + total((cut) => cut.minorityCommits),
    total((cut) => cut.minorityAppends),
    total((cut) => cut.majorityCommits),
  ]
}

export const raftPartitionClaims: readonly Claim[] = [
  {
    name: 'partition-safety',
    scenario: 'raft-partition',
    source: 'Ongaro and Ousterhout 2014, section 5.4.3 (State Machine Safety)',
    unit: 'entries',
    seeds: { quick: 10, full: 100 },
    setups: [FIVE, FOUR],
    control: {
      what: 'the mistake "even-quorum": half of four servers count as a majority',
      seeds: 4,
      setups: [{ ...FOUR, set: [...FOUR.set, 'programs.raft.params.bugs=["even-quorum"]'] }],
    },
    measure,
    summary(samples) {
      const column = (k: number): number => sum(samples.map((sample) => sample[k] ?? 0))
      const shown = column(1) > 0 && column(2) > 0 // both sides tried
      return shown ? column(0) : NaN
    },
    expectation: () => exactly(0, 'theorem'),
    oneRun: ['faults', 'programs', 'network', 'disk'],
  },
]
