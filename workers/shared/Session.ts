import { crashSentence } from '../../engine/crashSentence.ts'
import type { Key } from '../../engine/kernel/key.ts'
import { fetchPrograms } from '../../engine/programRegistry.ts'
import type { Command, Op, Scenario } from '../../engine/scenario/Scenario.ts'
import { RULES_VERSION } from '../../engine/rulesVersion.ts'
import { spaceMemoryBytes } from '../../engine/spaceRegistry.ts'
import { latencyQuantile } from '../../engine/Stats.ts'
import type {
  AgentDetail,
  CauseLink,
  Difference,
  Facts,
  LatencyView,
  MessageDetail,
  Opened,
  Outcome,
  StageInfo,
} from '../protocol.ts'
import { advise, type Advice } from './advise.ts'
import type { Advanced } from './Advanced.ts'
import { Conductor, type RemoteShard } from './Conductor.ts'
import { frameShape } from './frameShape.ts'
import { SharedFrames, TransferredFrames, type FrameSink } from './FrameSink.ts'
import { ShardWorker } from './ShardWorker.ts'
import { allocateShared } from './SharedMemory.ts'
import { stageInfo } from './stageInfo.ts'

export interface SessionHooks {
  facts(facts: Facts): void
  error(sentence: string): void
  /** Compat mode only: a finished picture. */
  frame(buffer: ArrayBuffer): void
}

export interface SessionOpened extends Opened {
  /** Null in compat mode. */
  readonly frames: SharedArrayBuffer | null
  /** Whoever notices that a worker died marks it here, so that nobody waits. */
  readonly meeting: SharedArrayBuffer | null
}

const FACTS_EVERY_MS = 100
const FRAME_MS = 14
/** The latency histogram is added up over the shards less often than the rest is told. */
const LATENCY_EVERY_MS = 1_000
const HISTORY = 131_072
/** Wall ms of debt beyond which the lab stops owing and shows the lag instead. */
const DEBT_MS = 250

/** One lab on the lead's worker: what the page calls. One call at a time; playing gives way between slices. */
export class Session {
  private readonly own = new ShardWorker()
  private conductor!: Conductor
  private sink!: FrameSink
  private playing = false
  private loop = 0
  private rate = 1
  private began = { wall: 0, us: 0 }
  private owedUs = 0
  private frameNumber = 0
  private told = { lane: -1, marks: 0, buckets: 0, wall: 0, topology: 0 }
  private pace = { wall: 0, events: 0, perSecond: 0 }
  private queue: Promise<unknown> = Promise.resolve()

  constructor(private readonly hooks: SessionHooks) {}

  async advise(scenario: Scenario, cores: number): Promise<Advice> {
    await fetchPrograms(scenario)
    return advise(scenario, cores)
  }

  async open(
    scenario: Scenario,
    log: readonly Command[],
    peers: readonly RemoteShard[],
    options: { shared: boolean; spin: boolean; note: string },
  ): Promise<SessionOpened> {
    return this.alone(async () => {
      this.playing = false
      this.conductor = new Conductor(this.own, peers)
      const shards = peers.length + 1
      await fetchPrograms(scenario)
      const shape = frameShape(scenario, shards)
      const bytes = shards > 1 ? spaceMemoryBytes(scenario) : 0
      const shared = options.shared ? allocateShared(shards, shape, bytes) : null
      const watch = { shape, history: HISTORY }
      await this.conductor.open(scenario, log, { shared, watch, spin: options.spin })
      this.sink =
        shared !== null && shared.frames !== null
          ? new SharedFrames(shared.frames, shape)
          : new TransferredFrames(shape, this.own, (buffer) => this.hooks.frame(buffer))
      this.told = { lane: -1, marks: 0, buckets: 0, wall: 0, topology: 0 }
      this.pace = { wall: performance.now(), events: 0, perSecond: 0 }
      await this.show()
      return {
        shape,
        workers: shards,
        sharedMemory: options.shared,
        workersNote: options.note,
        rulesVersion: RULES_VERSION,
        stage: this.stage(),
        frames: shared?.frames ?? null,
        meeting: shared?.meeting ?? null,
      }
    })
  }

  private stage(): StageInfo {
    const { plan, shard } = this.own.tables
    return stageInfo(plan, shard)
  }

  play(rate: number): void {
    this.rate = rate
    this.began = { wall: performance.now(), us: this.conductor.clock }
    this.owedUs = 0
    if (this.playing) return
    this.playing = true
    this.run(++this.loop).catch(() => {}) // `alone` has told of it
  }

  async pause(): Promise<void> {
    this.playing = false
    await this.alone(() => this.show())
  }

  /** Stops playing and resolves when nothing is under way any more; the workers may then be changed. */
  async halt(): Promise<void> {
    this.playing = false
    await this.queue.catch(() => {})
  }

  /** Plays until told otherwise; a later `play` has a loop of its own, and this one ends. */
  private async run(loop: number): Promise<void> {
    while (this.playing && loop === this.loop) {
      const began = performance.now()
      const reached = await this.alone(() => this.playSlice())
      if (performance.now() - this.told.wall > FACTS_EVERY_MS) await this.alone(() => this.tellWhilePlaying())
      if (reached !== false) await sleep(Math.max(0, FRAME_MS - (performance.now() - began)))
      else await breathe()
    }
  }

  private async playSlice(): Promise<boolean> {
    const { conductor } = this
    const until = conductor.scenario.untilUs
    const due = this.began.us + (performance.now() - this.began.wall) * this.rate * 1_000
    const target = Math.min(Math.floor(due), until)
    const reached = target <= conductor.clock || (await conductor.slice(target, this.sink.slot))
    this.owedUs = Math.max(0, target - conductor.clock)
    if (this.owedUs > DEBT_MS * this.rate * 1_000) this.began = { wall: performance.now(), us: conductor.clock }
    this.publish()
    if (conductor.clock >= until || conductor.halted) this.stop()
    return reached
  }

  private async tellWhilePlaying(): Promise<void> {
    if (performance.now() - this.latencyWall > LATENCY_EVERY_MS) await this.tellLatency()
    this.tell()
  }

  private stop(): void {
    this.playing = false
    this.tell()
  }

  async step(): Promise<void> {
    await this.alone(async () => {
      this.playing = false
      const next = await this.conductor.nextTime()
      if (next <= this.conductor.scenario.untilUs) await this.runTo(next + 1)
      await this.show()
    })
  }

  async stepBack(): Promise<void> {
    await this.alone(async () => {
      this.playing = false
      const { conductor } = this
      const here = conductor.clock
      let before = await conductor.timeBefore(here)
      for (let back = here - 1; before < 0 && back > 0; back = conductor.clock - 1) {
        await conductor.rewind(back)
        const from = conductor.clock
        await this.runTo(here)
        before = from === 0 ? Math.max(0, await conductor.timeBefore(here)) : await conductor.timeBefore(here)
        if (before < 0) await conductor.rewind(from)
      }
      await this.goTo(Math.max(0, before))
      await this.show()
    })
  }

  async seek(timeUs: number): Promise<void> {
    await this.alone(async () => {
      this.playing = false
      await this.goTo(Math.max(0, Math.floor(timeUs)))
      await this.show()
    })
  }

  /**
   * Runs on to the cut at `timeUs`, never back, and shows it: for several labs that somebody keeps in step. Facts are
   * told as while playing.
   */
  async advance(timeUs: number): Promise<Advanced> {
    return this.alone(async () => {
      this.playing = false
      const { conductor } = this
      if (timeUs > conductor.clock) {
        while (!(await conductor.slice(timeUs, this.sink.slot))) await breathe()
        this.publish()
      }
      if (performance.now() - this.told.wall > FACTS_EVERY_MS) await this.tellWhilePlaying()
      return { timeUs: conductor.clock, nextUs: await conductor.nextTime(), totals: conductor.lane.totals }
    })
  }

  private async goTo(t: number): Promise<void> {
    if (!this.conductor.reaches(t)) await this.conductor.rewind(t)
    await this.runTo(t)
  }

  private async runTo(t: number): Promise<void> {
    while (!(await this.conductor.slice(t, -1))) await breathe()
  }

  async command(op: Op): Promise<Outcome> {
    return this.alone(async () => {
      const outcome = await this.conductor.command(op)
      this.tell()
      return outcome
    })
  }

  async editLog(log: readonly Command[]): Promise<Outcome> {
    return this.alone(async () => {
      const { conductor } = this
      const here = conductor.clock
      const lane = conductor.lane
      const same = await conductor.editLog(log)
      if (same < here) {
        await conductor.rewind(same)
        await this.runTo(here)
      }
      await this.show()
      return { ok: true, at: Math.min(same, here), forked: conductor.lane !== lane } as const
    })
  }

  async switchBranch(id: number): Promise<void> {
    await this.alone(async () => {
      const here = this.conductor.clock
      if (!(await this.conductor.switchTo(id))) return
      const to = Math.min(here, this.conductor.lane.observer.frontierUs)
      await this.conductor.rewind(to)
      await this.runTo(to)
      await this.show()
    })
  }

  async firstDifference(a: number, b: number): Promise<Difference | null> {
    return this.alone(async () => {
      const { conductor } = this
      const [x, y] = [a, b].map((id) => conductor.lanes.find((lane) => lane.id === id))
      if (x === undefined || y === undefined) return null
      const until = Math.min(x.observer.frontierUs, y.observer.frontierUs)
      const fork = Math.max(x.forkUs, y.forkUs)
      const parts = await conductor.snapshotBefore(Math.min(fork, until), x.log)
      const { firstDifference } = await import('../../engine/firstDifference.ts')
      const { scenario } = conductor
      return firstDifference({ scenario, log: x.log, parts }, { scenario, log: y.log, parts }, until)
    })
  }

  inspect(agent: number): Promise<AgentDetail | null> {
    return this.alone(() => this.conductor.inspect(agent))
  }

  message(src: number, seq: number): Promise<MessageDetail | null> {
    return this.alone(() => this.conductor.message(src, seq))
  }

  inFlight(limit: number): Promise<readonly MessageDetail[]> {
    return this.alone(() => this.conductor.inFlight(limit))
  }

  why(key: Key): Promise<readonly CauseLink[]> {
    return this.alone(() => this.conductor.why(key, 64))
  }

  digest(): Promise<string> {
    return this.alone(() => this.conductor.digest())
  }

  /** A picture and the facts of the present cut. */
  private async show(): Promise<void> {
    await this.conductor.slice(this.conductor.clock, this.sink.slot, 0)
    this.publish()
    await this.tellLatency()
    this.tell()
  }

  private publish(): void {
    const { totals, id } = this.conductor.lane
    const { events, messages, pending } = totals
    this.sink.publish({
      timeUs: this.conductor.clock,
      number: ++this.frameNumber,
      events,
      messages,
      pending,
      branch: id,
      steppedUs: this.conductor.steppedUs,
    })
  }

  private latencyView: LatencyView | null = null
  private latencyWall = 0

  private async tellLatency(): Promise<void> {
    const { totals } = this.conductor.lane
    this.latencyWall = performance.now()
    const histogram = await this.conductor.latency()
    const each = Math.max(1, totals.deliveries)
    this.latencyView = {
      queueUs: totals.queueUs / each,
      linkUs: totals.linkUs / each,
      inboxUs: totals.inboxUs / each,
      p50Us: latencyQuantile(histogram, 0.5),
      p99Us: latencyQuantile(histogram, 0.99),
    }
  }

  private tell(): void {
    const { conductor, told } = this
    const { lane } = conductor
    const { observer } = lane
    const wall = performance.now()
    if (wall - this.pace.wall > 500) {
      const perSecond = ((lane.totals.events - this.pace.events) / (wall - this.pace.wall)) * 1_000
      this.pace = { wall, events: lane.totals.events, perSecond: Math.max(0, Math.round(perSecond)) }
    }
    const reset = told.lane !== lane.id
    const moved = reset || told.topology !== conductor.topologyVersion
    const from = reset ? { marks: 0, buckets: 0 } : told
    const facts: Facts = {
      timeUs: conductor.clock,
      frontierUs: observer.frontierUs,
      playing: this.playing,
      ended: conductor.halted || conductor.clock >= conductor.scenario.untilUs,
      lagUs: this.owedUs,
      events: lane.totals.events,
      messages: lane.totals.messages,
      transmissions: lane.totals.transmissions,
      eventsPerWallSecond: this.playing ? this.pace.perSecond : 0,
      digest: lane.digest,
      branch: lane.id,
      branches: conductor.branches(),
      log: lane.log,
      marks: observer.marks.slice(from.marks),
      reset,
      checks: observer.status(),
      series: conductor.series(from.buckets),
      latency: this.latencyView,
      ...(moved && { stage: this.stage() }),
    }
    this.told = {
      lane: lane.id,
      marks: observer.marks.length,
      buckets: Math.max(0, lane.series.length - 1),
      wall,
      topology: conductor.topologyVersion,
    }
    this.hooks.facts(facts)
  }

  /** Runs `work` when everything asked before is done. A failure is one sentence, and the lab stands still. */
  private alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.queue.then(work)
    this.queue = done.catch((error: unknown) => {
      this.playing = false
      const { conductor } = this
      this.hooks.error(crashSentence(error, conductor?.scenario, conductor?.clock ?? 0))
    })
    return done
  }
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Lets waiting calls in; a MessageChannel wakes in microseconds where a zero timeout takes milliseconds. */
const channel = new MessageChannel()
let wake: () => void = () => {}
channel.port1.onmessage = () => wake()
const breathe = (): Promise<void> =>
  new Promise((resolve) => {
    wake = resolve
    channel.port2.postMessage(null)
  })
