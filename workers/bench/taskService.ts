import '../../engine/programs.ts'
import { parseScenario } from '../../engine/scenario/parse.ts'
import type { Scenario, WorkloadSpec } from '../../engine/scenario/Scenario.ts'
import type { Plain } from '../../engine/kernel/plain.ts'

const FAR_US = 3_600_000_000
/** Mean size of a task, and the share of their time for which workers are busy. */
const MEAN_US = 10_000
const LOAD = 0.8

/** One distributor in the middle of so many workers, 1 ms away, and nothing that observes them but count reports. */
export function taskService(
  workers: number,
  workload: Partial<WorkloadSpec>,
  params: { readonly [name: string]: Plain },
): Scenario {
  const parsed = parseScenario({
    ...{ name: 'service', untilUs: FAR_US, digestEveryUs: FAR_US, checks: [] },
    swarm: { agents: workers + 1 },
    topology: { kind: 'star' },
    network: { latency: { kind: 'constant', us: 1_000 } },
    tasks: {
      workload: {
        ...{ arrivals: 'poisson', perSecond: (LOAD * workers * 1_000_000) / MEAN_US, meanUs: MEAN_US },
        ...workload,
      },
    },
    programs: [
      { kind: 'distributor', on: { first: 1 }, params: { verbose: false, ...params } },
      { kind: 'worker', on: { last: workers }, params: { verbose: params['verbose'] ?? false, queueMax: 100_000 } },
    ],
  })
  if (!parsed.ok) throw new Error(parsed.error)
  return parsed.value
}
