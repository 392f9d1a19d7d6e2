import type { AgentId, Micros } from '../kernel/units.ts'
import type { Packet } from './Packet.ts'

/**
 * The packets in flight to one shard, without their messages, by the slot of the event that will deliver each: flat
 * rows,
 * because as objects they outlive the young generation only to die soon after, and cost more than their events.
 */
export class PacketTable {
  private f64 = new Float64Array(INITIAL * ROW_F64)
  private i32 = new Int32Array(this.f64.buffer)

  /** Fills the row of `slot`. */
  put(slot: number, packet: Packet): void {
    if ((slot + 1) * ROW_F64 > this.f64.length) this.grow(slot)
    const { f64, i32 } = this
    const at = slot * ROW_I32
    f64[slot * ROW_F64 + SENT] = packet.sentUs
    f64[slot * ROW_F64 + LEFT] = packet.leftUs
    i32[at + FROM] = packet.from
    i32[at + TO] = packet.to
    i32[at + VIA] = packet.via
    i32[at + KIND] = packet.kind
    i32[at + PROGRAM] = packet.program
    i32[at + HOPS] = packet.hops
  }

  /** The packet of `slot` around `msg`, its message: a new object. */
  get(slot: number, msg: unknown): Packet {
    const { f64, i32 } = this
    const at = slot * ROW_I32
    return {
      program: i32[at + PROGRAM]!,
      hops: i32[at + HOPS]!,
      kind: i32[at + KIND]!,
      from: i32[at + FROM]! as AgentId,
      to: i32[at + TO]! as AgentId,
      via: i32[at + VIA]! as AgentId,
      sentUs: f64[slot * ROW_F64 + SENT]! as Micros,
      leftUs: f64[slot * ROW_F64 + LEFT]! as Micros,
      msg,
    }
  }

  private grow(slot: number): void {
    let rows = this.f64.length / ROW_F64
    while (rows <= slot) rows *= 2
    const f64 = new Float64Array(rows * ROW_F64)
    f64.set(this.f64)
    this.f64 = f64
    this.i32 = new Int32Array(f64.buffer)
  }
}

/** Memory of one row, bytes. */
export const PACKET_BYTES = 40
const INITIAL = 1_024

// Layout of a row: words of 8 bytes, and words of 4 bytes after them.
const ROW_F64 = 5
const ROW_I32 = 10
const SENT = 0
const LEFT = 1
const FROM = 4
const TO = 5
const VIA = 6
const KIND = 7
const PROGRAM = 8
const HOPS = 9
