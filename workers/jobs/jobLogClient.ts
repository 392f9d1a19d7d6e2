import * as Comlink from 'comlink'
import type { Result } from '../../engine/kernel/result.ts'
import type { JobLogLab } from './jobLogWorker.ts'
import type { OpenedJobLog } from './readJobLog.ts'

/** The page's door to job logs: read on a worker of their own, known to the page's thread, sent along with a run. */

export { fileText, jobFileOf, knowJobLog, missingJobLog } from '../../engine/tasks/jobs/jobLogs.ts'
export { jobMemory, type JobFile, type JobLog } from '../../engine/tasks/jobs/jobRows.ts'
export { doubtOf } from './readJobLog.ts'
export type { OpenedJobLog }

/** Reads a file on a worker. Rejects with one sentence where the worker dies or `stop` is said. */
export async function readJobFile(
  file: File,
  onShare: (share: number) => void,
  stop: AbortSignal,
): Promise<Result<OpenedJobLog>> {
  const worker = new Worker(new URL('./jobLogWorker.ts', import.meta.url), { type: 'module', name: 'job log' })
  const ended = new Promise<never>((_, reject) => {
    worker.onerror = (event) => {
      event.preventDefault()
      reject(new Error(`${file.name}: the worker that reads it stopped: ${event.message || 'it could not start'}`))
    }
    stop.addEventListener('abort', () => reject(new Error('stopped')), { once: true })
  })
  ended.catch(() => {})
  try {
    return await Promise.race([Comlink.wrap<JobLogLab>(worker).read(file, Comlink.proxy(onShare)), ended])
  } finally {
    worker.terminate()
  }
}
