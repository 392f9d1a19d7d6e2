import type { Effects, Input, MarkBody, Program } from '../../engine/agents/Program.ts'
import { ByteReader, ByteWriter, u32 } from '../../engine/kernel/codec.ts'
import { philox } from '../../engine/kernel/philox.ts'
import type { AgentId, Micros, U32 } from '../../engine/kernel/units.ts'
import { RingReader, RingWriter } from '../shared/ring.ts'
import type { Spinner } from '../shared/spin.ts'

const SILENCE_MS = 10_000
/** Longest sleep while a timer or a message may come, ms. */
const NAP_MS = 5

interface Hosted {
  readonly program: Program
  readonly state: any
  /** By name: when it is due, local µs. */
  readonly timers: Map<string, number>
  /** Draws so far, by purpose. */
  readonly draws: Map<number, number>
}

export interface Rings {
  readonly writer: RingWriter
  readonly reader: RingReader
}

/**
 * Programs of a swarm in real time: agents of this thread step here, messages to others go through a ring to the
 * thread at its other end. Wall time is everybody's local time, and what is to be on disk is there at once. For
 * measuring only: nothing repeats, and nothing is drawn.
 */
export class ProgramThread {
  private readonly agents = new Map<number, Hosted>()
  private readonly out = new ByteWriter(4_096)
  private readonly inputs: { to: number; input: Input<any> }[] = []
  private readonly words = new Uint32Array(4)

  /**
   * @param now milliseconds of this thread's clock.
   * @param onMark what an agent of this thread tells.
   * @param onStranger a message for an agent that is not here: its number, and the reader behind it.
   */
  constructor(
    private readonly rings: Rings,
    private readonly spinner: Spinner,
    private readonly now: () => number,
    private readonly onMark: (agent: number, mark: MarkBody) => void,
    private readonly onStranger: (to: number, from: ByteReader) => void,
  ) {}

  get localUs(): number {
    return Math.floor(this.now() * 1_000)
  }

  /** Adds an agent; its `start` is stepped with the next `run`. */
  add(agent: number, program: Program, state: unknown): void {
    this.agents.set(agent, { program, state, timers: new Map(), draws: new Map() })
    this.inputs.push({ to: agent, input: { type: 'start' } })
  }

  give(to: number, input: Input<any>): void {
    this.inputs.push({ to, input })
  }

  /** To the other thread, not to a program: `to` is a number that no agent has. */
  tell(to: number, word: number): void {
    this.out.at = 0
    for (const value of [0, to, word]) u32.write(this.out, value)
    this.post()
  }

  /** Steps what there is to step, then sleeps until something comes, a timer is due, or `untilMs`. */
  run(untilMs: number): void {
    this.rings.reader.drain((bytes, offset, length) => this.take(bytes.subarray(offset, offset + length)))
    this.fire()
    for (let next = this.inputs.shift(); next; next = this.inputs.shift()) this.step(next.to, next.input)
    this.rings.writer.flush()
    const wait = Math.min(untilMs, this.nextTimerMs()) - this.now()
    if (wait > 0) this.rings.reader.wait(this.spinner, Math.min(wait, NAP_MS))
  }

  private take(bytes: Uint8Array): void {
    const reader = new ByteReader(bytes)
    const from = u32.read(reader)
    const to = u32.read(reader)
    const hosted = this.agents.get(to)
    if (!hosted) return this.onStranger(to, reader)
    this.inputs.push({
      to,
      input: { type: 'message', from: from as AgentId, msg: hosted.program.messages.read(reader) },
    })
  }

  private fire(): void {
    const { localUs } = this
    for (const [to, { timers }] of this.agents)
      for (const [name, dueUs] of timers) {
        if (dueUs > localUs) continue
        timers.delete(name)
        this.inputs.push({ to, input: { type: 'timer', name } })
      }
  }

  private nextTimerMs(): number {
    let first = Infinity
    for (const { timers } of this.agents.values()) for (const dueUs of timers.values()) first = Math.min(first, dueUs)
    return first / 1_000
  }

  private step(to: number, input: Input<any>): void {
    const hosted = this.agents.get(to)
    if (hosted) hosted.program.step(hosted.state, input, this.effects(to, hosted))
  }

  private effects(self: number, { program, timers, draws }: Hosted): Effects<any> {
    const { localUs } = this
    return {
      self: self as AgentId,
      localUs: localUs as Micros,
      send: (to, msg) => this.send(self, to, program, msg),
      sendTo: (_, to, msg) => this.send(self, to, program, msg),
      broadcast: () => {
        throw new Error('probe: these programs do not broadcast')
      },
      setTimer: (name, afterUs) => void timers.set(name, localUs + afterUs),
      cancelTimer: (name) => void timers.delete(name),
      persist: (_, then) => void this.inputs.push({ to: self, input: { type: 'diskDone', then } }),
      mark: (mark) => this.onMark(self, mark),
      draw: (purpose) => {
        const count = draws.get(purpose) ?? 0
        draws.set(purpose, count + 1)
        philox(this.words, self, 0, purpose, count, 0, 0)
        return this.words[0]! as U32
      },
    }
  }

  /** The two programs of a run with tasks have one union of messages. */
  private send(from: number, to: number, program: Program, msg: unknown): void {
    if (this.agents.has(to))
      return void this.inputs.push({ to, input: { type: 'message', from: from as AgentId, msg } })
    this.out.at = 0
    u32.write(this.out, from)
    u32.write(this.out, to)
    program.messages.write(this.out, msg)
    this.post()
  }

  private post(): void {
    const { writer } = this.rings
    while (!writer.tryWrite(this.out.bytes, 0, this.out.at)) writer.waitForRoom(this.spinner, SILENCE_MS)
  }
}
