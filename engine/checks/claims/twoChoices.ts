import { rounded, within, type Claim, type Setup } from './Claim.ts'
import { choicesTime } from './queueLaws.ts'
import { sum } from './statistics.ts'
import { stretchesFrom } from './taskReports.ts'

const SCENARIO = 'two-choices'
const WORKERS = 500
/** The network is not felt: 3 µs from asking to sending, in which one task in thousands meets another one’s choice. */
const SERVICE_US = 100_000
const TOLERANCE = 0.03

interface Case {
  readonly name: string
  readonly choices: number
  readonly load: number
  /** From empty lines to steady ones, in service times. */
  readonly settle: number
  /** And then measured. */
  readonly measured: number
  /** Relative deviation of one run's mean, by an independent simulation (another language, another generator). */
  readonly deviation: number
}

const setup = ({ load, settle, measured }: Case, choices: number): Setup => ({
  set: [
    ...[
      `swarm.agents=${WORKERS + 1}`,
      'faults=[]',
      'digestEveryUs=100000000',
      'network.latency={"kind":"constant","us":1}',
    ],
    ...[`tasks.workload.perSecond=${(load * WORKERS * 1_000_000) / SERVICE_US}`, `tasks.workload.meanUs=${SERVICE_US}`],
    ...['programs.distributor.params.durable=false', `programs.distributor.params.choices=${choices}`],
    ...['programs.distributor.params.leaseUs=0', 'programs.worker.params.reportUs=0'],
    `programs.distributor.params.reportEveryUs=${settle * SERVICE_US}`,
  ],
  untilUs: (settle + measured) * SERVICE_US + 1,
})

const claim = (given: Case): Claim => {
  const { name, choices, load, settle, deviation } = given
  const expected = choicesTime(choices, load)
  const other = choices === 1 ? 2 : 1
  return {
    name,
    scenario: SCENARIO,
    source:
      choices === 1
        ? 'Closed form: M/M/1, 1 / (1 − λ)'
        : 'Vvedenskaya, Dobrushin, Karpelevich 1996; Mitzenmacher 2001: Σ λ^((dⁱ − d) / (d − 1))',
    unit: 'service times',
    seeds: { quick: 1, full: 16 },
    setups: [setup(given, choices)],
    control: {
      what: other === 1 ? 'one choice for each task' : 'two choices for each task',
      seeds: 1,
      setups: [setup(given, other)],
    },
    measure: ({ marks }) =>
      stretchesFrom(marks, settle * SERVICE_US).flatMap(({ done, tookUs }) => [done, tookUs / SERVICE_US]),
    summary: (samples) => sum(samples.map(([, took]) => took ?? NaN)) / sum(samples.map(([done]) => done ?? NaN)),
    expectation(seeds) {
      const chance = (4 * deviation) / Math.sqrt(seeds)
      const why = chance > TOLERANCE ? `four standard errors of ${seeds} runs` : '3 %: workers are not endlessly many'
      return within(rounded(expected), Math.max(TOLERANCE, chance) * expected, why)
    },
  }
}

export const twoChoicesClaims: readonly Claim[] = [
  { name: 'two-choices-one-50', choices: 1, load: 0.5, settle: 20, measured: 60, deviation: 0.022 },
  { name: 'two-choices-two-50', choices: 2, load: 0.5, settle: 20, measured: 60, deviation: 0.013 },
  { name: 'two-choices-two-90', choices: 2, load: 0.9, settle: 40, measured: 80, deviation: 0.029 },
].map(claim)
