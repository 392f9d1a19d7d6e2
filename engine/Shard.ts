import { AgentHost, type HostPort, type Relayed } from './agents/AgentHost.ts'
import { EVENT, STATUS_CODE, type AgentState } from './agents/agentState.ts'
import { AgentTable } from './agents/AgentTable.ts'
import type { Mark, MarkBody } from './agents/Program.ts'
import { readEvent, writeEvent, type EventRow } from './eventCodec.ts'
import { FlightLog } from './frame/FlightLog.ts'
import { COMMAND, History, UNHEARD } from './History.ts'
import { assert } from './kernel/assert.ts'
import type { ByteReader, ByteWriter } from './kernel/codec.ts'
import { emptySum, Hasher, type DigestSum } from './kernel/digest.ts'
import type { EventQueue } from './kernel/EventQueue.ts'
import type { Key } from './kernel/key.ts'
import type { Plain } from './kernel/plain.ts'
import { ENV, NEVER, type AgentId, type Micros, type U32 } from './kernel/units.ts'
import { CREDIT_TIMEOUT_US, FATE, Network } from './net/Network.ts'
import { CREDITED, DAMAGED, type Packet } from './net/Packet.ts'
import { blocks, NO_KIND } from './net/rules.ts'
import { PendingEvents } from './PendingEvents.ts'
import type { Plan } from './Plan.ts'
import { Sender } from './Sender.ts'
import { applyAction } from './shardActions.ts'
import { digestMark, digestState } from './shardDigest.ts'
import type { SpaceRun } from './space/SpaceRun.ts'
import type { Part } from './space/SpaceModel.ts'
import { openSpace } from './spaceRegistry.ts'
import { Stats } from './Stats.ts'
import type { Topology } from './topology/Topology.ts'
import { World, type Leads } from './World.ts'

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
  /** Columns of the scenario's space, shared by all shards of the run; made anew where left out (a single shard). */
  readonly spaceMemory?: ArrayBufferLike
}

/**
 * A range of agents with their pending events, links and marks: the unit that one worker runs. Between shards pass only
 * events (through `outbound`), and what `nextEventTime`, `leads` and the digests say at barriers.
 */
export class Shard implements HostPort {
  readonly events = new PendingEvents()
  readonly queue: EventQueue = this.events.queue
  readonly agents: AgentTable
  readonly host: AgentHost
  readonly network: Network
  readonly flights: FlightLog
  readonly history: History
  readonly stats = new Stats()
  readonly trace: ((agent: AgentId, event: Plain) => void) | null
  topology: Topology
  /** Null where agents have no place. */
  readonly space: SpaceRun | null
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
  private readonly sender = new Sender(this)

  constructor(
    readonly plan: Plan,
    readonly world: World,
    readonly options: ShardOptions,
  ) {
    const { scenario, programs } = plan
    this.agents = new AgentTable(plan.capacity)
    this.topology = plan.topology(world.state)
    this.flights = new FlightLog(Math.max(1, options.flights ?? 0))
    this.history = new History(Math.max(1, options.history ?? 0))
    this.network = new Network(scenario.seed, scenario.network, plan.latency, this.topology, scenario.swarm.inboxMax)
    this.network.rules = world.state.rules
    this.trace = options.trace === undefined ? null : (agent, event) => options.trace!(agent, event, this.key())
    this.host = new AgentHost(
      {
        seed: scenario.seed,
        programs,
        serviceUs: scenario.swarm.serviceUs,
        service: scenario.swarm.service,
        inboxMax: scenario.swarm.inboxMax,
        fsyncUs: plan.fsyncUs,
        tornWrites: scenario.disk.tornWrites,
        clocks: scenario.swarm.clocks,
        contextOf: (agent, program) => plan.contextOf(agent, program, this.topology),
      },
      this,
    )
    for (let id = 0; id < scenario.swarm.agents; id++) {
      if (this.owns(id as AgentId)) this.addAgent(id as AgentId, 0 as Micros, 0)
    }
    this.space = openSpace(scenario, world, options.shards, options.spaceMemory)
  }

  /** Which share of the work of a step is this shard's. */
  get part(): Part {
    return { index: this.options.index, parts: this.options.shards }
  }

  owns(id: AgentId): boolean {
    return this.plan.shardOf(id) === this.options.index
  }

  /** Creates the agent and schedules its start. */
  addAgent(id: AgentId, at: Micros, seq: U32): void {
    const mask = this.world.state.registry.programs[id]!
    // A body without programs is a row of the tables, not an object.
    if (mask === 0 && this.plan.scenario.space !== null) return
    const programs = this.plan.programsOf(mask)
    const { params } = this.world.state
    const setFor = (program: number): { [param: string]: Plain } => {
      const { kind } = this.plan.programs[program]!
      return Object.fromEntries(params.filter((p) => p.program === kind).map(({ param, value }) => [param, value]))
    }
    this.agents.set(id, this.host.create(id, programs, setFor))
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
      this.handle(queue.pop())
    }
    return end
  }

  private handle(slot: number): void {
    const { queue, network, stats } = this
    const now = (this.now = queue.time(slot))
    const dst = (this.dst = queue.dst(slot))
    this.src = queue.src(slot)
    this.seq = queue.seq(slot)
    this.markIndex = 0
    this.markKey = null
    const type = queue.type(slot)
    const a = queue.a(slot)
    const b = queue.b(slot)
    const payload = this.events.payload(slot)
    const watched = this.options.history !== undefined
    if (watched) this.readCause(slot)
    queue.release(slot)
    if (type === EVENT.credit) return this.credited(a as AgentId)
    const packet = type === EVENT.arrive ? (payload as Packet) : null
    if (packet !== null && b & DAMAGED) return this.unheard(type, b, packet, FATE.corrupted)
    if (packet !== null && network.rules.length > 0 && blocks(network.rules, packet.via, dst, packet.kind))
      return this.unheard(type, b, packet, FATE.blocked)
    const agent = this.agents.get(dst)
    if (agent === undefined || !this.host.handle(agent, type, a, b, payload, this.src, this.seq))
      return this.unheard(type, b, packet, FATE.unheard)
    stats.handled(now)
    if (packet !== null) stats.arrived(packet, now)
    if (watched) this.remember(type, packet === null ? -1 : packet.kind)
  }

  private readCause(slot: number): void {
    const { queue, cause } = this
    cause[0] = queue.causeTime(slot)
    cause[1] = queue.causeDst(slot)
    cause[2] = queue.causeSrc(slot)
    cause[3] = queue.causeSeq(slot)
  }

  private remember(type: number, kind: number): void {
    const { cause } = this
    this.history.add(this.now, this.dst, this.src, this.seq, cause[0], cause[1], cause[2], cause[3], type, kind)
  }

  private unheard(type: number, flags: number, packet: Packet | null, fate: number): void {
    if (packet !== null) this.died(packet, fate)
    if (packet !== null && flags & CREDITED) this.credit(this.dst, packet, this.src, this.seq, false)
    if (this.options.history !== undefined) this.remember(type | UNHEARD, packet === null ? -1 : packet.kind)
  }

  private credited(from: AgentId): void {
    this.stats.handled(this.now)
    if (this.options.history !== undefined) this.remember(EVENT.credit, -1)
    this.network.credit(this.dst, from, this.now, this.sender)
  }

  /** Sends the credit of a message back over its link; of one that nobody handled, after a time-out. */
  credit(agent: AgentId, packet: Relayed, src: AgentId, seq: U32, handled: boolean): void {
    const { via } = packet as Packet
    if (this.topology.nextHop(via, agent) !== agent) return // the link is no more, and counts from none
    const us = this.network.creditUs(agent, via, src, seq) + (handled ? 0 : CREDIT_TIMEOUT_US)
    this.push((this.now + us) as Micros, via, src, seq, EVENT.credit, agent, 0, null)
  }

  /** A packet that nobody will handle. */
  died(packet: Packet, fate: number): void {
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
      this.dropLinks()
    }
    let discovered = false
    for (const action of actions) {
      // All tables have changed by now, so that one look says it all.
      if (action.what === 'discover' && discovered) continue
      discovered ||= action.what === 'discover'
      applyAction(this, action, before)
      if (this.options.history !== undefined && this.options.index === 0)
        this.history.add(t, ENV, ENV, action.seq, NO_CAUSE, 0, 0, 0, COMMAND, action.seq)
    }
  }

  /** Links that are no more: nothing waits for them, and what they had under way is forgotten. */
  private dropLinks(): void {
    if (this.plan.scenario.network.credits === 0) return
    const exists = (src: AgentId, dst: AgentId): boolean => this.topology.nextHop(src, dst) === dst
    this.network.links.prune(exists)
    for (let count = this.network.queues.prune(exists); count > 0; count--) this.stats.lost(this.now)
  }

  // What the host asks for while it handles an event.

  schedule(agent: AgentState, due: Micros, type: number, a: number, b: U32, payload: unknown): U32 {
    const seq = agent.seq++
    this.push(due, agent.id, agent.id, seq, type, a, b, payload)
    return seq
  }

  send(agent: AgentState, program: number, to: AgentId, msg: unknown): void {
    this.sender.send(agent, program, to, msg)
  }

  broadcast(agent: AgentState, program: number, msg: unknown): void {
    this.sender.broadcast(agent, program, msg)
  }

  relay(agent: AgentState, packet: Relayed): void {
    this.sender.relay(agent, packet)
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
    digestMark(this.hasher, mark, this.markSum)
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

  keyWords(): readonly [number, number, number, number] {
    return [this.now, this.dst, this.src, this.seq]
  }

  private key(): Key {
    return { time: this.now, dst: this.dst, src: this.src, seq: this.seq }
  }

  /** Schedules an event caused by the one being handled, here or in the shard that owns `dst`. */
  push(due: Micros, dst: AgentId, src: AgentId, seq: U32, type: number, a: number, b: U32, payload: unknown): void {
    const shard = this.plan.shardOf(dst)
    if (shard !== this.options.index) {
      this.outbound(shard, { time: due, dst, src, seq, type, a, b, payload, cause: this.keyWords() })
      return
    }
    const slot = this.events.push(due, dst, src, seq, type, a, b, payload)
    this.queue.because(slot, this.now, this.dst, this.src, this.seq)
  }

  /** Takes an event that was made elsewhere: by another shard, the environment or a checkpoint. */
  accept(row: EventRow): void {
    this.events.accept(row)
  }

  encode(row: EventRow, out: ByteWriter): void {
    writeEvent(out, row, this.plan.programs)
  }

  decode(from: ByteReader): EventRow {
    return readEvent(from, this.plan.programs)
  }

  /** Everything pending, as rows in no particular order. */
  pending(): EventRow[] {
    return this.events.rows()
  }

  row(slot: number): EventRow {
    return this.events.row(slot)
  }

  /** Marks of a step, in their order; named by event number 0 of the environment, which no command owns. */
  spaceMarks(marks: readonly MarkBody[]): void {
    const key = { time: this.now, dst: ENV, src: ENV, seq: 0 }
    marks.forEach((body, index) => this.pushMark({ key, index, agent: ENV, program: 'space', body }))
  }

  /** This shard's part of the digest at a cut. */
  digest(): DigestSum {
    const sum = { ...this.markSum }
    digestState(this.hasher, this, sum)
    this.space?.digest(this.hasher, this.part, sum)
    return sum
  }

  /** Best candidates of this shard for 'leader' and 'follower' at a cut: (term, id) and id; −1 where none. */
  leads(): { term: number; leader: AgentId; follower: AgentId } {
    let term = -1
    let leader = ENV
    let follower = ENV
    for (const agent of this.agents.values()) {
      if (agent.status !== STATUS_CODE.up) continue
      const { id } = agent
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

/** The shared tables of a run that has not begun. */
export function makeWorld(plan: Plan): World {
  const kindOf = (word: string): number => {
    const index = plan.messageKinds.indexOf(word)
    return index < 0 ? NO_KIND : index
  }
  return new World(plan.scenario, plan.capacity, plan.groupOf, plan.placement, kindOf)
}
