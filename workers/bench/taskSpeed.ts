import { LocalRun } from '../../engine/LocalRun.ts'
import { micros } from '../../engine/kernel/units.ts'
import { alternate, median, significant, type Bench, type BenchRow } from './Bench.ts'
import { taskService } from './taskService.ts'

const ROUNDS = 1
const TASKS = 1_000_000
const WORKERS = 1_000
/** Virtual time between two looks at whether all is done. */
const STEP_US = 1_000_000
const STRATEGIES = [
  ...['random', 'round-robin', 'central', 'choices', 'least-loaded', 'hash'],
  ...['work-stealing', 'auction', 'predictive'],
] as const

/** Tasks a second of wall time, by strategy, beside the one that decides least. */
export async function taskSpeed(
  rounds = ROUNDS,
  tasks = TASKS,
  workers = WORKERS,
  strategies: readonly string[] = STRATEGIES,
): Promise<readonly BenchRow[]> {
  for (const strategy of strategies) tasksPerSecond(strategy, Math.ceil(tasks / 50), workers)
  const taken = await alternate(strategies, rounds, async (strategy) => tasksPerSecond(strategy, tasks, workers).rate)
  const least = median(taken[strategies[0]!]!)
  return strategies.map((strategy) => {
    const { delayed, refused, messages, meanMs } = tasksPerSecond(strategy, Math.ceil(tasks / 50), workers)
    return {
      name: `tasks-${strategy}`,
      value: significant(median(taken[strategy]!)),
      unit: 'tasks/s',
      runs: rounds,
      peers: [{ name: strategies[0]!, version: process.version, value: significant(least) }],
      note: `${tasks} tasks of 10 ms over ${workers} workers at a load of 80 %, one worker thread, from arrival to the distributor’s knowing that they are done; ${significant(messages)} messages and ${significant(meanMs)} ms of virtual time a task, ${delayed} held back and ${refused} refused, of ${Math.ceil(tasks / 50)}`,
    }
  })
}

interface Figures {
  readonly rate: number
  readonly delayed: number
  readonly refused: number
  /** A task. */
  readonly messages: number
  readonly meanMs: number
}

function tasksPerSecond(strategy: string, tasks: number, workers: number): Figures {
  const run = new LocalRun(taskService(workers, { count: tasks }, { strategy, hashBy: 'task' }))
  const began = performance.now()
  for (let until = STEP_US; ; until += STEP_US) {
    run.runTo(micros(until))
    const report = run.takeMarks().findLast(({ body }) => body.kind === 'report')?.body
    if (report?.['done'] === tasks) {
      const rate = (1_000 * tasks) / (performance.now() - began)
      const [delayed, refused, tookUs] = ['delayed', 'refused', 'tookUs'].map((name) => report[name] as number)
      const sent = run.shards[0]!.stats.messages
      return { rate, delayed: delayed!, refused: refused!, messages: sent / tasks, meanMs: tookUs! / tasks / 1_000 }
    }
    if (until > 1_000 * STEP_US) throw new Error(`${strategy}: ${String(report?.['done'])} of ${tasks} tasks done`)
  }
}

export const taskSpeedBench: Bench = {
  name: 'tasks',
  title: 'A million tasks over a thousand workers, by strategy',
  run: () => taskSpeed(),
}
