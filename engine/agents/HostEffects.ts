import { localAt, whenLocal } from '../kernel/clock.ts'
import { philox, STREAM } from '../kernel/philox.ts'
import type { Plain } from '../kernel/plain.ts'
import type { AgentId, Micros, U32 } from '../kernel/units.ts'
import type { HostPort, HostSpec } from './AgentHost.ts'
import { EVENT, type AgentState, type ProgramState } from './agentState.ts'
import type { Effects, MarkBody } from './Program.ts'

/** The one effects object of a host: `enter` points it at the program that is stepping. */
export class HostEffects implements Effects<unknown> {
  private agent!: AgentState
  private program!: ProgramState
  private readonly words = new Uint32Array(4)
  trace?: (event: Plain) => void

  constructor(
    private readonly spec: HostSpec,
    private readonly port: HostPort,
    private readonly kinds: ReadonlyMap<string, number>,
    private readonly flush: (agent: AgentState, program: ProgramState) => void,
  ) {
    if (port.trace !== null) this.trace = (event) => this.port.trace!(this.agent.id, event)
  }

  enter(agent: AgentState, program: ProgramState): void {
    this.agent = agent
    this.program = program
  }

  get self(): AgentId {
    return this.agent.id
  }

  get localUs(): Micros {
    return localAt(this.agent.clock, this.port.now) as Micros
  }

  send(to: AgentId, msg: unknown): void {
    this.port.send(this.agent, this.program.program, to, msg)
  }

  sendTo(program: string, to: AgentId, msg: unknown): void {
    const kind = this.kinds.get(program)
    if (kind !== undefined) this.port.send(this.agent, kind, to, msg)
  }

  broadcast(msg: unknown): void {
    this.port.broadcast(this.agent, this.program.program, msg)
  }

  setTimer(name: string, afterUs: number): void {
    const { agent, program, port } = this
    const dueLocalUs = localAt(agent.clock, port.now) + Math.max(1, Math.floor(afterUs))
    const due = Math.max(port.now + 1, whenLocal(agent.clock, dueLocalUs, port.now)) as Micros
    const seq = port.schedule(agent, due, EVENT.timer, program.program, agent.incarnation, name)
    program.timers[name] = { seq, dueLocalUs, dueUs: due }
  }

  cancelTimer(name: string): void {
    delete this.program.timers[name]
  }

  persist(record: Plain, then: Plain): void {
    this.program.writes.push({ record, then })
    this.flush(this.agent, this.program)
  }

  mark(mark: MarkBody): void {
    this.port.mark(this.agent.id, this.spec.programs[this.program.program]!.kind, mark)
  }

  draw(purpose: U32): U32 {
    const count = this.program.draws[purpose] ?? 0
    this.program.draws[purpose] = count + 1
    const stream = STREAM.program + (this.program.program + 1) * 65_536
    philox(this.words, this.spec.seed, stream, this.agent.id, purpose, count, 0)
    return this.words[0]!
  }
}
