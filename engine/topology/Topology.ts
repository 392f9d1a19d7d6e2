import type { Surroundings } from '../agents/Program.ts'
import type { AgentId } from '../kernel/units.ts'
import type { TopologySpec } from '../scenario/Scenario.ts'

/**
 * Who may talk to whom, and over whom: tables built once for one set of present agents (`buildTopology`), then only
 * read. Torus, small-world and random are graphs of links (GraphTables), not always in one piece; every other kind is
 * a forest (a mesh or ring has trees of one agent, a star is one tree) whose roots are joined by a hub. Absent agents
 * have no neighbours, NONE as parent, level 0, and cannot be reached.
 */
export interface Topology {
  readonly kind: TopologySpec['kind']
  /** Present agents. */
  readonly size: number
  /** Some connection has a strength other than 1. */
  readonly weighted: boolean
  /** Largest strength, at least 1: no latency shrinks by more. */
  readonly maxWeight: number
  has(agent: AgentId): boolean
  /**
   * The neighbour of `from` to hand a message for `to`; `to` itself where from = to; NONE where there is no way. O(log
   * degree), in a graph with one search for each destination that is no neighbour. A graph's routes take the least
   * number of hops, over the smallest id where several neighbours are nearer.
   */
  nextHop(from: AgentId, to: AgentId): AgentId
  /**
   * Neighbours to which `at` passes a broadcast of `origin`, ascending; spread(origin, origin) starts it. Over all
   * relays each agent that the origin reaches gets exactly one copy. Empty where either is absent.
   */
  spread(at: AgentId, origin: AgentId): readonly AgentId[]
  /** One-hop neighbours, ascending; on a one-way ring the successor only. A new array each call. */
  neighbours(agent: AgentId): readonly AgentId[]
  /** Length of `neighbours`, without making it. */
  degree(agent: AgentId): number
  /** NONE at a root. */
  parent(agent: AgentId): AgentId
  /** Ascending. A new array each call. */
  children(agent: AgentId): readonly AgentId[]
  /** Links up to the root: 0 at a root and where there are no trees. */
  level(agent: AgentId): number
  /** Known for absent agents too. */
  group(agent: AgentId): number
  /** Strength of the connection: 1 unless given. Latency is divided by it. Symmetric; asks nothing about presence. */
  weight(a: AgentId, b: AgentId): number
  /** Each undirected link once with a < b; links of a one-way ring from sender to receiver. */
  forEachLink(visit: (a: AgentId, b: AgentId) => void): void
  linkCount(): number
  /**
   * Most hops between two present agents that the unweighted routes need; where a graph has several components, within
   * the one with the most agents. A search an agent at worst: not for every frame.
   */
  diameter(): number
  /** What `agent` knows. Lists of more than 64 neighbours are made when first asked for, not kept here. */
  surroundings(agent: AgentId): Surroundings
}
