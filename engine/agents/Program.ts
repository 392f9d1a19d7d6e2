import type { Layout } from '../kernel/codec.ts'
import type { Key } from '../kernel/key.ts'
import type { Plain } from '../kernel/plain.ts'
import type { AgentId, Micros, U32 } from '../kernel/units.ts'
import type { TasksSpec } from '../scenario/Scenario.ts'

/**
 * The contract between an agent's program and its host; this file holds nothing else, and every room may import its
 * types. A program is a step over plain state: one input in, the state moves on, what the host must do is appended to
 * `out`. It has no clock, no socket and no shared source; the same step runs in the lab and in a unit test.
 */
export interface Program<State = any, Msg = any, Params = any, Disk = any> {
  /** Unique name; messages are addressed to (agent, program kind). */
  readonly kind: string
  /** Byte layout of every message, declared once for both ends of a ring. */
  readonly messages: Layout<Msg>
  /** The message's kind for colour, rules and counts: a short word out of `messageKinds`. */
  readonly messageKinds: readonly string[]
  kindOf(msg: Msg): string
  /** Durable storage: what a crash keeps. `write` folds one synced record into it (mutates `disk`). */
  /** `clone` shares what never changes (log entries); without it a checkpoint copies everything. */
  readonly disk?: { empty(): Disk; write(disk: Disk, record: any): void; clone?(disk: Disk): Disk }
  /**
   * State after power-on. `durable` is the folded disk (empty at first boot); the program may keep no reference to it.
   */
  boot(self: AgentId, durable: Disk, ctx: BootContext<Params>): State
  /** May mutate `state`. The first input after every boot is `start`. */
  step(state: State, input: Input<Msg>, out: Effects<Msg>): void
  /** A copy for checkpoints; default is a deep copy. Override to share immutable parts (log entries). */
  clone?(state: State): State
  /** What the picture shows of this state; writes only into `view`. Never read by a program or a check. */
  view?(state: State, view: AgentView): void
}

export interface BootContext<Params> {
  readonly params: Params
  /** Agents that run this program, ascending, self included. */
  readonly members: readonly AgentId[]
  /** Agents that run each program of the run from the start on, ascending; whoever joins later says so itself. */
  readonly agentsOf: { readonly [program: string]: readonly AgentId[] }
  readonly surroundings: Surroundings
  /** What this agent can do: kinds of the programs that it runs, in the scenario's order. */
  readonly capabilities: readonly string[]
  /** The scenario's: what several agents draw by the same address (the n-th task) is the same for all. */
  readonly seed: U32
  /** What there is to do; null where the scenario has no tasks. */
  readonly tasks: TasksSpec | null
  /** Count of boots before this one: 0 at first start. */
  readonly incarnation: U32
}

/** What an agent knows of the topology around itself. */
export interface Surroundings {
  /** One-hop neighbours it may address directly, ascending. */
  readonly neighbours: readonly AgentId[]
  /** Reporting chain; NONE at a root and where the topology has no levels. */
  readonly parent: AgentId
  readonly children: readonly AgentId[]
  /** Group (region, tree) the agent belongs to; 0 where there are none. */
  readonly group: number
}

export type Input<Msg> =
  | { readonly type: 'start' }
  | { readonly type: 'message'; readonly from: AgentId; readonly msg: Msg }
  | { readonly type: 'timer'; readonly name: string }
  /** The write issued with `then` is on disk. */
  | { readonly type: 'diskDone'; readonly then: Plain }
  /** A person's or a program's operation entering from outside (orchestrator `propose`, `assign`). */
  | { readonly type: 'clientOp'; readonly op: Plain }
  /** The surroundings changed; arrives like any event, at least 1 µs after the cut that changed them. */
  | { readonly type: 'discovery'; readonly surroundings: Surroundings }

export interface Effects<Msg> {
  readonly self: AgentId
  /** The agent's own clock, µs: offset and drift included. Timers run on it. */
  readonly localUs: Micros
  /** To the same program on agent `to`; the network decides whether and when it is heard. */
  send(to: AgentId, msg: Msg): void
  /** To another program (`program` = its kind) on agent `to`, itself included (≥ 1 µs). */
  sendTo(program: string, to: AgentId, msg: any): void
  /**
   * To the same program on every agent the topology reaches, one copy a link; relays pass it on without being asked.
   */
  broadcast(msg: Msg): void
  /** Sets or replaces the timer `name`, due `afterUs` ≥ 1 local µs from now. */
  setTimer(name: string, afterUs: number): void
  cancelTimer(name: string): void
  /** Write and fsync one record; `diskDone` brings `then` back when it is durable. A crash before that loses it. */
  persist(record: Plain, then: Plain): void
  /** Tells observers what happened; never reaches a program. */
  mark(mark: MarkBody): void
  /** An addressed random number: same seed, agent, purpose and count ⇒ same value. `purpose` < 2¹⁶. */
  draw(purpose: U32): U32
  /** Present only in a traced run; outside the digest. */
  trace?(event: Plain): void
}

/** `kind` is a word the checks and captions know; the rest is plain data. */
export interface MarkBody {
  readonly kind: string
  readonly [field: string]: Plain
}

/** A mark with its place in the total order: the key of the event that made it, and its index within that event. */
export interface Mark {
  readonly key: Key
  readonly index: U32
  readonly agent: AgentId
  /** Kind of the program that made it; 'host' for what the host says (crashed, restarted, joined, left, paused). */
  readonly program: string
  readonly body: MarkBody
}

/** One row of the picture, filled by `Program.view`. Roles: see ROLES in frame/frame.ts. */
export interface AgentView {
  role: number
  term: number
  /** Log heights; 0 where there is no log. */
  lastIndex: number
  commitIndex: number
  durableIndex: number
  /** 0..1. */
  load: number
  /** Colour group: e.g. the leader an agent believes in; −1 for none. */
  follows: number
  /** Votes gathered by a candidate. */
  votes: number
}
