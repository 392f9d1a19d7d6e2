import type { Plain } from '../kernel/plain.ts'
import type { AgentId } from '../kernel/units.ts'
import type { EventStream } from './EventStream.ts'
import type { Heard, Post } from './bus.ts'

/** From one agent to another, by the topology's route. */
export class DirectChannel {
  constructor(
    private readonly post: Post,
    private readonly events: EventStream,
    readonly from: AgentId,
    readonly to: AgentId,
  ) {}

  /** Leaves `from` at the next cut + 1 µs; whether and when it arrives is the network's. */
  send(body: Plain): void {
    this.post(this.from, { op: 'direct', to: this.to, body })
  }

  /** Calls `heard` for each arrival at `to` from now on; the result ends it. */
  listen(heard: Heard): () => void {
    return this.events.subscribe({ program: 'bus', kind: 'heard', agent: this.to }, ({ key, body }) => {
      if (body['channel'] === 'direct' && body['from'] === this.from)
        heard({ from: this.from, body: body['body']!, timeUs: key.time })
    })
  }
}
