import { type TransferListItem, Worker } from 'node:worker_threads'
import type { ThreadTask } from '../node/benchWorker.ts'

/** Beside whatever bundle this code runs in: all of them are written to one folder. */
const BENCH_WORKER = './benchWorker.mjs'

export interface Thread {
  readonly worker: Worker
  /** The next message it posts. Rejects where it throws or ends instead. */
  next(): Promise<unknown>
  /** Never resolves; rejects where the thread throws. */
  readonly failed: Promise<never>
  stop(): Promise<void>
}

/** Starts the benchmarks' thread entry with a task. @param url of the bundled workers/node/benchWorker.ts. */
export function startThread(
  task: ThreadTask,
  url: URL = new URL(BENCH_WORKER, import.meta.url),
  transfer: readonly TransferListItem[] = [],
): Thread {
  const worker = new Worker(url, { workerData: task, transferList: [...transfer] })
  const failed = new Promise<never>((_, reject) => worker.once('error', reject))
  failed.catch(() => undefined) // heard by whoever races it; unheard, it must not end the process
  const ended = new Promise<never>((_, reject) =>
    worker.once('exit', () => reject(new Error(`benchmark thread ${task.task} ended without an answer`))),
  )
  ended.catch(() => undefined)
  return {
    worker,
    failed,
    next: () => Promise.race([new Promise((resolve) => worker.once('message', resolve)), failed, ended]),
    stop: async () => void (await worker.terminate()),
  }
}
