import { ASSIGNMENT_BYTES, type AssignmentTimes } from './assignment.ts'
import type { ProbeResult } from './measure.ts'
import { PROBE_BYTES } from './ProbeEnd.ts'
import type { ProbeJob } from './probeWorker.ts'

export type { Bucket } from './buckets.ts'
export type { RoundTrip } from './measure.ts'

/** The channel alone, and tasks handed out through it. */
export interface ChannelTimes extends ProbeResult {
  readonly assignment: AssignmentTimes
}

const PHASE_MS = 300
const TIMEOUT_MS = 20_000

/**
 * Measures the real channel in this browser: two dedicated workers, pairs of rings, about 1.8 s. Best while nothing
 * else runs: the workers want a core each.
 * @throws Error with one sentence, where there is no SharedArrayBuffer, or a worker fails or stays silent for 20 s.
 */
export async function runProbe(): Promise<ChannelTimes> {
  if (typeof SharedArrayBuffer === 'undefined')
    throw new Error('The real channel needs SharedArrayBuffer, which this page is not given (it is not isolated).')
  const rings = { messages: new SharedArrayBuffer(PROBE_BYTES), tasks: new SharedArrayBuffer(ASSIGNMENT_BYTES) }
  const workers = [startWorker(), startWorker()] as const
  const [echo, ask] = workers
  let timer: ReturnType<typeof setTimeout> | undefined
  try {
    return await new Promise<ChannelTimes>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error('The probe’s workers said nothing for 20 s.')), TIMEOUT_MS)
      for (const worker of workers) {
        worker.onerror = (e) => reject(new Error(`A worker of the probe failed: ${e.message || 'it could not start'}.`))
        worker.onmessageerror = () => reject(new Error('A worker of the probe sent what could not be read.'))
      }
      ask.onmessage = ({ data }: MessageEvent<ChannelTimes>) => resolve(data)
      const options = { phaseMs: PHASE_MS, cores: navigator.hardwareConcurrency }
      echo.postMessage({ role: 'echo', rings, options } satisfies ProbeJob)
      ask.postMessage({ role: 'ask', rings, options } satisfies ProbeJob)
    })
  } finally {
    clearTimeout(timer)
    for (const worker of workers) worker.terminate()
  }
}

const startWorker = (): Worker => new Worker(new URL('./probeWorker.ts', import.meta.url), { type: 'module' })
