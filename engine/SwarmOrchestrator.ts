import type { AgentRegistry } from './agents/AgentRegistry.ts'
import type { AgentState } from './agents/agentState.ts'
import { checkContext } from './checkContext.ts'
import type { CheckStatus } from './checks/Checks.ts'
import { ConsensusEngine } from './consensus/ConsensusEngine.ts'
import { clonePlain, type Plain } from './kernel/plain.ts'
import { fail, ok, type Result } from './kernel/result.ts'
import { micros, type AgentId } from './kernel/units.ts'
import { LocalRun } from './LocalRun.ts'
import { BroadcastChannel } from './net/BroadcastChannel.ts'
import type { EventStream } from './net/EventStream.ts'
import { MessageBus } from './net/MessageBus.ts'
import { Observer } from './Observer.ts'
import { firstDifferenceUs, forkLog } from './replay/logs.ts'
import { LIMITS } from './scenario/limits.ts'
import { parseCommand, parseScenario } from './scenario/parse.ts'
import { initialLog } from './scenario/initialLog.ts'
import type { Command, Op, Scenario } from './scenario/Scenario.ts'
import type { ShardSnapshot } from './snapshot.ts'
import type { Space } from './space/SpaceModel.ts'

/** A run at a cut, as plain data: restorable by any orchestrator of the same scenario, on any layout. */
export interface Snapshot {
  readonly timeUs: number
  readonly log: readonly Command[]
  readonly parts: readonly ShardSnapshot[]
}

export interface OrchestratorOptions {
  /** Shards to divide the run into, on this one thread; the result is the same for any number. Default 1. */
  readonly shards?: number
}

/**
 * A swarm under control of another program, on the calling thread: the documented command surface. Every command is an
 * entry of the log, applied at the cut where the run stands, so that what was done can be replayed, forked and shared.
 *
 * At a cut, always in this order: digest, commands in log order, shared tables (topology, routes, registry), and then
 * events go on. Bad input is refused with one sentence and changes nothing.
 */
export class SwarmOrchestrator {
  private run: LocalRun
  private commands: readonly Command[]
  private watching: Observer
  readonly bus: MessageBus

  /** Checks `input` (a scenario file's content or a built-in scenario) and sets it up at time 0. */
  static open(input: unknown, options: OrchestratorOptions = {}): Result<SwarmOrchestrator> {
    const shards = options.shards ?? 1
    if (!(Number.isInteger(shards) && shards >= 1 && shards <= 64)) return fail(`shards: ${shards} is outside 1..64`)
    const scenario = parseScenario(input)
    return scenario.ok ? ok(new SwarmOrchestrator(scenario.value, shards)) : scenario
  }

  private constructor(
    readonly scenario: Scenario,
    private readonly shards: number,
  ) {
    this.run = new LocalRun(scenario, { shards, flights: 1_024, history: 16_384 })
    this.commands = initialLog(scenario)
    this.watching = new Observer(scenario.checks, checkContext(scenario, this.commands))
    const post = (agent: AgentId, op: Plain | object): void => {
      const posted = this.inject({ op: 'propose', agent, program: 'bus', value: op as Plain })
      if (!posted.ok) throw new RangeError(posted.error)
    }
    this.bus = new MessageBus(post, this.watching.stream)
  }

  /** Virtual time of the present cut, µs: everything before it has happened. */
  get timeUs(): number {
    return this.run.clock
  }

  /** The command log: scheduled faults, then what was commanded, in the order it was. */
  get log(): readonly Command[] {
    return this.commands
  }

  /** Facts in their total order; subscribe to hear of later ones. */
  get events(): EventStream {
    return this.watching.stream
  }

  /** Who there is; read only. */
  get registry(): AgentRegistry {
    return this.run.shards[0]!.world.state.registry
  }

  /** Places, headings and fields of the bodies; read only. Null where agents have no place. */
  get space(): Space | null {
    return this.run.shards[0]!.space
  }

  /** Runs on to the cut at `timeUs`. Times in the past need `seek`. */
  runTo(timeUs: number): Result<number> {
    if (!(Number.isInteger(timeUs) && timeUs >= this.timeUs && timeUs <= LIMITS.timeUsMax))
      return fail(`timeUs: ${timeUs} is outside ${this.timeUs}..${LIMITS.timeUsMax}`)
    this.run.runTo(micros(timeUs))
    this.gather()
    return ok(this.timeUs)
  }

  /** Runs to just after the next event. False where nothing is left to happen. */
  step(): boolean {
    const moved = this.run.step()
    this.gather()
    return moved
  }

  /** Goes to any time, back or on, under the same log. Times in the past are run again from the beginning. */
  seek(timeUs: number): Result<number> {
    if (!(Number.isInteger(timeUs) && timeUs >= 0)) return fail(`timeUs: ${timeUs} is not a time from 0 on`)
    if (timeUs < this.timeUs) {
      this.run = new LocalRun(this.scenario, { shards: this.shards, flights: 1_024, history: 16_384 })
      this.run.setLog(this.commands)
    }
    return this.runTo(timeUs)
  }

  /** Any command of the log, at the present cut. The log must not have been run further than here: fork for that. */
  inject(op: Op): Result<Command> {
    if (this.watching.frontierUs > this.timeUs)
      return fail(
        `timeUs: ${this.timeUs} is before ${this.watching.frontierUs}, how far this log was run; fork here first`,
      )
    const command = parseCommand({ at: this.timeUs, ...op }, this.scenario, this.commands)
    if (!command.ok) return command
    this.commands = [...this.commands, command.value]
    this.run.setLog(this.commands)
    return command
  }

  /** Adds an agent (to `group`, where the topology has groups). Its id is the next free one. */
  spawn(group?: number): Result<AgentId> {
    const pending = this.commands.filter((c) => c.op === 'join' && c.at === this.timeUs).length
    const added = this.inject(group === undefined ? { op: 'join' } : { op: 'join', group })
    return added.ok ? ok((this.registry.count + pending) as AgentId) : added
  }

  /** The agent leaves for good; the topology closes the gap. */
  retire(agent: AgentId): Result<Command> {
    return this.inject({ op: 'leave', agent })
  }

  /** Sets the strength of the connection a – b; latency is divided by it. */
  connect(a: AgentId, b: AgentId, weight: number): Result<Command> {
    return this.inject({ op: 'connect', a, b, weight })
  }

  /** Gives an operation to a program of an agent. */
  assign(agent: AgentId, program: string, operation: Plain): Result<Command> {
    return this.inject({ op: 'propose', agent, program, value: operation })
  }

  /** `agent` stands for election now. */
  electLeader(agent: AgentId): Result<Command> {
    const { program, op } = ConsensusEngine.electLeader(agent)
    return this.assign(agent, program, op)
  }

  /** `value` goes into the replicated log, through `agent`. */
  propose(agent: AgentId, value: Plain): Result<Command> {
    const asked = ConsensusEngine.propose(agent, value)
    return asked.ok ? this.assign(agent, asked.value.program, asked.value.op) : asked
  }

  /** `agent` tells everybody that the topology reaches. Needs the program "bus" in the scenario. */
  publish(agent: AgentId, body: Plain): Result<BroadcastChannel> {
    const posted = this.inject({ op: 'propose', agent, program: 'bus', value: { op: 'broadcast', body } })
    return posted.ok ? ok(this.bus.broadcast(agent)) : posted
  }

  /** Another swarm from here on: the same past, its own future. What was commanded later is not part of it. */
  fork(): SwarmOrchestrator {
    const other = new SwarmOrchestrator(this.scenario, this.shards)
    other.commands = forkLog(this.commands, initialLog(this.scenario).length, this.run.clock)
    other.run.setLog(other.commands)
    other.runTo(this.timeUs)
    return other
  }

  snapshot(): Snapshot {
    return { timeUs: this.timeUs, log: this.commands, parts: this.run.snapshot() }
  }

  /** Goes to a snapshot of the same scenario. Refused where its log differs from this one's before its time. */
  restore(snapshot: Snapshot): Result<number> {
    const differs = firstDifferenceUs(this.commands, snapshot.log)
    if (differs < snapshot.timeUs)
      return fail(`snapshot: its log differs from this one's at ${differs} µs, before its time ${snapshot.timeUs}`)
    this.commands = snapshot.log
    this.run.setLog(snapshot.log)
    this.run.restore(snapshot.parts)
    return ok(this.timeUs)
  }

  /** A copy of everything one agent is; null where there is none of that id. */
  inspect(agent: AgentId): AgentState | null {
    for (const shard of this.run.shards) {
      const state = shard.agents.get(agent)
      if (state !== undefined) return clonePlain(state)
    }
    return null
  }

  /** Sixteen hexadecimal digits: equal digests, equal runs. */
  digest(): string {
    return this.run.digestText()
  }

  checks(): readonly CheckStatus[] {
    return this.watching.status()
  }

  private gather(): void {
    this.watching.take(this.run.takeMarks(), this.run.clock)
  }
}
