import type { Mark } from '../../engine/agents/Program.ts'
import { Observer } from '../../engine/Observer.ts'
import type { DigestSum } from '../../engine/kernel/digest.ts'
import { digestText } from '../../engine/kernel/digest.ts'
import type { Key } from '../../engine/kernel/key.ts'
import { NEVER, type Micros } from '../../engine/kernel/units.ts'
import { sortMarks, total } from '../../engine/LocalRun.ts'
import { CheckpointIndex } from '../../engine/replay/CheckpointIndex.ts'
import { firstDifferenceUs, forkLog } from '../../engine/replay/logs.ts'
import { initialLog } from '../../engine/scenario/initialLog.ts'
import type { Command, Op, Scenario } from '../../engine/scenario/Scenario.ts'
import { checkContext } from '../../engine/checkContext.ts'
import type { AgentDetail, Branch, CauseLink, MessageDetail, Outcome, SeriesBucket } from '../protocol.ts'
import { DigestPoints, type DigestPoint } from './DigestPoints.ts'
import { Series } from './Series.ts'
import type { ShardSetup, ShardTotals, ShardWorker, SliceReport, Trace } from './ShardWorker.ts'

/** A shard on another worker: the same methods, answered later. */
export type RemoteShard = {
  readonly [
    M in
      | 'setup'
      | 'setLog'
      | 'slice'
      | 'checkpoint'
      | 'forget'
      | 'restore'
      | 'snapshotOf'
      | 'digest'
      | 'latency'
      | 'inspect'
      | 'inFlight'
      | 'findMessage'
      | 'why'
      | 'eventTimesBefore'
      | 'nextTime'
  ]: (...args: Parameters<ShardWorker[M]>) => Promise<Awaited<ReturnType<ShardWorker[M]>>>
}

/** One lane of history: a command log and everything known of the run under it. */
export interface Lane {
  readonly id: number
  readonly parent: number | null
  readonly forkUs: number
  log: readonly Command[]
  readonly observer: Observer
  readonly series: Series
  readonly digests: DigestPoints
  /** The latest digest point up to the present cut. */
  digest: DigestPoint | null
  totals: ShardTotals
}

export const CHECKPOINT_BYTES = 256 * 2 ** 20
/** Wall ms of running that a seek may have to repeat. */
const CHECKPOINT_EVERY_MS = 30
/** Running takes at least so many times what its checkpoints take. */
const CHECKPOINT_SHARE = 5
const SLICE_MS = 8
const MOST_LANES = 12

/**
 * The lead of a run: holds the command log, tells all shards the same things in the same order, gathers what they say.
 * Its methods must not overlap; `Session` sees to that.
 */
export class Conductor {
  clock = 0
  lanes: Lane[] = []
  lane!: Lane
  scenario!: Scenario
  topologyVersion = 0
  /** A step of the space found what must not be: the run is over here. */
  halted = false
  steppedUs = 0
  private readonly all: readonly RemoteShard[]
  private readonly checkpoints: CheckpointIndex
  private sinceCheckpointMs = 0
  /** Wall ms of the last checkpoint. */
  private checkpointMs = 0
  private nextLane = 0

  /**
   * `own` is the lead's shard, run on this very thread; `peers` are the others, in order. Checkpoints are kept under
   * `checkpointBytes`; with 0 none are taken, for runs that nobody will rewind.
   */
  constructor(
    private readonly own: ShardWorker,
    private readonly peers: readonly RemoteShard[],
    private readonly onTraces: (traces: Trace[]) => void = () => {},
    private readonly checkpointBytes = CHECKPOINT_BYTES,
  ) {
    this.checkpoints = new CheckpointIndex(checkpointBytes)
    this.all = [later(own), ...peers]
  }

  /** Sets all shards up at time 0 under `log`. */
  async open(
    scenario: Scenario,
    log: readonly Command[],
    setup: Omit<ShardSetup, 'index' | 'shards' | 'scenario' | 'log' | 'jobLog'>,
  ) {
    this.scenario = scenario
    const shards = this.all.length
    const named = scenario.tasks?.workload.file
    const jobLog = named ? (await import('../../engine/tasks/jobs/jobLogs.ts')).jobLogOf(scenario) : null
    const answers = await Promise.all(
      this.all.map((shard, index) => shard.setup({ ...setup, scenario, log, jobLog, index, shards })),
    )
    this.checkpoints.clear()
    this.clock = 0
    this.sinceCheckpointMs = 0
    this.topologyVersion = 0
    this.lanes = []
    this.nextLane = 0
    this.lane = this.addLane(null, 0, log, new Observer(scenario.checks, checkContext(scenario, log)), new Series())
    return answers[0]!
  }

  private addLane(
    parent: number | null,
    forkUs: number,
    log: readonly Command[],
    observer: Observer,
    series: Series,
    digests = new DigestPoints(),
  ): Lane {
    const id = this.nextLane++
    const lane = { id, parent, forkUs, log, observer, series, digests, digest: null, totals: NO_TOTALS }
    this.lanes.push(lane)
    if (this.lanes.length > MOST_LANES)
      this.lanes.splice(
        this.lanes.findIndex((l) => l.id !== parent && l !== lane),
        1,
      )
    return lane
  }

  /** One slice towards `until`. Returns whether it got there. */
  async slice(until: number, slot: number, budgetMs = SLICE_MS): Promise<boolean> {
    const order = { until, budgetMs, slot, digestFromUs: this.lane.digests.knownUs }
    const began = performance.now()
    // The peers start at once and wait at the first meeting; the lead's own part then runs on this thread.
    const theirs = this.peers.map((peer) => peer.slice(order))
    const mine = this.own.slice(order)
    const reports = [mine, ...(await Promise.all(theirs))]
    this.sinceCheckpointMs += performance.now() - began
    this.take(reports)
    const everyMs = Math.max(CHECKPOINT_EVERY_MS, CHECKPOINT_SHARE * this.checkpointMs)
    if (this.checkpointBytes > 0 && this.sinceCheckpointMs > everyMs && this.clock > 0) await this.checkpoint()
    return mine.reached
  }

  private take(reports: readonly SliceReport[]): void {
    const { lane } = this
    this.clock = reports[0]!.clock
    this.topologyVersion = reports[0]!.topologyVersion
    this.halted = reports[0]!.halted
    this.steppedUs = reports[0]!.steppedUs
    lane.totals = addTotals(reports.map((r) => r.totals))
    lane.series.take(reports, lane.observer.frontierUs)
    const marks = sortMarks(reports.flatMap((r) => r.marks as Mark[]))
    lane.observer.take(marks, this.clock as Micros)
    reports[0]!.digests.forEach((point, i) => {
      const sum = total(reports.map((r) => r.digests[i]!.sum as DigestSum))
      lane.digests.add({ timeUs: point.timeUs, value: digestText(sum) })
    })
    lane.digest = lane.digests.at(this.clock)
    const traces = reports.flatMap((r) => r.traces as Trace[])
    if (traces.length > 0) this.onTraces(traces)
  }

  private async checkpoint(): Promise<void> {
    this.sinceCheckpointMs = 0
    const { log } = this.lane
    const nearest = this.checkpoints.nearest(this.clock as Micros, log)
    if (nearest !== null && nearest.timeUs === this.clock) return
    const id = this.checkpoints.newId()
    const began = performance.now()
    const sizes = await Promise.all(this.all.map((shard) => shard.checkpoint(id)))
    this.checkpointMs = performance.now() - began
    const bytes = sizes.reduce((sum, size) => sum + size, 0)
    const gone = this.checkpoints.add({ id, timeUs: this.clock as Micros, log, bytes })
    if (gone.length > 0) await Promise.all(this.all.map((shard) => shard.forget(gone)))
  }

  /** Puts the run at the latest known cut at or before `t` under the lane's log; the way on to `t` is the caller's. */
  async rewind(t: number): Promise<void> {
    const entry = this.checkpoints.nearest(t as Micros, this.lane.log)
    const at = entry === null ? 0 : entry.timeUs
    await Promise.all(this.all.map((shard) => shard.restore(entry === null ? null : entry.id, this.lane.log)))
    this.clock = at
    this.sinceCheckpointMs = 0
  }

  /** Whether going to `t` from here can do without going back. */
  reaches(t: number): boolean {
    if (t < this.clock) return false
    const entry = this.checkpoints.nearest(t as Micros, this.lane.log)
    return entry === null || entry.timeUs <= this.clock
  }

  /** Appends a command at the present cut; forks where this lane has already been further. */
  async command(op: Op): Promise<Outcome> {
    const command = { at: this.clock, ...op } as Command
    if (this.lane.observer.frontierUs <= this.clock) {
      this.lane.log = [...this.lane.log, command]
      await this.tell(this.lane.log)
      return { ok: true, at: this.clock, forked: false }
    }
    const log = [...forkLog(this.lane.log, initialLog(this.scenario).length, this.clock as Micros), command]
    await this.fork(log)
    return { ok: true, at: this.clock, forked: true }
  }

  /** Replaces the log. Returns the time up to which nothing changed. */
  async editLog(log: readonly Command[]): Promise<number> {
    const same = firstDifferenceUs(this.lane.log, log)
    if (same >= NEVER) return same
    if (same >= this.lane.observer.frontierUs) {
      this.lane.log = log
      await this.tell(log)
    } else await this.fork(log)
    return same
  }

  private async fork(log: readonly Command[]): Promise<void> {
    const parent = this.lane
    const at = Math.min(firstDifferenceUs(parent.log, log), this.clock) as Micros
    const observer = parent.observer.forkAt(at, checkContext(this.scenario, log))
    const { series, digests } = parent
    this.lane = this.addLane(parent.id, at, log, observer, series.forkAt(at), digests.forkAt(at))
    this.lane.totals = parent.totals
    await this.tell(log)
  }

  async switchTo(id: number): Promise<boolean> {
    const lane = this.lanes.find((l) => l.id === id)
    if (lane === undefined || lane === this.lane) return false
    this.lane = lane
    return true
  }

  private async tell(log: readonly Command[]): Promise<void> {
    await Promise.all(this.all.map((shard) => shard.setLog(log)))
  }

  async digest(): Promise<string> {
    return digestText(total(await Promise.all(this.all.map((shard) => shard.digest()))))
  }

  async latency(): Promise<Uint32Array> {
    const parts = await Promise.all(this.all.map((shard) => shard.latency()))
    const sum = new Uint32Array(parts[0]!.length)
    for (const part of parts) part.forEach((count, i) => (sum[i]! += count))
    return sum
  }

  async inspect(agent: number): Promise<AgentDetail | null> {
    return (await Promise.all(this.all.map((shard) => shard.inspect(agent)))).find((detail) => detail !== null) ?? null
  }

  async message(src: number, seq: number): Promise<MessageDetail | null> {
    const found = await Promise.all(this.all.map((shard) => shard.findMessage(src, seq)))
    return found.find((detail) => detail !== null) ?? null
  }

  async inFlight(limit: number): Promise<MessageDetail[]> {
    const parts = await Promise.all(this.all.map((shard) => shard.inFlight(limit)))
    return parts
      .flat()
      .sort((x, y) => x.dueUs - y.dueUs || x.to - y.to || x.src - y.src || x.seq - y.seq)
      .slice(0, limit)
  }

  /** The chain of causes that ends in `key`, newest first. */
  async why(key: Key, most: number): Promise<CauseLink[]> {
    const chain: CauseLink[] = []
    let next: Key | null = key
    while (next !== null && chain.length < most) {
      const wanted: Key = next
      const found = (await Promise.all(this.all.map((shard) => shard.why(wanted)))).find((answer) => answer !== null)
      if (found === undefined || found === null) break
      chain.push({ key: found.row.key, what: found.what })
      next = found.row.cause
    }
    return chain
  }

  async nextTime(): Promise<number> {
    return Math.min(...(await Promise.all(this.all.map((shard) => shard.nextTime()))))
  }

  /** Time just after the event time before the one that ended at `t`; −1 where the shards no longer remember. */
  async timeBefore(t: number): Promise<number> {
    const pairs = await Promise.all(this.all.map((shard) => shard.eventTimesBefore(t)))
    const times = [...new Set(pairs.flat())].filter((time) => time >= 0).sort((x, y) => y - x)
    return times.length < 2 ? -1 : times[1]! + 1
  }

  /** Everything the run is at the cut of the nearest checkpoint at or before `t`, for a run elsewhere. */
  async snapshotBefore(t: number, log: readonly Command[]) {
    const entry = this.checkpoints.nearest(t as Micros, log)
    return Promise.all(this.all.map((shard) => shard.snapshotOf(entry === null ? null : entry.id)))
  }

  branches(): Branch[] {
    return this.lanes.map(({ id, parent, forkUs, log, observer }) => ({
      id,
      parent,
      forkUs,
      frontierUs: observer.frontierUs,
      log,
    }))
  }

  series(from: number): SeriesBucket[] {
    const { series, observer } = this.lane
    return series.since(from, (bucket) => observer.gauges.row(bucket))
  }

  get checkpointCount(): number {
    return this.checkpoints.count
  }
}

const NO_TOTALS: ShardTotals = {
  events: 0,
  messages: 0,
  transmissions: 0,
  deliveries: 0,
  losses: 0,
  pending: 0,
  queueUs: 0,
  linkUs: 0,
  inboxUs: 0,
}

function addTotals(parts: readonly ShardTotals[]): ShardTotals {
  const sum: Record<string, number> = { ...NO_TOTALS }
  for (const part of parts) for (const name in sum) sum[name]! += part[name as keyof ShardTotals]
  return sum as unknown as ShardTotals
}

/** The lead's own shard behind the same interface as the others. */
function later(own: ShardWorker): RemoteShard {
  return new Proxy(own, {
    get:
      (target, method) =>
      async (...args: unknown[]) =>
        (target as any)[method](...args),
  }) as unknown as RemoteShard
}
