import type { Scenario } from '../../engine/scenario/Scenario.ts'
import { parseScenario } from '../../engine/scenario/parse.ts'
import { openCluster } from '../node/cluster.ts'
import { alternate, median, significant, type Bench, type BenchRow } from './Bench.ts'

const ROUNDS = 5
const AGENTS = 20_000
const UNTIL_US = 3_000_000

/** Every agent runs a program: 20 trees of 1,000 whose heads are all connected. */
export function largeSwarm(agents = AGENTS): Scenario {
  const parsed = parseScenario({
    name: 'large-swarm',
    untilUs: UNTIL_US,
    digestEveryUs: UNTIL_US,
    swarm: { agents },
    topology: { kind: 'mesh-of-trees', groups: 20, branching: 4 },
    network: { latency: { kind: 'uniform', minUs: 2_000, maxUs: 10_000 } },
    programs: [{ kind: 'tree-sync', params: { heartbeatUs: 200_000, orderEveryUs: 900_000 } }],
  })
  if (!parsed.ok) throw new Error(parsed.error)
  return parsed.value
}

/** Events a second of wall time at 20,000 agents with programs, on one worker and on two, setting up not counted. */
export async function largeSwarmRows(rounds = ROUNDS, agents = AGENTS, workerUrl?: URL): Promise<readonly BenchRow[]> {
  const scenario = largeSwarm(agents)
  const taken = await alternate(['one', 'two'], rounds, (way) => perSecond(scenario, way === 'one' ? 1 : 2, workerUrl))
  return [
    {
      name: `agents-${agents}`,
      value: significant(median(taken.two)),
      unit: 'events/s',
      runs: rounds,
      peers: [{ name: 'one worker', version: process.version, value: significant(median(taken.one)) }],
      note: `${agents} agents in 20 trees, orders, reports and heartbeats for ${UNTIL_US / 1e6} s of virtual time; two workers`,
    },
  ]
}

async function perSecond(scenario: Scenario, workers: number, workerUrl?: URL): Promise<number> {
  const { conductor, death, close } = await openCluster(scenario, [], { workers }, workerUrl)
  try {
    const began = performance.now()
    while (!(await Promise.race([conductor.slice(UNTIL_US, -1, 500), death])));
    return (conductor.lane.totals.events / (performance.now() - began)) * 1_000
  } finally {
    await close()
  }
}

export const largeSwarmBench: Bench = {
  name: 'agents',
  title: '20,000 agents with programs',
  run: () => largeSwarmRows(),
}
