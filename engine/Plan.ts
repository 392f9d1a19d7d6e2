import { capacityOf } from './capacity.ts'
import type { AgentState } from './agents/agentState.ts'
import type { AgentView, BootContext, Program } from './agents/Program.ts'
import { programNamed } from './programRegistry.ts'
import { ROLES } from './frame/frame.ts'
import type { AgentId, U32 } from './kernel/units.ts'
import { compileLatency } from './net/latency.ts'
import type { LatencyModel } from './net/Network.ts'
import { REGIONS } from './net/regions.ts'
import type { ProgramSpec, Scenario } from './scenario/Scenario.ts'
import { layOutShards } from './shardLayout.ts'
import { buildTopology } from './topology/buildTopology.ts'
import { drawGraph, isGraph, type DrawnGraph } from './topology/drawGraph.ts'
import type { Topology } from './topology/Topology.ts'
import type { WorldState } from './World.ts'

/**
 * A scenario made ready to run: its programs, tables of message kinds, who runs what, who owns whom. The same on every
 * worker; nothing in it changes during a run.
 */
export interface Plan {
  readonly scenario: Scenario
  readonly shards: number
  readonly capacity: number
  /** By index in scenario.programs; a packet's `program` and a registry bit are these indices. */
  readonly programs: readonly Program[]
  readonly messageKinds: readonly string[]
  readonly latency: LatencyModel
  readonly roles: { readonly leader: number; readonly follower: number }
  shardOf(id: AgentId): number
  groupOf(id: number): number
  placement(id: number, group: number): number
  programsOf(mask: number): readonly number[]
  kindIndex(program: number, msg: unknown): number
  topology(world: WorldState): Topology
  contextOf(id: AgentId, program: number, topology: Topology): Omit<BootContext<unknown>, 'incarnation'>
  fsyncUs(word: U32): number
  viewOf(agent: AgentState): AgentView
  /** What an agent that is not there looks like. */
  readonly emptyView: AgentView
  groupNames(): readonly string[]
}

/** @param extra programs that are not built in: a library user's, a benchmark's. */
export function makePlan(scenario: Scenario, shards: number, extra: readonly Program[] = []): Plan {
  const { agents } = scenario.swarm
  const capacity = capacityOf(scenario)
  const composite = scenario.topology.kind === 'mesh-of-trees' || scenario.topology.kind === 'ring-of-trees'
  const regions = scenario.network.latency.kind === 'regions' ? scenario.network.latency.regions : null
  const groups = composite ? scenario.topology.groups : (regions?.length ?? 1)
  const size = Math.ceil(agents / groups)
  const groupOf = (id: number): number =>
    composite ? (id < agents ? Math.floor(id / size) : (id - agents) % groups) : id % groups
  // Where agents that joined later live: as the registry says, from the cut on at which the tables changed.
  const groupNow = Int32Array.from({ length: capacity }, (_, id) => groupOf(id))
  const programs = scenario.programs.map((spec) => programNamed(spec.kind, extra))
  const messageKinds = [...new Set(programs.flatMap((p) => p.messageKinds))]
  const kindMaps = programs.map((p) => new Map(p.messageKinds.map((word) => [word, messageKinds.indexOf(word)])))
  let graph: DrawnGraph | null = null
  const topology = (world: WorldState): Topology => {
    if (isGraph(scenario.topology)) graph ??= drawGraph(scenario.topology, agents, scenario.seed)
    groupNow.set(world.registry.group.subarray(0, world.registry.count))
    const spec = { ...scenario.topology, weights: [...scenario.topology.weights, ...world.weights] }
    return buildTopology(spec, world.routed, { agents, groupOf: (id) => groupNow[id]!, seed: scenario.seed, graph })
  }
  const placed = scenario.programs.map((spec) => placementOf(spec, scenario, size, groups, composite))
  const members = placed.map((runs) =>
    Array.from({ length: agents }, (_, id) => id as AgentId).filter((id) => runs(id)),
  )
  const agentsOf = Object.fromEntries(programs.map(({ kind }, k) => [kind, members[k]!]))
  const fsync = compileLatency(scenario.disk.fsync, () => 0)
  const views = makeView()
  return {
    scenario,
    shards,
    capacity,
    programs,
    messageKinds,
    latency: compileLatency(scenario.network.latency, (id) => groupNow[id]!),
    roles: { leader: ROLES.indexOf('leader'), follower: ROLES.indexOf('follower') },
    shardOf: layOutShards(agents, composite ? groups : 1, shards),
    groupOf,
    placement: (id) => placed.reduce((mask, runs, k) => (runs(id) ? mask | (1 << k) : mask), 0) >>> 0,
    programsOf: (mask) => programs.map((_, k) => k).filter((k) => (mask >>> k) & 1),
    kindIndex: (program, msg) => kindMaps[program]!.get(programs[program]!.kindOf(msg)) ?? 0,
    topology,
    contextOf: (id, program, now) => ({
      params: scenario.programs[program]!.params,
      members: members[program]!.includes(id) ? members[program]! : [...members[program]!, id],
      agentsOf,
      surroundings: now.surroundings(id),
      capabilities: programs.filter((_, k) => placed[k]!(id)).map(({ kind }) => kind),
      seed: scenario.seed,
      tasks: scenario.tasks,
    }),
    fsyncUs: (word) => fsync.sample(0 as AgentId, 0 as AgentId, word),
    viewOf: (agent) => {
      resetView(views)
      for (const p of agent.programs) if (p.state !== null) programs[p.program]!.view?.(p.state, views)
      return views
    },
    emptyView: makeView(),
    groupNames: () => regions ?? (composite ? Array.from({ length: groups }, (_, g) => `group ${g + 1}`) : []),
  }
}

export const knowsRegion = (name: string): boolean => REGIONS.includes(name as never)

/** Which agents run a program, joined ones included. */
function placementOf(
  spec: ProgramSpec,
  scenario: Scenario,
  size: number,
  groups: number,
  composite: boolean,
): (id: number) => boolean {
  const { agents } = scenario.swarm
  const { on } = spec
  const isHead = (id: number): boolean => id < agents && (composite ? id % size === 0 : id === 0)
  if (on === 'all') return () => true
  if (on === 'heads') return isHead
  if (on === 'leaves') return isLeaf(scenario, size, groups, composite)
  if ('first' in on) return (id) => id < on.first
  if ('last' in on) return (id) => id < agents && id >= agents - on.last
  const ids = new Set(on)
  return (id) => ids.has(id)
}

/** An agent without children in its heap-ordered tree; in a star, and without trees, everybody but the first. */
function isLeaf(scenario: Scenario, size: number, groups: number, composite: boolean): (id: number) => boolean {
  const { agents } = scenario.swarm
  const { branching, kind } = scenario.topology
  if (kind !== 'hierarchical' && !composite) return (id) => id > 0
  return (id) => {
    if (id >= agents) return true
    const group = composite ? Math.floor(id / size) : 0
    const last = composite ? Math.min(size, agents - group * size) : agents
    const place = composite ? id % size : id
    return groups > 0 && place * branching + 1 >= last
  }
}

export const makeView = (): AgentView => ({
  role: 0,
  term: 0,
  lastIndex: 0,
  commitIndex: 0,
  durableIndex: 0,
  load: 0,
  follows: -1,
  votes: 0,
})

function resetView(view: AgentView): void {
  view.role = view.term = view.lastIndex = view.commitIndex = view.durableIndex = view.load = view.votes = 0
  view.follows = -1
}
