import { atMost, exactly, rounded, within, type Claim, type ClaimRun, type Setup } from './Claim.ts'
import { drain, givenToTheDead, outcomes, rushEndUs } from './rushMeasure.ts'
import { mean, pool, sum } from './statistics.ts'

const SCENARIO = 'rush-hour'
const WORKERS = 10
const MEAN_US = 20_000
/** Tasks a second that all workers can do together, that come in calm times, and that come in the rush. */
const SERVICE = (WORKERS * 1_000_000) / MEAN_US
const CALM = SERVICE / 2
const FACTOR = 8
const RUSH = { fromUs: 1_000_000, toUs: 2_000_000 }
const CREDITS = 4

const rate = (at: number, value: number): object => ({
  ...{ at, op: 'set', agent: 0, program: 'distributor', param: 'rateFactor', value },
})
const rush = [rate(RUSH.fromUs, FACTOR), rate(RUSH.toUs, 1)]
const crash = (at: number, forUs: number): object => ({ at, op: 'crash', agent: 1, forUs })

/** Ten workers, links that take no time to speak of, and as many tasks as are asked for (0 = no end). */
const setup = (untilUs: number, count: number, faults: readonly object[], ...more: readonly string[]): Setup => ({
  set: [
    ...[`swarm.agents=${WORKERS + 1}`, 'network.latency={"kind":"constant","us":200}', 'digestEveryUs=1000000000'],
    ...[`tasks.workload.meanUs=${MEAN_US}`, `tasks.workload.perSecond=${CALM}`, `tasks.workload.count=${count}`],
    ...[`faults=${JSON.stringify(faults)}`, `programs.distributor.params.creditsPerWorker=${CREDITS}`],
    ...more,
  ],
  untilUs,
})
const ENDLESS = 'programs.distributor.params.waitingMax=100000'

/** Recovery time over what the fluid limit says of the pile that was there. */
function recovery({ marks, scenario }: ClaimRun): readonly number[] {
  const held = CREDITS * (scenario.swarm.agents - 1)
  // Until then tasks wait with the distributor, so every worker has work for as long as messages take.
  const { pile, tookUs } = drain(marks, rushEndUs(marks), held)
  return pile > 2 * held ? [tookUs / (((pile - held) * 1_000_000) / (SERVICE - CALM))] : []
}

/** As wide as chance makes it: the time in which a random walk with these steps comes down from the usual pile. */
const RECOVERY_SD = (() => {
  const pile = ((FACTOR * CALM - SERVICE) * (RUSH.toUs - RUSH.fromUs)) / 1_000_000 - CREDITS * WORKERS
  return Math.sqrt((SERVICE + CALM) / ((SERVICE - CALM) * pile))
})()

/** Tasks neither done nor turned away: lost, or given up. Every run must have turned some away, or it is no rush. */
function missing(run: ClaimRun): readonly number[] {
  const { submitted, done, overloaded } = outcomes(run.marks)
  if (submitted === 0) return []
  return overloaded === 0 ? [NaN] : [submitted - done - overloaded + run.violated.length]
}

const BREAKER = { window: 20, threshold: 0.5, openUs: 1_000_000, trials: 3, leaseUs: 500_000, deadUs: 6_000_000 }
const PER_WORKER = CALM / WORKERS
/**
 * Tasks that go to a dead worker at λ a second: until its first lease has run out, then until half a window of leases
 * has, and then the trials of each time that the breaker is half-open. The first part is Poisson.
 */
const DEAD = (() => {
  const { window, threshold, openUs, trials, leaseUs, deadUs } = BREAKER
  const failures = window * threshold
  const untilTripUs = leaseUs + (failures * 1_000_000) / PER_WORKER
  const first = (PER_WORKER * untilTripUs) / 1_000_000
  const turns = Math.ceil((deadUs - untilTripUs) / (openUs + leaseUs))
  return { usual: first + trials * turns, slack: 4 * Math.sqrt(first) }
})()
const breakerSetup = (threshold: number, window: number): Setup =>
  setup(
    9_000_000,
    0,
    [crash(1_000_000, BREAKER.deadUs)],
    ...[ENDLESS, 'programs.distributor.params.creditsPerWorker=0', 'programs.worker.params.queueMax=100'],
    ...[`programs.distributor.params.window=${window}`, `programs.distributor.params.threshold=${threshold}`],
    ...[`programs.distributor.params.openUs=${BREAKER.openUs}`, `programs.distributor.params.trials=${BREAKER.trials}`],
    `programs.distributor.params.leaseUs=${BREAKER.leaseUs}`,
  )

/** Share of all tasks that were done, once everything has ended. */
function doneShare({ marks }: ClaimRun): readonly number[] {
  const { submitted, done, overloaded, givenUp } = outcomes(marks)
  return submitted === 0 || submitted !== done + overloaded + givenUp ? [] : [done / submitted]
}

export const rushHourClaims: readonly Claim[] = [
  {
    name: 'rush-hour-recovery',
    scenario: SCENARIO,
    source: 'Fluid limit (Newell 1982): the pile over what is served beyond what comes',
    unit: 'of the fluid limit’s time',
    seeds: { quick: 2, full: 24 },
    setups: [setup(16_000_000, 0, rush, ENDLESS)],
    control: {
      what: 'workers at four fifths of their speed',
      seeds: 1,
      setups: [setup(20_000_000, 0, rush, ENDLESS, 'programs.worker.params.speed=0.8')],
    },
    measure: recovery,
    summary: (samples) => mean(pool(samples)),
    expectation: (seeds) =>
      within(1, rounded((4 * RECOVERY_SD) / Math.sqrt(seeds)), `four standard errors of ${seeds} runs`),
  },
  {
    name: 'rush-hour-nothing-lost',
    scenario: SCENARIO,
    source: 'Conservation: submitted = done + turned away',
    unit: 'tasks',
    seeds: { quick: 1, full: 24 },
    setups: [setup(12_000_000, 3_000, [...rush, crash(1_500_000, 2_000_000)])],
    control: {
      what: 'no leases: what the crashed worker held never comes back',
      seeds: 1,
      setups: [
        setup(12_000_000, 3_000, [...rush, crash(1_500_000, 2_000_000)], 'programs.distributor.params.leaseUs=0'),
      ],
    },
    measure: missing,
    summary: (samples) => sum(pool(samples)),
    expectation: () => exactly(0, 'over all runs'),
  },
  {
    name: 'rush-hour-breaker',
    scenario: SCENARIO,
    source: 'Closed form: arrivals of a lease and of half a window, then a few trials each time',
    unit: 'tasks given to a dead worker',
    seeds: { quick: 1, full: 24 },
    setups: [breakerSetup(BREAKER.threshold, BREAKER.window)],
    control: { what: 'a breaker that never opens', seeds: 1, setups: [breakerSetup(1, 1_000)] },
    measure: ({ marks }) => [givenToTheDead(marks)].filter((count) => count >= 0),
    summary: (samples) => mean(pool(samples)),
    expectation: (seeds) => {
      const { usual, slack } = DEAD
      return atMost(rounded(usual + slack / Math.sqrt(seeds)), `${rounded(usual)} and four standard errors`)
    },
  },
  {
    name: 'rush-hour-credits',
    scenario: SCENARIO,
    source: 'Back-pressure: no more credits than places, so nobody refuses',
    unit: 'of the tasks',
    seeds: { quick: 1, full: 24 },
    setups: [setup(20_000_000, 3_000, rush, ENDLESS)],
    control: {
      what: 'no credits: tasks go out whatever a worker has',
      seeds: 1,
      setups: [setup(40_000_000, 3_000, rush, ENDLESS, 'programs.distributor.params.creditsPerWorker=0')],
    },
    measure: doneShare,
    summary: (samples) => mean(pool(samples)),
    expectation: () => exactly(1, 'over all runs'),
  },
]
