import { availableParallelism } from 'node:os'
import { startThread } from '../bench/startThread.ts'
import { ASSIGNMENT_BYTES, type AssignmentTimes } from './assignment.ts'
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

/** Tasks handed from one Node thread to workers on another. @param thread the bundled workers/node/benchWorker.ts. */
export async function runNodeAssignment(phaseMs: number, thread?: URL): Promise<AssignmentTimes> {
  const memory = new SharedArrayBuffer(ASSIGNMENT_BYTES)
  const options = { phaseMs, cores: availableParallelism() }
  const serve = startThread({ task: 'assignServe', memory, options }, thread)
  const ask = startThread({ task: 'assignAsk', memory, options }, thread)
  try {
    const result = ask.next() as Promise<AssignmentTimes>
    return await Promise.race([result, serve.failed])
  } finally {
    await Promise.all([serve.stop(), ask.stop()])
  }
}
