import { EVENT } from './agents/agentState.ts'
import type { Program } from './agents/Program.ts'
import { f64, i32, plain, u32, u8, type ByteReader, type ByteWriter } from './kernel/codec.ts'
import type { Plain } from './kernel/plain.ts'
import type { AgentId, Micros } from './kernel/units.ts'
import type { Packet } from './net/Packet.ts'

/** One pending event as a plain row: how events cross shards and rest in checkpoints. */
export interface EventRow {
  readonly time: number
  readonly dst: number
  readonly src: number
  readonly seq: number
  readonly type: number
  readonly a: number
  readonly b: number
  readonly payload: unknown
  /** Key of the cause: [time, dst, src, seq]. */
  readonly cause: readonly [number, number, number, number]
}

/** Writes one event; packets by the layout that their program declares, other payloads as plain data. */
export function writeEvent(out: ByteWriter, row: EventRow, programs: readonly Program[]): void {
  f64.write(out, row.time)
  i32.write(out, row.dst)
  i32.write(out, row.src)
  u32.write(out, row.seq)
  u8.write(out, row.type)
  i32.write(out, row.a)
  u32.write(out, row.b)
  f64.write(out, row.cause[0])
  i32.write(out, row.cause[1])
  i32.write(out, row.cause[2])
  u32.write(out, row.cause[3])
  if (row.type === EVENT.arrive) writePacket(out, row.payload as Packet, programs)
  else plain.write(out, row.payload as Plain)
}

export function readEvent(from: ByteReader, programs: readonly Program[]): EventRow {
  const time = f64.read(from)
  const dst = i32.read(from)
  const src = i32.read(from)
  const seq = u32.read(from)
  const type = u8.read(from)
  const a = i32.read(from)
  const b = u32.read(from)
  const cause = [f64.read(from), i32.read(from), i32.read(from), u32.read(from)] as const
  const payload = type === EVENT.arrive ? readPacket(from, programs) : plain.read(from)
  return { time, dst, src, seq, type, a, b, payload, cause }
}

function writePacket(out: ByteWriter, packet: Packet, programs: readonly Program[]): void {
  u8.write(out, packet.program)
  u32.write(out, packet.hops)
  u32.write(out, packet.kind)
  i32.write(out, packet.from)
  i32.write(out, packet.to)
  i32.write(out, packet.via)
  f64.write(out, packet.sentUs)
  f64.write(out, packet.leftUs)
  programs[packet.program]!.messages.write(out, packet.msg)
}

function readPacket(from: ByteReader, programs: readonly Program[]): Packet {
  const program = u8.read(from)
  const hops = u32.read(from)
  const kind = u32.read(from)
  return {
    program,
    hops,
    kind,
    from: i32.read(from) as AgentId,
    to: i32.read(from) as AgentId,
    via: i32.read(from) as AgentId,
    sentUs: f64.read(from) as Micros,
    leftUs: f64.read(from) as Micros,
    msg: programs[program]!.messages.read(from),
  }
}
