import type { ProgramSpec, Scenario, TopologySpec } from './Scenario.ts'

/** Kinds whose agents form trees, so that there are heads and leaves. */
export const hasTrees = (topology: TopologySpec): boolean => topology.kind !== 'mesh' && topology.kind !== 'ring'

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
      return ids.filter((id) => (id % size) * scenario.topology.branching + 1 >= size)
  }
}

/** Whether two agents of the unbroken topology are joined directly. */
export function linked(scenario: Scenario, a: number, b: number): boolean {
  const { kind, branching } = scenario.topology
  const { agents } = scenario.swarm
  const inRing = (i: number, j: number, n: number): boolean => (i + 1) % n === j || (j + 1) % n === i
  if (kind === 'mesh') return true
  if (kind === 'ring') return inRing(a, b, agents)
  const size = groupSize(scenario)
  const [low, high] = [Math.min(a, b), Math.max(a, b)]
  const groups = [Math.floor(low / size), Math.floor(high / size)] as const
  if (groups[0] === groups[1]) return Math.floor(((high % size) - 1) / branching) === low % size
  if (low % size !== 0 || high % size !== 0) return false
  return kind === 'mesh-of-trees' || inRing(groups[0], groups[1], agents / size)
}

/** Agents at the start that run raft, ascending; none where it is not in the scenario. */
export function raftMembers(scenario: Scenario): readonly number[] {
  const raft = scenario.programs.find(({ kind }) => kind === 'raft')
  return raft === undefined ? [] : placed(scenario, raft.on)
}
