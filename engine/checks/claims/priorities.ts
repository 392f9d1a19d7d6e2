import { rounded, within, type Claim, type ClaimRun, type Setup } from './Claim.ts'
import { cobhamWaits, conservedWait } from './queueLaws.ts'
import { sum } from './statistics.ts'
import { stretchesFrom } from './taskReports.ts'

const SCENARIO = 'priorities'
const SERVICE_US = 10_000
const WORKERS = 10
const CLASSES = 3
const RHO = 0.75
/** Relaxation of a single queue is 1/(1 − √ρ)² = 56 services. */
const WARM_UP_US = 5_000_000
const TASKS = 40_000
const PER_SECOND = (RHO * WORKERS * 1_000_000) / SERVICE_US

/** A Poisson stream sent to workers by draw is a Poisson stream at each: so many queues of one server. */
const setup = (discipline: string, ...more: readonly string[]): Setup => ({
  set: [
    ...[
      `swarm.agents=${WORKERS + 1}`,
      'faults=[]',
      'digestEveryUs=100000000',
      'network.latency={"kind":"constant","us":1}',
    ],
    ...[`tasks.workload.perSecond=${PER_SECOND}`, `tasks.workload.meanUs=${SERVICE_US}`],
    ...['programs.distributor.params.durable=false', 'programs.distributor.params.verbose=false'],
    ...['programs.distributor.params.leaseUs=0', `programs.distributor.params.reportEveryUs=${WARM_UP_US}`],
    ...[
      'programs.worker.params.reportUs=0',
      'programs.worker.params.verbose=false',
      `programs.worker.params.discipline=${discipline}`,
      ...more,
    ],
  ],
  untilUs: Math.round(WARM_UP_US + (TASKS * 1_000_000) / PER_SECOND),
})

/** Tasks and their waits by class, in service times: done, waited, done, waited … */
const waits = ({ marks }: ClaimRun): readonly number[] =>
  stretchesFrom(marks, WARM_UP_US).flatMap(({ classes }) =>
    classes.flatMap(({ done, waitedUs }) => [done, waitedUs / SERVICE_US]),
  )
const meanOf = (samples: readonly (readonly number[])[], k: number): number =>
  sum(samples.map((row) => row[2 * k + 1] ?? NaN)) / sum(samples.map((row) => row[2 * k] ?? NaN))

const LOADS = new Array<number>(CLASSES).fill(RHO / CLASSES)
/** W₀ = λ E[S²] / 2, which of exponential services is ρ services. */
const RESIDUAL = RHO
/**
 * √N times the deviation of the mean over N tasks, of the classes and of the weighted sum: an independent simulation
 * (another language, another generator), 2,000 stretches of 20,000 tasks. Neighbours in a line wait alike, so these are
 * far beyond the deviation of one wait.
 */
const DEVIATIONS = { classes: [4.16, 12.4, 69.6], sum: 20.2 } as const
const SHORTEST = [setup('shortest-predicted', 'tasks.workload.prediction=exact')]

const tolerance = (expected: number, deviation: number) => (seeds: number) =>
  within(
    rounded(expected),
    (4 * deviation) / Math.sqrt(seeds * TASKS),
    `four standard errors of ${seeds * TASKS} tasks that follow each other, by simulation`,
  )

const claim = (name: string, k: number): Claim => ({
  name,
  scenario: SCENARIO,
  source: 'Cobham 1954: W₀ / ((1 − σ_{k−1})(1 − σ_k))',
  unit: 'service times',
  seeds: { quick: 1, full: 24 },
  setups: [setup('priority')],
  control: { what: 'shortest first, where priorities count for nothing', seeds: 1, setups: SHORTEST },
  measure: waits,
  summary: (samples) => meanOf(samples, k),
  expectation: tolerance(cobhamWaits(LOADS, RESIDUAL)[k]!, DEVIATIONS.classes[k]!),
})

const conserved: Claim = {
  name: 'priorities-conserved',
  scenario: SCENARIO,
  source: 'Kleinrock 1965: Σ ρ_k W_k = ρ W₀ / (1 − ρ)',
  unit: 'service times',
  seeds: { quick: 2, full: 24 },
  setups: [setup('priority'), setup('fcfs')],
  control: { what: 'shortest first: it looks at sizes', seeds: 1, setups: SHORTEST },
  measure: waits,
  summary: (samples) => sum(LOADS.map((load, k) => load * meanOf(samples, k))),
  expectation: tolerance(conservedWait(RHO, RESIDUAL), DEVIATIONS.sum),
}

export const prioritiesClaims: readonly Claim[] = [
  ...[claim('priorities-first', 0), claim('priorities-second', 1), claim('priorities-third', 2), conserved],
]
