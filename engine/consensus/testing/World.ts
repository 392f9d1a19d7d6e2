import type { BootContext, Effects, Input, Mark, MarkBody, Program, Surroundings } from '../../agents/Program.ts'
import { ByteReader, ByteWriter } from '../../kernel/codec.ts'
import { assert } from '../../kernel/assert.ts'
import { clonePlain } from '../../kernel/plain.ts'
import { agentId, micros, NONE } from '../../kernel/units.ts'
import type { AgentId, Micros, U32 } from '../../kernel/units.ts'
import { mixWord } from '../chain.ts'

/**
 * A small world for unit tests of programs: one queue, no topology, a network and a disk that a test can bend. Every
 * message passes its byte layout, and states are cloned now and then, so that neither can be forgotten.
 */
export interface WorldOptions {
  readonly agents: number
  readonly seed?: number
  /** µs; used where `network` says nothing else. */
  readonly latencyUs?: number
  readonly fsyncUs?: number
  /** Delays after which the message arrives: none = lost, two = duplicated. */
  readonly network?: (sent: Sent) => readonly number[]
  readonly neighbours?: (agent: AgentId) => readonly AgentId[]
  readonly surroundings?: (agent: AgentId) => Surroundings
  readonly onMark?: (mark: Mark) => void
}

export interface Sent {
  readonly from: AgentId
  readonly to: AgentId
  readonly program: string
  readonly msg: any
  readonly timeUs: number
}

interface Running {
  readonly program: Program
  readonly params: any
  readonly members: readonly AgentId[]
  state: any
  disk: any
}

interface Event {
  readonly time: number
  readonly seq: number
  readonly agent: AgentId
  readonly program: string
  readonly input: Input<any>
  /** −1: whichever life the agent is in. */
  readonly incarnation: number
  readonly timer?: number
  readonly record?: unknown
}

export class World {
  nowUs = 0
  events: Event[] = []
  marks: Mark[] = []
  sent: Sent[] = []
  traces: any[] = []
  /** Directed pairs `from→to` that hear nothing. */
  readonly cuts = new Set<string>()
  readonly running: Map<string, Running>[] = []
  readonly up: boolean[] = []
  readonly incarnation: number[] = []
  private seq = 0
  private markIndex = 0
  private readonly timers = new Map<string, number>()
  private readonly draws = new Map<string, number>()

  constructor(readonly options: WorldOptions) {
    for (let a = 0; a < options.agents; a++) {
      this.running.push(new Map())
      this.up.push(true)
      this.incarnation.push(0)
    }
  }

  /** Puts `program` on `members`; call before the first run. */
  install(program: Program, members: readonly number[], params: any): this {
    const ids = members.map(agentId)
    for (const id of ids) {
      const disk = program.disk?.empty()
      this.running[id]!.set(program.kind, { program, params, members: ids, state: null, disk })
      this.boot(id, program.kind)
    }
    return this
  }

  private boot(agent: AgentId, kind: string): void {
    const row = this.running[agent]!.get(kind)!
    const neighbours = this.options.neighbours?.(agent) ?? []
    const ctx: BootContext<any> = {
      params: row.params,
      members: row.members,
      agentsOf: { [kind]: row.members },
      capabilities: [],
      seed: 1,
      tasks: null,
      surroundings: this.options.surroundings?.(agent) ?? { neighbours, parent: NONE, children: [], group: 0 },
      incarnation: this.incarnation[agent]!,
    }
    row.state = row.program.boot(agent, row.disk, ctx)
    // Before anything that arrives at this very time: `start` is the first input of every life.
    const start: Event = {
      ...{ time: this.nowUs, seq: this.seq++, agent, program: kind, input: { type: 'start' } },
      incarnation: ctx.incarnation,
    }
    this.events.unshift(start)
  }

  private push(event: Omit<Event, 'seq'>): void {
    const full = { ...event, seq: this.seq++ }
    let at = this.events.length
    while (at > 0 && this.events[at - 1]!.time > full.time) at--
    this.events.splice(at, 0, full)
  }

  /** Handles every event up to and including `untilUs`. */
  runTo(untilUs: number): this {
    while (this.events.length > 0 && this.events[0]!.time <= untilUs) this.handle(this.events.shift()!)
    this.nowUs = Math.max(this.nowUs, untilUs)
    return this
  }
  run(forUs: number): this {
    return this.runTo(this.nowUs + forUs)
  }
  /** Until `done` holds; fails after `limitUs`. */
  runUntil(done: () => boolean, limitUs = 10_000_000): this {
    const limit = this.nowUs + limitUs
    while (!done()) {
      const next = this.events[0]
      assert(next !== undefined && next.time <= limit, 'what the test waits for happens')
      this.handle(this.events.shift()!)
    }
    return this
  }

  private handle(event: Event): void {
    this.nowUs = Math.max(this.nowUs, event.time)
    const { agent, program, input } = event
    if (!this.up[agent] || (event.incarnation >= 0 && event.incarnation !== this.incarnation[agent])) return
    const timer = input.type === 'timer' ? `${agent}/${program}/${input.name}` : ''
    if (timer && this.timers.get(timer) !== event.timer) return
    const row = this.running[agent]!.get(program)
    if (!row) return
    if (event.record !== undefined) row.program.disk!.write(row.disk, event.record)
    this.markIndex = 0
    row.program.step(row.state, input, this.effects(agent, program, event))
    if (event.seq % 101 === 0) row.state = (row.program.clone ?? clonePlain)(row.state)
  }

  private effects(agent: AgentId, program: string, event: Event): Effects<any> {
    const later = (afterUs: number): number => this.nowUs + Math.max(1, afterUs)
    const incarnation = this.incarnation[agent]!
    const row = this.running[agent]!.get(program)!
    return {
      self: agent,
      localUs: micros(this.nowUs) as Micros,
      send: (to, msg) => this.transmit(agent, to, program, msg),
      sendTo: (other, to, msg) => this.transmit(agent, to, other, msg),
      broadcast: (msg) => {
        for (const to of row.members) if (to !== agent) this.transmit(agent, to, program, msg)
      },
      setTimer: (name, afterUs) => {
        const timer = this.seq
        this.timers.set(`${agent}/${program}/${name}`, timer)
        this.push({ time: later(afterUs), agent, program, input: { type: 'timer', name }, incarnation, timer })
      },
      cancelTimer: (name) => void this.timers.delete(`${agent}/${program}/${name}`),
      persist: (record, then) => {
        assert(row.program.disk !== undefined, 'only a program with a disk writes')
        const time = later(this.options.fsyncUs ?? 500)
        this.push({ time, agent, program, input: { type: 'diskDone', then }, incarnation, record: freeze(record) })
      },
      mark: (body) => this.mark(agent, program, body, event.seq),
      draw: (purpose) => this.draw(agent, purpose),
      trace: (value) => void this.traces.push(value),
    }
  }

  private transmit(from: AgentId, to: AgentId, program: string, msg: any): void {
    const sent: Sent = { from, to, program, msg: freeze(msg), timeUs: this.nowUs }
    this.sent.push(sent)
    const cut = this.cuts.has(`${from}→${to}`)
    const delays = cut ? [] : (this.options.network?.(sent) ?? [this.options.latencyUs ?? 1_000])
    for (const delayUs of from === to ? [1] : delays) this.deliver(sent, delayUs)
  }

  /** Delivers a message (again) after `delayUs`, cut or not. */
  deliver(sent: Sent, delayUs: number): void {
    const { from, to, program } = sent
    const row = this.running[to]?.get(program)
    const time = this.nowUs + Math.max(1, delayUs)
    const msg = row ? throughBytes(row.program, sent.msg) : sent.msg
    this.push({ time, agent: to, program, input: { type: 'message', from, msg }, incarnation: -1 })
  }

  private mark(agent: AgentId, program: string, body: MarkBody, seq: number): void {
    const key = { time: micros(this.nowUs), dst: agent, src: agent, seq }
    const mark: Mark = { key, index: this.markIndex++, agent, program, body: freeze(body) }
    this.marks.push(mark)
    this.options.onMark?.(mark)
  }
  /** As the host does for faults. */
  hostMark(agent: number, body: MarkBody): void {
    this.mark(agentId(agent), 'host', body, this.seq++)
  }

  private draw(agent: AgentId, purpose: U32): U32 {
    const address = `${agent}/${purpose}`
    const count = (this.draws.get(address) ?? 0) + 1
    this.draws.set(address, count)
    return mixWord(mixWord(mixWord(mixWord(1, this.options.seed ?? 1), agent), purpose), count) % 4_294_967_296
  }

  /** `keepWrite`: a write under way reached the disk although nobody was told. */
  crash(agent: number, keepWrite = false): this {
    if (!this.up[agent]) return this
    this.up[agent] = false
    for (const event of this.events) {
      const row = this.running[agent]!.get(event.program)
      const pending = event.agent === agent && event.incarnation === this.incarnation[agent]
      if (keepWrite && pending && event.record !== undefined) row!.program.disk!.write(row!.disk, event.record)
    }
    this.incarnation[agent]!++
    this.hostMark(agent, { kind: 'crashed' })
    return this
  }
  restart(agent: number): this {
    if (this.up[agent]) return this
    this.up[agent] = true
    this.hostMark(agent, { kind: 'restarted' })
    for (const kind of this.running[agent]!.keys()) this.boot(agentId(agent), kind)
    return this
  }
  /** Nothing passes between `side` and the rest. */
  partition(side: readonly number[]): this {
    for (let a = 0; a < this.up.length; a++)
      for (let b = 0; b < this.up.length; b++) if (side.includes(a) !== side.includes(b)) this.cut(a, b)
    return this
  }
  cut(from: number, to: number): this {
    if (this.cuts.size === 0) this.hostMark(from, { kind: 'fault', active: true })
    this.cuts.add(`${from}→${to}`)
    return this
  }
  heal(): this {
    if (this.cuts.size > 0) this.hostMark(0, { kind: 'fault', active: false })
    this.cuts.clear()
    return this
  }
  op(agent: number, program: string, op: any): this {
    const input: Input<any> = { type: 'clientOp', op }
    this.push({ time: this.nowUs + 1, agent: agentId(agent), program, input, incarnation: -1 })
    return this
  }
  discover(agent: number, surroundings: any): this {
    for (const program of this.running[agent]!.keys()) {
      const input: Input<any> = { type: 'discovery', surroundings }
      this.push({ time: this.nowUs + 1, agent: agentId(agent), program, input, incarnation: -1 })
    }
    return this
  }
  state<T>(agent: number, program: string): T {
    return this.running[agent]!.get(program)!.state
  }
}

function throughBytes(program: Program, msg: any): any {
  const writer = new ByteWriter(64)
  program.messages.write(writer, msg)
  return freeze(program.messages.read(new ByteReader(writer.bytes.slice(0, writer.at))))
}

function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.freeze(value)
  for (const item of Object.values(value)) freeze(item)
  return value
}
