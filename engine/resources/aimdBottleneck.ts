import { jainIndex } from '../kernel/jainIndex.ts'
import type { AgentId } from '../kernel/units.ts'
import type { AimdParams, Bottleneck, Out } from './aimdState.ts'
import { refill, take, waitUs } from './tokenBucket.ts'

/** The bottleneck's side: packets wait for tokens, and a long queue is told. Every function mutates it. */

export function begin(at: Bottleneck, params: AimdParams, out: Out): void {
  at.bucket.atUs = out.localUs
  out.setTimer('report', reportUs(params))
}

export function onPacket(at: Bottleneck, params: AimdParams, flows: readonly AgentId[], from: AgentId, out: Out): void {
  const { queue, bucket } = at
  if (params.shaping === 'none') return letThrough(at, params, flows, from, out)
  if (queue.length === 0 && take(bucket, params, out.localUs)) return letThrough(at, params, flows, from, out)
  if (queue.length >= params.queueMax) at.dropped++
  else queue.push(from)
  if (queue.length === 1) drip(at, params, out)
  if (queue.length >= params.signalAt && out.localUs >= at.quietUntilUs) signal(at, params, flows, from, out)
}

function signal(at: Bottleneck, params: AimdParams, flows: readonly AgentId[], from: AgentId, out: Out): void {
  const event = ++at.event
  at.quietUntilUs = out.localUs + params.restUs
  out.mark({ kind: 'congested', event, waiting: at.queue.length })
  for (const flow of params.signals === 'all' ? flows : [from]) out.send(flow, { type: 'signal', event })
}

function letThrough(at: Bottleneck, { verbose }: AimdParams, flows: readonly AgentId[], of: AgentId, out: Out): void {
  const place = flows.indexOf(of)
  if (place !== -1) at.passed[place]!++
  if (verbose) out.mark({ kind: 'passed', of })
}

/** Wakes when there will be a token for the first that waits. */
const drip = ({ bucket }: Bottleneck, params: AimdParams, out: Out): void =>
  out.setTimer('drip', Math.max(1, waitUs(bucket, params, out.localUs)))

export function onTimer(at: Bottleneck, params: AimdParams, flows: readonly AgentId[], name: string, out: Out): void {
  if (name === 'report') {
    report(at, params, flows, out)
    return out.setTimer('report', reportUs(params))
  }
  while (at.queue.length > 0 && (params.shaping === 'none' || take(at.bucket, params, out.localUs)))
    letThrough(at, params, flows, at.queue.shift()!, out)
  if (at.queue.length > 0) drip(at, params, out)
  else refill(at.bucket, params, out.localUs)
}

/** Looked at again after a second: it may be set during the run. */
const reportUs = ({ reportEveryUs }: AimdParams): number => (reportEveryUs > 0 ? reportEveryUs : 1_000_000)

function report(at: Bottleneck, { reportEveryUs }: AimdParams, flows: readonly AgentId[], out: Out): void {
  const { passed, dropped, queue } = at
  if (reportEveryUs > 0) {
    const fairness = jainIndex(passed)
    out.mark({ kind: 'shares', flows: [...flows], passed: [...passed], dropped, waiting: queue.length, fairness })
  }
  at.passed = passed.map(() => 0)
  at.dropped = 0
}
