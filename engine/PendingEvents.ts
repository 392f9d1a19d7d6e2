import { EVENT } from './agents/agentState.ts'
import type { EventRow } from './eventCodec.ts'
import { EventQueue } from './kernel/EventQueue.ts'
import type { AgentId, Micros, U32 } from './kernel/units.ts'
import type { Packet } from './net/Packet.ts'
import { PacketTable } from './net/PacketTable.ts'

/** The queue of one shard with the packets that its arrivals bring. Payload of an arrival in the queue: the message. */
export class PendingEvents {
  readonly queue = new EventQueue()
  private readonly packets = new PacketTable()

  /** Adds an event and returns its slot; the caller sets the cause. The payload of an arrival is its packet. */
  push(due: Micros, dst: AgentId, src: AgentId, seq: U32, type: number, a: number, b: U32, payload: unknown): number {
    const { queue } = this
    const slot = queue.push(due, dst, src, seq)
    if (type === EVENT.arrive) {
      const packet = payload as Packet
      queue.fill(slot, type, a, b, packet.msg)
      this.packets.put(slot, packet)
    } else queue.fill(slot, type, a, b, payload)
    return slot
  }

  /** Adds an event that was made elsewhere: by another shard, the environment or a checkpoint. */
  accept({ time, dst, src, seq, type, a, b, payload, cause }: EventRow): void {
    const slot = this.push(time as Micros, dst as AgentId, src as AgentId, seq, type, a, b, payload)
    this.queue.because(slot, cause[0], cause[1], cause[2], cause[3])
  }

  /** What an event brings along; of an arrival, its packet, as a new object. */
  payload(slot: number): unknown {
    const { queue } = this
    return queue.type(slot) === EVENT.arrive ? this.packets.get(slot, queue.payload[slot]) : queue.payload[slot]
  }

  /** One pending event as a plain row; its payload is shared. */
  row(slot: number): EventRow {
    const { queue } = this
    return {
      time: queue.time(slot),
      dst: queue.dst(slot),
      src: queue.src(slot),
      seq: queue.seq(slot),
      type: queue.type(slot),
      a: queue.a(slot),
      b: queue.b(slot),
      payload: this.payload(slot),
      cause: [queue.causeTime(slot), queue.causeDst(slot), queue.causeSrc(slot), queue.causeSeq(slot)],
    }
  }

  /** Everything pending, in no particular order. */
  rows(): EventRow[] {
    return Array.from(this.queue.slots(), (slot) => this.row(slot))
  }
}
