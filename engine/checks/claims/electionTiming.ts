import { atLeast, band, type Claim, type Setup } from './Claim.ts'
import { leaderlessMs } from './raftMeasures.ts'
import { least, median, pool } from './statistics.ts'

const SCENARIO = 'election-timing'
/** The crash comes at 8 s; what takes longer than twelve seconds counts as twelve. */
const TRIAL = { trial: true, untilUs: 20_000_000, stop: 'elected' } as const
const NARROW: Setup = { ...TRIAL, set: [] }
const WIDE: Setup = { ...TRIAL, set: ['programs.raft.params.electionMaxUs=300000'] }
const EQUAL: Setup = { ...TRIAL, set: ['programs.raft.params.electionMaxUs=150000'] }
/** The leader is heard from so rarely that a time-out may be almost over when it fails. */
const RARE: Setup = { ...TRIAL, set: ['programs.raft.params.heartbeatUs=140000'] }
const TRIALS = { quick: 300, full: 1_000 }
const FIGURE = 'Ongaro and Ousterhout 2014, section 9.3 and Figure 16'

export const electionTimingClaims: readonly Claim[] = [
  {
    name: 'election-median-150-155',
    scenario: SCENARIO,
    source: `${FIGURE}: published median 287 ms; an independent model of this delay law 285 ms`,
    unit: 'ms',
    seeds: TRIALS,
    setups: [NARROW],
    control: { what: 'all time-outs alike, 150 to 150 ms', seeds: 60, setups: [EQUAL] },
    measure: leaderlessMs,
    summary: (samples) => median(pool(samples)),
    mayStall: true,
    expectation: () => band(200, 400, 'the shape of the delay decides, which the paper does not give: a band'),
  },
  {
    name: 'election-median-150-300',
    scenario: SCENARIO,
    source: 'An independent model with the same delays: 189 ms',
    unit: 'ms',
    seeds: TRIALS,
    setups: [WIDE],
    control: { what: 'time-outs of 150 to 155 ms', seeds: 60, setups: [NARROW] },
    measure: leaderlessMs,
    summary: (samples) => median(pool(samples)),
    mayStall: true,
    expectation: () => band(175, 205, '189 ms and about four standard errors of a median of 300 trials'),
  },
  {
    name: 'election-minimum',
    scenario: SCENARIO,
    source: `Theorem (${FIGURE}): the last heartbeat was sent at most half of the smallest time-out before the crash`,
    unit: 'ms',
    seeds: TRIALS,
    setups: [NARROW, WIDE],
    control: { what: 'a heartbeat every 140 ms instead of every 75', seeds: 60, setups: [RARE] },
    measure: leaderlessMs,
    summary: (samples) => least(pool(samples)),
    mayStall: true,
    expectation: () => atLeast(75, 'exact bound'),
    oneRun: [],
  },
]
