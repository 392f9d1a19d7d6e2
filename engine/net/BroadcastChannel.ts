import type { Plain } from '../kernel/plain.ts'
import type { AgentId } from '../kernel/units.ts'
import type { EventStream } from './EventStream.ts'
import type { Heard, Post } from './bus.ts'

/** From one agent to all the others, over the links of the topology: relays pass a copy on, each agent gets one. */
export class BroadcastChannel {
  constructor(
    private readonly post: Post,
    private readonly events: EventStream,
    readonly from: AgentId,
  ) {}

  publish(body: Plain): void {
    this.post(this.from, { op: 'broadcast', body })
  }

  /** Calls `heard` with the hearing agent for each arrival anywhere from now on; the result ends it. */
  listen(heard: (by: AgentId, message: Parameters<Heard>[0]) => void): () => void {
    return this.events.subscribe({ program: 'bus', kind: 'heard' }, ({ agent, key, body }) => {
      if (body['channel'] === 'broadcast' && body['from'] === this.from)
        heard(agent, { from: this.from, body: body['body']!, timeUs: key.time })
    })
  }
}
