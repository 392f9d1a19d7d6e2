import type { Plain } from '../kernel/plain.ts'
import type { AgentId } from '../kernel/units.ts'
import { BroadcastChannel } from './BroadcastChannel.ts'
import type { BusOp } from './bus.ts'
import { DirectChannel } from './DirectChannel.ts'
import type { EventStream } from './EventStream.ts'

/** Hands an operation to the bus's end in an agent, at the next cut. */
export type Post = (agent: AgentId, op: BusOp) => void
/** A message that an agent heard on one of its channels. */
export type Heard = (message: { readonly from: AgentId; readonly body: Plain; readonly timeUs: number }) => void

/**
 * Channels between agents, for programs outside the swarm. Everything sent crosses the network of the run; what arrives
 * is told as a fact ("heard"), so listening changes nothing.
 */
export class MessageBus {
  constructor(
    private readonly post: Post,
    private readonly events: EventStream,
  ) {}

  /** One to one. */
  direct(from: AgentId, to: AgentId): DirectChannel {
    return new DirectChannel(this.post, this.events, from, to)
  }

  /** One to all that the topology reaches, one copy a link. */
  broadcast(from: AgentId): BroadcastChannel {
    return new BroadcastChannel(this.post, this.events, from)
  }
}
