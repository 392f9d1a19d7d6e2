import type { Mark, Program } from '../../engine/agents/Program.ts'
import { EVENT, STATUS_CODE } from '../../engine/agents/agentState.ts'
import { Driver, type Gathered, type Meeting } from '../../engine/Driver.ts'
import { frameViews, type Frame, type FrameShape } from '../../engine/frame/frame.ts'
import { writeBodies } from '../../engine/frame/writeBodies.ts'
import { writeFrame, type Shown } from '../../engine/frame/writeFrame.ts'
import type { HistoryRow } from '../../engine/History.ts'
import { ByteReader, ByteWriter } from '../../engine/kernel/codec.ts'
import type { DigestSum } from '../../engine/kernel/digest.ts'
import { compareKeys, type Key } from '../../engine/kernel/key.ts'
import type { Plain } from '../../engine/kernel/plain.ts'
import { NEVER, type AgentId, type Micros } from '../../engine/kernel/units.ts'
import { lookaheadOf } from '../../engine/lookahead.ts'
import type { Packet } from '../../engine/net/Packet.ts'
import { makePlan, type Plan } from '../../engine/Plan.ts'
import { fetchPrograms } from '../../engine/programRegistry.ts'
import type { JobLog } from '../../engine/tasks/jobs/jobRows.ts'
import type { Command, Scenario } from '../../engine/scenario/Scenario.ts'
import { makeWorld, Shard } from '../../engine/Shard.ts'
import { snapshotBytes, type ShardSnapshot } from '../../engine/snapshot.ts'
import { BUCKET_US, type Bucket } from '../../engine/Stats.ts'
import type { AgentDetail, MessageDetail } from '../protocol.ts'
import { AllReduce } from './AllReduce.ts'
import { Outbox } from './Outbox.ts'
import { RingReader, RingWriter } from './ring.ts'
import { RING_CAPACITY, ringOffset, slotOffset, type SharedMemory } from './SharedMemory.ts'
import { calibrateLooks } from './spin.ts'

export interface ShardSetup {
  readonly scenario: Scenario
  readonly log: readonly Command[]
  /** The job log that the scenario names; null where it names none. */
  readonly jobLog?: JobLog | null
  readonly index: number
  readonly shards: number
  readonly shared: SharedMemory | null
  /** Rows kept for the picture and for causes; absent where nobody watches. */
  readonly watch?: { readonly shape: FrameShape; readonly history: number }
  readonly codecAlways?: boolean
  readonly freeze?: boolean
  readonly traced?: boolean
  /** A core for each worker: spin before sleeping. */
  readonly spin: boolean
}

export interface SliceOrder {
  readonly until: number
  /** Wall ms after which the slice ends at the next meeting. */
  readonly budgetMs: number
  /** Slot of the triple buffer to draw into; −1: draw nothing. */
  readonly slot: number
  /** Digest points before it are known; 0: take all. */
  readonly digestFromUs: number
}

export interface SliceReport {
  readonly clock: number
  readonly reached: boolean
  readonly marks: Mark[]
  readonly digests: readonly { readonly timeUs: number; readonly sum: DigestSum }[]
  readonly totals: ShardTotals
  /** Index of the first bucket in `buckets`; the last one is still filling. */
  readonly firstBucket: number
  readonly buckets: readonly Bucket[]
  readonly traces: readonly Trace[]
  /** The routing tables changed since the last report. */
  readonly topologyVersion: number
  /** A step of the space found what must not be: nothing moves since, and the run is over. */
  readonly halted: boolean
  /** Time of the last step of the space; 0 where there is none. */
  readonly steppedUs: number
}

export interface ShardTotals {
  readonly events: number
  readonly messages: number
  readonly transmissions: number
  readonly deliveries: number
  readonly losses: number
  readonly pending: number
  readonly queueUs: number
  readonly linkUs: number
  readonly inboxUs: number
}

export interface Trace {
  readonly key: Key
  readonly agent: number
  readonly event: Plain
}

/**
 * One shard on one worker: what the lead asks of each of them. Used through comlink, and directly by the lead itself.
 */
export class ShardWorker {
  private plan!: Plan
  private shard!: Shard
  private driver!: Driver
  private reduce: AllReduce | null = null
  private frames: readonly Frame[] = []
  private setupWas!: ShardSetup
  private traces: Trace[] = []
  private reportedBucket = 0
  private checkpoints = new Map<number, ShardSnapshot>()
  private start!: ShardSnapshot

  /** @param programs that are not built in: a benchmark's. */
  constructor(private readonly programs: readonly Program[] = []) {}

  async setup(setup: ShardSetup): Promise<{ capacity: number; lookaheadUs: number }> {
    await fetchPrograms(setup.scenario)
    if (setup.jobLog) (await import('../../engine/tasks/jobs/jobLogs.ts')).knowJobLog(setup.jobLog)
    this.setupWas = setup
    this.plan = makePlan(setup.scenario, setup.shards, this.programs)
    const world = makeWorld(this.plan)
    world.setLog(setup.log)
    this.shard = new Shard(this.plan, world, {
      index: setup.index,
      shards: setup.shards,
      ...(setup.watch && { flights: setup.watch.shape.flightsPerShard, history: setup.watch.history }),
      ...(setup.codecAlways && { codecAlways: true }),
      ...(setup.freeze && { freeze: true }),
      ...(setup.shards > 1 && setup.shared !== null && { spaceMemory: setup.shared.space }),
      ...(setup.traced && { trace: (agent, event, key) => this.traces.push({ agent, event, key }) }),
    })
    this.driver = new Driver(this.shard, this.connect(setup))
    this.frames = setup.watch && setup.shared?.frames ? sharedFrames(setup.shared.frames, setup.watch.shape) : []
    this.checkpoints.clear()
    this.reportedBucket = 0
    this.start = this.driver.snapshot()
    return { capacity: this.plan.capacity, lookaheadUs: lookaheadOf(this.shard) }
  }

  setLog(log: readonly Command[]): void {
    this.shard.world.setLog(log)
  }

  /**
   * Runs until the order's time or its budget, whichever comes first; all workers of a run are given the same order.
   */
  slice(order: SliceOrder): SliceReport {
    const stopAt = performance.now() + order.budgetMs
    const stop = (): boolean => performance.now() >= stopAt
    this.driver.digestFromUs = order.digestFromUs
    const reached = this.hold(this.driver.advance(order.until as Micros, stop))
    if (order.slot >= 0) this.draw(this.frames[order.slot]!)
    return this.report(reached)
  }

  /** Writes this shard's rows into a frame. */
  draw(frame: Frame): void {
    writeFrame(frame, this.setupWas.index, this.shown(), this.shard.flights)
    const { space } = this.shard
    if (space !== null) writeBodies(frame, space, this.shard.part.index, this.shard.part.parts)
  }

  private *shown(): Generator<Shown> {
    const { shard, plan } = this
    const { registry, space } = shard.world.state
    if (space !== null && plan.programs.length === 0) return // bodies alone have columns of their own
    for (let id = 0; id < registry.count; id++) {
      if (!shard.owns(id as AgentId)) continue
      const agent = shard.agents.get(id as AgentId)
      if (agent === undefined) yield { id, status: STATUS_CODE.absent, inbox: 0, view: plan.emptyView }
      else yield { id, status: agent.status, inbox: agent.inbox.length, view: plan.viewOf(agent) }
    }
  }

  private report(reached: boolean): SliceReport {
    const { shard, driver } = this
    const { stats } = shard
    const from = this.reportedBucket
    const filling = Math.floor(driver.clock / BUCKET_US)
    const report: SliceReport = {
      clock: driver.clock,
      reached,
      marks: shard.marks,
      digests: driver.digests,
      totals: {
        events: stats.events,
        messages: stats.messages,
        transmissions: stats.transmissions,
        deliveries: stats.deliveries,
        losses: stats.losses,
        pending: shard.queue.size,
        queueUs: stats.queueUs,
        linkUs: stats.linkUs,
        inboxUs: stats.inboxUs,
      },
      firstBucket: from,
      buckets: Array.from({ length: filling - from + 1 }, (_, i) => stats.bucketAt(from + i)),
      traces: this.traces,
      topologyVersion: shard.world.state.topologyVersion,
      halted: shard.world.state.space?.halted ?? false,
      steppedUs: shard.space?.steppedUs ?? 0,
    }
    this.reportedBucket = filling
    shard.marks = []
    driver.digests = []
    this.traces = []
    return report
  }

  /** Takes a checkpoint under `id`; returns its rough size in bytes. */
  checkpoint(id: number): number {
    const snapshot = this.driver.snapshot()
    this.checkpoints.set(id, snapshot)
    return snapshotBytes(snapshot)
  }

  forget(ids: readonly number[]): void {
    for (const id of ids) this.checkpoints.delete(id)
  }

  /** Back to a checkpoint, or to the beginning with null, under another log. */
  restore(id: number | null, log: readonly Command[]): void {
    const snapshot = id === null ? this.start : this.checkpoints.get(id)!
    this.shard.world.setLog(log)
    this.driver.restore([snapshot], snapshot)
    this.traces = []
    this.reportedBucket = Math.floor(this.driver.clock / BUCKET_US)
  }

  /** This shard's part of a checkpoint (null: the beginning; 'now': the present cut), to be run elsewhere. */
  snapshotOf(id: number | null | 'now'): ShardSnapshot {
    return id === 'now' ? this.driver.snapshot() : id === null ? this.start : this.checkpoints.get(id)!
  }

  digest(): DigestSum {
    return this.shard.digest()
  }

  latency(): Uint32Array {
    return this.shard.stats.latency.slice()
  }

  /** Fetched when a person first asks. */
  async inspect(id: number): Promise<AgentDetail | null> {
    const { inspectAgent } = await import('./inspectAgent.ts')
    return inspectAgent(this.shard, id)
  }

  /** Messages in flight towards this shard's agents, in key order, at most `limit`. */
  inFlight(limit: number): MessageDetail[] {
    const found: MessageDetail[] = []
    for (const slot of this.shard.queue.sortedSlots()) {
      if (this.shard.queue.type(slot) !== EVENT.arrive) continue
      if (found.length === limit) break
      found.push(this.message(slot))
    }
    return found
  }

  findMessage(src: number, seq: number): MessageDetail | null {
    const { queue } = this.shard
    for (const slot of queue.slots())
      if (queue.seq(slot) === seq && queue.src(slot) === src && queue.type(slot) === EVENT.arrive)
        return this.message(slot)
    return null
  }

  private message(slot: number): MessageDetail {
    const row = this.shard.row(slot)
    const packet = row.payload as Packet
    return {
      src: row.src,
      seq: row.seq,
      from: packet.via,
      to: row.dst,
      sentUs: packet.leftUs,
      dueUs: row.time,
      program: this.plan.programs[packet.program]!.kind,
      kind: this.plan.messageKinds[packet.kind]!,
      body: packet.msg as Plain,
      key: { time: row.time as Micros, dst: row.dst as AgentId, src: row.src as AgentId, seq: row.seq },
    }
  }

  /** The event named `key` and its cause, where this shard handled it lately. */
  async why(key: Key): Promise<{ row: HistoryRow; what: string } | null> {
    const row = this.shard.history.find(key)
    if (row === null) return null
    const { describeEvent } = await import('../../engine/describeEvent.ts')
    return { row, what: describeEvent(row, this.plan.messageKinds, this.shard.world.log, this.plan.scenario) }
  }

  /** Times of the last two different event times before `t`, newest first; −1 where unknown. */
  eventTimesBefore(t: number): [number, number] {
    let last = -1
    for (const row of this.shard.history.last(Infinity).reverse()) {
      if (row.key.time >= t || row.key.time === last) continue
      if (last >= 0) return this.withSteps(t, last, row.key.time)
      last = row.key.time
    }
    return this.withSteps(t, last, -1)
  }

  /** The same with the steps of a space among the event times. */
  private withSteps(t: number, last: number, before: number): [number, number] {
    const { space } = this.shard
    if (space === null) return [last, before]
    const { stepUs } = space.spec
    const step = Math.floor((t - 1) / stepUs) * stepUs
    const times = [...new Set([last, before, step, step - stepUs])].filter((time) => time >= 0).sort((x, y) => y - x)
    return [times[0] ?? -1, times[1] ?? -1]
  }

  nextTime(): number {
    const { clock } = this.driver
    const step = this.shard.space?.nextAt(clock, true) ?? NEVER
    return Math.min(this.shard.nextEventTime(), this.shard.world.nextAt(clock, true), step)
  }

  /** Rows of the topology this shard's copy of the tables says; the same on every shard. */
  get tables(): { shard: Shard; plan: Plan } {
    return { shard: this.shard, plan: this.plan }
  }

  /** Holds the meetings with the other workers. Throws where one of them has died. */
  private hold(meeting: Meeting): boolean {
    const { reduce } = this
    let step = meeting.next()
    let lanes: readonly number[] = []
    const all: Gathered = reduce === null ? (_, lane) => lanes[lane]! : (shard, lane) => reduce.value(shard, lane)
    while (step.done !== true) {
      lanes = step.value
      if (reduce !== null) {
        lanes.forEach((value, lane) => reduce.publish(value, lane))
        if (reduce.arrive() === 'dead') throw new Error('another worker of this run has died')
      }
      step = meeting.next(all)
    }
    return step.value
  }

  private connect(setup: ShardSetup): { flush(): void; drain(): number } {
    const { shared, shards, index } = setup
    this.reduce = null
    if (shards === 1 || shared === null) return { flush: () => {}, drain: () => 0 }
    const looks = setup.spin ? calibrateLooks(() => performance.now()) : 0
    this.reduce = new AllReduce(shared.meeting, 0, shards, index, looks)
    const others = Array.from({ length: shards }, (_, s) => s).filter((s) => s !== index)
    const ring = <Ring>(
      End: new (b: SharedArrayBuffer, offset: number, capacity: number) => Ring,
      from: number,
      to: number,
    ) => new End(shared.rings, ringOffset(from, to, shards), RING_CAPACITY)
    const outboxes = Array.from({ length: shards }, (_, s) =>
      s === index ? null : new Outbox(ring(RingWriter, index, s)),
    )
    const readers = others.map((s) => ring(RingReader, s, index))
    const out = new ByteWriter(1_024)
    this.shard.outbound = (to, row) => {
      out.at = 0
      this.shard.encode(row, out)
      outboxes[to]!.send(out.bytes, 0, out.at)
    }
    const take = (bytes: Uint8Array, offset: number, length: number): void =>
      this.shard.accept(this.shard.decode(new ByteReader(bytes.subarray(offset, offset + length))))
    return {
      flush: () => others.forEach((s) => outboxes[s]!.pump()),
      drain: () => {
        for (const reader of readers) reader.drain(take)
        return others.reduce((waiting, s) => waiting + outboxes[s]!.pendingBytes, 0)
      },
    }
  }
}

const sharedFrames = (buffer: SharedArrayBuffer, shape: FrameShape): Frame[] =>
  [0, 1, 2].map((slot) => frameViews(buffer, slotOffset(slot, shape), shape))

/** The total order of keys, for rows of several shards. */
export const byKey = <Row extends { readonly key: Key }>(rows: Row[]): Row[] =>
  rows.sort((x, y) => compareKeys(x.key, y.key))
