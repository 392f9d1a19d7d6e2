import { atLeast, rounded, within, type Claim, type ClaimRun, type Setup } from './Claim.ts'
import { cobhamWaits } from './queueLaws.ts'
import { mean, pool, sum } from './statistics.ts'
import { stretchesFrom } from './taskReports.ts'

const SCENARIO = 'predictive'

/** One worker at load .8 behind a network that is not felt: 1 µs of a service of 2 ms. */
const SERVICE_US = 2_000
const LOAD = 0.8
/** Of a run, after it has settled. */
const TASKS = 30_000
const SETTLE_US = 3_000_000
const single = (...more: readonly string[]): Setup => ({
  set: [
    ...['swarm.agents=2', 'faults=[]', 'digestEveryUs=3000000', 'network.latency={"kind":"constant","us":1}'],
    ...['tasks.workload.kinds=1', 'tasks.workload.turnUs=0', 'tasks.workload.kindFactor=1'],
    ...[`tasks.workload.perSecond=${(LOAD * 1_000_000) / SERVICE_US}`, `tasks.workload.meanUs=${SERVICE_US}`],
    ...['programs.distributor.params.strategy=random', 'programs.distributor.params.durable=false'],
    ...['programs.distributor.params.verbose=false', `programs.distributor.params.reportEveryUs=${SETTLE_US}`],
    ...['programs.distributor.params.leaseUs=0', 'programs.worker.params.warmUpUs=0'],
    ...['programs.worker.params.reportUs=0', 'programs.worker.params.verbose=false'],
    ...['programs.worker.params.queueMax=1000000', ...more],
  ],
  untilUs: SETTLE_US + Math.ceil((TASKS * SERVICE_US) / LOAD / SETTLE_US) * SETTLE_US,
})
const IN_ORDER = 'programs.worker.params.discipline=fcfs'

interface Figure {
  readonly name: string
  /** Mean time in the system, in services. */
  readonly expected: number
  readonly source: string
  readonly prediction: readonly string[]
  readonly control: { readonly what: string; readonly setups: readonly Setup[] }
  /** Standard deviation of the mean of one run, as a share of it: by a simulation that shares nothing with this one. */
  readonly deviation: number
  /** So many that 4 % are three standard errors. */
  readonly seeds: number
}

const TOLERANCE = 0.04
const times = ({ name, expected, source, prediction, control, deviation, seeds: full }: Figure): Claim => ({
  ...{ name, scenario: SCENARIO, source, unit: 'services', seeds: { quick: 1, full } },
  setups: [single(...prediction)],
  control: { ...control, seeds: 1 },
  measure: ({ marks }) => stretchesFrom(marks, SETTLE_US).flatMap(({ done, tookUs }) => [done, tookUs / SERVICE_US]),
  summary: (samples) => sum(samples.map(([, took]) => took ?? NaN)) / sum(samples.map(([done]) => done ?? NaN)),
  expectation(seeds) {
    const errors = (3 * deviation) / Math.sqrt(seeds)
    return errors <= TOLERANCE
      ? within(rounded(expected), TOLERANCE * expected, '4 %')
      : within(rounded(expected), errors * expected, `three standard errors of ${seeds * TASKS} tasks; 4 % in full`)
  },
})

const PRICE = 'Mitzenmacher 2020, "Scheduling with Predictions and the Price of Misprediction", table 1'
const inOrder = (prediction: string) => ({
  ...{ what: 'tasks in the order of their coming', setups: [single(prediction, IN_ORDER)] },
})
const EXPONENTIAL = 'tasks.workload.prediction=exponential'
const EXACT = 'tasks.workload.prediction=exact'

const exponential = times({
  ...{ name: 'predictive-exponential', expected: 3.376, source: PRICE, deviation: 0.036, seeds: 8 },
  ...{ prediction: [EXPONENTIAL], control: inOrder(EXPONENTIAL) },
})
const exact = times({
  ...{ name: 'predictive-exact', expected: 2.882, deviation: 0.024, seeds: 4 },
  source: 'Phipps 1956: shortest job first; Mitzenmacher 2020, table 1',
  ...{ prediction: [EXACT], control: inOrder(EXACT) },
})

/** Sizes in services: 90 % of .5, 10 % of 5.5. */
const SMALL = { share: 0.9, size: 0.5 }
const LARGE = { share: 0.1, size: 5.5 }
/** Two classes, taken for small first: each task is taken for the other class with probability `error`. */
export function classifierTime(error: number): number {
  const first = { small: SMALL.share * (1 - error), large: LARGE.share * error }
  const firstShare = first.small + first.large
  const firstLoad = LOAD * (first.small * SMALL.size + first.large * LARGE.size)
  const residual = (LOAD * (SMALL.share * SMALL.size * SMALL.size + LARGE.share * LARGE.size * LARGE.size)) / 2
  const [firstWait, secondWait] = cobhamWaits([firstLoad, LOAD - firstLoad], residual)
  return 1 + firstShare * firstWait! + (1 - firstShare) * secondWait!
}

const classes = (error: number): string[] => [
  ...['tasks.workload.size=bimodal', 'tasks.workload.prediction=classifier'],
  ...[`tasks.workload.smallShare=${SMALL.share}`, `tasks.workload.smallUs=${SMALL.size * SERVICE_US}`],
  ...[`tasks.workload.largeUs=${LARGE.size * SERVICE_US}`, `tasks.workload.predictionError=${error}`],
]
const classifier = (percent: number, deviation: number, seeds: number): Claim => {
  const error = percent / 100
  const blind = percent === 50
  return times({
    ...{ name: `predictive-classifier-${percent}`, expected: classifierTime(error), deviation, seeds },
    source: 'Mitzenmacher 2021, "Queues with Small Advice": two classes by Cobham’s formula',
    prediction: classes(error),
    control: {
      what: blind ? 'a classifier that is never wrong' : 'a classifier that is wrong half of the time',
      setups: [single(...classes(blind ? 0 : 0.5))],
    },
  })
}

/** Two seasons each: with and without getting ready ahead, in turns; which is first in a pair alternates. */
const BLOCK_US = 8_000_000
const PAIRS = 4
const ahead = (pair: number, half: number): boolean => (pair + half) % 2 === 0
const alternating = (mode: string): Setup => {
  const faults = Array.from({ length: 2 * PAIRS }, (_, k) => ({
    ...{ at: (k + 1) * BLOCK_US, op: 'set', agent: 0, program: 'distributor', param: 'reserve' },
    value: ahead(k >> 1, k & 1) ? mode : 'never',
  }))
  return {
    set: [
      `faults=${JSON.stringify(faults)}`,
      `programs.distributor.params.reportEveryUs=${BLOCK_US}`,
      ...HISTORY[mode]!,
    ],
    untilUs: (2 * PAIRS + 1) * BLOCK_US + 1_000,
  }
}
/** What is learned in the first block. */
const HISTORY: { readonly [mode: string]: readonly string[] } = {
  ahead: ['programs.distributor.params.reserve=ahead'],
  shuffled: ['programs.distributor.params.reserve=shuffled'],
}

/** Mean start latency saved in each pair of blocks, as a share of what it is without. */
function saved({ marks }: ClaimRun): readonly number[] {
  const ends = Array.from({ length: 2 * PAIRS + 1 }, (_, k) =>
    marks.find(
      ({ program, body, key }) =>
        program === 'distributor' && body.kind === 'report' && Math.round(key.time / BLOCK_US) === k + 1,
    ),
  )
  if (ends.some((mark) => mark === undefined)) return []
  const waits = ends.slice(1).map((mark, k) => {
    const [to, from] = [mark!.body, ends[k]!.body]
    return (Number(to.waitedUs) - Number(from.waitedUs)) / (Number(to.done) - Number(from.done))
  })
  return Array.from({ length: PAIRS }, (_, pair) => {
    const [first, second] = [waits[2 * pair]!, waits[2 * pair + 1]!]
    const [withIt, without] = ahead(pair, 0) ? [first, second] : [second, first]
    return 1 - withIt / without
  })
}

/** Lower end of the 95 % confidence interval of the mean, by Student's t for the pairs there are. */
export function lowerEnd(values: readonly number[]): number {
  const n = values.length
  if (n < 2) return NaN
  const middle = mean(values)
  const variance = sum(values.map((value) => (value - middle) * (value - middle))) / (n - 1)
  return middle - (T_95[Math.min(n - 1, T_95.length) - 1]! * Math.sqrt(variance)) / Math.sqrt(n)
}
/** Two-sided 95 % points of Student's t by degrees of freedom; beyond 30 the last one is on the safe side. */
const T_95 = [
  ...[12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131],
  ...[2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042],
]

const readyAhead: Claim = {
  name: 'predictive-ahead',
  scenario: SCENARIO,
  source: 'This lab’s own comparison: alternating seasons of the same run, with and without',
  unit: 'of the start latency saved, lower end of 95 % confidence',
  seeds: { quick: 1, full: 10 },
  setups: [alternating('ahead')],
  control: { what: 'a history in which the kinds are shuffled', seeds: 2, setups: [alternating('shuffled')] },
  measure: saved,
  summary: (samples) => lowerEnd(pool(samples)),
  expectation: (seeds) => atLeast(0.1, `${seeds * PAIRS} pairs, each of two seasons with and two without`),
}

export const predictiveClaims: readonly Claim[] = [
  ...[readyAhead, exponential, exact],
  ...[classifier(0, 0.043, 12), classifier(10, 0.04, 10), classifier(25, 0.058, 20), classifier(50, 0.079, 36)],
]
