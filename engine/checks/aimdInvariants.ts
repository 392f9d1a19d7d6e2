import type { Mark } from '../agents/Program.ts'
import type { CheckContext, Finding, Invariant } from './Invariant.ts'

type Params = { readonly [name: string]: unknown }

/** Parameters of one program, agent by agent, as they are set during the run. */
interface Terms {
  readonly own: { [agent: number]: Params }
  /** Agents that came when something had been set already, for whom, nobody tells; and those with a clock set wrong. */
  readonly unknown: { [agent: number]: true }
  anySet: boolean
}
const newTerms = (): Terms => ({ own: {}, unknown: {}, anySet: false })

const paramsOf = ({ own }: Terms, agent: number, { programs }: CheckContext): Params =>
  own[agent] ?? programs?.find(({ kind }) => kind === 'aimd')?.params ?? {}

/** Whether the mark sets something of the program's. Mutates `terms`. */
function setTerms(terms: Terms, { agent, body }: Mark, ctx: CheckContext): boolean {
  if (body.kind === 'clock set' || (body.kind === 'joined' && terms.anySet)) terms.unknown[agent] = true
  if (body.kind !== 'set' || body['program'] !== 'aimd') return false
  terms.own[agent] = { ...paramsOf(terms, agent, ctx), [body['param'] as string]: body['value'] }
  return (terms.anySet = true)
}

interface Flow {
  event: number
  /** What the newest signal has left of the rate, and when; −1 = not known, as after a change of terms. */
  rate: number
  atUs: number
}
interface Rates {
  readonly terms: Terms
  readonly flows: { [agent: number]: Flow }
  /** The newest signal; −1 before the first, or where the bottleneck has forgotten how many there were. */
  event: number
}

const HOST = ['crashed', 'restarted', 'left', 'joined', 'paused', 'slowed', 'clock set', 'set', 'edited']

/**
 * Chiu and Jain 1989, the rule itself: from signal to signal a rate grows by whole rounds, no faster than rounds come,
 * and the signal lowers it by the share or the amount that was agreed on. Both as the same sums, to the last bit.
 */
export const ratesByRule: Invariant<Rates> = {
  name: 'rates-by-rule',
  title: 'Rates grow a step a round, and every signal lowers each once, as the rule says',
  on: { aimd: ['cut', 'congested'], host: HOST },
  init: () => ({ terms: newTerms(), flows: {}, event: -1 }),
  onMark(state, mark, _view, ctx): Finding {
    const { agent, program, body, key } = mark
    if (program === 'host') return forget(state, mark, ctx)
    if (body.kind === 'congested') {
      state.event = body['event'] as number
      return false
    }
    const before = state.flows[agent]
    const { event, to } = body as unknown as Cut
    state.flows[agent] = { event, rate: to, atUs: key.time }
    if (agent in state.terms.unknown) return false
    if (before !== undefined && event <= before.event)
      return `agent ${agent} slows down at signal ${event} although it has heard signal ${before.event}`
    if (event > state.event) return `agent ${agent} slows down at signal ${event}, which nobody has given`
    return byRule(before, mark, paramsOf(state.terms, agent, ctx), ctx.drift ?? 0)
  },
}

interface Cut {
  readonly event: number
  readonly from: number
  readonly to: number
}

/** Under other terms, or stopped for a time, a flow's rate is not known before its next signal. Mutates `state`. */
function forget(state: Rates, mark: Mark, ctx: CheckContext): false {
  const { agent, body } = mark
  const isSet = setTerms(state.terms, mark, ctx)
  const flow = state.flows[agent]
  if (body.kind === 'crashed' || body.kind === 'left') delete state.flows[agent]
  else if (flow !== undefined && (isSet || body.kind !== 'set')) flow.rate = -1
  return false
}

function byRule(before: Flow | undefined, { agent, body, key }: Mark, params: Params, drift: number): Finding {
  const { from, to } = body as unknown as Cut
  const due = lowered(from, params)
  if (to !== due) return `agent ${agent} goes from ${from} to ${to} at a signal, and by the rule it is ${due}`
  if (before === undefined || before.rate < 0) return true
  const rounds = 1 + Math.ceil(((key.time - before.atUs) * (1 + drift)) / Number(params['roundUs']))
  return (
    isGrown(before.rate, from, rounds, params) ||
    `agent ${agent} has grown from ${before.rate} to ${from}, and there was time for ${rounds} rounds`
  )
}

const bounded = (rate: number, { rateMin, rateMax }: Params): number =>
  Math.max(Number(rateMin), Math.min(Number(rateMax), rate))

const lowered = (rate: number, params: Params): number =>
  bounded(params['decrease'] === 'multiply' ? rate * Number(params['beta']) : rate - Number(params['minus']), params)

/** Whether some of so many rounds make `grown` of `rate`. */
function isGrown(rate: number, grown: number, rounds: number, params: Params): boolean {
  const { increase, step, growth } = params
  for (let now = rate, round = 0; round <= rounds; round++) {
    if (now === grown) return true
    const next = bounded(increase === 'add' ? now + Number(step) : now * Number(growth), params)
    if (next === now) return false
    now = next
  }
  return false
}

interface Passed {
  readonly terms: Terms
  /** When the bottleneck told last what has passed; −1 = what passed since then is not all told. */
  toldUs: number
}

/** Turner 1986; RFC 2697: from any moment on, no more than depth + rate · t pass a token bucket. */
export const withinBucket: Invariant<Passed> = {
  name: 'within-bucket',
  title: 'No more passes the bottleneck than its token bucket lets through, and no more waits than there is room for',
  on: { aimd: ['shares'], host: HOST },
  init: () => ({ terms: newTerms(), toldUs: 0 }),
  onMark(state, mark, _view, ctx): Finding {
    const { agent, program, body, key } = mark
    if (program === 'host') {
      if (setTerms(state.terms, mark, ctx) || body.kind === 'restarted') state.toldUs = -1
      return false
    }
    const sinceUs = state.toldUs
    state.toldUs = key.time
    const { perSecond, depth, shaping, queueMax } = paramsOf(state.terms, agent, ctx)
    const waiting = body['waiting'] as number
    if (shaping !== 'bucket' || agent in state.terms.unknown || sinceUs === -1) return false
    // What waits when there is room for less from now on may stay.
    if (!state.terms.anySet && waiting > Number(queueMax))
      return `${waiting} packets wait, and there is room for ${String(queueMax)}`
    const passed = (body['passed'] as readonly number[]).reduce((sum, count) => sum + count, 0)
    const us = key.time - sinceUs
    const most = Number(depth) + (Number(perSecond) * us * (1 + (ctx.drift ?? 0))) / 1_000_000
    return passed <= most || `${passed} packets have passed in ${us} µs, and there were tokens for ${most}`
  },
}

export const AIMD: readonly Invariant[] = [ratesByRule, withinBucket]
