import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { LocalRun } from '../../engine/LocalRun.ts'
import { micros } from '../../engine/kernel/units.ts'
import { significant, type Bench, type BenchRow } from './Bench.ts'
import { taskService } from './taskService.ts'

const TASKS = 1_000_000
const WORKERS = 10

/** Memory of a task that waits at its distributor, beside one that is on its disk as well. */
export async function taskMemory(tasks = TASKS): Promise<readonly BenchRow[]> {
  const volatile = bytesOfWaiting(tasks, false)
  const durable = bytesOfWaiting(tasks, true)
  return [
    {
      name: 'task-bytes',
      value: significant(volatile / tasks),
      unit: 'bytes/task',
      runs: 1,
      peers: [
        { name: 'and on its disk', version: process.version, value: significant(durable / tasks) },
        { name: 'all of them on disk too, MB', version: process.version, value: significant(durable / 1e6) },
      ],
      note: `${tasks} tasks that came at once and wait for ${WORKERS} workers, heap and buffers after a collection`,
    },
  ]
}

function bytesOfWaiting(tasks: number, durable: boolean): number {
  const batch = { arrivals: 'batch', count: tasks, meanUs: 1_000_000_000 } as const
  const params = { strategy: 'least-loaded', creditsPerWorker: 1, waitingMax: tasks, durable, leaseUs: 100_000_000 }
  const used = (count: number): number => {
    const run = new LocalRun(taskService(WORKERS, { ...batch, count }, params))
    run.runTo(micros(2_000_000))
    const report = run.takeMarks().findLast(({ body }) => body.kind === 'report')?.body
    const waiting = report?.['waiting']
    if (waiting !== count - WORKERS) throw new Error(`${String(waiting)} of ${count} tasks wait`)
    collect()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    return run.nextTime() > 0 ? heapUsed + arrayBuffers : NaN // `run` lives until here
  }
  const few = used(WORKERS + 1)
  return used(tasks) - few
}

function collect(): void {
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc') as () => void
  for (let k = 0; k < 3; k++) gc()
}

export const taskMemoryBench: Bench = {
  name: 'task-memory',
  title: 'Memory of a million queued tasks',
  run: () => taskMemory(),
}
