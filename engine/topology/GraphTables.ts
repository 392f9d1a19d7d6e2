import type { Surroundings } from '../agents/Program.ts'
import { NONE, type AgentId } from '../kernel/units.ts'
import type { TopologySpec } from '../scenario/Scenario.ts'
import { isLinked, type Adjacency } from './adjacency.ts'
import { longestShortest } from './longestShortest.ts'
import { Routes } from './Routes.ts'
import { surroundingsOf } from './surroundings.ts'
import type { Topology } from './Topology.ts'
import type { Weights } from './weights.ts'

/** A graph of any links, not necessarily in one piece: no levels, no parents; routes are least in hops. */
export class GraphTables implements Topology {
  readonly size: number
  readonly weighted: boolean
  readonly maxWeight: number
  readonly weight: (a: AgentId, b: AgentId) => number
  private readonly present: Uint8Array
  private readonly routes: Routes

  constructor(
    readonly kind: TopologySpec['kind'],
    private readonly graph: Adjacency,
    present: Uint8Array,
    private readonly groups: Int32Array,
    weights: Weights,
  ) {
    this.present = present.slice()
    this.size = present.reduce((sum, one) => sum + one, 0)
    this.weighted = weights.weighted
    this.maxWeight = weights.max
    this.weight = weights.of
    this.routes = new Routes(graph)
  }

  has(agent: AgentId): boolean {
    return this.present[agent] === 1
  }

  nextHop(from: AgentId, to: AgentId): AgentId {
    if (!this.has(from) || !this.has(to)) return NONE
    if (from === to || isLinked(this.graph, from, to)) return to
    return this.routes.towards(to)[from] as AgentId
  }

  /** Along the tree of shortest ways to the origin, away from it. */
  spread(at: AgentId, origin: AgentId): readonly AgentId[] {
    if (!this.has(at) || !this.has(origin)) return []
    const back = this.routes.towards(origin)
    return this.neighbours(at).filter((id) => id !== origin && back[id] === at)
  }

  neighbours(agent: AgentId): readonly AgentId[] {
    if (!this.has(agent)) return []
    const { start, list } = this.graph
    return Array.from(list.subarray(start[agent], start[agent + 1])) as AgentId[]
  }

  degree(agent: AgentId): number {
    return this.has(agent) ? this.graph.start[agent + 1]! - this.graph.start[agent]! : 0
  }

  parent(): AgentId {
    return NONE
  }

  children(): readonly AgentId[] {
    return []
  }

  level(): number {
    return 0
  }

  group(agent: AgentId): number {
    return this.groups[agent] ?? 0
  }

  forEachLink(visit: (a: AgentId, b: AgentId) => void): void {
    const { start, list } = this.graph
    for (let id = 0; id < this.groups.length; id++)
      for (let k = start[id]!; k < start[id + 1]!; k++) if (id < list[k]!) visit(id as AgentId, list[k] as AgentId)
  }

  linkCount(): number {
    return this.graph.list.length / 2
  }

  diameter(): number {
    return longestShortest(this.routes, this.present)
  }

  surroundings(agent: AgentId): Surroundings {
    return surroundingsOf(this, agent)
  }
}
