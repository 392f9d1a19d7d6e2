import { rounded, within, type Claim, type Setup } from './Claim.ts'
import { erlangC, lossShare, seenByArrivals, serverQueue } from './queueLaws.ts'
import { sum } from './statistics.ts'
import { stretchesFrom } from './taskReports.ts'

const SCENARIO = 'erlang'
const SERVICE_US = 10_000
const WARM_UP_US = 2_000_000
/** Tasks that a run measures, about. */
const TASKS = 40_000

/** `servers` workers at load `rho` in front of one line, and a network that is not felt: 1 µs of a service of 10 ms. */
const setup = (servers: number, rho: number, ...more: readonly string[]): Setup => {
  const perSecond = (rho * servers * 1_000_000) / SERVICE_US
  return {
    set: [
      ...[
        `swarm.agents=${servers + 1}`,
        'faults=[]',
        'digestEveryUs=100000000',
        'network.latency={"kind":"constant","us":1}',
      ],
      ...[`tasks.workload.perSecond=${perSecond}`, `tasks.workload.meanUs=${SERVICE_US}`],
      ...['programs.distributor.params.durable=false', 'programs.distributor.params.verbose=false'],
      ...['programs.distributor.params.leaseUs=0', `programs.distributor.params.reportEveryUs=${WARM_UP_US}`],
      ...['programs.worker.params.reportUs=0', 'programs.worker.params.verbose=false', ...more],
    ],
    untilUs: Math.round(WARM_UP_US + (TASKS * 1_000_000) / perSecond),
  }
}

/** Pairs of a part and its whole. */
const share = (samples: readonly (readonly number[])[]): number =>
  sum(samples.map(([part]) => part ?? NaN)) / sum(samples.map(([, whole]) => whole ?? NaN))

const wait = ((): Claim => {
  const [servers, rho] = [10, 0.8]
  const expected = erlangC(servers, servers * rho)
  const { deviation } = seenByArrivals(serverQueue(servers, servers * rho, 400), (tasks) => Number(tasks >= servers))
  return {
    name: 'erlang-wait',
    scenario: SCENARIO,
    source: 'Erlang 1917: P(all servers are busy) of M/M/c',
    unit: 'of tasks',
    seeds: { quick: 1, full: 24 },
    setups: [setup(servers, rho)],
    control: { what: 'nine workers for the work of ten', seeds: 1, setups: [setup(9, (rho * 10) / 9)] },
    measure: ({ marks }) => stretchesFrom(marks, WARM_UP_US).flatMap(({ delayed, submitted }) => [delayed, submitted]),
    summary: share,
    expectation: (seeds) =>
      within(
        rounded(expected),
        (4 * deviation) / Math.sqrt(seeds * TASKS),
        `four standard errors of ${seeds * TASKS} tasks that follow each other (Burman 1980)`,
      ),
  }
})()

const PLACES = 10
const line = (waiting: number): Setup => setup(1, 0.9, `programs.distributor.params.waitingMax=${waiting}`)

const loss = ((): Claim => {
  const expected = lossShare(0.9, PLACES)
  const { deviation } = seenByArrivals(serverQueue(1, 0.9, PLACES), (tasks) => Number(tasks === PLACES))
  return {
    name: 'erlang-loss',
    scenario: SCENARIO,
    source: 'Closed form: M/M/1/K, (1 − ρ) ρ^K / (1 − ρ^(K+1))',
    unit: 'of tasks',
    seeds: { quick: 1, full: 24 },
    // One of the ten is in work.
    setups: [line(PLACES - 1)],
    control: { what: 'room for thirteen', seeds: 1, setups: [line(PLACES + 2)] },
    measure: ({ marks }) => stretchesFrom(marks, WARM_UP_US).flatMap(({ failed, submitted }) => [failed, submitted]),
    summary: share,
    expectation: (seeds) =>
      within(
        rounded(expected),
        (4 * deviation) / Math.sqrt(seeds * TASKS),
        `four standard errors of ${seeds * TASKS} tasks that follow each other (Burman 1980)`,
      ),
  }
})()

export const erlangClaims: readonly Claim[] = [wait, loss]
