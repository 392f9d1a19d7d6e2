import { envSeq, fact, NTH, type Action, type AgendaItem } from './actions.ts'
import { isPresent, makeRegistry, register, type AgentRegistry } from './agents/AgentRegistry.ts'
import { STATUS_CODE } from './agents/agentState.ts'
import { clonePlain, type Plain } from './kernel/plain.ts'
import { NEVER, NONE, type AgentId, type Micros } from './kernel/units.ts'
import type { Rule } from './net/rules.ts'
import type { AgentSet, Command, Scenario, Target } from './scenario/Scenario.ts'
import { SpaceCommands } from './SpaceCommands.ts'
import type { SpaceState } from './space/SpaceRun.ts'

/**
 * The shared tables: every shard holds the same copy and changes it the same way, only at cuts. Plain data, so that a
 * checkpoint is a copy.
 */
export interface WorldState {
  registry: AgentRegistry
  /**
   * 1: the routing layer counts on this agent. Follows `registry` at once for join and leave, after repairUs for a
   * crash.
   */
  routed: Uint8Array
  rules: Rule[]
  weights: { a: number; b: number; weight: number }[]
  /** What earlier commands still have to do, by (at, order of insertion). */
  agenda: AgendaItem[]
  /** The latest command of each lasting op on each agent: an earlier one's end no longer concerns it. */
  latest: readonly { readonly agent: AgentId; readonly op: Command['op']; readonly command: number }[]
  /** Parameters set for everybody so far, in order: whoever joins later starts with them. */
  params: { program: string; param: string; value: Plain }[]
  /** How often the routing tables have changed. */
  topologyVersion: number
  /** Null where agents have no place. */
  space: SpaceState | null
}

/** Who 'leader' and 'follower' are at this cut; NONE where there is none. */
export interface Leads {
  readonly leader: AgentId
  readonly follower: AgentId
}

/** Programs of an agent as a bit mask over the scenario's program list. */
export type Placement = (agent: number, group: number) => number

export class World {
  state: WorldState
  /** Append order; `at` need not ascend. */
  log: readonly Command[] = []
  /** Somebody edits variables, so programs may say what no layout can hold: all messages go through theirs. */
  edited = false
  private times: number[] = []
  /** What commands do to bodies; the shard gives it the columns. */
  readonly bodies: SpaceCommands

  constructor(
    readonly scenario: Scenario,
    readonly capacity: number,
    private readonly groupOf: (agent: number) => number,
    private readonly placement: Placement,
    private readonly kindOf: (word: string) => number,
  ) {
    const registry = makeRegistry(
      capacity,
      scenario.programs.map((p) => p.kind),
    )
    this.state = {
      registry,
      routed: new Uint8Array(capacity),
      rules: [],
      weights: [],
      agenda: [],
      latest: [],
      params: [],
      topologyVersion: 0,
      space:
        scenario.space === null
          ? null
          : { params: {}, flags: new Uint8Array(capacity), afflictions: [], halted: false },
    }
    this.bodies = new SpaceCommands(this)
    for (let id = 0; id < scenario.swarm.agents; id++) {
      register(registry, groupOf(id), placement(id, groupOf(id)))
      this.state.routed[id] = 1
    }
  }

  setLog(log: readonly Command[]): void {
    this.log = log
    this.edited = log.some((c) => c.op === 'edit')
    this.times = log.map((c) => c.at).sort((x, y) => x - y)
  }

  /** Time of the next cut at which a command or an agenda item acts, after `t` (or at it, with `inclusive`). */
  nextAt(t: Micros, inclusive: boolean): Micros {
    let next: number = NEVER
    for (const at of this.times) {
      if (at > t || (inclusive && at === t)) {
        next = at
        break
      }
    }
    for (const item of this.state.agenda) if (item.at < next && (item.at > t || inclusive)) next = item.at
    return next as Micros
  }

  /** Whether applying the cut at `t` needs to know who leads. */
  needsLeads(t: Micros): boolean {
    return this.log.some((c) => c.at === t && JSON.stringify(c).match(/"(leader|follower)"/) !== null)
  }

  /**
   * Applies what is due at the cut at `t`: agenda first, then commands in log order. Returns what the shards must do.
   */
  apply(t: Micros, leads: Leads): Action[] {
    const actions: Action[] = []
    this.bodies.placed = this.state.registry.count
    const due = this.state.agenda.filter((item) => item.at === t)
    if (due.length > 0) this.state.agenda = this.state.agenda.filter((item) => item.at !== t)
    for (const item of due) this.act(item, actions)
    this.log.forEach((command, index) => {
      if (command.at === t) this.command(command, index, t, leads, actions)
    })
    return actions
  }

  clone(): WorldState {
    return clonePlain(this.state)
  }

  private act(item: AgendaItem, actions: Action[]): void {
    const { state } = this
    const { agent, command } = item
    const seq = envSeq(command, NTH.end)
    const op = this.log[command]?.op
    if (state.latest.some((other) => other.agent === agent && other.op === op && other.command !== command)) return
    switch (item.what) {
      case 'restart':
        this.restart(agent, seq, envSeq(command, NTH.discoverEnd), actions)
        return
      case 'resume':
        this.resume(agent, seq, actions)
        return
      case 'unslow':
        if (isPresent(state.registry, agent)) actions.push({ what: 'slow', agent, factor: 1, seq })
        return
      case 'unclock':
        if (isPresent(state.registry, agent)) actions.push({ what: 'clock', agent, offsetUs: 0, driftPpm: 0, seq })
        return
      case 'undisk':
        if (isPresent(state.registry, agent)) actions.push({ what: 'disk', agent, factor: 1, forgets: false, seq })
        return
      case 'endAffliction':
        return this.bodies.endAffliction(command, actions)
      case 'endRule':
        if (!state.rules.some((rule) => rule.id === command)) return // healed before its time
        state.rules = state.rules.filter((rule) => rule.id !== command)
        actions.push(fact(seq, { kind: 'fault', op: 'heal', command, active: false }))
        return
      case 'route':
        if (state.registry.status[agent] === STATUS_CODE.down && state.routed[agent] === 1) {
          state.routed[agent] = 0
          state.topologyVersion++
          actions.push({ what: 'discover', seq: envSeq(command, NTH.discoverRoute) })
        }
    }
  }

  private command(command: Command, index: number, t: Micros, leads: Leads, actions: Action[]): void {
    const { state } = this
    const seq = envSeq(index, NTH.begin)
    const discover = envSeq(index, NTH.discoverBegin)
    switch (command.op) {
      case 'crash':
      case 'pause':
        return this.stop(command, index, leads, actions)
      case 'restart':
        if (this.restart(this.target(command.agent, leads), seq, discover, actions)) return
        return missed(command, index, actions)
      case 'resume':
        if (this.resume(this.target(command.agent, leads), seq, actions)) return
        return missed(command, index, actions)
      case 'slow':
      case 'clock':
      case 'disk':
      case 'edit':
        return this.change(command, index, leads, actions)
      case 'afflict':
        if (this.bodies.afflict(command, index, actions)) return
        return missed(command, index, actions)
      case 'obstacle':
      case 'wind':
        // What acts at a step is read from the log (scenario/spaceAt.ts).
        actions.push(fact(seq, { kind: 'fault', op: command.op, command: index, active: true }))
        return
      case 'set': {
        if (state.space !== null && command.program === 'space') return this.bodies.set(command, seq, actions)
        const agent = command.agent === 'all' ? NONE : this.target(command.agent, leads)
        if (command.agent !== 'all' && !isPresent(state.registry, agent)) return missed(command, index, actions)
        const { program, param, value } = command
        if (command.agent === 'all') state.params = [...state.params, { program, param, value }]
        actions.push({ what: 'set', agent, program, param, value, seq })
        return
      }
      case 'join':
        return this.join(command.group, seq, discover, actions)
      case 'leave':
        if (this.leave(this.target(command.agent, leads), seq, discover, actions)) return
        return missed(command, index, actions)
      case 'heal':
        state.rules = []
        return void actions.push(fact(seq, { kind: 'fault', op: 'heal', command: index, active: false }))
      case 'propose': {
        const agent = this.target(command.agent, leads)
        if (!isPresent(state.registry, agent)) return missed(command, index, actions)
        actions.push({ what: 'clientOp', agent, program: command.program, op: command.value, seq })
        return
      }
      case 'connect':
        state.weights = [...state.weights, { a: command.a, b: command.b, weight: command.weight }]
        state.topologyVersion++
        actions.push(fact(seq, { kind: 'fault', op: 'connect', command: index, active: false }))
        return
      case 'dropMessage':
      case 'duplicateMessage':
      case 'delayMessage': {
        const us = command.op === 'delayMessage' ? command.us : 0
        actions.push({ what: command.op, src: command.src, txSeq: command.seq, us, seq })
        return
      }
      default: {
        if (this.aimsAtNobody(command, leads)) return missed(command, index, actions)
        state.rules = [...state.rules, this.rule(command, index, leads)]
        if (command.forUs !== undefined)
          this.later({ at: t + command.forUs, what: 'endRule', agent: NONE, command: index })
        actions.push(fact(seq, { kind: 'fault', op: command.op, command: index, active: true }))
      }
    }
  }

  /** What changes one agent from now on, and perhaps back again later. */
  private change(
    command: Extract<Command, { op: 'slow' | 'clock' | 'disk' | 'edit' }>,
    index: number,
    leads: Leads,
    actions: Action[],
  ): void {
    const agent = this.target(command.agent, leads)
    if (!isPresent(this.state.registry, agent)) return missed(command, index, actions)
    const seq = envSeq(index, NTH.begin)
    this.isLatest(agent, command.op, index)
    const back = (what: AgendaItem['what'], forUs: number | undefined): void => {
      if (forUs !== undefined) this.later({ at: command.at + forUs, what, agent, command: index })
    }
    switch (command.op) {
      case 'slow':
        actions.push({ what: 'slow', agent, factor: command.factor, seq })
        return back('unslow', command.forUs)
      case 'clock':
        actions.push({ what: 'clock', agent, offsetUs: command.offsetUs, driftPpm: command.driftPpm, seq })
        return back('unclock', command.forUs)
      case 'disk':
        actions.push({ what: 'disk', agent, factor: command.factor, forgets: command.forgets, seq })
        return back('undisk', command.forUs)
      case 'edit':
        actions.push({ ...command, what: 'edit', agent, seq })
    }
  }

  private stop(
    command: Extract<Command, { op: 'crash' | 'pause' }>,
    index: number,
    leads: Leads,
    actions: Action[],
  ): void {
    const { at, op, forUs } = command
    const { registry } = this.state
    const agent = this.target(command.agent, leads)
    const status = registry.status[agent]
    const stops = op === 'crash'
    if (agent < 0 || !(status === STATUS_CODE.up || (stops && status === STATUS_CODE.paused)))
      return missed(command, index, actions)
    registry.status[agent] = stops ? STATUS_CODE.down : STATUS_CODE.paused
    this.isLatest(agent, op, index)
    actions.push({ what: op, agent, seq: envSeq(index, NTH.begin) })
    if (forUs !== undefined) this.later({ at: at + forUs, what: stops ? 'restart' : 'resume', agent, command: index })
    const { repairUs } = this.scenario.topology
    if (stops && repairUs > 0) this.later({ at: at + repairUs, what: 'route', agent, command: index })
  }

  private join(toGroup: number | undefined, seq: number, discover: number, actions: Action[]): void {
    const { state } = this
    if (state.registry.count >= this.capacity) return
    const id = state.registry.count
    const group = toGroup ?? this.groupOf(id)
    register(state.registry, group, this.placement(id, group))
    state.routed[id] = 1
    state.topologyVersion++
    actions.push({ what: 'join', agent: id as AgentId, seq }, { what: 'discover', seq: discover })
  }

  private leave(agent: AgentId, seq: number, discover: number, actions: Action[]): boolean {
    const { state } = this
    if (!isPresent(state.registry, agent)) return false
    state.registry.status[agent] = STATUS_CODE.absent
    state.routed[agent] = 0
    state.topologyVersion++
    actions.push({ what: 'leave', agent, seq }, { what: 'discover', seq: discover })
    return true
  }

  private rule(command: RuleCommand, id: number, leads: Leads): Rule {
    if (command.op === 'partition')
      return {
        id,
        from: this.members(command.side, leads) ?? new Uint8Array(this.capacity),
        to: null,
        kind: -1,
        action: 'partition',
      }
    const ends = { id, from: this.members(command.from, leads), to: this.members(command.to, leads) }
    if (command.op === 'cut') return { ...ends, kind: -1, action: 'cut' }
    const kind = command.kind === undefined ? -1 : this.kindOf(command.kind)
    switch (command.op) {
      case 'delay':
        return { ...ends, kind, action: 'delay', us: command.us }
      case 'lose':
      case 'duplicate':
      case 'corrupt':
        return { ...ends, kind, action: command.op, probability: command.probability }
      case 'reorder':
        return { ...ends, kind, action: 'reorder', probability: command.probability, us: command.us }
    }
  }

  private aimsAtNobody(command: RuleCommand, leads: Leads): boolean {
    const ends = command.op === 'partition' ? [command.side] : [command.from, command.to]
    return ends.some((end) => (end === 'leader' || end === 'follower') && this.target(end, leads) < 0)
  }

  private members(set: AgentSet, leads: Leads): Uint8Array | null {
    if (set === 'all') return null
    const bits = new Uint8Array(this.capacity)
    if (typeof set === 'object' && 'group' in set) {
      for (let id = 0; id < this.capacity; id++)
        if ((id < this.state.registry.count ? this.state.registry.group[id] : this.groupOf(id)) === set.group)
          bits[id] = 1
    } else for (const target of Array.isArray(set) ? set : [set]) bits[this.target(target, leads)] = 1
    return bits
  }

  private target(target: Target, leads: Leads): AgentId {
    return target === 'leader' ? leads.leader : target === 'follower' ? leads.follower : (target as AgentId)
  }

  private isLatest(agent: AgentId, op: Command['op'], command: number): void {
    const others = this.state.latest.filter((other) => other.agent !== agent || other.op !== op)
    this.state.latest = [...others, { agent, op, command }]
  }

  /** Also of SpaceCommands, which brings back many at once and tells of those only that run something. */
  restart(agent: AgentId, seq: number, discover: number, actions: Action[], isTold = true): boolean {
    const { state } = this
    if (agent < 0 || state.registry.status[agent] !== STATUS_CODE.down) return false
    state.registry.status[agent] = STATUS_CODE.up
    this.bodies.isBack(agent)
    if (isTold) actions.push({ what: 'restart', agent, seq })
    if (state.routed[agent] === 1) return true
    state.routed[agent] = 1
    state.topologyVersion++
    actions.push({ what: 'discover', seq: discover })
    return true
  }

  private resume(agent: AgentId, seq: number, actions: Action[]): boolean {
    if (agent < 0 || this.state.registry.status[agent] !== STATUS_CODE.paused) return false
    this.state.registry.status[agent] = STATUS_CODE.up
    actions.push({ what: 'resume', agent, seq })
    return true
  }

  later(item: AgendaItem): void {
    this.state.agenda = [...this.state.agenda, item]
  }
}

type RuleCommand = Extract<
  Command,
  { op: 'partition' | 'cut' | 'delay' | 'lose' | 'duplicate' | 'corrupt' | 'reorder' }
>

/** A command that found nobody to act on does nothing, and says so. */
function missed({ op }: Command, index: number, actions: Action[]): void {
  actions.push(fact(envSeq(index, NTH.begin), { kind: 'fault', op, command: index, active: false, missed: true }))
}
