import { NEVER, type AgentId } from './kernel/units.ts'
import type { Shard } from './Shard.ts'

/**
 * The smallest delay of any link between two shards: no event of one shard can cause one in another sooner, so a window
 * of that length can run without asking. Rules may only lengthen a delay; weights divide it, so the largest counts.
 */
export function lookaheadOf(shard: Shard): number {
  const { plan, topology, world } = shard
  if (plan.shards === 1) return NEVER
  const cached = cache.get(shard)
  if (cached !== undefined && cached.version === world.state.topologyVersion) return cached.us
  let us: number = NEVER
  const consider = (a: AgentId, b: AgentId): void => {
    if (plan.shardOf(a) === plan.shardOf(b)) return
    const floor = Math.min(plan.latency.floorUs(a, b), plan.latency.floorUs(b, a))
    us = Math.min(us, topology.weighted ? Math.max(1, Math.round(floor / topology.weight(a, b))) : floor)
  }
  if (topology.linkCount() <= COUNTED_LINKS) topology.forEachLink(consider)
  else us = topology.weighted ? 1 : plan.latency.minFloorUs()
  cache.set(shard, { version: world.state.topologyVersion, us: Math.max(1, us) })
  return Math.max(1, us)
}

/** Beyond this many links the law's own minimum stands in for the minimum over the links. */
const COUNTED_LINKS = 500_000
const cache = new WeakMap<Shard, { version: number; us: number }>()
