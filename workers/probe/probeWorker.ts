/// <reference lib="webworker" />
import { measure, type ProbeOptions } from './measure.ts'
import { ProbeEnd } from './ProbeEnd.ts'

/** What `probe.ts` posts to its two workers. */
export type ProbeJob =
  | { readonly role: 'echo'; readonly memory: SharedArrayBuffer }
  | { readonly role: 'ask'; readonly memory: SharedArrayBuffer; readonly options: ProbeOptions }

declare const self: DedicatedWorkerGlobalScope

self.onmessage = ({ data }: MessageEvent<ProbeJob>): void => {
  if (data.role === 'echo') new ProbeEnd(data.memory, 1).serve()
  else self.postMessage(measure(data.memory, () => performance.now(), data.options))
}
