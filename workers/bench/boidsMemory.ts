import '../../engine/spaceModels.ts'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { LocalRun } from '../../engine/LocalRun.ts'
import { micros } from '../../engine/kernel/units.ts'
import { spaceMemoryBytes } from '../../engine/spaceRegistry.ts'
import { significant, type Bench, type BenchRow } from './Bench.ts'
import { bareSpace } from './spaceSteps.ts'

const AGENTS = 100_000
const STEPS = 10_000
/** Bodies of the long run: as many steps, in seconds. */
const FEW = 100

/** Shared bytes a body, and what 10,000 steps add to the heap. */
export async function boidsMemory(steps = STEPS): Promise<readonly BenchRow[]> {
  const flat = { kind: 'boids', width: 800, height: 800 }
  const bytes = spaceMemoryBytes(bareSpace(flat, AGENTS)) / AGENTS
  const deep = spaceMemoryBytes(bareSpace({ ...flat, dimensions: 3, depth: 800 }, AGENTS)) / AGENTS
  const grown = heapGrowth(steps)
  return [
    {
      name: 'boids-memory',
      value: significant(bytes),
      unit: 'bytes/body',
      runs: 1,
      peers: [
        { name: 'three dimensions', version: process.version, value: significant(deep) },
        { name: `heap grown in ${steps} steps, bytes`, version: process.version, value: Math.round(grown) },
      ],
      note: `columns in shared memory, scratch of the grid and of all rules included, at ${AGENTS} bodies; the heap of ${FEW} bodies after ${steps} steps more, the lesser of two stretches, all after a collection`,
    },
  ]
}

/**
 * Bytes of heap and buffers that so many steps leave behind, after as many by which nearly everything is compiled: the
 * lesser of two stretches, since what every step leaves shows in both, and code compiled late in one.
 */
export function heapGrowth(steps: number): number {
  const run = new LocalRun(bareSpace({ kind: 'boids', width: 30, height: 30 }, FEW))
  const { stepUs } = run.plan.scenario.space!
  const usedAfter = (step: number): number => {
    run.runTo(micros(step * stepUs + 1))
    collect()
    collect()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    return heapUsed + arrayBuffers
  }
  const [first, second, third] = [1, 2, 3].map((stretch) => usedAfter(stretch * steps))
  return Math.min(second! - first!, third! - second!)
}

function collect(): void {
  setFlagsFromString('--expose-gc')
  ;(runInNewContext('gc') as () => void)()
}

export const boidsMemoryBench: Bench = {
  name: 'boids-memory',
  title: 'Bytes a body, and growth over 10,000 steps',
  run: () => boidsMemory(),
}
