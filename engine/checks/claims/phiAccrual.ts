import { rounded, within, type Claim, type ClaimRun, type Setup } from './Claim.ts'
import { pool } from './statistics.ts'

const SCENARIO = 'phi-accrual'
const LN10 = 2.302585092994046
const WINDOW = 1_000
const MEAN_US = 10_000
/** Watchers of which each judges so many gaps a run, after those that fill its window. */
const AGENTS = 8
const WATCHED = 2
const REPORT = 500

/** Gaps that are exponential because every message takes equally long. */
const setup = (phi: number, gaps: number, ...set: readonly string[]): Setup => ({
  set: [
    'faults=[]',
    `swarm.agents=${AGENTS}`,
    'network.latency={"kind":"constant","us":5000}',
    'digestEveryUs=10000000000',
    ...Object.entries({
      heartbeats: 'exponential',
      model: 'exponential',
      threshold: phi,
      heartbeatUs: MEAN_US,
      windowMax: WINDOW,
      warmUp: WINDOW,
      watchMax: WATCHED,
      reportEvery: REPORT,
    }).map(([name, value]) => `programs.phi.params.${name}=${value}`),
    ...set,
  ],
  untilUs: Math.round((WINDOW + gaps / (AGENTS * WATCHED)) * MEAN_US),
})

/** [gaps, suspicions] as each watcher last counted them. */
function tallies({ marks }: ClaimRun): readonly number[] {
  const last = new Map<string, readonly [number, number]>()
  for (const { program, agent, body } of marks)
    if (program === 'phi' && body.kind === 'tally')
      last.set(`${agent}/${body['of'] as number}`, [body['judged'] as number, body['suspicions'] as number])
  return [...last.values()].flat()
}

function share(samples: readonly (readonly number[])[]): number {
  let gaps = 0
  let suspicions = 0
  pool(samples).forEach((value, k) => (k % 2 === 0 ? (gaps += value) : (suspicions += value)))
  return (100 * suspicions) / gaps
}

/**
 * P(a gap is longer than the mean of the W before it × phi ln 10): the mean of exponential gaps is a gamma variable,
 * whose Laplace transform is (1 + phi ln 10/W)^−W. It is 10^−phi where the window is long.
 */
function exceedance(phi: number): number {
  let product = 1
  for (let k = 0; k < WINDOW; k++) product *= 1 + (phi * LN10) / WINDOW
  return 1 / product
}

const claim = (phi: number, gaps: { quick: number; full: number }, control: Claim['control']): Claim => ({
  name: `phi-${phi}`,
  scenario: SCENARIO,
  source: 'Hayashibara and others 2004, section 4: the chance of a mistake is 10^−phi; theorem',
  unit: '% of gaps',
  seeds: gaps,
  setups: [setup(phi, GAPS)],
  control,
  measure: tallies,
  summary: share,
  expectation(seeds) {
    const p = exceedance(phi)
    const error = Math.sqrt((p * (1 - p)) / (0.9 * GAPS * seeds))
    const why = `four standard errors of ${seeds} × ${GAPS} gaps, window ${WINDOW}`
    return within(rounded(100 * p), 400 * error, why)
  },
})

/** Of one run. */
const GAPS = 20_000
const WRONG_MODEL = 'the normal model, which does not expect such long gaps'

export const phiAccrualClaims: readonly Claim[] = [
  claim(
    1,
    { quick: 1, full: 40 },
    {
      what: 'heartbeats on the second, which are never so late',
      seeds: 1,
      setups: [setup(1, GAPS, 'programs.phi.params.heartbeats=regular')],
    },
  ),
  claim(
    2,
    { quick: 1, full: 40 },
    {
      what: WRONG_MODEL,
      seeds: 1,
      setups: [setup(2, GAPS, 'programs.phi.params.model=normal')],
    },
  ),
  claim(
    3,
    { quick: 2, full: 40 },
    {
      what: WRONG_MODEL,
      seeds: 1,
      setups: [setup(3, GAPS, 'programs.phi.params.model=normal')],
    },
  ),
]
