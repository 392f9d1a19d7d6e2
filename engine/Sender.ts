import type { Relayed } from './agents/AgentHost.ts'
import { EVENT, type AgentState } from './agents/agentState.ts'
import { ByteReader, ByteWriter } from './kernel/codec.ts'
import type { AgentId, Micros, U32 } from './kernel/units.ts'
import { FATE, type Carrier } from './net/Network.ts'
import { EVERYBODY, type Packet } from './net/Packet.ts'
import type { Shard } from './Shard.ts'

/** Local delivery between programs of one agent; nothing is instantaneous. */
const LOCAL_US = 1
/** What a datagram adds on the wire: an IPv4 and a UDP header (RFC 791, RFC 768). */
const HEADER_BYTES = 28

/** The sending side of a shard: makes packets, asks the topology for the next hop and hands them to the network. */
export class Sender implements Carrier {
  private readonly writer = new ByteWriter(4_096)

  constructor(private readonly shard: Shard) {}

  send(agent: AgentState, program: number, to: AgentId, msg: unknown): void {
    const { shard } = this
    const { now } = shard
    shard.stats.sent(now)
    const packet: Packet = {
      program,
      hops: 1,
      kind: shard.plan.kindIndex(program, msg),
      from: agent.id,
      to,
      via: agent.id,
      sentUs: now,
      leftUs: now,
      msg: this.sealed(program, msg),
    }
    if (to === agent.id) shard.schedule(agent, (now + LOCAL_US) as Micros, EVENT.arrive, 0, 0, packet)
    else this.forward(packet, shard.topology.nextHop(agent.id, to))
  }

  /** One copy to each agent that the topology names next. */
  broadcast(agent: AgentState, program: number, msg: unknown): void {
    const { shard } = this
    const { now } = shard
    const kind = shard.plan.kindIndex(program, msg)
    const sent = this.sealed(program, msg)
    const packet: Packet = {
      program,
      hops: 1,
      kind,
      from: agent.id,
      to: EVERYBODY,
      via: agent.id,
      sentUs: now,
      leftUs: now,
      msg: sent,
    }
    for (const next of shard.topology.spread(agent.id, agent.id)) {
      shard.stats.sent(now)
      this.forward(packet, next)
    }
  }

  /** Passes on what is not, or not only, for this agent. */
  relay(agent: AgentState, relayed: Relayed): void {
    const { topology, now } = this.shard
    const packet = relayed as Packet
    const onward = { ...packet, via: agent.id, leftUs: now, hops: packet.hops + 1 }
    if (packet.to !== EVERYBODY) this.forward(onward, topology.nextHop(agent.id, packet.to))
    else for (const next of topology.spread(agent.id, packet.from)) this.forward(onward, next)
  }

  private forward(packet: Packet, next: AgentId): void {
    const { shard } = this
    shard.stats.transmitted(shard.now)
    if (next >= 0 && shard.network.transmit(packet, next, this)) return
    shard.died(packet, FATE.unheard)
  }

  arrive(packet: Packet, dst: AgentId, due: Micros, flags: number): U32 {
    const { shard } = this
    const seq = shard.agents.get(packet.via)!.seq++
    shard.push(due, dst, packet.via, seq, EVENT.arrive, 0, flags, packet)
    return seq
  }

  forgive(packet: Packet, dst: AgentId, due: Micros): void {
    const { shard } = this
    shard.schedule(shard.agents.get(packet.via)!, due, EVENT.credit, dst, 0, null)
  }

  bytesOf(packet: Packet): number {
    const { writer } = this
    writer.at = 0
    this.shard.plan.programs[packet.program]!.messages.write(writer, packet.msg)
    return HEADER_BYTES + writer.at
  }

  queued(us: number): void {
    this.shard.stats.queued(us)
  }

  flight(packet: Packet, dst: AgentId, due: Micros, fate: number, seq: U32): void {
    const { shard } = this
    if (fate === FATE.lost || fate === FATE.blocked) shard.stats.lost(shard.now)
    if (shard.options.flights !== undefined)
      shard.flights.add(packet.leftUs, due, packet.via, dst, packet.kind, fate, seq)
  }

  /** The message as its receiver may see it: through its byte layout and back, frozen, or as it is. */
  private sealed(program: number, msg: unknown): unknown {
    const { codecAlways, freeze } = this.shard.options
    // What does not fit its layout must be cut to it within a shard as well as between two.
    if (codecAlways === true || this.shard.world.edited) {
      const layout = this.shard.plan.programs[program]!.messages
      this.writer.at = 0
      layout.write(this.writer, msg)
      return layout.read(new ByteReader(this.writer.bytes.subarray(0, this.writer.at)))
    }
    return freeze === true ? deepFreeze(msg) : msg
  }
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const key in value) deepFreeze(value[key])
  }
  return value
}
