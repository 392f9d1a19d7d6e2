import * as Comlink from 'comlink'
import { frameViews, type Frame, type FrameShape } from '../../engine/frame/frame.ts'
import { fetchChaos, initialLog } from '../../engine/scenario/initialLog.ts'
import type { Command, Scenario } from '../../engine/scenario/Scenario.ts'
import type { Facts, FrameSource, LabClient, Opened } from '../protocol.ts'
import type { Advanced } from '../shared/Advanced.ts'
import { Barrier } from '../shared/barrier.ts'
import type { Session, SessionOpened } from '../shared/Session.ts'
import { slotOffset } from '../shared/SharedMemory.ts'
import { TripleBufferReader } from '../shared/tripleBuffer.ts'
import type { Lead, SessionMethod } from './Lead.ts'

export interface ClientOptions {
  /** 'auto' takes as many as the scenario is worth. */
  readonly workers?: number | 'auto'
  /** One worker without shared memory, as where the page is not isolated. */
  readonly compat?: boolean
}

/** Starts the lead's worker and speaks for the lab in the page. Rejects with one sentence where no worker can start. */
export async function createLabClient(options: ClientOptions = {}): Promise<LockstepClient> {
  const client = new BrowserClient(options)
  await client.start()
  return client
}

/** A lab that whoever keeps several in step can move by virtual time instead of by the clock. */
export interface LockstepClient extends LabClient {
  /** Runs on to the cut at `timeUs` and resolves once its picture can be read; an earlier time only asks. */
  advance(timeUs: number): Promise<Advanced>
}
export type { Advanced }

class BrowserClient implements LockstepClient {
  readonly frames = new PageFrames()
  private readonly workers: Worker[] = []
  private lead!: Comlink.Remote<Lead>
  private leadWorker!: Worker
  private meeting: SharedArrayBuffer | null = null
  private dead = false
  private factsListeners: ((facts: Facts) => void)[] = []
  private errorListeners: ((sentence: string) => void)[] = []
  /** Calls that wait for an answer; a worker's death rejects them. */
  private readonly waiting = new Set<(error: Error) => void>()

  readonly play = this.asks('play')
  readonly pause = this.asks('pause')
  readonly step = this.asks('step')
  readonly stepBack = this.asks('stepBack')
  readonly seek = this.asks('seek')
  readonly advance = this.asks('advance')
  readonly command = this.asks('command')
  readonly editLog = this.asks('editLog')
  readonly switchBranch = this.asks('switchBranch')
  readonly firstDifference = this.asks('firstDifference')
  readonly inspect = this.asks('inspect')
  readonly message = this.asks('message')
  readonly inFlight = this.asks('inFlight')
  readonly why = this.asks('why')
  readonly digest = this.asks('digest')

  constructor(private readonly options: ClientOptions) {}

  /** The session's method of that name, asked through the lead. */
  private asks<M extends SessionMethod>(method: M) {
    type Answer = Awaited<ReturnType<Session[M]>>
    return (...args: Parameters<Session[M]>): Promise<Answer> =>
      this.guarded(this.lead.call(method, args) as Promise<Answer>)
  }

  async start(): Promise<void> {
    this.leadWorker = this.spawn('lead')
    this.lead = Comlink.wrap<Lead>(this.leadWorker)
    const facts = (f: Facts): void => this.factsListeners.forEach((listen) => listen(f))
    const error = (sentence: string): void => this.report(sentence)
    const frame = (buffer: ArrayBuffer): void => this.frames.receive(buffer)
    await this.guarded(this.lead.listen(Comlink.proxy(facts), Comlink.proxy(error), Comlink.proxy(frame)))
  }

  async open(scenario: Scenario, commands?: readonly Command[]): Promise<Opened> {
    await fetchChaos(scenario)
    const log = commands ?? initialLog(scenario)
    if (this.dead) await this.startAgain()
    else await this.asks('halt')()
    if (scenario.tasks?.workload.file) await this.sendJobLog(scenario)
    const shared = typeof SharedArrayBuffer !== 'undefined' && this.options.compat !== true
    // One core stays with the page and the browser's drawing.
    const cores = Math.max(1, (navigator.hardwareConcurrency ?? 1) - 1)
    const wanted = this.options.workers ?? 'auto'
    const advice = !shared
      ? { shards: 1, note: 'one worker: this page has no shared memory' }
      : wanted === 'auto'
        ? await this.asks('advise')(scenario, cores)
        : { shards: wanted, note: '' }
    await this.staff(advice.shards - 1)
    const spin = advice.shards <= cores
    const opened = (await this.guarded(
      this.lead.open(scenario, log, { shared, spin, note: advice.note }),
    )) as SessionOpened
    this.meeting = opened.meeting
    this.frames.attach(opened.frames, opened.shape)
    return opened
  }

  /** The rows that a scenario names go before it. */
  private async sendJobLog(scenario: Scenario): Promise<void> {
    const log = (await import('../../engine/tasks/jobs/jobLogs.ts')).jobLogOf(scenario)
    if (log !== null) await this.guarded(this.lead.knowJobLog(log))
  }

  /** After a death nothing of the old crew is trusted: its calls may never settle. */
  private async startAgain(): Promise<void> {
    for (const worker of this.workers.splice(0)) worker.terminate()
    this.dead = false
    this.meeting = null
    await this.start()
  }

  /** As many workers beside the lead as the run needs, and a port between each and the lead. */
  private async staff(count: number): Promise<void> {
    if (this.workers.length - 1 === count) return
    for (const worker of this.workers.splice(1)) worker.terminate()
    const ports: MessagePort[] = []
    for (let i = 0; i < count; i++) {
      const worker = this.spawn(`shard ${i + 1}`)
      const { port1, port2 } = new MessageChannel()
      worker.postMessage({ port: port1 }, [port1])
      ports.push(port2)
    }
    await this.guarded(this.lead.connect(...ports.map((port) => Comlink.transfer(port, [port]))))
  }

  /** A worker can die; without this a dead worker is a call that never settles. */
  private spawn(name: string): Worker {
    const worker = new Worker(new URL('./labWorker.ts', import.meta.url), { type: 'module', name })
    this.workers.push(worker)
    const died = (what: string): void => {
      this.dead = true
      if (this.meeting !== null) new Barrier(this.meeting, 0, 1, 0).kill()
      const error = new Error(`a worker stopped: ${what}`)
      this.report(error.message)
      for (const reject of this.waiting) reject(error)
    }
    worker.onerror = (event) => {
      event.preventDefault()
      died(event.message || 'it could not be started')
    }
    worker.onmessageerror = () => died('a message could not be cloned')
    return worker
  }

  private report(sentence: string): void {
    this.errorListeners.forEach((listen) => listen(sentence))
  }

  /** The answer, or the death of a worker, whichever comes first. */
  private guarded<T>(answer: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.waiting.add(reject)
      answer.then(resolve, reject).finally(() => this.waiting.delete(reject))
    })
  }

  onFacts(listener: (facts: Facts) => void): void {
    this.factsListeners.push(listener)
  }

  onError(listener: (sentence: string) => void): void {
    this.errorListeners.push(listener)
  }

  dispose(): void {
    for (const worker of this.workers) worker.terminate()
    this.frames.detach()
  }
}

/** The newest picture, from shared memory or from the last buffer that was handed over. */
class PageFrames implements FrameSource {
  private reader: TripleBufferReader | null = null
  private slots: readonly Frame[] = []
  private latest: Frame | null = null
  private shape: FrameShape | null = null
  private early: ArrayBuffer | null = null

  attach(buffer: SharedArrayBuffer | null, shape: FrameShape): void {
    this.shape = shape
    this.reader = buffer === null ? null : new TripleBufferReader(buffer, 0)
    this.slots = buffer === null ? [] : [0, 1, 2].map((slot) => frameViews(buffer, slotOffset(slot, shape), shape))
    if (buffer !== null) this.latest = null
    if (this.early !== null) this.receive(this.early)
  }

  detach(): void {
    this.reader = null
    this.latest = null
    this.shape = null
  }

  receive(buffer: ArrayBuffer): void {
    this.early = buffer
    if (this.shape !== null && this.reader === null) {
      const views = tryViews(buffer, this.shape)
      if (views !== null) this.latest = views
    }
  }

  acquire(): Frame | null {
    if (this.reader !== null) this.latest = this.slots[this.reader.acquire()]!
    return this.latest
  }
}

/** A buffer that was sent before its shape is known here may be of another run; its size tells. */
function tryViews(buffer: ArrayBuffer, shape: FrameShape): Frame | null {
  try {
    return frameViews(buffer, 0, shape)
  } catch {
    return null
  }
}
