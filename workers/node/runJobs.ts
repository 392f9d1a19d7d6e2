import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Job, JobResult } from '../claims/runJob.ts'

/** Where the bundled worker lies: beside the bundled command, or where the tests say. */
const WORKER_URL = new URL('./verifyWorker.mjs', import.meta.url)

/**
 * Runs jobs over the cores, one thread each; results in order of the jobs, whichever ends first. Rejects with one
 * sentence where a thread dies. `onDone` is told how many are done.
 */
export async function runJobs(
  jobs: readonly Job[],
  onDone: (done: number) => void = () => {},
  workerUrl: URL = WORKER_URL,
): Promise<JobResult[]> {
  const results: JobResult[] = []
  let next = 0
  let done = 0
  const thread = async (): Promise<void> => {
    const worker = new Worker(workerUrl)
    try {
      while (next < jobs.length) {
        const place = next++
        results[place] = await ask(worker, jobs[place]!)
        onDone(++done)
      }
    } catch (error) {
      next = jobs.length // nobody starts another
      throw error
    } finally {
      await worker.terminate()
    }
  }
  const threads = Math.min(availableParallelism(), jobs.length)
  await Promise.all(Array.from({ length: threads }, thread))
  return results
}

function ask(worker: Worker, job: Job): Promise<JobResult> {
  return new Promise((resolve, reject) => {
    const died = (why: string): void => reject(new Error(`${job.scenario}, seed ${job.seed}: ${why}`))
    worker.removeAllListeners()
    worker.once('message', resolve)
    worker.once('error', (error) => died(`a worker stopped: ${error.message}`))
    worker.once('exit', (code) => died(`a worker ended with code ${code}`))
    worker.postMessage(job)
  })
}
