import type { Scenario } from '../../scenario/Scenario.ts'
import { rounded, within, type Claim, type Setup } from './Claim.ts'
import { wideRate } from './queueLaws.ts'
import { sum } from './statistics.ts'
import { stretchesFrom } from './taskReports.ts'

const SCENARIO = 'wide-tasks'
const SERVICE_US = 10_000
const WORKERS = 10
const DEMANDS = 4
/** Until every worker has a line that will not run out any more. */
const WARM_UP_US = 2_000_000
/** Service times that a run measures. */
const SERVICES = 3_000
/** More than all slots could do. */
const OFFERED = 1.3

interface Width {
  readonly slots: number
  readonly speed: number
  readonly demands: number
}
/** The same work a second in each: wider workers are slower. */
const FOUR: Width = { slots: 4, speed: 1, demands: DEMANDS }
const EIGHT: Width = { slots: 8, speed: 0.5, demands: DEMANDS }

/** Slots of a task on average. */
const meanDemand = (demands: number): number => (demands + 1) / 2

const setup = ({ slots, speed, demands }: Width): Setup => {
  const perSecond = (OFFERED * WORKERS * slots * speed * 1_000_000) / (meanDemand(demands) * SERVICE_US)
  return {
    set: [
      ...[`swarm.agents=${WORKERS + 1}`, 'faults=[]', 'digestEveryUs=100000000'],
      'network.latency={"kind":"constant","us":1}',
      ...[`tasks.workload.perSecond=${perSecond}`, `tasks.workload.meanUs=${SERVICE_US}`],
      `tasks.workload.demands=${demands}`,
      ...['programs.distributor.params.durable=false', 'programs.distributor.params.verbose=false'],
      ...['programs.distributor.params.leaseUs=0', `programs.distributor.params.reportEveryUs=${WARM_UP_US}`],
      ...['programs.worker.params.reportUs=0', 'programs.worker.params.verbose=false'],
      ...[`programs.worker.params.slots=${slots}`, `programs.worker.params.speed=${speed}`],
      'programs.worker.params.queueMax=1000000',
    ],
    // A little more, for the report that ends it.
    untilUs: WARM_UP_US + (SERVICES * SERVICE_US) / speed + SERVICE_US,
  }
}

/**
 * √(service times) × deviation of a worker's ends in them: asymptotic variance of the ends of the saturated chain (what
 * is in work, and how wide the next one is), from its fundamental matrix, by another program.
 */
const DEVIATIONS = { 4: Math.sqrt(1.632_979), 8: Math.sqrt(3.990_687) } as const

const claim = (name: string, width: Width, control: Claim['control']): Claim => {
  /** Of the slots that a task takes on average. */
  const used = meanDemand(DEMANDS) / width.slots
  return {
    name,
    scenario: SCENARIO,
    source: 'Rumyantsev, Morozov 2017; Brill, Green 1984',
    unit: 'of the slots',
    seeds: { quick: 1, full: 12 },
    setups: [setup(width)],
    control,
    measure({ marks, scenario }) {
      const demand = meanDemand(scenario.tasks!.workload.demands)
      const slots = WORKERS * slotsOf(scenario)
      return stretchesFrom(marks, WARM_UP_US).map(({ done }) => (done * demand) / (SERVICES * slots))
    },
    summary: (samples) => sum(samples.flat()) / samples.flat().length,
    expectation(seeds) {
      const services = seeds * WORKERS * SERVICES
      const error = (DEVIATIONS[width.slots as 4 | 8] * used) / Math.sqrt(services)
      return within(
        rounded(wideRate(width.slots, DEMANDS) * used),
        4 * error,
        `four standard errors of ${services} service times of a worker`,
      )
    },
  }
}

const slotsOf = ({ programs }: Scenario): number =>
  Number(programs.find(({ kind }) => kind === 'worker')!.params['slots'])

export const wideTasksClaims: readonly Claim[] = [
  claim('wide-idle', FOUR, {
    what: 'every task takes one slot: no room is left',
    seeds: 1,
    setups: [setup({ ...FOUR, demands: 1 })],
  }),
  claim('wide-wider', EIGHT, { what: 'workers of four slots', seeds: 1, setups: [setup(FOUR)] }),
]
