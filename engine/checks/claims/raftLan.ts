import { atMost, type Claim, type Setup } from './Claim.ts'
import { commitlessMs } from './raftMeasures.ts'
import { pool, quantile } from './statistics.ts'

/** The leader fails at 1 s. */
const CRASH: Setup = { set: [], untilUs: 2_900_000, stop: 'recovered' }

export const raftLanClaims: readonly Claim[] = [
  {
    name: 'lan-recovery',
    scenario: 'raft-lan',
    source: 'The budget this lab was given: consensus below 500 ms for 10 agents, here in virtual time',
    unit: 'ms',
    seeds: { quick: 40, full: 400 },
    setups: [CRASH],
    control: {
      what: 'time-outs of 600 to 1,200 ms',
      seeds: 5,
      setups: [
        { ...CRASH, set: ['programs.raft.params.electionMinUs=600000', 'programs.raft.params.electionMaxUs=1200000'] },
      ],
    },
    measure: commitlessMs,
    summary: (samples) => quantile(pool(samples), 0.95),
    expectation: () => atMost(500, 'a budget'),
  },
]
