import { Worker } from 'node:worker_threads'
import { jobLogOf } from '../../engine/tasks/jobs/jobLogs.ts'
import type { ComparedSetUp } from '../compare/compareWorker.ts'
import type { ComparedRun } from '../compare/measures.ts'
import { runInOrder } from '../sweep/runInOrder.ts'
import type { RepeatAsk } from './comparisonWorker.ts'

/** Where the bundled worker lies: beside the bundled command, or where the tests say. */
const WORKER_URL = new URL('./comparisonWorker.mjs', import.meta.url)

export interface ThreadedRepeats {
  readonly setUps: readonly ComparedSetUp[]
  /** Seeds each set-up is run under: its own and those that follow. */
  readonly seeds: number
  readonly untilUs: number
  readonly threads: number
  onSeed?(done: number): void
}

/** Runs every set-up under every seed; rows by seed, in the order of the set-ups. Rejects where a run throws. */
export async function compareThreads(repeats: ThreadedRepeats, workerUrl = WORKER_URL): Promise<ComparedRun[][]> {
  const { setUps, seeds, untilUs, onSeed } = repeats
  const count = seeds * setUps.length
  const threads = Math.max(1, Math.min(repeats.threads, count))
  const workers = Array.from({ length: threads }, () => new Worker(workerUrl))
  const rows: ComparedRun[][] = []
  let row: ComparedRun[] = []
  try {
    await runInOrder<ComparedRun>({
      count,
      threads,
      ask: (thread, i) =>
        ask(workers[thread]!, {
          ...setUps[i % setUps.length]!,
          ...{ by: Math.floor(i / setUps.length), untilUs },
          jobLog: jobLogOf(setUps[i % setUps.length]!.scenario),
        }),
      take: (run) => {
        row.push(run)
        if (row.length < setUps.length) return
        rows.push(row)
        row = []
        onSeed?.(rows.length)
      },
    })
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
  return rows
}

function ask(worker: Worker, order: RepeatAsk): Promise<ComparedRun> {
  return new Promise((resolve, reject) => {
    const died = (why: string): void =>
      reject(new Error(`${order.scenario.name}, seed ${order.scenario.seed + order.by}: ${why}`))
    worker.removeAllListeners()
    worker.once('message', resolve)
    worker.once('error', (error) => died(error.message))
    worker.once('exit', (code) => died(`a worker ended with code ${code}`))
    worker.postMessage(order)
  })
}
