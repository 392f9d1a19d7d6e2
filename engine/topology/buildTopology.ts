import type { Surroundings } from '../agents/Program.ts'
import { assert } from '../kernel/assert.ts'
import { NONE, type AgentId } from '../kernel/units.ts'
import type { TopologySpec } from '../scenario/Scenario.ts'
import { adjacencyOf, joinedLinks, type Adjacency } from './adjacency.ts'
import { drawGraph, isGraph, type DrawnGraph } from './drawGraph.ts'
import { buildForest, treeStep, type Forest } from './forest.ts'
import { GraphTables } from './GraphTables.ts'
import { meshHub, ringHub, type Hub } from './hub.ts'
import { longestOverMesh, longestOverRing, treeHeights } from './metrics.ts'
import { surroundingsOf } from './surroundings.ts'
import type { Topology } from './Topology.ts'
import { compileWeights, type Weights } from './weights.ts'

export interface Membership {
  /** Agents at the start. */
  readonly agents: number
  /**
   * Group of any id below the capacity; without it group × size + place at the start, joins in turn. Read while
   * building.
   */
  readonly groupOf?: (id: number) => number
  /** Of the run: links that are drawn (small-world, random, joins of graphs) are addressed by it. */
  readonly seed?: number
  /** The links among the agents at the start, where the caller has drawn them already (`drawGraph`). */
  readonly graph?: DrawnGraph | null
}

/** Links of an agent that joins a torus: it has no place in the grid, so four agents are drawn for it. */
const TORUS_DEGREE = 4

/**
 * Routing tables for the agents with present[id] = 1; present.length is the capacity. O(capacity); keeps nothing of
 * `present`. In a group (or the one tree) agents take heap places in ascending order of id.
 */
export function buildTopology(spec: TopologySpec, present: Uint8Array, membership: Membership): Topology {
  const capacity = present.length
  const group = groupsOf(spec, capacity, membership)
  const weights = compileWeights(spec.weights, capacity)
  if (isGraph(spec)) return new GraphTables(spec.kind, linksOf(spec, present, membership), present, group, weights)
  const forest = plant(spec, present, group)
  const hub = spec.kind.startsWith('ring')
    ? ringHub(forest.roots, capacity, spec.oneWay, weights)
    : meshHub(forest.roots)
  return new RoutingTables(spec, forest, hub, group, weights)
}

function linksOf(spec: TopologySpec, present: Uint8Array, { agents, seed = 0, graph }: Membership): Adjacency {
  const degree = spec.kind === 'torus' ? TORUS_DEGREE : Math.max(1, Math.round(spec.degree))
  return adjacencyOf(present, [graph ?? drawGraph(spec, agents, seed), joinedLinks(present, agents, degree, seed)])
}

function groupsOf(spec: TopologySpec, capacity: number, { agents, groupOf }: Membership): Int32Array {
  const { groups } = spec
  const size = Math.max(1, Math.floor(agents / groups))
  const group = new Int32Array(capacity)
  for (let id = 0; id < capacity; id++) {
    if (groupOf !== undefined) group[id] = groupOf(id)
    else if (isComposite(spec)) group[id] = id < groups * size ? Math.floor(id / size) : (id - groups * size) % groups
  }
  return group
}

const isComposite = ({ kind }: TopologySpec): boolean => kind === 'mesh-of-trees' || kind === 'ring-of-trees'

/** A mesh or ring is a forest of single agents, a hierarchy or star one tree, a composite one tree a group. */
function plant(spec: TopologySpec, present: Uint8Array, group: Int32Array): Forest {
  const capacity = present.length
  assert(spec.branching >= 1 && spec.groups >= 1, 'a tree branches and there is a group')
  if (isComposite(spec)) {
    assert(
      group.every((g) => g >= 0 && g < spec.groups),
      'every agent belongs to one of the groups',
    )
    return buildForest(present, group, spec.groups, spec.branching)
  }
  if (spec.kind === 'hierarchical' || spec.kind === 'star') {
    const branching = spec.kind === 'star' ? Math.max(1, capacity) : spec.branching
    return buildForest(present, new Int32Array(capacity), 1, branching)
  }
  const own = new Int32Array(capacity)
  for (let id = 0; id < capacity; id++) own[id] = id
  return buildForest(present, own, capacity, 1)
}

const ascending = (a: number, b: number): number => a - b

class RoutingTables implements Topology {
  readonly kind: TopologySpec['kind']
  readonly size: number
  readonly weighted: boolean
  readonly maxWeight: number
  readonly weight: (a: AgentId, b: AgentId) => number

  constructor(
    private readonly spec: TopologySpec,
    private readonly forest: Forest,
    private readonly hub: Hub,
    private readonly groups: Int32Array,
    weights: Weights,
  ) {
    this.kind = spec.kind
    this.size = forest.roots.reduce((sum, id) => sum + forest.size[id]!, 0)
    this.weighted = weights.weighted
    this.maxWeight = weights.max
    this.weight = weights.of
  }

  has(agent: AgentId): boolean {
    return agent >= 0 && agent < this.groups.length && this.forest.root[agent] !== NONE
  }

  nextHop(from: AgentId, to: AgentId): AgentId {
    if (!this.has(from) || !this.has(to)) return NONE
    if (from === to) return to
    const { root, parent } = this.forest
    const here = root[from] as AgentId
    const there = root[to] as AgentId
    if (here === there) return treeStep(this.forest, from, to)
    return from === here ? this.hub.next(here, there) : (parent[from] as AgentId)
  }

  spread(at: AgentId, origin: AgentId): readonly AgentId[] {
    if (!this.has(at) || !this.has(origin)) return []
    const { root } = this.forest
    const back = at === origin ? NONE : this.nextHop(at, origin)
    const onward = this.treeNeighbours(at).filter((id) => id !== back)
    if (root[at] === at) this.hub.spread(at, root[origin] as AgentId, onward)
    return onward.sort(ascending)
  }

  neighbours(agent: AgentId): readonly AgentId[] {
    if (!this.has(agent)) return []
    const found = this.treeNeighbours(agent)
    if (this.forest.root[agent] === agent) this.hub.neighbours(agent, found)
    return found.sort(ascending)
  }

  degree(agent: AgentId): number {
    if (!this.has(agent)) return 0
    const { childStart, root } = this.forest
    const below = childStart[agent + 1]! - childStart[agent]!
    return below + (root[agent] === agent ? this.hub.degree(agent) : 1)
  }

  parent(agent: AgentId): AgentId {
    return this.has(agent) ? (this.forest.parent[agent] as AgentId) : NONE
  }

  children(agent: AgentId): readonly AgentId[] {
    if (!this.has(agent)) return []
    const { child, childStart } = this.forest
    return Array.from(child.subarray(childStart[agent], childStart[agent + 1])) as AgentId[]
  }

  level(agent: AgentId): number {
    return this.has(agent) ? this.forest.level[agent]! : 0
  }

  group(agent: AgentId): number {
    return this.groups[agent] ?? 0
  }

  forEachLink(visit: (a: AgentId, b: AgentId) => void): void {
    const { parent } = this.forest
    for (let id = 0; id < parent.length; id++) if (parent[id] !== NONE) visit(parent[id] as AgentId, id as AgentId)
    if (this.size > 0) this.hub.forEachLink(visit)
  }

  linkCount(): number {
    return this.size === 0 ? 0 : this.size - this.forest.roots.length + this.hub.linkCount()
  }

  diameter(): number {
    const { heights, longestInside } = treeHeights(this.forest)
    if (heights.length < 2) return longestInside
    const { kind, oneWay } = this.spec
    const across = kind.startsWith('ring') ? longestOverRing(heights, oneWay) : longestOverMesh(heights)
    return Math.max(longestInside, across)
  }

  surroundings(agent: AgentId): Surroundings {
    return surroundingsOf(this, agent)
  }

  private treeNeighbours(agent: AgentId): AgentId[] {
    const found = this.children(agent) as AgentId[]
    const above = this.forest.parent[agent] as AgentId
    if (above !== NONE) found.push(above)
    return found
  }
}
