import type { ProbeResult } from './measure.ts'
import { PROBE_BYTES } from './ProbeEnd.ts'
import type { ProbeJob } from './probeWorker.ts'

export type { Bucket } from './buckets.ts'
export type { ProbeResult, RoundTrip } from './measure.ts'

const PHASE_MS = 300
const TIMEOUT_MS = 20_000

/**
 * Measures the real channel in this browser: two dedicated workers, a pair of rings, about 1.2 s. Best while nothing
 * else runs: the workers want a core each.
 * @throws Error with one sentence, where there is no SharedArrayBuffer, or a worker fails or stays silent for 20 s.
 */
export async function runProbe(): Promise<ProbeResult> {
  if (typeof SharedArrayBuffer === 'undefined')
    throw new Error('The real channel needs SharedArrayBuffer, which this page is not given (it is not isolated).')
  const memory = new SharedArrayBuffer(PROBE_BYTES)
  const workers = [startWorker(), startWorker()] as const
  const [echo, ask] = workers
  let timer: ReturnType<typeof setTimeout> | undefined
  try {
    return await new Promise<ProbeResult>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error('The probe’s workers said nothing for 20 s.')), TIMEOUT_MS)
      for (const worker of workers) {
        worker.onerror = (e) => reject(new Error(`A worker of the probe failed: ${e.message || 'it could not start'}.`))
        worker.onmessageerror = () => reject(new Error('A worker of the probe sent what could not be read.'))
      }
      ask.onmessage = ({ data }: MessageEvent<ProbeResult>) => resolve(data)
      echo.postMessage({ role: 'echo', memory } satisfies ProbeJob)
      const options = { phaseMs: PHASE_MS, cores: navigator.hardwareConcurrency }
      ask.postMessage({ role: 'ask', memory, options } satisfies ProbeJob)
    })
  } finally {
    clearTimeout(timer)
    for (const worker of workers) worker.terminate()
  }
}

const startWorker = (): Worker => new Worker(new URL('./probeWorker.ts', import.meta.url), { type: 'module' })
