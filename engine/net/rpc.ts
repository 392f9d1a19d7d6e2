import type { AgentView, BootContext, Effects, Input, Program } from '../agents/Program.ts'
import { bool, record, u32, union } from '../kernel/codec.ts'
import { log } from '../kernel/math.ts'
import { threshold } from '../kernel/philox.ts'
import type { AgentId, U32 } from '../kernel/units.ts'
import { failureShare, newBreaker, permit, report, wake } from './CircuitBreaker.ts'
import type { BreakerParams, CircuitBreaker, Transition } from './CircuitBreaker.ts'

/**
 * Remote calls: callers ask servers drawn at random; a server works on one call at a time and fails some of them. Each
 * caller has a circuit breaker in front of each server; a call that one refuses goes to the next server, and where all
 * refuse it fails at once.
 */
export type RpcMsg =
  | { type: 'request'; id: U32 }
  /** `ok` false: the server failed, or has too many waiting. */
  | { type: 'reply'; id: U32; ok: boolean }

export interface RpcParams extends BreakerParams {
  /** The first so many members serve, the others call. */
  readonly servers: number
  /** Of each caller, at exponential gaps. */
  readonly callsPerSecond: number
  /** Mean time that a server works on a call, exponential, µs. */
  readonly serviceUs: number
  /** Share of the calls that a server answers with a failure. */
  readonly failure: number
  /** A call without an answer by then has failed, µs. */
  readonly timeoutUs: number
  /** Calls that may wait at a server; others are answered with a failure at once. */
  readonly queueMax: number
}

export const RPC_DEFAULTS: RpcParams = {
  servers: 1,
  callsPerSecond: 20,
  serviceUs: 5_000,
  failure: 0,
  timeoutUs: 300_000,
  queueMax: 1_000,
  window: 100,
  threshold: 0.5,
  openUs: 1_000_000,
  trials: 3,
}

interface Pending {
  readonly id: U32
  /** Place in `servers`. */
  readonly server: number
  /** The breaker's, when the call went out. */
  readonly period: number
  readonly dueUs: number
}

export interface Rpc {
  readonly self: AgentId
  params: RpcParams
  readonly servers: readonly AgentId[]
  readonly serves: boolean
  /** A caller's, in the places of `servers`; empty at a server. */
  readonly breakers: CircuitBreaker[]
  /** Calls under way, oldest first. */
  pending: Pending[]
  nextId: U32
  /** Every server's breaker refused the latest call. */
  refusing: boolean
  answered: U32
  failed: U32
  rejected: U32
  /** Calls that wait at this server, the one in work first. */
  queue: { readonly from: AgentId; readonly id: U32 }[]
}

const messages = union<RpcMsg>({
  request: record({ id: u32 }),
  reply: record({ id: u32, ok: bool }),
})
const DRAW = { gap: 1, server: 2, service: 3, failure: 4 } as const
/** Indices into ROLES of frame/. */
const ROLE = { server: 6, caller: 7, trying: 10, blocked: 11 } as const
const TWO_32 = 4_294_967_296
/** Calls waiting that fill a server's column in the picture. */
const FULL_QUEUE = 20
type Out = Effects<RpcMsg>

export const rpc: Program<Rpc, RpcMsg, Partial<RpcParams>> = {
  kind: 'rpc',
  messages,
  messageKinds: ['request', 'reply', 'failure'],
  kindOf: (msg) => (msg.type === 'reply' && !msg.ok ? 'failure' : msg.type),
  boot,
  step,
  view,
}

function boot(self: AgentId, _durable: unknown, ctx: BootContext<Partial<RpcParams>>): Rpc {
  const params = { ...RPC_DEFAULTS, ...ctx.params }
  const servers = ctx.members.slice(0, params.servers)
  const serves = servers.includes(self)
  return {
    ...{ self, params, servers, serves, breakers: serves ? [] : servers.map(newBreaker) },
    ...{
      pending: [],
      nextId: firstId(ctx.incarnation),
      refusing: false,
      answered: 0,
      failed: 0,
      rejected: 0,
      queue: [],
    },
  }
}

/** Calls of one life have ids of their own: a reply to an earlier life's call answers none of this one's. */
const firstId = (incarnation: U32): U32 => (incarnation % (TWO_32 / CALLS_A_LIFE)) * CALLS_A_LIFE + 1
const CALLS_A_LIFE = 1_048_576

function step(rpc: Rpc, input: Input<RpcMsg>, out: Out): void {
  switch (input.type) {
    case 'start':
      return rpc.serves ? undefined : nextCall(rpc, out)
    case 'timer':
      if (input.name === 'serve') return onServed(rpc, out)
      if (input.name === 'timeout') return onTimeout(rpc, out)
      if (rpc.params.callsPerSecond > 0) call(rpc, out)
      return nextCall(rpc, out)
    case 'clientOp':
      return rpc.serves ? undefined : call(rpc, out)
    case 'message':
      return input.msg.type === 'request'
        ? onRequest(rpc, input.from, input.msg.id, out)
        : onReply(rpc, input.msg.id, input.msg.ok, out)
    case 'diskDone':
    case 'discovery':
      return // nothing here is durable, and servers are known by name
  }
}

/** Exp(meanUs), at least 1 µs. */
const exponential = (meanUs: number, out: Out, purpose: U32): number =>
  Math.max(1, Math.round(-meanUs * log((out.draw(purpose) + 1) / TWO_32)))

function nextCall({ params }: Rpc, out: Out): void {
  // Looked at again after a second: the rate may be set during the run.
  const gapUs = params.callsPerSecond > 0 ? exponential(1_000_000 / params.callsPerSecond, out, DRAW.gap) : 1_000_000
  out.setTimer('call', gapUs)
}

/** One call: to the server that the draw says, or the next one whose breaker lets it through. */
function call(rpc: Rpc, out: Out): void {
  const { breakers, servers, params } = rpc
  if (servers.length === 0) return
  const first = Math.floor((out.draw(DRAW.server) / TWO_32) * servers.length)
  for (let k = 0; k < servers.length; k++) {
    const server = (first + k) % servers.length
    const breaker = breakers[server]!
    tell(rpc, server, wake(breaker, params, out.localUs), out)
    if (!permit(breaker, params)) continue
    rpc.refusing = false
    const id = rpc.nextId++
    rpc.pending.push({ id, server, period: breaker.period, dueUs: out.localUs + params.timeoutUs })
    if (rpc.pending.length === 1) out.setTimer('timeout', params.timeoutUs)
    return out.send(servers[server]!, { type: 'request', id })
  }
  rpc.rejected++
  if (!rpc.refusing) out.mark({ kind: 'rejected' })
  rpc.refusing = true
}

function onReply(rpc: Rpc, id: U32, ok: boolean, out: Out): void {
  const at = rpc.pending.findIndex((call) => call.id === id)
  if (at === -1) return // too late: it has been counted as failed
  const [done] = rpc.pending.splice(at, 1)
  ended(rpc, done!, !ok, out)
}

function onTimeout(rpc: Rpc, out: Out): void {
  const now = out.localUs
  const over = rpc.pending.filter(({ dueUs }) => dueUs <= now)
  rpc.pending = rpc.pending.filter(({ dueUs }) => dueUs > now)
  for (const late of over) ended(rpc, late, true, out)
  const next = rpc.pending.reduce((least, { dueUs }) => Math.min(least, dueUs), Infinity)
  if (next < Infinity) out.setTimer('timeout', next - now)
}

/** The breaker hears of it. The first full window of a period is told: there it is judged for the first time. */
function ended(rpc: Rpc, { server, period }: Pending, failed: boolean, out: Out): void {
  const { params } = rpc
  const breaker = rpc.breakers[server]!
  if (failed) rpc.failed++
  else rpc.answered++
  const before = breaker.outcomes.length
  const change = report(breaker, params, period, failed, out.localUs)
  if (breaker.outcomes.length > before && breaker.outcomes.length === params.window) {
    const { failures, outcomes } = breaker
    out.mark({
      kind: 'judged',
      server: rpc.servers[server]!,
      failures,
      calls: outcomes.length,
      tripped: change !== null,
    })
  }
  tell(rpc, server, change, out)
}

function tell(rpc: Rpc, server: number, change: Transition, out: Out): void {
  if (change === null) return
  const { failures, outcomes } = rpc.breakers[server]!
  out.mark({ kind: change, server: rpc.servers[server]!, failures, calls: outcomes.length })
}

function onRequest(rpc: Rpc, from: AgentId, id: U32, out: Out): void {
  if (!rpc.serves) return
  if (rpc.queue.length >= rpc.params.queueMax) return out.send(from, { type: 'reply', id, ok: false })
  rpc.queue.push({ from, id })
  if (rpc.queue.length === 1) out.setTimer('serve', exponential(rpc.params.serviceUs, out, DRAW.service))
}

function onServed(rpc: Rpc, out: Out): void {
  const done = rpc.queue.shift()
  if (done === undefined) return
  const ok = out.draw(DRAW.failure) >= threshold(rpc.params.failure)
  out.send(done.from, { type: 'reply', id: done.id, ok })
  if (rpc.queue.length > 0) out.setTimer('serve', exponential(rpc.params.serviceUs, out, DRAW.service))
}

/** A caller stands as high as its worst server fails, a server as high as its queue is long. */
function view(rpc: Rpc, view: AgentView): void {
  if (rpc.serves) {
    view.role = ROLE.server
    view.load = Math.min(1, rpc.queue.length / FULL_QUEUE)
    return
  }
  const is = (state: CircuitBreaker['state']): boolean => rpc.breakers.some((breaker) => breaker.state === state)
  view.role = is('half-open') ? ROLE.trying : is('open') ? ROLE.blocked : ROLE.caller
  view.load = rpc.breakers.reduce((most, breaker) => Math.max(most, failureShare(breaker)), 0)
}
