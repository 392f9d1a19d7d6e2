import { NEVER, type AgentId } from './kernel/units.ts'
import type { Shard } from './Shard.ts'
import type { Topology } from './topology/Topology.ts'

/**
 * The smallest delay of any link between two shards: no event of one shard can cause one in another sooner, so a window
 * of that length can run without asking. Rules may only lengthen a delay; weights divide it, so the largest counts.
 */
export function lookaheadOf(shard: Shard): number {
  const { plan, topology } = shard
  if (plan.shards === 1) return NEVER
  const cached = cache.get(topology)
  if (cached !== undefined) return cached
  let us: number = NEVER
  const consider = (a: AgentId, b: AgentId): void => {
    if (plan.shardOf(a) === plan.shardOf(b)) return
    const floor = Math.min(plan.latency.floorUs(a, b), plan.latency.floorUs(b, a))
    us = Math.min(us, topology.weighted ? Math.max(1, Math.round(floor / topology.weight(a, b))) : floor)
  }
  if (topology.linkCount() <= COUNTED_LINKS) topology.forEachLink(consider)
  else us = topology.weighted ? 1 : plan.latency.minFloorUs()
  us = Math.max(1, us)
  cache.set(topology, us)
  return us
}

/** Beyond this many links the law's own minimum stands in for the minimum over the links. */
const COUNTED_LINKS = 500_000
/** By the tables themselves: two lanes of history may count their changes alike and differ. */
const cache = new WeakMap<Topology, number>()
