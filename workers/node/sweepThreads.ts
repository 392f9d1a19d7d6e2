import { Worker } from 'node:worker_threads'
import { jobLogOf } from '../../engine/tasks/jobs/jobLogs.ts'
import { runInOrder } from '../sweep/runInOrder.ts'
import { runOfPart } from '../sweep/SweepPlan.ts'
import type { Row, SweepPart, SweepSpec } from '../sweep/SweepSpec.ts'
import type { SweepThreadData } from './sweepWorker.ts'

/** Where the bundled worker lies: beside the bundled command, or where the tests say. */
const WORKER_URL = new URL('./sweepWorker.mjs', import.meta.url)

export interface ThreadedSweep {
  readonly spec: SweepSpec
  readonly part: SweepPart
  /** Rows of the part that are there already: its first ones. */
  readonly from: number
  /** Rows of the part in all. */
  readonly rows: number
  readonly threads: number
  /** Takes the rows in their order. */
  take(row: Row): void
  readonly stop?: AbortSignal
  readonly workerUrl?: URL
}

/**
 * Runs a sweep over worker threads, one run on each at a time. `stop` ends it at once: what was running is not done.
 * Rejects with one sentence where a run throws or a thread dies.
 */
export async function sweepThreads(sweep: ThreadedSweep): Promise<void> {
  const { spec, part, from, rows, take, stop, workerUrl = WORKER_URL } = sweep
  const threads = Math.max(1, Math.min(sweep.threads, rows - from))
  const workerData: SweepThreadData = { spec, jobLog: jobLogOf(spec.scenario) }
  const workers = Array.from({ length: threads }, () => new Worker(workerUrl, { workerData }))
  try {
    await runInOrder<Row>({
      count: rows - from,
      threads,
      ask: (thread, i) => ask(workers[thread]!, runOfPart(part, from + i), stop),
      take,
      ...(stop && { stop }),
    })
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
}

function ask(worker: Worker, run: number, stop: AbortSignal | undefined): Promise<Row> {
  return new Promise((resolve, reject) => {
    const stopped = (): void => reject(new Error('stopped'))
    const settled =
      <T>(then: (value: T) => void) =>
      (value: T): void => {
        stop?.removeEventListener('abort', stopped)
        then(value)
      }
    worker.removeAllListeners()
    worker.once('message', settled(resolve))
    worker.once(
      'error',
      settled((error: Error) => reject(new Error(error.message))),
    )
    worker.once(
      'exit',
      settled((code: number) => reject(new Error(`a worker ended with code ${code}`))),
    )
    stop?.addEventListener('abort', stopped)
    worker.postMessage(run)
  })
}
