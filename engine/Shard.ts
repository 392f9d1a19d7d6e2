import { AgentHost, type HostPort, type Relayed } from './agents/AgentHost.ts'
import { EVENT, STATUS_CODE, type AgentState } from './agents/agentState.ts'
import type { Mark, MarkBody } from './agents/Program.ts'
import { readEvent, writeEvent, type EventRow } from './eventCodec.ts'
import { FlightLog } from './frame/FlightLog.ts'
import { History } from './History.ts'
import { assert } from './kernel/assert.ts'
import { ByteReader, ByteWriter } from './kernel/codec.ts'
import { emptySum, Hasher, type DigestSum } from './kernel/digest.ts'
import { EventQueue } from './kernel/EventQueue.ts'
import type { Key } from './kernel/key.ts'
import { clonePlain, type Plain } from './kernel/plain.ts'
import { ENV, NEVER, type AgentId, type Micros, type U32 } from './kernel/units.ts'
import { FATE, Network, type Carrier } from './net/Network.ts'
import { EVERYBODY, type Packet } from './net/Packet.ts'
import { blocks, NO_KIND } from './net/rules.ts'
import type { Plan } from './Plan.ts'
import { applyAction } from './shardActions.ts'
import { Stats } from './Stats.ts'
import type { Topology } from './topology/Topology.ts'
import { World, type Leads } from './World.ts'

/** Local delivery between programs of one agent; nothing is instantaneous. */
const LOCAL_US = 1
const NO_CAUSE = -1

export interface ShardOptions {
  readonly index: number
  readonly shards: number
  /** Encode and decode every message, even within the shard. */
  readonly codecAlways?: boolean
  /** Freeze messages deeply, so that a program that writes into one is found out. */
  readonly freeze?: boolean
  readonly trace?: (agent: AgentId, event: Plain, key: Key) => void
  /** Rows kept for the picture and for causes; 0 in runs that nobody watches. */
  readonly flights?: number
  readonly history?: number
}

/**
 * A range of agents with their pending events, links and marks: the unit that one worker runs. Between shards pass only
 * events (through `outbound`), and what `nextEventTime`, `leads` and the digests say at barriers.
 */
export class Shard implements HostPort, Carrier {
  readonly queue = new EventQueue()
  readonly agents = new Map<AgentId, AgentState>()
  readonly host: AgentHost
  readonly network: Network
  readonly flights: FlightLog
  readonly history: History
  readonly stats = new Stats()
  readonly trace: ((agent: AgentId, event: Plain) => void) | null
  topology: Topology
  /** Marks since they were last taken, in the order of this shard's handling. */
  marks: Mark[] = []
  markSum: DigestSum = emptySum()
  /** Hands an event to another shard; the driver sets it. */
  outbound: (shard: number, row: EventRow) => void = () => assert(false, 'a shard with company has a way out')
  now = 0 as Micros

  private dst = ENV
  private src = ENV
  private seq = 0
  private cause: [number, number, number, number] = [NO_CAUSE, 0, 0, 0]
  private markIndex = 0
  private markKey: Key | null = null
  private readonly hasher = new Hasher()
  private readonly writer = new ByteWriter(4_096)

  constructor(
    readonly plan: Plan,
    readonly world: World,
    readonly options: ShardOptions,
  ) {
    const { scenario, programs } = plan
    this.topology = plan.topology(world.state)
    this.flights = new FlightLog(Math.max(1, options.flights ?? 0))
    this.history = new History(Math.max(1, options.history ?? 0))
    this.network = new Network(scenario.seed, scenario.network, plan.latency, this.topology)
    this.network.rules = world.state.rules
    this.trace = options.trace === undefined ? null : (agent, event) => options.trace!(agent, event, this.key())
    this.host = new AgentHost(
      {
        seed: scenario.seed,
        programs,
        serviceUs: scenario.swarm.serviceUs,
        inboxMax: scenario.swarm.inboxMax,
        fsyncUs: plan.fsyncUs,
        tornWrites: scenario.disk.tornWrites,
        contextOf: (agent, program) => plan.contextOf(agent, program, this.topology),
      },
      this,
    )
    for (let id = 0; id < scenario.swarm.agents; id++) {
      if (this.owns(id as AgentId)) this.addAgent(id as AgentId, 0 as Micros, 0)
    }
  }

  owns(id: AgentId): boolean {
    return this.plan.shardOf(id) === this.options.index
  }

  /** Creates the agent and schedules its start. */
  addAgent(id: AgentId, at: Micros, seq: U32): void {
    const programs = this.plan.programsOf(this.world.state.registry.programs[id]!)
    this.agents.set(id, this.host.create(id, programs))
    this.fromOutside(at, id, seq, EVENT.start, 0, 0, null)
  }

  /** An event whose source is the environment. */
  fromOutside(due: Micros, dst: AgentId, seq: U32, type: number, a: number, b: U32, payload: unknown): void {
    const row = { time: due, dst, src: ENV, seq, type, a, b, payload, cause: [NO_CAUSE, 0, 0, 0] } as const
    this.accept(row)
  }

  nextEventTime(): Micros {
    return this.queue.nextTime()
  }

  /**
   * Handles every own event with time < `end`, in key order. Returns the time up to which all is done: `end`, or sooner
   * where about `limit` events were handled first; never between two events of one time.
   */
  runWindow(end: Micros, limit: number): Micros {
    const { queue } = this
    let count = 0
    while (queue.nextTime() < end) {
      if (++count > limit && queue.nextTime() > this.now) return (this.now + 1) as Micros
      const slot = queue.pop()
      this.enter(slot)
      const payload = queue.payload[slot]
      const type = queue.type[slot]!
      const a = queue.a[slot]!
      const b = queue.b[slot]!
      queue.release(slot)
      this.dispatch(type, a, b, payload)
    }
    return end
  }

  private enter(slot: number): void {
    const { queue, cause } = this
    this.now = queue.time[slot]! as Micros
    this.dst = queue.dst[slot]! as AgentId
    this.src = queue.src[slot]! as AgentId
    this.seq = queue.seq[slot]!
    cause[0] = queue.causeTime[slot]!
    cause[1] = queue.causeDst[slot]!
    cause[2] = queue.causeSrc[slot]!
    cause[3] = queue.causeSeq[slot]!
    this.markIndex = 0
    this.markKey = null
  }

  private dispatch(type: number, a: number, b: U32, payload: unknown): void {
    const agent = this.agents.get(this.dst)
    const { stats, now } = this
    if (type === EVENT.arrive) {
      const packet = payload as Packet
      if (this.network.rules.length > 0 && blocks(this.network.rules, packet.via, this.dst, packet.kind)) {
        this.died(packet, FATE.blocked)
        return
      }
    }
    const key = [now, this.dst, this.src, this.seq] as const
    const heard = agent !== undefined && this.host.handle(agent, type, a, b, payload, key)
    if (heard) {
      stats.handled(now)
      if (type === EVENT.arrive) stats.arrived(payload as Packet, now)
    } else if (type === EVENT.arrive) this.died(payload as Packet, FATE.unheard)
    if (heard && this.options.history !== undefined) this.remember(type, payload)
  }

  private remember(type: number, payload: unknown): void {
    const kind = type === EVENT.arrive ? (payload as Packet).kind : -1
    const { cause } = this
    this.history.add(this.now, this.dst, this.src, this.seq, cause[0], cause[1], cause[2], cause[3], type, kind)
  }

  private died(packet: Packet, fate: number): void {
    this.stats.lost(this.now)
    if (this.options.flights !== undefined)
      this.flights.add(packet.leftUs, this.now, packet.via, this.dst, packet.kind, fate, this.seq)
  }

  /** What the cut at `t` does: tables first, then this shard's part of every action, in log order. */
  cut(t: Micros, leads: Leads): void {
    this.now = t
    this.dst = this.src = ENV
    this.seq = 0
    const version = this.world.state.topologyVersion
    const before = this.topology
    const actions = this.world.apply(t, leads)
    this.network.rules = this.world.state.rules
    if (this.world.state.topologyVersion !== version) {
      this.topology = this.plan.topology(this.world.state)
      this.network.weights = this.topology
    }
    for (const action of actions) applyAction(this, action, before)
  }

  // What the host asks for while it handles an event.

  schedule(agent: AgentState, due: Micros, type: number, a: number, b: U32, payload: unknown): U32 {
    const seq = agent.seq++
    this.push(due, agent.id, agent.id, seq, type, a, b, payload)
    return seq
  }

  send(agent: AgentState, program: number, to: AgentId, msg: unknown): void {
    const kind = this.plan.kindIndex(program, msg)
    const sent = this.sealed(program, msg)
    const { now } = this
    this.stats.sent(now)
    const packet: Packet = {
      program,
      hops: 1,
      kind,
      from: agent.id,
      to,
      via: agent.id,
      sentUs: now,
      leftUs: now,
      msg: sent,
    }
    if (to === agent.id) this.schedule(agent, (now + LOCAL_US) as Micros, EVENT.arrive, 0, 0, packet)
    else this.forward(packet, this.topology.nextHop(agent.id, to))
  }

  broadcast(agent: AgentState, program: number, msg: unknown): void {
    const kind = this.plan.kindIndex(program, msg)
    const sent = this.sealed(program, msg)
    const { now } = this
    const packet = { program, hops: 1, kind, from: agent.id, to: EVERYBODY, sentUs: now, leftUs: now, msg: sent }
    for (const next of this.topology.spread(agent.id, agent.id)) {
      this.stats.sent(now)
      this.forward({ ...packet, via: agent.id }, next)
    }
  }

  /** Passes on what is not, or not only, for this agent. */
  relay(agent: AgentState, relayed: Relayed): void {
    const packet = relayed as Packet
    const onward = { ...packet, via: agent.id, leftUs: this.now, hops: packet.hops + 1 }
    if (packet.to !== EVERYBODY) this.forward(onward, this.topology.nextHop(agent.id, packet.to))
    else for (const next of this.topology.spread(agent.id, packet.from)) this.forward(onward, next)
  }

  private forward(packet: Packet, next: AgentId): void {
    this.stats.transmitted(this.now)
    if (next >= 0) this.network.transmit(packet, next, this)
    else this.died(packet, FATE.unheard)
  }

  arrive(packet: Packet, dst: AgentId, due: Micros): U32 {
    const seq = this.agents.get(packet.via)!.seq++
    this.push(due, dst, packet.via, seq, EVENT.arrive, 0, 0, packet)
    return seq
  }

  flight(packet: Packet, dst: AgentId, due: Micros, fate: number, seq: U32): void {
    if (fate === FATE.lost || fate === FATE.blocked) this.stats.lost(this.now)
    if (this.options.flights !== undefined)
      this.flights.add(packet.leftUs, due, packet.via, dst, packet.kind, fate, seq)
  }

  mark(agent: AgentId, program: string, body: MarkBody): void {
    this.markKey ??= this.key()
    this.pushMark({ key: this.markKey, index: this.markIndex++, agent, program, body })
  }

  /** A mark of the host at a cut, named by the environment's event number. */
  hostMark(agent: AgentId, seq: U32, body: MarkBody): void {
    this.pushMark({ key: { time: this.now, dst: agent, src: ENV, seq }, index: 0, agent, program: 'host', body })
  }

  private pushMark(mark: Mark): void {
    this.marks.push(mark)
    const { hasher } = this
    hasher.begin(TAG_MARK)
    hasher.number(mark.key.time)
    hasher.word(mark.key.dst)
    hasher.word(mark.key.src)
    hasher.word(mark.key.seq)
    hasher.word(mark.index)
    hasher.word(mark.agent)
    hasher.text(mark.program)
    hasher.plain(mark.body)
    hasher.end(this.markSum)
  }

  becauseOf(cause: readonly [number, number, number, number]): void {
    this.cause[0] = cause[0]
    this.cause[1] = cause[1]
    this.cause[2] = cause[2]
    this.cause[3] = cause[3]
  }

  waited(us: number): void {
    this.stats.waited(us)
  }

  private key(): Key {
    return { time: this.now, dst: this.dst, src: this.src, seq: this.seq }
  }

  private sealed(program: number, msg: unknown): unknown {
    const { codecAlways, freeze } = this.options
    if (codecAlways === true) {
      const layout = this.plan.programs[program]!.messages
      this.writer.at = 0
      layout.write(this.writer, msg)
      return layout.read(new ByteReader(this.writer.bytes.subarray(0, this.writer.at)))
    }
    return freeze === true ? deepFreeze(msg) : msg
  }

  /** Schedules an event caused by the one being handled, here or in the shard that owns `dst`. */
  private push(
    due: Micros,
    dst: AgentId,
    src: AgentId,
    seq: U32,
    type: number,
    a: number,
    b: U32,
    payload: unknown,
  ): void {
    const shard = this.plan.shardOf(dst)
    if (shard !== this.options.index) {
      const cause = [this.now, this.dst, this.src, this.seq] as const
      this.outbound(shard, { time: due, dst, src, seq, type, a, b, payload, cause })
      return
    }
    const { queue } = this
    const slot = queue.push(due, dst, src, seq)
    queue.type[slot] = type
    queue.a[slot] = a
    queue.b[slot] = b
    queue.payload[slot] = payload
    queue.causeTime[slot] = this.now
    queue.causeDst[slot] = this.dst
    queue.causeSrc[slot] = this.src
    queue.causeSeq[slot] = this.seq
  }

  /** Takes an event that was made elsewhere: by another shard, the environment or a checkpoint. */
  accept(row: EventRow): void {
    const { queue } = this
    const slot = queue.push(row.time as Micros, row.dst as AgentId, row.src as AgentId, row.seq)
    queue.type[slot] = row.type
    queue.a[slot] = row.a
    queue.b[slot] = row.b
    queue.payload[slot] = row.payload
    queue.causeTime[slot] = row.cause[0]
    queue.causeDst[slot] = row.cause[1]
    queue.causeSrc[slot] = row.cause[2]
    queue.causeSeq[slot] = row.cause[3]
  }

  encode(row: EventRow, out: ByteWriter): void {
    writeEvent(out, row, this.plan.programs)
  }

  decode(from: ByteReader): EventRow {
    return readEvent(from, this.plan.programs)
  }

  /** Everything pending, as rows in no particular order. */
  pending(): EventRow[] {
    return [...this.queue.slots()].map((slot) => this.row(slot))
  }

  row(slot: number): EventRow {
    const q = this.queue
    return {
      time: q.time[slot]!,
      dst: q.dst[slot]!,
      src: q.src[slot]!,
      seq: q.seq[slot]!,
      type: q.type[slot]!,
      a: q.a[slot]!,
      b: q.b[slot]!,
      payload: q.payload[slot],
      cause: [q.causeTime[slot]!, q.causeDst[slot]!, q.causeSrc[slot]!, q.causeSeq[slot]!],
    }
  }

  /** This shard's part of the digest at a cut. */
  digest(): DigestSum {
    const { hasher } = this
    const sum = { ...this.markSum }
    for (const agent of this.agents.values()) {
      hasher.begin(TAG_AGENT)
      hasher.plain(agent)
      hasher.end(sum)
    }
    for (const slot of this.queue.slots()) {
      hasher.begin(TAG_EVENT)
      hasher.plain(this.row(slot))
      hasher.end(sum)
    }
    this.network.links.digest(sum, hasher)
    return sum
  }

  /** Best candidates of this shard for 'leader' and 'follower' at a cut: (term, id) and id; −1 where none. */
  leads(): { term: number; leader: AgentId; follower: AgentId } {
    let term = -1
    let leader = ENV
    let follower = ENV
    for (const [id, agent] of this.agents) {
      if (agent.status !== STATUS_CODE.up) continue
      const view = this.plan.viewOf(agent)
      if (view.role === this.plan.roles.leader && (view.term > term || (view.term === term && id < leader))) {
        term = view.term
        leader = id
      }
      if (view.role === this.plan.roles.follower && (follower === ENV || id < follower)) follower = id
    }
    return { term, leader, follower }
  }

  isIdle(): boolean {
    return this.queue.nextTime() === NEVER
  }
}

const TAG_MARK = 0x21
const TAG_AGENT = 0x22
const TAG_EVENT = 0x23

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const key in value) deepFreeze(value[key])
  }
  return value
}

/** The shared tables of a run that has not begun. */
export function makeWorld(plan: Plan): World {
  const kindOf = (word: string): number => {
    const index = plan.messageKinds.indexOf(word)
    return index < 0 ? NO_KIND : index
  }
  return new World(plan.scenario, plan.capacity, plan.groupOf, plan.placement, kindOf)
}

/** A copy of an agent for a checkpoint, by its programs' own `clone` where they have one. */
export function cloneAgent(agent: AgentState, plan: Plan): AgentState {
  return {
    ...agent,
    clock: { ...agent.clock },
    inbox: agent.inbox.slice(),
    programs: agent.programs.map((p) => ({
      program: p.program,
      state: p.state === null ? null : (plan.programs[p.program]!.clone ?? clonePlain)(p.state),
      timers: { ...p.timers },
      draws: { ...p.draws },
      disk: clonePlain(p.disk),
      writes: p.writes.slice(),
      flushing: p.flushing,
    })),
  }
}
