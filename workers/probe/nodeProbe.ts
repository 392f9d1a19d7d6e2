import { availableParallelism } from 'node:os'
import { startThread } from '../bench/startThread.ts'
import type { ProbeResult } from './measure.ts'
import { PROBE_BYTES } from './ProbeEnd.ts'

/** The page's probe between two Node threads. @param thread the bundled workers/node/benchWorker.ts. */
export async function runNodeProbe(phaseMs: number, thread?: URL): Promise<ProbeResult> {
  const memory = new SharedArrayBuffer(PROBE_BYTES)
  const echo = startThread({ task: 'probeEcho', memory }, thread)
  const ask = startThread({ task: 'probeAsk', memory, options: { phaseMs, cores: availableParallelism() } }, thread)
  try {
    const result = ask.next() as Promise<ProbeResult>
    return await Promise.race([result, echo.failed])
  } finally {
    await Promise.all([echo.stop(), ask.stop()])
  }
}
