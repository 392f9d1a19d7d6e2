import type { AgentView, BootContext, Input, Program } from '../agents/Program.ts'
import type { AgentId } from '../kernel/units.ts'
import { begin, onPacket, onTimer } from './aimdBottleneck.ts'
import { cut, grow, sendFirst, sendNext } from './aimdFlow.ts'
import {
  AIMD_DEFAULTS,
  messages,
  type AimdMsg,
  type AimdParams,
  type Bottleneck,
  type Flow,
  type Out,
} from './aimdState.ts'
import { newBucket } from './tokenBucket.ts'

/**
 * Flows that share a bottleneck and know nothing of each other: each sends faster and faster until the bottleneck says
 * that its queue is long, and then slows down. Of the ways to do that, adding and multiplying ends in equal shares
 * (Chiu and Jain, Computer Networks and ISDN Systems 17, 1989). The bottleneck passes packets on by a token bucket.
 */
export interface Aimd {
  readonly self: AgentId
  params: AimdParams
  readonly source: AgentId
  /** Those that the bottleneck knows of: who joins is known by its first packet. */
  readonly flows: AgentId[]
  /** The first agent's; null at a flow. */
  readonly bottleneck: Bottleneck | null
  /** A flow's; null at the bottleneck. */
  readonly flow: Flow | null
}

/** Indices into ROLES of frame/. */
const ROLE = { member: 6, sending: 8, blocked: 11 } as const

export const aimd: Program<Aimd, AimdMsg, Partial<AimdParams>> = {
  kind: 'aimd',
  messages,
  messageKinds: ['packet', 'signal'],
  kindOf: (msg) => msg.type,
  boot,
  step,
  view,
}

function boot(self: AgentId, _durable: unknown, ctx: BootContext<Partial<AimdParams>>): Aimd {
  const params = { ...AIMD_DEFAULTS, ...ctx.params }
  const [source, ...flows] = ctx.members
  const shared = { self, params, source: source!, flows }
  if (self !== source) {
    const rate = params.rates[flows.indexOf(self) % Math.max(1, params.rates.length)] ?? 1
    return { ...shared, bottleneck: null, flow: { rate, event: 0, sent: 0 } }
  }
  // Numbers of an earlier life were heard already: a restarted bottleneck begins far above them.
  const event = (ctx.incarnation % 256) * 16_777_216
  const bucket = newBucket(params, 0)
  if (ctx.incarnation > 0) bucket.level = 0 // the earlier life may have emptied it just now
  const bottleneck = { bucket, queue: [], event, quietUntilUs: 0, dropped: 0 }
  return { ...shared, bottleneck: { ...bottleneck, passed: flows.map(() => 0) }, flow: null }
}

function step({ params, source, flows, bottleneck, flow }: Aimd, input: Input<AimdMsg>, out: Out): void {
  if (bottleneck !== null) return pass(bottleneck, params, flows, input, out)
  if (flow !== null) stream(flow, params, source, input, out)
}

function pass(at: Bottleneck, params: AimdParams, flows: AgentId[], input: Input<AimdMsg>, out: Out): void {
  if (input.type === 'start') return begin(at, params, out)
  if (input.type === 'timer') return onTimer(at, params, flows, input.name, out)
  if (input.type !== 'message' || input.msg.type !== 'packet') return
  if (!flows.includes(input.from)) {
    flows.push(input.from)
    at.passed.push(0)
  }
  onPacket(at, params, flows, input.from, out)
}

function stream(flow: Flow, params: AimdParams, to: AgentId, input: Input<AimdMsg>, out: Out): void {
  switch (input.type) {
    case 'start':
      out.setTimer('round', params.roundUs)
      return sendFirst(flow, out)
    case 'timer':
      if (input.name === 'round') return grow(flow, params, out)
      flow.sent++
      out.send(to, { type: 'packet' })
      return sendNext(flow, out)
    case 'message':
      return input.msg.type === 'signal' ? cut(flow, params, input.msg.event, out) : undefined
    default:
      return // nothing here is durable, and everybody is known by name
  }
}

/** A flow stands as high as its rate, of what the bottleneck lets through; the bottleneck as high as its queue. */
function view({ params, source, bottleneck, flow }: Aimd, view: AgentView): void {
  if (bottleneck !== null) {
    const { length } = bottleneck.queue
    view.role = length >= params.signalAt ? ROLE.blocked : ROLE.member
    view.load = Math.min(1, length / params.queueMax)
    view.lastIndex = length
    view.follows = -1
  }
  if (flow === null) return
  view.role = ROLE.sending
  view.load = Math.min(1, flow.rate / params.perSecond)
  view.durableIndex = flow.sent
  view.follows = source
}
