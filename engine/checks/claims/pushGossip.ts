import { atMost, band, rounded, within, type Claim, type ClaimRun, type Setup } from './Claim.ts'
import { farthestRatio, mendedRatio, roundsToAll, spreadOf, type Spread } from './rumourMeasure.ts'
import { mean, pool } from './statistics.ts'

const SCENARIO = 'push-gossip'
const param = (name: string, value: unknown): string => `programs.gossip.params.${name}=${value}`

/** Demers et al. 1987, table 1: 1,000 sites, push, feedback and counter, k = 1, 2, 3. */
const TABLE = { residue: [0.18, 0.037, 0.011], traffic: [1.7, 3.3, 4.5], last: [16.8, 16.9, 17.4] } as const
const SOURCE = 'Demers et al. 1987, table 1'
const WIDTH = 0.15
/** Digest points between the start and the end of such a run would cost more than the run. */
const SELDOM = 'digestEveryUs=9000000'

/** Long after the last agent has lost interest, without the scenario's faults. */
const mongering = (k: number, ...more: readonly string[]): Setup => ({
  set: ['swarm.agents=1000', 'faults=[]', SELDOM, param('k', k), ...more],
  untilUs: 3_500_000,
})
const RUNS = [1, 2, 3].map((k) => mongering(k))
/** An agent that does not ask whether it brings news stops after k calls, however many of them were useful. */
const BLIND = [1, 2, 3].map((k) => mongering(k, param('interest', 'blind')))

const sampled =
  (figure: keyof Spread) =>
  (run: ClaimRun): readonly number[] => {
    const spread = spreadOf(run)
    return spread === null ? [] : [spread[figure]]
  }

interface ResidueControl {
  readonly what: string
  readonly setup: Setup
  readonly seeds: number
}
const residueClaim = (k: 1 | 2 | 3, quick: number, full: number, control: ResidueControl): Claim => ({
  name: `rumour-residue-${k}`,
  scenario: SCENARIO,
  source: `${SOURCE}, k = ${k}: residue ${TABLE.residue[k - 1]}`,
  unit: '',
  seeds: { quick, full },
  setups: [RUNS[k - 1]!],
  control: { what: control.what, seeds: control.seeds, setups: [control.setup] },
  measure: sampled('residue'),
  summary: (samples) => mean(pool(samples)),
  expectation: () => within(TABLE.residue[k - 1]!, WIDTH * TABLE.residue[k - 1]!, '15 % of the published figure'),
})

const ratioClaim = (figure: 'traffic' | 'last'): Claim => ({
  name: `rumour-${figure}`,
  scenario: SCENARIO,
  source: `${SOURCE}, k = 1, 2, 3: ${figure} ${TABLE[figure].join(', ')}`,
  unit: 'of the table’s',
  seeds: { quick: 3, full: 120 },
  setups: RUNS,
  control: { what: 'agents that do not ask whether their news is new', seeds: 3, setups: BLIND },
  measure: sampled(figure),
  summary: (samples) => farthestRatio(samples, TABLE[figure]),
  expectation: () => within(1, WIDTH, '15 % of each published figure'),
})

const AGENTS = 1_024
/** log₂ n + ln n, the leading terms of Pittel 1987. */
const LEADING = 10 + 6.931_471_805_6
const broadcast = (...more: readonly string[]): Setup => ({
  set: [`swarm.agents=${AGENTS}`, 'faults=[]', SELDOM, param('k', 0), ...more],
  untilUs: 2_750_000,
})
const PATIENT = broadcast()
const PUSH_PULL: Setup = { ...broadcast(param('mode', 'push-pull')), untilUs: 1_350_000 }

/** Everybody compares all it knows with one other, once a round, and nobody spreads rumours. */
const COMPARING: Setup = { ...broadcast(param('mode', 'none'), param('antiEntropyEvery', 1)), untilUs: 1_650_000 }
/** One round of comparing in cycle 32, when the rumour is long dead. Those left out by k = 1 are enough to count. */
const MENDED: Setup = { ...mongering(1, param('antiEntropyEvery', 32)), untilUs: 3_400_000 }
/** Of about 176 left out by k = 1, so many are still left out after one round of comparing. */
const LEFT = 13.5
const MENDED_TWICE: Setup = { ...mongering(1, param('antiEntropyEvery', 16)), untilUs: 3_400_000 }

export const pushGossipClaims: readonly Claim[] = [
  {
    name: 'push-rounds',
    scenario: SCENARIO,
    source: 'Pittel 1987: log2 n + ln n + O(1) rounds; the constant by an independent simulation',
    unit: 'rounds',
    seeds: { quick: 5, full: 60 },
    setups: [PATIENT],
    control: { what: 'agents that ask for news as well as bring it', seeds: 1, setups: [PUSH_PULL] },
    measure: roundsToAll,
    summary: (samples) => mean(pool(samples)),
    expectation: () => within(18.1, 1.4, 'the spread of single runs'),
  },
  {
    name: 'push-excess',
    scenario: SCENARIO,
    source: 'Pittel 1987: log2 n + ln n + O(1) rounds',
    unit: 'rounds',
    seeds: { quick: 5, full: 60 },
    setups: [PATIENT],
    control: { what: 'agents that ask for news as well as bring it', seeds: 1, setups: [PUSH_PULL] },
    measure: roundsToAll,
    summary: (samples) => rounded(mean(pool(samples)) - LEADING),
    expectation: () => band(0.5, 2, `over log2 n + ln n = ${rounded(LEADING)} for n = ${AGENTS}`),
  },
  residueClaim(1, 3, 40, { what: 'agents that stop after one call, whatever it brought', setup: BLIND[0]!, seeds: 1 }),
  residueClaim(2, 6, 60, {
    what: 'a counter that a useful call does not set back',
    setup: mongering(2, param('reset', false)),
    seeds: 6,
  }),
  residueClaim(3, 6, 60, {
    what: 'such a counter, and calls of one cycle that come one after another',
    setup: mongering(3, param('reset', false), param('judgedAt', 'contact')),
    seeds: 3,
  }),
  ratioClaim('traffic'),
  ratioClaim('last'),
  {
    name: 'compare-mends',
    scenario: SCENARIO,
    source:
      'Closed form: u(u − 1)/(n − 1)·(1 − 1/(n − 1))^(n − u) of u agents left out; Demers et al. 1987, section 1.3',
    unit: 'of the expected number',
    seeds: { quick: 3, full: 60 },
    setups: [MENDED],
    control: { what: 'two rounds of comparing', seeds: 2, setups: [MENDED_TWICE] },
    measure: (run) => [mendedRatio(run) ?? []].flat(),
    summary: (samples) => mean(pool(samples)),
    expectation(seeds) {
      const why = `four standard errors of ${seeds} counts of about ${LEFT}, as of rare independent events`
      return within(1, 4 / Math.sqrt(LEFT * seeds), why)
    },
  },
  {
    name: 'compare-rounds',
    scenario: SCENARIO,
    source: 'A bound that this lab set itself: log2 n rounds',
    unit: 'rounds',
    seeds: { quick: 2, full: 40 },
    setups: [COMPARING],
    control: { what: 'a rumour that is pushed and never dies', seeds: 2, setups: [PATIENT] },
    measure: roundsToAll,
    summary: (samples) => mean(pool(samples)),
    expectation: () => atMost(10, 'log2 n for n = 1024'),
  },
]
