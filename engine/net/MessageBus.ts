import type { AgentId } from '../kernel/units.ts'
import { BroadcastChannel } from './BroadcastChannel.ts'
import type { Post } from './bus.ts'
import { DirectChannel } from './DirectChannel.ts'
import type { EventStream } from './EventStream.ts'

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
