import { log } from '../../kernel/math.ts'
import { atMost, exactly, rounded, within, type Claim, type ClaimRun, type Setup } from './Claim.ts'
import { falseVerdicts, infectionUs, isVerbose, paramOf, probesOfTheCrashed, swimMarks } from './membershipMeasure.ts'
import { greatest, mean, pool, sum } from './statistics.ts'

const SCENARIO = 'swim'
const SOURCE = 'Das, Gupta and Motivala 2002'
const PERIOD_US = 500_000
const AGENTS = 100
const CRASH_AT_US = 1_000_000
const CRASHED = 50

const periods = (count: number): number => CRASH_AT_US + count * PERIOD_US
const faults = (...list: readonly object[]): string => `faults=${JSON.stringify(list)}`
/** Nothing reads the digests in between. */
const NO_DIGESTS = 'digestEveryUs=1000000000'
const crash = { at: CRASH_AT_US, op: 'crash', agent: CRASHED }
const params = (values: { readonly [name: string]: unknown }): string[] =>
  Object.entries(values).map(([name, value]) => `programs.swim.params.${name}=${JSON.stringify(value)}`)

/** Periods after which a first detection is no longer waited for; one in 3,000 takes longer and counts as this. */
const FIRST_MAX = 8
const FIRST: Setup = {
  // The paper's periods are instants: hardly any ping is under way when the member fails.
  set: [
    faults(crash),
    NO_DIGESTS,
    'network.latency={"kind":"constant","us":500}',
    ...params({ targets: 'random', verbose: false }),
  ],
  untilUs: periods(FIRST_MAX + 1),
}
/** Four members in five fall asleep with the crash, so that a fifth is left to probe. */
const asleep = Array.from({ length: (4 * AGENTS) / 5 }, (_, k) => ({
  ...crash,
  op: 'pause',
  agent: k + (k >= CRASHED ? 1 : 0),
}))
const FEWER: Setup = { ...FIRST, set: [...FIRST.set.slice(1), faults(crash, ...asleep)] }

/** Mean periods until one of n − 1 members draws the crashed one of n, each drawing among n − 1 others. */
const firstDetection = (n: number): { mean: number; sd: number } => {
  let missed = 1
  for (let member = 1; member < n; member++) missed *= 1 - 1 / (n - 1)
  return { mean: 1 / (1 - missed), sd: Math.sqrt(missed) / (1 - missed) }
}

const TURNS = 20
/** Nobody is told anything, so every member finds out by its own probe. */
const OWN_PROBES: Setup = {
  set: [
    `swarm.agents=${TURNS}`,
    NO_DIGESTS,
    faults({ ...crash, agent: 3 }),
    ...params({ targets: 'round-robin', lambda: 0, suspicionPeriods: 1_000 }),
  ],
  untilUs: periods(2 * TURNS + 6),
}

/** How long the last member took; one that had not probed it by the end of the run, as long as the run. */
function longestTurn(run: ClaimRun): readonly number[] {
  const found = probesOfTheCrashed(run)
  const waited = Math.ceil((run.untilUs - CRASH_AT_US) / PERIOD_US)
  return [found.length < run.scenario.swarm.agents - 1 ? waited : greatest(found.map(({ periods: k }) => k))]
}

const LOAD_PERIODS = 20
const quiet = (agents: number): Setup => ({
  set: [`swarm.agents=${agents}`, 'faults=[]', NO_DIGESTS, ...params({ verbose: false })],
  untilUs: LOAD_PERIODS * PERIOD_US,
})

const LOSSY_PERIODS = 40
const lossy = (loss: number, ...set: readonly string[]): Setup => ({
  set: ['faults=[]', NO_DIGESTS, `network.loss=${loss}`, ...set],
  untilUs: LOSSY_PERIODS * PERIOD_US,
})
const PROBES = AGENTS * LOSSY_PERIODS
/** A probe fails where the ping or the ack is lost, and one of four messages by way of each of k others. */
const missedShare = (loss: number, proxies: number): number => {
  const q = 1 - loss
  let share = 1 - q * q
  for (let k = 0; k < proxies; k++) share *= 1 - q * q * q * q
  return share
}

const infection = (agents: number, ...set: readonly string[]): Setup => ({
  set: [`swarm.agents=${agents}`, NO_DIGESTS, faults({ ...crash, agent: 2 }), ...params({ verbose: true }), ...set],
  untilUs: periods(32),
})

export const swimClaims: readonly Claim[] = [
  {
    name: 'swim-first-detection',
    scenario: SCENARIO,
    source: `${SOURCE}, section 3.1: 1/(1 − (1 − 1/(n − 1))ⁿ⁻¹); theorem for random targets`,
    unit: 'periods',
    seeds: { quick: 40, full: 1_000 },
    setups: [FIRST],
    control: { what: 'four members in five asleep', seeds: 10, setups: [FEWER] },
    measure(run) {
      const [first] = probesOfTheCrashed(run)
      return run.untilUs < periods(1) ? [] : [first?.periods ?? FIRST_MAX + 1]
    },
    summary: (samples) => mean(pool(samples)),
    expectation(seeds) {
      const law = firstDetection(AGENTS)
      const why = `four standard errors of ${seeds} crashes, each ±${rounded(law.sd)}`
      return within(rounded(law.mean), (4 * law.sd) / Math.sqrt(seeds), why)
    },
  },
  {
    name: 'swim-round-robin',
    scenario: SCENARIO,
    source: `${SOURCE}, section 4.3; theorem`,
    unit: 'periods',
    seeds: { quick: 8, full: 200 },
    setups: [OWN_PROBES],
    control: {
      what: 'targets drawn anew each period',
      seeds: 4,
      setups: [{ ...OWN_PROBES, set: [...OWN_PROBES.set, ...params({ targets: 'random' })] }],
    },
    measure: longestTurn,
    summary: (samples) => greatest(pool(samples)),
    expectation: () => atMost(2 * TURNS - 1, `theorem, n = ${TURNS}: last in one round, first to come in the next`),
  },
  {
    name: 'swim-load',
    scenario: SCENARIO,
    source: `${SOURCE}, section 3.1: the load of a member does not depend on their number`,
    unit: 'messages a member and period',
    seeds: { quick: 3, full: 30 },
    setups: [25, 100, 400].map(quiet),
    control: {
      what: 'a network that loses one message in ten, so that others are asked',
      seeds: 1,
      setups: [{ ...quiet(100), set: [...quiet(100).set, 'network.loss=0.1'] }],
    },
    measure: ({ messages, untilUs, scenario }) =>
      untilUs === 0 ? [] : [messages / ((untilUs / PERIOD_US) * scenario.swarm.agents)],
    summary: (samples) =>
      pool(samples).reduce((far, value) => (Math.abs(value - 2) >= Math.abs(far - 2) ? value : far), 2),
    expectation: () => within(2, 0.02, 'answers still under way at the end, and one introduction'),
  },
  {
    name: 'swim-missed-probes',
    scenario: SCENARIO,
    source: `${SOURCE}, section 3.1; closed form for three helpers`,
    unit: '% of probes',
    seeds: { quick: 3, full: 60 },
    setups: [lossy(0.1, ...params({ verbose: true }))],
    control: {
      what: 'one helper instead of three',
      seeds: 1,
      setups: [lossy(0.1, ...params({ verbose: true, proxies: 1 }))],
    },
    measure: (run) => (run.untilUs === 0 ? [] : [swimMarks(run, 'missed').length]),
    // Of each member's probes the last is not judged before the run ends.
    summary: (samples) => (100 * sum(pool(samples))) / (samples.length * (PROBES - AGENTS)),
    expectation(seeds) {
      const share = missedShare(0.1, 3)
      const error = Math.sqrt((share * (1 - share)) / (seeds * (PROBES - AGENTS)))
      return within(rounded(100 * share), 400 * error, `four standard errors of ${seeds} × ${PROBES - AGENTS} probes`)
    },
  },
  {
    name: 'swim-suspicion',
    scenario: SCENARIO,
    source: `${SOURCE}, section 4.2: suspicion before the verdict`,
    unit: 'false verdicts',
    seeds: { quick: 3, full: 60 },
    setups: [lossy(0.05)],
    control: {
      what: 'no suspicion: one failed probe is the verdict',
      seeds: 3,
      setups: [lossy(0.05, ...params({ suspicionPeriods: 0 }))],
    },
    measure: (run) => (run.untilUs === 0 ? [] : [falseVerdicts(run)]),
    summary: (samples) => sum(pool(samples)),
    expectation: (seeds) => exactly(0, `of ${seeds} × ${PROBES} probes, of which 2.5 in 4,000 fail`),
  },
  {
    name: 'swim-infection',
    scenario: SCENARIO,
    source: `${SOURCE}, section 4.1: after λ·ln n periods all but n^(2 − 2λ) have heard; λ = 3`,
    unit: 'ln n periods',
    seeds: { quick: 4, full: 100 },
    setups: [50, 400].map((agents) => infection(agents)),
    control: { what: 'nothing is passed on', seeds: 1, setups: [infection(50, ...params({ lambda: 0 }))] },
    measure(run) {
      const us = isVerbose(run) ? infectionUs(run) : NaN
      return Number.isNaN(us) ? [] : [us / paramOf(run, 'swim', 'periodUs') / log(run.scenario.swarm.agents)]
    },
    summary: (samples) => greatest(pool(samples)),
    expectation: () => atMost(3, 'λ = 3; the bound fails once in 10⁶ runs'),
    oneRun: [],
  },
]
