/// <reference lib="webworker" />
import { looksFor } from '../shared/spin.ts'
import { measureAssignment, serveWorkers } from './assignment.ts'
import { measure, type ProbeOptions } from './measure.ts'
import { ProbeEnd } from './ProbeEnd.ts'

/** What `probe.ts` posts to its two workers. */
export type ProbeJob =
  | { readonly role: 'echo'; readonly rings: ProbeRings; readonly options: ProbeOptions }
  | { readonly role: 'ask'; readonly rings: ProbeRings; readonly options: ProbeOptions }

/** For small messages, then for tasks. */
export interface ProbeRings {
  readonly messages: SharedArrayBuffer
  readonly tasks: SharedArrayBuffer
}

declare const self: DedicatedWorkerGlobalScope

self.onmessage = ({ data }: MessageEvent<ProbeJob>): void => {
  const { rings, options } = data
  const now = (): number => performance.now()
  if (data.role === 'echo') {
    new ProbeEnd(rings.messages, 1).serve()
    serveWorkers(rings.tasks, now, looksFor(now, 2, options.cores))
    return
  }
  const messages = measure(rings.messages, now, options)
  const looks = looksFor(now, 2, options.cores)
  const assignment = measureAssignment(rings.tasks, now, { phaseMs: options.phaseMs, looks })
  self.postMessage({ ...messages, assignment })
}
