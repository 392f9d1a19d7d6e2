import '../../engine/spaceModels.ts'
import { parseScenario } from '../../engine/scenario/parse.ts'
import type { Scenario } from '../../engine/scenario/Scenario.ts'
import { openCluster } from '../node/cluster.ts'

const STEP_US = 1_000
const FAR_US = 3_600_000_000

/** Bodies and nothing else: no figures, digests or faults within an hour of virtual time. */
export function bareSpace(space: object, agents: number): Scenario {
  const parsed = parseScenario({
    name: 'steps',
    untilUs: FAR_US,
    digestEveryUs: FAR_US,
    swarm: { agents },
    topology: { kind: 'none' },
    space: { ...space, stepUs: STEP_US, measureEvery: 0 },
  })
  if (!parsed.ok) throw new Error(parsed.error)
  return parsed.value
}

/** Wall milliseconds of a step on so many workers: the mean of `steps` after `warmUp`, setting up not counted. */
export async function stepMs(
  scenario: Scenario,
  workers: number,
  warmUp: number,
  steps: number,
  workerUrl?: URL,
): Promise<number> {
  const { conductor, death, close } = await openCluster(scenario, [], { workers }, workerUrl)
  const runTo = async (step: number): Promise<void> => {
    while (!(await Promise.race([conductor.slice(step * STEP_US + 1, -1, 500), death])));
  }
  try {
    await runTo(warmUp)
    const began = performance.now()
    await runTo(warmUp + steps)
    return (performance.now() - began) / steps
  } finally {
    await close()
  }
}
