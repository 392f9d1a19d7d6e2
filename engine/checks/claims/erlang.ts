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

/** A share of all tasks: `part` of what distributors count, expected as arrivals see it by `law`. */
interface Share extends Pick<Claim, 'name' | 'source' | 'setups' | 'control'> {
  readonly part: 'delayed' | 'failed'
  readonly expected: number
  readonly law: { readonly deviation: number }
}

const claim = ({ part, expected, law, ...rest }: Share): Claim => ({
  ...rest,
  scenario: SCENARIO,
  unit: 'of tasks',
  seeds: { quick: 1, full: 24 },
  measure: ({ marks }) => stretchesFrom(marks, WARM_UP_US).flatMap((counts) => [counts[part], counts.submitted]),
  summary: (samples) => sum(samples.map(([some]) => some ?? NaN)) / sum(samples.map(([, all]) => all ?? NaN)),
  expectation(seeds) {
    const tasks = seeds * TASKS
    const why = `four standard errors of ${tasks} tasks that follow each other (Burman 1980)`
    return within(rounded(expected), (4 * law.deviation) / Math.sqrt(tasks), why)
  },
})

const SERVERS = 10
const RHO = 0.8
const wait = claim({
  name: 'erlang-wait',
  source: 'Erlang 1917: P(all servers are busy) of M/M/c',
  setups: [setup(SERVERS, RHO)],
  control: {
    what: 'nine workers for the work of ten',
    seeds: 1,
    setups: [setup(SERVERS - 1, (RHO * SERVERS) / (SERVERS - 1))],
  },
  part: 'delayed',
  expected: erlangC(SERVERS, SERVERS * RHO),
  law: seenByArrivals(serverQueue(SERVERS, SERVERS * RHO, 400), (tasks) => Number(tasks >= SERVERS)),
})

const HEAVY = 0.9
const PLACES = 10
/** One of those in the system is in work. */
const room = (places: number): Setup => setup(1, HEAVY, `programs.distributor.params.waitingMax=${places - 1}`)
const loss = claim({
  name: 'erlang-loss',
  source: 'Closed form: M/M/1/K, (1 − ρ) ρ^K / (1 − ρ^(K+1))',
  setups: [room(PLACES)],
  control: { what: 'room for thirteen', seeds: 1, setups: [room(13)] },
  part: 'failed',
  expected: lossShare(HEAVY, PLACES),
  law: seenByArrivals(serverQueue(1, HEAVY, PLACES), (tasks) => Number(tasks === PLACES)),
})

export const erlangClaims: readonly Claim[] = [wait, loss]
