import type { U32 } from '../kernel/units.ts'
import type { AimdParams, Flow, Out } from './aimdState.ts'

/** A flow's side: faster every round, slower at every signal. Every function mutates the flow. */

const DRAW_PHASE = 1

/** Nobody knows when others began: the first packet comes at any point of its gap. */
export function sendFirst({ rate }: Flow, out: Out): void {
  const phase = (out.draw(DRAW_PHASE) + 1) / 4_294_967_296
  out.setTimer('send', Math.max(1, Math.round((phase * 1_000_000) / rate)))
}

export const sendNext = ({ rate }: Flow, out: Out): void =>
  out.setTimer('send', Math.max(1, Math.round(1_000_000 / rate)))

const bounded = (rate: number, { rateMin, rateMax }: AimdParams): number => Math.max(rateMin, Math.min(rateMax, rate))

export function grow(flow: Flow, params: AimdParams, out: Out): void {
  const { increase, step, growth, roundUs } = params
  flow.rate = bounded(increase === 'add' ? flow.rate + step : flow.rate * growth, params)
  out.setTimer('round', roundUs)
}

/** A signal that came twice, or after a later one, counts for nothing. */
export function cut(flow: Flow, params: AimdParams, event: U32, out: Out): void {
  if (event <= flow.event) return
  const { decrease, minus, beta } = params
  const from = flow.rate
  flow.event = event
  flow.rate = bounded(decrease === 'multiply' ? from * beta : from - minus, params)
  out.mark({ kind: 'cut', event, from, to: flow.rate })
}
