import type { AgentId } from '../../engine/kernel/units.ts'
import type { Plan } from '../../engine/Plan.ts'
import type { Shard } from '../../engine/Shard.ts'
import type { SpaceInfo, StageInfo } from '../protocol.ts'

/** Links beyond this many are sampled evenly; `linksTotal` tells how many there are. */
const DRAWN_LINKS = 200_000
/** A mesh of more agents than this is not walked link by link. */
const WALKED_LINKS = 5_000_000

/** What the page needs for layout and labels, from one shard's copy of the tables. */
export function stageInfo(plan: Plan, shard: Shard): StageInfo {
  const { registry } = shard.world.state
  const { topology } = shard
  const count = registry.count
  const column = (of: (id: AgentId) => number): Int32Array =>
    Int32Array.from({ length: count }, (_, id) => of(id as AgentId))
  const linksTotal = topology.linkCount()
  return {
    agents: count,
    capacity: plan.capacity,
    links: linksTotal > WALKED_LINKS ? new Int32Array(0) : drawnLinks(topology, linksTotal),
    linksTotal,
    parent: column((id) => topology.parent(id)),
    level: column((id) => topology.level(id)),
    group: column((id) => registry.group[id]!),
    groupNames: plan.groupNames(),
    programs: registry.programs.slice(0, count),
    programKinds: plan.programs.map((p) => p.kind),
    messageKinds: plan.messageKinds,
    space: spaceInfo(shard),
  }
}

function spaceInfo({ space }: Shard): SpaceInfo | null {
  if (space === null) return null
  const { model, spec, columns, rows } = space
  return {
    groups: model.groups(spec),
    states: model.states,
    layers: model.layers,
    landmarks: model.landmarks?.(spec) ?? [],
    columns,
    rows,
  }
}

function drawnLinks(topology: Shard['topology'], total: number): Int32Array {
  const every = Math.max(1, Math.ceil(total / DRAWN_LINKS))
  const pairs: number[] = []
  let n = 0
  topology.forEachLink((a, b) => {
    if (n++ % every === 0) pairs.push(a, b)
  })
  return Int32Array.from(pairs)
}
