import type { Scenario } from '../../../engine/scenario/Scenario.ts'
import type { StageInfo } from '../../../workers/protocol.ts'
import { headsOf, MAJORS_MAX, type Layout } from './Layout.ts'
import { regionsLayout } from './regions.ts'
import { concentricLayout, liftByLevel, ringLayout, treeLayout } from './simple.ts'

/** The set-out a scenario asks for. Deterministic; d3-force is only loaded where it is used. */
export async function layoutOf(
  info: StageInfo,
  scenario: Pick<Scenario, 'layout' | 'height' | 'topology'>,
  distance?: (a: number, b: number) => number,
): Promise<Layout> {
  const layout = await flatLayout(info, scenario, distance)
  return scenario.height === 'level' && scenario.layout !== 'tree' ? liftByLevel(layout, info) : layout
}

async function flatLayout(
  info: StageInfo,
  { layout: kind, topology }: Pick<Scenario, 'layout' | 'topology'>,
  distance: ((a: number, b: number) => number) | undefined,
): Promise<Layout> {
  // A ring of trees is a ring of groups.
  const groups = headsOf(info).length
  if (kind === 'ring')
    return groups > 1 && groups < info.agents ? regionsLayout(info, {}) : circles(info, topology.kind)
  if (kind === 'tree') return treeLayout(info)
  if (kind === 'force') {
    const { forceLayout, FORCE_AGENTS_MAX } = await import('./force.ts')
    if (info.agents <= FORCE_AGENTS_MAX) return forceLayout(info)
  }
  const flat = info.parent.every((above) => above < 0)
  if (groups === 0 || (groups === 1 && flat && info.agents <= MAJORS_MAX)) return circles(info, topology.kind)
  return regionsLayout(info, { distance })
}

/**
 * One circle where the agents form a ring or are few; else circles within circles, so that 101 replicas stay readable.
 */
const circles = (info: StageInfo, topology: Scenario['topology']['kind']): Layout =>
  topology === 'ring' || info.agents <= 24 ? ringLayout(info) : concentricLayout(info)
