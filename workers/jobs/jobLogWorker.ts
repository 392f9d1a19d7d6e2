import * as Comlink from 'comlink'
import type { Result } from '../../engine/kernel/result.ts'
import { readJobLog, sizeProblem, type OpenedJobLog } from './readJobLog.ts'

/** Reads job logs for the page, which goes on drawing meanwhile. */
export const jobLogLab = {
  /** `onShare` is told about a hundred times how much of the file has been read, 0 … 1. */
  async read(file: File, onShare: (share: number) => void): Promise<Result<OpenedJobLog>> {
    const problem = sizeProblem(file.name, file.size)
    if (problem !== null) return { ok: false, error: problem }
    let told = 0
    return readJobLog(file.name, chunksOf(file), (bytes) => {
      if (bytes - told < file.size / 100) return
      told = bytes
      onShare(bytes / file.size)
    })
  },
}
export type JobLogLab = typeof jobLogLab

/** Not every browser lets one loop over a stream. */
async function* chunksOf(file: File): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    yield value
  }
}

Comlink.expose(jobLogLab)
