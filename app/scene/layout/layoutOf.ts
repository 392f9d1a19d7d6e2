import { torusColumns } from '../../../engine/scenario/placement.ts'
import type { Scenario } from '../../../engine/scenario/Scenario.ts'
import type { StageInfo } from '../../../workers/protocol.ts'
import { longRingLayout, starLayout, torusLayout } from './graphs.ts'
import { headsOf, MAJORS_MAX, votes, type Layout } from './Layout.ts'
import { regionsLayout } from './regions.ts'
import { concentricLayout, liftByLevel, ringLayout, treeLayout } from './simple.ts'

export type Shape = Pick<Scenario, 'layout' | 'height' | 'topology'> & { readonly swarm?: { readonly agents: number } }

/** The set-out a scenario asks for. Deterministic; d3-force is only loaded where it is used. */
export async function layoutOf(
  info: StageInfo,
  scenario: Shape,
  distance?: (a: number, b: number) => number,
): Promise<Layout> {
  const layout = await flatLayout(info, scenario, distance)
  return scenario.height === 'level' && scenario.layout !== 'tree' ? liftByLevel(layout, info) : layout
}

async function flatLayout(
  info: StageInfo,
  scenario: Shape,
  distance: ((a: number, b: number) => number) | undefined,
): Promise<Layout> {
  const { layout: kind, topology } = scenario
  const groups = headsOf(info).length
  // Regions are places: they stand where latency puts them, whoever is linked with whom.
  const isPlaces = kind === 'regions' && groups > 1
  const graph = isPlaces ? null : await graphLayout(info, scenario)
  if (graph) return graph
  // A ring of trees is a ring of groups.
  if (kind === 'ring')
    return groups > 1 && groups < info.agents ? regionsLayout(info, { ring: true }) : circles(info, scenario)
  if (kind === 'tree' && info.parent.some((above) => above >= 0)) return treeLayout(info)
  if (kind === 'force' && topology.kind !== 'mesh') {
    const { forceLayout, FORCE_AGENTS_MAX } = await import('./force.ts')
    if (info.agents <= FORCE_AGENTS_MAX) return forceLayout(info)
  }
  const flat = info.parent.every((above) => above < 0)
  if (groups === 0 || (groups === 1 && flat)) return circles(info, scenario)
  return regionsLayout(info, { distance, ring: topology.kind === 'ring-of-trees' })
}

/** The set-outs that follow from what is linked with what. */
async function graphLayout(info: StageInfo, { topology, swarm, height }: Shape): Promise<Layout | null> {
  // A graph is its links: plates would hide them, and are only borne where a log stands on them.
  const plates = height === 'log'
  switch (topology.kind) {
    case 'star':
      return starLayout(info, plates)
    case 'torus': {
      const agents = swarm?.agents ?? info.agents
      return torusLayout(info, agents, torusColumns(topology, agents), plates)
    }
    case 'small-world':
      return longRingLayout(info, plates)
    case 'random': {
      const { forceLayout, GRAPH_FORCE_MAX } = await import('./force.ts')
      if (info.agents <= GRAPH_FORCE_MAX) return forceLayout(info, plates)
      const { clusterLayout } = await import('./clusters.ts')
      return clusterLayout(info)
    }
    default:
      return null
  }
}

/**
 * One circle where the agents form a ring or are few; else circles within circles, so that 101 replicas stay readable.
 */
function circles(info: StageInfo, { topology, height }: Shape): Layout {
  const few = info.agents <= Math.min(24, MAJORS_MAX)
  // A plate is the foot of a log, of a vote, or of a head that load lifts; other agents are their balls.
  const plates = votes(info) || height === 'log' || (height === 'load' && few)
  if (topology.kind === 'ring') return longRingLayout(info, plates)
  return few ? ringLayout(info, plates) : concentricLayout(info, plates)
}
