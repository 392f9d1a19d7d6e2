import { atLeast, atMost, type Claim, type Setup } from './Claim.ts'
import { commitRatios, leaderlessMs } from './raftMeasures.ts'
import { greatest, least, pool } from './statistics.ts'

const SCENARIO = 'first-swarm'
/** The leader fails at 3.8 s; ten of the largest time-out later is 11.8 s. */
const OPENING: Setup = { set: [], untilUs: 12_000_000, stop: 'elected' }
/** Two more servers fail with it, a microsecond apart so that each is another one: two of five are left. */
const crashes = ['leader', 'follower', 'follower'].map((agent, k) => ({ at: 3_800_000 + k, op: 'crash', agent }))
const MINORITY = `faults=${JSON.stringify(crashes)}`

/** The servers: place 0 of each region of forty. */
const HEADS = [0, 40, 80, 120, 160]
const pairs = HEADS.flatMap((a) => HEADS.filter((b) => b > a).map((b) => ({ a, b, weight: 2 })))
const FASTER = `topology.weights=${JSON.stringify(pairs)}`

export const firstSwarmClaims: readonly Claim[] = [
  {
    name: 'opening-election',
    scenario: SCENARIO,
    source: 'Ongaro and Ousterhout 2014, section 5.6: elections succeed while broadcast time is far below the time-out',
    unit: 'ms',
    seeds: { quick: 8, full: 100 },
    setups: [OPENING],
    control: { what: 'three of the five servers crash', seeds: 2, setups: [{ ...OPENING, set: [MINORITY] }] },
    measure: leaderlessMs,
    summary: (samples) => greatest(pool(samples)),
    expectation: () => atMost(8_000, 'ten of the largest time-out of 800 ms'),
    oneRun: [],
  },
  {
    name: 'head-quorum-distance',
    scenario: SCENARIO,
    source: 'Theorem: three of five must have the entry, the leader itself among them',
    unit: '× the least possible',
    seeds: { quick: 8, full: 100 },
    setups: [OPENING],
    control: {
      what: 'connections between regions twice as fast as measured',
      seeds: 2,
      setups: [{ ...OPENING, set: [FASTER] }],
    },
    measure: commitRatios,
    summary: (samples) => least(pool(samples)),
    expectation: () => atLeast(1, 'exact bound: fastest commit over its least round trip and write'),
    oneRun: ['faults', 'programs', 'disk'],
  },
]
