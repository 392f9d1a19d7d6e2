import { LocalRun } from '../../engine/LocalRun.ts'
import { micros, type Micros } from '../../engine/kernel/units.ts'
import type { Scenario } from '../../engine/scenario/Scenario.ts'
import { openCluster } from '../node/cluster.ts'
import { significant, type Bench, type BenchRow } from './Bench.ts'
import { limitNote } from './takeRounds.ts'
import { taskService } from './taskService.ts'

/** The seed's limit for the distribution of a task. */
const LIMIT_MS = 10
const TASKS = 500
const WORKERS = 2
const SIZES = [10, 100, 1_000] as const
/** Virtual time between two looks at what has started. */
const STEP_US = 100_000
/** Tasks by which everything is compiled. */
const WARM_UP = 100

/** From a task's arrival at the distributor to its start at a worker, in virtual time: what is timed by the clock. */
interface Life {
  readonly submittedUs: Micros
  readonly startedUs: Micros
}

/** Wall time of assignments over the real rings: 99 in 100 take less; beside the median and one worker thread. */
export async function assignmentTimes(
  tasks = TASKS,
  sizes: readonly number[] = SIZES,
  workerUrl?: URL,
): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = []
  for (const agents of sizes) {
    // One task at a time, or the clock would time several.
    const workload = { count: tasks + WARM_UP, perSecond: 10, size: 'constant', meanUs: 1_000 } as const
    const scenario = taskService(agents, workload, { strategy: 'choices', verbose: true })
    const lives = livesOf(scenario, tasks + WARM_UP)
    const two = await wallMs(scenario, lives, WORKERS, workerUrl)
    const one = await wallMs(scenario, lives, 1, workerUrl)
    const value = significant(quantile(two, 0.99))
    rows.push({
      name: `assignment-${agents}`,
      value,
      unit: 'ms',
      runs: lives.length - WARM_UP,
      peers: [
        { name: 'median', version: process.version, value: significant(quantile(two, 0.5)) },
        { name: 'one worker thread, p99', version: process.version, value: significant(quantile(one, 0.99)) },
      ],
      note: `a task comes, two of ${agents} workers are asked, the less busy one starts it: 99 in 100 took less wall time than this, on two worker threads over the rings; ${limitNote(value, LIMIT_MS, 'ms')}`,
    })
  }
  return rows
}

/** When each task came and was started, where nothing else happened in between. */
function livesOf(scenario: Scenario, tasks: number): readonly Life[] {
  const run = new LocalRun(scenario)
  const submitted = new Map<number, Micros>()
  const lives: Life[] = []
  for (let until = STEP_US; lives.length < tasks; until += STEP_US) {
    run.runTo(micros(until))
    for (const { key, body } of run.takeMarks()) {
      if (body.kind === 'submitted') submitted.set(body['task'] as number, key.time)
      if (body.kind !== 'started') continue
      const submittedUs = submitted.get(body['task'] as number)
      if (submittedUs !== undefined) lives.push({ submittedUs, startedUs: key.time })
    }
  }
  return lives.filter((life, k) => k === 0 || life.submittedUs > lives[k - 1]!.startedUs)
}

async function wallMs(scenario: Scenario, lives: readonly Life[], workers: number, url?: URL): Promise<number[]> {
  const { conductor, death, close } = await openCluster(scenario, [], { workers }, url)
  const runTo = async (until: number): Promise<void> => {
    while (!(await Promise.race([conductor.slice(until, -1), death])));
  }
  try {
    const taken: number[] = []
    for (const { submittedUs, startedUs } of lives) {
      await runTo(submittedUs)
      const began = performance.now()
      await runTo(startedUs + 1)
      taken.push(performance.now() - began)
    }
    return taken.slice(WARM_UP)
  } finally {
    await close()
  }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!
}

export const assignmentBench: Bench = {
  name: 'assignment',
  title: 'Wall time from a task’s arrival to its start at a worker',
  run: () => assignmentTimes(),
}
