import { squarestSides } from '../kernel/sides.ts'
import type { ProgramSpec, Scenario, TopologySpec } from './Scenario.ts'

const TREES: readonly TopologySpec['kind'][] = ['hierarchical', 'mesh-of-trees', 'ring-of-trees', 'star']

/** Kinds whose agents form trees, so that there are heads and leaves; a star is one tree of two levels. */
export const hasTrees = (topology: TopologySpec): boolean => TREES.includes(topology.kind)

/** Agents in a row of a torus of `agents` agents. */
export const torusColumns = (topology: TopologySpec, agents: number): number =>
  topology.columns === 0 ? squarestSides(agents)[1] : topology.columns

/** Kinds made of `groups` equal groups; id = group × size + place. */
export const isComposite = (topology: TopologySpec): boolean =>
  topology.kind === 'mesh-of-trees' || topology.kind === 'ring-of-trees'

/** Agents of one group at the start. */
export const groupSize = (scenario: Scenario): number =>
  isComposite(scenario.topology) ? scenario.swarm.agents / scenario.topology.groups : scenario.swarm.agents

/** Agents at the start that run a program placed `on`, ascending. Call only with a placement that fits the swarm. */
export function placed(scenario: Scenario, on: ProgramSpec['on']): readonly number[] {
  const { agents } = scenario.swarm
  const ids = Array.from({ length: agents }, (_, id) => id)
  if (typeof on !== 'string') {
    if ('first' in on) return ids.slice(0, on.first)
    if ('last' in on) return ids.slice(agents - on.last)
    return [...on].sort((a, b) => a - b)
  }
  const size = groupSize(scenario)
  switch (on) {
    case 'all':
      return ids
    case 'heads':
      return ids.filter((id) => id % size === 0)
    case 'leaves':
      if (scenario.topology.kind === 'star') return ids.slice(1)
      return ids.filter((id) => (id % size) * scenario.topology.branching + 1 >= size)
  }
}

/**
 * Whether two agents of the unbroken topology can be joined directly; where links are drawn from the seed (small-world,
 * random) any two can.
 */
export function linked(scenario: Scenario, a: number, b: number): boolean {
  const { kind, branching } = scenario.topology
  const { agents } = scenario.swarm
  const size = groupSize(scenario)
  const [low, high] = [Math.min(a, b), Math.max(a, b)]
  switch (kind) {
    case 'mesh':
    case 'small-world':
    case 'random':
      return true
    case 'none':
      return false
    case 'ring':
      return inRing(a, b, agents)
    case 'star':
      return low === 0
    case 'torus': {
      const columns = torusColumns(scenario.topology, agents)
      const [rowA, rowB] = [Math.floor(a / columns), Math.floor(b / columns)]
      return rowA === rowB
        ? inRing(a % columns, b % columns, columns)
        : a % columns === b % columns && inRing(rowA, rowB, agents / columns)
    }
    case 'hierarchical':
    case 'mesh-of-trees':
    case 'ring-of-trees': {
      const groups = [Math.floor(low / size), Math.floor(high / size)] as const
      if (groups[0] === groups[1]) return Math.floor(((high % size) - 1) / branching) === low % size
      if (low % size !== 0 || high % size !== 0) return false
      return kind === 'mesh-of-trees' || inRing(groups[0], groups[1], agents / size)
    }
  }
}

/** Whether i and j are next to each other on a closed chain of n. */
const inRing = (i: number, j: number, n: number): boolean => (i + 1) % n === j || (j + 1) % n === i

/** Agents at the start that run raft, ascending; none where it is not in the scenario. */
export function raftMembers(scenario: Scenario): readonly number[] {
  const raft = scenario.programs.find(({ kind }) => kind === 'raft')
  return raft === undefined ? [] : placed(scenario, raft.on)
}
