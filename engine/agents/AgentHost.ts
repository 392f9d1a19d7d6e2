import { adjustClock, trueClock, whenLocal, type LocalClock } from '../kernel/clock.ts'
import { log } from '../kernel/math.ts'
import { philox, STREAM, unit } from '../kernel/philox.ts'
import { clonePlain, type Plain } from '../kernel/plain.ts'
import type { AgentId, Micros, U32 } from '../kernel/units.ts'
import { EVENT, STATUS_CODE, type AgentState, type ProgramState, type Waiting } from './agentState.ts'
import { HostEffects } from './HostEffects.ts'
import type { BootContext, Input, MarkBody, Program, Surroundings } from './Program.ts'

/**
 * What the shard does for its agents. `now` is the time of the event being handled; its key is the cause of the rest.
 */
export interface HostPort {
  readonly now: Micros
  schedule(agent: AgentState, due: Micros, type: number, a: number, b: U32, payload: unknown): U32
  send(agent: AgentState, program: number, to: AgentId, msg: unknown): void
  broadcast(agent: AgentState, program: number, msg: unknown): void
  mark(agent: AgentId, program: string, body: MarkBody): void
  /** Passes on a packet that is not only for this agent. */
  relay(agent: AgentState, packet: Relayed): void
  /** Key of the event being handled: [time, dst, src, seq]. */
  keyWords(): readonly [number, number, number, number]
  /** The cause of what follows is this event, not the one being handled. */
  becauseOf(cause: readonly [number, number, number, number]): void
  /** A message whose link waits for its credit was handled, or never will be. `src`, `seq`: of its arrival. */
  credit(agent: AgentId, packet: Relayed, src: AgentId, seq: U32, handled: boolean): void
  /** Latency from arrival to handling, virtual µs. */
  waited(us: number): void
  trace: ((agent: AgentId, event: Plain) => void) | null
}

/** What the host needs to know of a packet; net/Packet.ts is the whole. A negative `to` is everybody. */
export interface Relayed {
  readonly from: AgentId
  readonly to: AgentId
  readonly program: number
  readonly msg: unknown
}

export interface HostSpec {
  readonly seed: U32
  readonly programs: readonly Program[]
  readonly serviceUs: number
  readonly service: 'constant' | 'exponential'
  readonly inboxMax: number
  /** µs of one write + fsync for a uniform word. */
  fsyncUs(word: U32): number
  readonly tornWrites: boolean
  /** Largest offset (µs) and drift (ppm) of a clock at the start, either way. */
  readonly clocks: { readonly offsetUs: number; readonly driftPpm: number }
  contextOf(agent: AgentId, program: number): Omit<BootContext<unknown>, 'incarnation'>
}

/** Flag of an arrival whose link gets a credit back: net/Packet.ts has it, and a test compares the two. */
export const CREDITED = 2

/** Slowed agents are served at least this slowly per unit of factor, so that `slow` shows where service is free. */
export const SLOW_BASE_US = 100

/** Runs the programs of a shard's agents: power, clocks, timers, disks, service. All state is in AgentState. */
export class AgentHost {
  private readonly effects: HostEffects
  private readonly words = new Uint32Array(4)
  private readonly kinds: Map<string, number>

  constructor(
    private readonly spec: HostSpec,
    private readonly port: HostPort,
  ) {
    this.kinds = new Map(spec.programs.map((p, i) => [p.kind, i]))
    this.effects = new HostEffects(spec, port, this.kinds, (agent, program) => this.flush(agent, program))
  }

  /** A new agent with the given program kinds, powered on, with `overrides` of their parameters. */
  create(
    id: AgentId,
    programs: readonly number[],
    overrides: (program: number) => ProgramState['overrides'] = () => ({}),
  ): AgentState {
    const agent: AgentState = {
      id,
      status: STATUS_CODE.up,
      incarnation: 0,
      seq: 0,
      clock: this.clockOf(id),
      slowFactor: 1,
      diskFactor: 1,
      diskForgets: false,
      serving: false,
      inbox: [],
      programs: programs.map((program) => ({
        program,
        state: null,
        timers: {},
        draws: {},
        disk: this.spec.programs[program]!.disk?.empty() ?? null,
        writes: [],
        flushing: 0,
        unsynced: [],
        overrides: overrides(program),
      })),
    }
    this.boot(agent)
    return agent
  }

  private boot(agent: AgentState): void {
    for (const p of agent.programs) {
      const known = this.spec.contextOf(agent.id, p.program)
      const params = { ...(known.params as object), ...p.overrides }
      const context = { ...known, params, incarnation: agent.incarnation }
      p.state = this.spec.programs[p.program]!.boot(agent.id, clonePlain(p.disk), context)
    }
  }

  /** Power off: volatile state, timers, inbox are gone; of unfinished writes a torn prefix may stay. */
  crash(agent: AgentState): void {
    agent.status = STATUS_CODE.down
    for (const { type, b, payload, cause } of agent.inbox)
      if (type === EVENT.arrive && b & CREDITED)
        this.port.credit(agent.id, payload as Relayed, cause[2] as AgentId, cause[3], false)
    agent.inbox = []
    agent.serving = false
    for (const p of agent.programs) {
      // A disk that forgets keeps none of them: they would follow upon records that are lost.
      if (this.spec.tornWrites && p.writes.length > 0 && !agent.diskForgets) {
        philox(this.words, this.spec.seed, STREAM.disk, agent.id, p.program, agent.incarnation, 1)
        const kept = this.words[0]! % (p.writes.length + 1)
        const disk = this.spec.programs[p.program]!.disk
        for (const write of p.writes.slice(0, kept)) disk?.write(p.disk, write.record)
      }
      p.writes = []
      p.flushing = 0
      p.unsynced = []
      p.state = null
      for (const name of Object.keys(p.timers)) delete p.timers[name]
    }
  }

  /** Sets how the disk fares from now on; one that works again makes durable what it had only confirmed. */
  setDisk(agent: AgentState, factor: number, forgets: boolean): void {
    agent.diskFactor = factor
    agent.diskForgets = forgets
    if (forgets) return
    for (const p of agent.programs) {
      for (const record of p.unsynced) this.spec.programs[p.program]!.disk?.write(p.disk, record)
      p.unsynced = []
    }
  }

  /** What the clock of a new agent shows: off and drifting by addressed draws, or true. */
  private clockOf(id: AgentId): LocalClock {
    const clock = trueClock()
    const { offsetUs, driftPpm } = this.spec.clocks
    if (offsetUs === 0 && driftPpm === 0) return clock
    philox(this.words, this.spec.seed, STREAM.clock, id, 0, 0, 0)
    clock.localUs = Math.round(offsetUs * (2 * unit(this.words[0]!) - 1))
    clock.driftPpm = driftPpm * (2 * unit(this.words[1]!) - 1)
    return clock
  }

  /** Power on from what the disk holds; a start event follows from the shard. */
  restart(agent: AgentState): void {
    agent.status = STATUS_CODE.up
    agent.incarnation++
    this.boot(agent)
  }

  pause(agent: AgentState): void {
    agent.status = STATUS_CODE.paused
  }

  resume(agent: AgentState): void {
    agent.status = STATUS_CODE.up
    if (agent.inbox.length > 0 && !agent.serving) this.beginService(agent)
  }

  /**
   * One event for one agent, from `src` by its number `seq`. Returns false where nobody heard it (the agent is off, the
   * inbox is full, the timer or the incarnation is stale).
   */
  handle(agent: AgentState, type: number, a: number, b: U32, payload: unknown, src: AgentId, seq: U32): boolean {
    if (agent.status === STATUS_CODE.down || agent.status === STATUS_CODE.absent) return false
    if (type === EVENT.serve) return b === agent.incarnation && this.serve(agent)
    if (type === EVENT.diskDone) return b === agent.incarnation && this.diskDone(agent, a, seq)
    if (type === EVENT.start && b !== agent.incarnation) return false
    if (type === EVENT.timer && !isCurrent(agent, a, b, payload as string, seq)) return false
    const free = type !== EVENT.arrive || (this.spec.serviceUs === 0 && agent.slowFactor === 1)
    if (free && agent.status === STATUS_CODE.up && agent.inbox.length === 0) {
      if (type === EVENT.arrive) this.port.waited(0)
      this.deliver(agent, type, a, b, payload, src, seq)
      return true
    }
    return this.enqueue(agent, { type, a, b, payload, arrivedUs: this.port.now, cause: this.port.keyWords() })
  }

  private enqueue(agent: AgentState, waiting: Waiting): boolean {
    if (waiting.type === EVENT.arrive && agent.inbox.length >= this.spec.inboxMax) return false
    agent.inbox.push(waiting)
    if (!agent.serving && agent.status === STATUS_CODE.up) this.beginService(agent)
    return true
  }

  private beginService(agent: AgentState): void {
    const first = agent.inbox[0]!
    let us = 1
    if (first.type === EVENT.arrive) {
      us = Math.max(1, this.serviceUs(agent))
      if (agent.slowFactor !== 1) us = Math.max(1, Math.round(Math.max(us, SLOW_BASE_US) * agent.slowFactor))
    }
    agent.serving = true
    this.port.schedule(agent, (this.port.now + us) as Micros, EVENT.serve, 0, agent.incarnation, null)
  }

  private serviceUs(agent: AgentState): number {
    const { serviceUs, service, seed } = this.spec
    if (service === 'constant' || serviceUs === 0) return serviceUs
    philox(this.words, seed, STREAM.service, agent.id, 0, agent.seq, 0)
    return Math.round(-serviceUs * log((this.words[0]! + 1) / 4_294_967_296))
  }

  private serve(agent: AgentState): boolean {
    agent.serving = false
    if (agent.status === STATUS_CODE.paused) return true
    const waiting = agent.inbox.shift()
    if (waiting === undefined) return true
    const stale =
      waiting.type === EVENT.timer && !isCurrent(agent, waiting.a, waiting.b, waiting.payload, waiting.cause[3])
    if (!stale) {
      this.port.becauseOf(waiting.cause)
      if (waiting.type === EVENT.arrive) this.port.waited(this.port.now - waiting.arrivedUs)
      const { type, a, b, payload, cause } = waiting
      this.deliver(agent, type, a, b, payload, cause[2] as AgentId, cause[3])
    }
    if (agent.inbox.length > 0 && !agent.serving) this.beginService(agent)
    return true
  }

  private deliver(agent: AgentState, type: number, a: number, b: U32, payload: any, src: AgentId, seq: U32): void {
    switch (type) {
      case EVENT.start:
        for (const p of agent.programs) this.step(agent, p, { type: 'start' })
        return
      case EVENT.discovery:
        for (const p of agent.programs)
          this.step(agent, p, { type: 'discovery', surroundings: payload as Surroundings })
        return
      case EVENT.arrive: {
        const packet = payload as Relayed
        if (b & CREDITED) this.port.credit(agent.id, packet, src, seq, true)
        if (packet.to !== agent.id) this.port.relay(agent, packet)
        const p = packet.to >= 0 && packet.to !== agent.id ? null : programOf(agent, packet.program)
        if (p !== null) this.step(agent, p, { type: 'message', from: packet.from, msg: packet.msg })
        return
      }
      case EVENT.timer: {
        const p = programOf(agent, a)!
        if (p.timers[payload]?.seq === seq) delete p.timers[payload]
        this.step(agent, p, { type: 'timer', name: payload })
        return
      }
      case EVENT.clientOp: {
        const p = programOf(agent, a)
        if (p !== null) this.step(agent, p, { type: 'clientOp', op: payload })
        return
      }
      case EVENT.diskDone:
        this.step(agent, programOf(agent, a)!, { type: 'diskDone', then: payload })
    }
  }

  private step(agent: AgentState, p: ProgramState, input: Input<unknown>): void {
    this.effects.enter(agent, p)
    this.spec.programs[p.program]!.step(p.state, input, this.effects)
  }

  /** Starts an fsync of everything issued so far, unless one is running. */
  private flush(agent: AgentState, p: ProgramState): void {
    if (p.flushing > 0 || p.writes.length === 0) return
    p.flushing = p.writes.length
    philox(this.words, this.spec.seed, STREAM.disk, agent.id, p.program, agent.seq, 0)
    const due = (this.port.now +
      Math.max(1, Math.round(this.spec.fsyncUs(this.words[0]!) * agent.diskFactor))) as Micros
    this.port.schedule(agent, due, EVENT.diskDone, p.program, agent.incarnation, null)
  }

  private diskDone(agent: AgentState, program: number, seq: U32): boolean {
    const p = programOf(agent, program)!
    const done = p.writes.splice(0, p.flushing)
    p.flushing = 0
    const disk = this.spec.programs[program]!.disk
    if (agent.diskForgets) p.unsynced.push(...done.map(({ record }) => record))
    else for (const write of done) disk?.write(p.disk, write.record)
    this.flush(agent, p)
    for (const write of done) {
      if (agent.status === STATUS_CODE.up && agent.inbox.length === 0) {
        this.deliver(agent, EVENT.diskDone, program, 0, write.then, agent.id, seq)
      } else {
        const waiting = { type: EVENT.diskDone, a: program, b: agent.incarnation, payload: write.then }
        this.enqueue(agent, { ...waiting, arrivedUs: this.port.now, cause: this.port.keyWords() })
      }
    }
    return true
  }

  /**
   * Sets an agent's clock forward by `offsetUs` and its drift. A timer measures a span, so a jump leaves it what it had
   * left to run; a drift changes how long that takes.
   */
  setClock(agent: AgentState, offsetUs: number, driftPpm: number): void {
    adjustClock(agent.clock, this.port.now, offsetUs, driftPpm)
    for (const p of agent.programs) {
      for (const [name, timer] of Object.entries(p.timers)) {
        const dueLocalUs = timer.dueLocalUs + offsetUs
        const due = Math.max(this.port.now + 1, whenLocal(agent.clock, dueLocalUs, this.port.now)) as Micros
        const seq = this.port.schedule(agent, due, EVENT.timer, p.program, agent.incarnation, name)
        p.timers[name] = { seq, dueLocalUs, dueUs: due }
      }
    }
  }
}

function programOf(agent: AgentState, program: number): ProgramState | null {
  for (const p of agent.programs) if (p.program === program) return p
  return null
}

/** Whether a timer event is the one last set under its name, in this incarnation. */
function isCurrent(agent: AgentState, program: number, incarnation: U32, name: unknown, seq: U32): boolean {
  return incarnation === agent.incarnation && programOf(agent, program)?.timers[name as string]?.seq === seq
}
