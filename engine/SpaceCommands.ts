import { envSeq, fact, NTH, type Action, type AgendaItem } from './actions.ts'
import { isPresent } from './agents/AgentRegistry.ts'
import { STATUS_CODE } from './agents/agentState.ts'
import { philox, STREAM, threshold } from './kernel/philox.ts'
import { NONE, type AgentId } from './kernel/units.ts'
import type { Command, Whom } from './scenario/Scenario.ts'
import { FLAG } from './space/SpaceModel.ts'
import type { World } from './World.ts'

type Afflict = Extract<Command, { op: 'afflict' }>

/** Where bodies are, for commands that name a place. Read only, at a cut. */
export interface BodyPlaces {
  readonly position: Float32Array
  readonly width: number
  readonly height: number
  readonly depth: number
  readonly wraps: boolean
}

/**
 * What commands do to the bodies of a space: part of the shared tables, so every shard does the same at the same cut.
 */
export class SpaceCommands {
  /** Set by the shard once there are columns. */
  places: BodyPlaces | null = null
  /** Bodies that have a place at this cut: who joins at it gets one later. */
  placed = 0
  private readonly words = new Uint32Array(4)

  constructor(private readonly world: World) {}

  /** Returns false where it found nobody. */
  afflict(command: Afflict, index: number, actions: Action[]): boolean {
    const { state, capacity } = this.world
    const { registry } = state
    const space = state.space!
    const rows = new Uint8Array(capacity)
    // Looked up by row: a list of many among many bodies would be gone through once for each of them.
    const named = new Uint8Array(capacity)
    if ('agents' in command.whom) for (const id of command.whom.agents) named[id] = 1
    let found = 0
    for (let id = 0; id < registry.count; id++) {
      const status = registry.status[id]
      const fits = command.effect === 'kill' ? status === STATUS_CODE.up || status === STATUS_CODE.paused : status !== 0
      if (!fits || !this.concerns(command.whom, named, id, index)) continue
      rows[id] = 1
      found++
    }
    if (found === 0) return false
    if (command.effect === 'kill') this.kill(rows, index, actions)
    // A death for good has no end to wait for, and a row of bits each would add up.
    if (command.effect !== 'kill' || command.forUs !== undefined)
      space.afflictions = [...space.afflictions, { command: index, effect: command.effect, rows }]
    this.flag()
    if (command.forUs !== undefined)
      this.world.later({ at: command.at + command.forUs, what: 'endAffliction', agent: NONE, command: index })
    const body = { kind: 'fault', op: 'afflict', command: index, active: true, effect: command.effect, bodies: found }
    actions.push(fact(envSeq(index, NTH.begin), body))
    return true
  }

  endAffliction(index: number, actions: Action[]): void {
    const { state } = this.world
    const space = state.space!
    const over = space.afflictions.find(({ command }) => command === index)
    if (over === undefined) return
    space.afflictions = space.afflictions.filter((other) => other !== over)
    this.flag()
    if (over.effect === 'kill') this.revive(over.rows, index, actions)
    const body = { kind: 'fault', op: 'afflict', command: index, active: false, effect: over.effect }
    actions.push(fact(envSeq(index, NTH.end), body))
  }

  set({ param, value }: Extract<Command, { op: 'set' }>, seq: number, actions: Action[]): void {
    const space = this.world.state.space!
    space.params = { ...space.params, [param]: value }
    actions.push(fact(seq, { kind: 'set', program: 'space', param, value }))
  }

  private kill(rows: Uint8Array, index: number, actions: Action[]): void {
    const { state, scenario } = this.world
    const { registry } = state
    const { repairUs, kind } = scenario.topology
    const at = this.world.log[index]!.at + repairUs
    const seq = envSeq(index, NTH.begin)
    const later: AgendaItem[] = []
    rows.forEach((hit, id) => {
      if (hit === 0) return
      const agent = id as AgentId
      registry.status[id] = STATUS_CODE.down
      if (registry.programs[id] !== 0) actions.push({ what: 'crash', agent, seq })
      if (repairUs > 0 && kind !== 'none') later.push({ at, what: 'route', agent, command: index })
    })
    // The end of a crash that somebody has ended already does not bring them back either.
    const others = state.agenda.filter(({ what, agent }) => what !== 'restart' || rows[agent] !== 1)
    state.agenda = [...others, ...later]
  }

  private revive(rows: Uint8Array, index: number, actions: Action[]): void {
    const { programs } = this.world.state.registry
    const [seq, discover] = [envSeq(index, NTH.end), envSeq(index, NTH.discoverEnd)]
    rows.forEach((hit, id) => {
      if (hit === 1) this.world.restart(id as AgentId, seq, discover, actions, programs[id] !== 0)
    })
  }

  /** Somebody is up again: no earlier death has an end for it any more. */
  isBack(agent: AgentId): void {
    for (const { effect, rows } of this.world.state.space?.afflictions ?? []) if (effect === 'kill') rows[agent] = 0
  }

  private flag(): void {
    const space = this.world.state.space!
    const flags = new Uint8Array(space.flags.length)
    for (const { effect, rows } of space.afflictions) {
      const bit = effect === 'kill' ? 0 : FLAG[effect as keyof typeof FLAG]
      for (let id = 0; id < rows.length; id++) if (rows[id] === 1) flags[id]! |= bit
    }
    space.flags = flags
  }

  private concerns(whom: Whom, named: Uint8Array, id: number, index: number): boolean {
    if (!isPresent(this.world.state.registry, id as AgentId)) return false
    if ('agents' in whom) return named[id] === 1
    if ('share' in whom) {
      philox(this.words, this.world.scenario.seed, STREAM.space, id, index, 0, CHOOSES)
      return this.words[0]! < threshold(whom.share)
    }
    if (id >= this.placed) return false
    const { x, y, z, radius } = whom.disc
    const { position, width, height, depth } = this.places!
    const dx = this.apart(position[3 * id]! - x, width)
    const dy = this.apart(position[3 * id + 1]! - y, height)
    const dz = z === undefined ? 0 : this.apart(position[3 * id + 2]! - z, depth)
    return dx * dx + dy * dy + dz * dz <= radius * radius
  }

  private apart(d: number, side: number): number {
    const a = Math.abs(d)
    return this.places!.wraps ? Math.min(a, side - a) : a
  }
}

/** Tells this draw from those of the steps, whose last counter word is 0. */
const CHOOSES = 1
