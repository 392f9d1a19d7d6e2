import type { Effects, Input, Program } from '../agents/Program.ts'
import { plain, record, union } from '../kernel/codec.ts'
import type { Plain } from '../kernel/plain.ts'
import type { AgentId } from '../kernel/units.ts'

/** What travels: a body to one agent, or a copy to everybody the topology reaches. */
export type BusMsg =
  { readonly type: 'direct'; readonly body: Plain } | { readonly type: 'broadcast'; readonly body: Plain }

/** What a person or another program asks of an agent's end of the bus. */
export type BusOp =
  | { readonly op: 'direct'; readonly to: AgentId; readonly body: Plain }
  | { readonly op: 'broadcast'; readonly body: Plain }

/** Hands an operation to the bus's end in an agent, at the next cut. */
export type Post = (agent: AgentId, op: BusOp) => void
/** A message that an agent heard on one of its channels. */
export type Heard = (message: { readonly from: AgentId; readonly body: Plain; readonly timeUs: number }) => void

interface Bus {
  sent: number
  heard: number
}

/**
 * The message bus's end in an agent: sends what it is asked to, and tells what it hears. Messages take the topology's
 * links like any other, are delayed, lost and copied like any other.
 */
export const bus: Program<Bus, BusMsg> = {
  kind: 'bus',
  messages: union<BusMsg>({ direct: record({ body: plain }), broadcast: record({ body: plain }) }),
  messageKinds: ['direct', 'broadcast'],
  kindOf: (msg) => msg.type,
  boot: () => ({ sent: 0, heard: 0 }),
  step,
}

function step(state: Bus, input: Input<BusMsg>, out: Effects<BusMsg>): void {
  if (input.type === 'message') {
    state.heard++
    out.mark({ kind: 'heard', from: input.from, channel: input.msg.type, body: input.msg.body })
  } else if (input.type === 'clientOp') {
    const { op } = input
    if (!isBusOp(op)) return // a link or a file may ask for anything
    state.sent++
    if (op.op === 'direct') out.send(op.to, { type: 'direct', body: op.body })
    else out.broadcast({ type: 'broadcast', body: op.body })
  }
}

function isBusOp(op: Plain): op is Plain & BusOp {
  if (typeof op !== 'object' || op === null) return false
  const { op: what, to, body } = op as { readonly op?: unknown; readonly to?: unknown; readonly body?: unknown }
  return body !== undefined && (what === 'broadcast' || (what === 'direct' && Number.isInteger(to)))
}
