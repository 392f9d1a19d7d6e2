import type { Surroundings } from '../agents/Program.ts'
import type { AgentId } from '../kernel/units.ts'
import type { Topology } from './Topology.ts'

/** Longer lists of neighbours are not made before somebody reads them: a mesh of 20,000 would hold 4·10⁸ ids. */
const EAGER_NEIGHBOURS = 64

/** What `agent` knows of `topology`, as plain data to whoever copies it. */
export function surroundingsOf(topology: Topology, agent: AgentId): Surroundings {
  const known = {
    parent: topology.parent(agent),
    children: topology.children(agent),
    group: topology.group(agent),
  }
  if (topology.degree(agent) <= EAGER_NEIGHBOURS) return { neighbours: topology.neighbours(agent), ...known }
  return {
    get neighbours() {
      return topology.neighbours(agent)
    },
    ...known,
  }
}
