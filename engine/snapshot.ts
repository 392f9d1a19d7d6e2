import { EVENT, type AgentState } from './agents/agentState.ts'
import type { EventRow } from './eventCodec.ts'
import { addSum, emptySum, type DigestSum } from './kernel/digest.ts'
import { clonePlain } from './kernel/plain.ts'
import type { AgentId, Micros } from './kernel/units.ts'
import { FATE } from './net/Network.ts'
import type { Packet } from './net/Packet.ts'
import type { Plan } from './Plan.ts'
import type { Shard } from './Shard.ts'
import type { StatsState } from './Stats.ts'
import type { WorldState } from './World.ts'

/**
 * One shard at a cut, as plain data. The parts of all shards together are the run at that time, and can be restored on
 * any layout: rows name agents, never shards. Messages and waiting inputs are immutable and shared, not copied.
 */
export interface ShardSnapshot {
  readonly clockUs: number
  readonly world: WorldState
  readonly agents: readonly AgentState[]
  readonly events: readonly EventRow[]
  readonly links: readonly (readonly number[])[]
  readonly markSum: DigestSum
  readonly stats: StatsState
}

export function takeSnapshot(shard: Shard, clock: Micros): ShardSnapshot {
  return {
    clockUs: clock,
    world: shard.world.clone(),
    agents: Array.from(shard.agents.values(), (agent) => cloneAgent(agent, shard.plan)),
    events: shard.pending(),
    links: shard.network.links.rows(),
    markSum: { ...shard.markSum },
    stats: shard.stats.save(),
  }
}

/**
 * Replaces the shard's state by its share of `parts`, all taken at one cut. `own` is the part this very shard took, or
 * null where the layout was another. Mutates the shard, not the parts.
 */
export function restoreSnapshot(shard: Shard, parts: readonly ShardSnapshot[], own: ShardSnapshot | null): void {
  shard.world.state = clonePlain(parts[0]!.world)
  shard.topology = shard.plan.topology(shard.world.state)
  shard.network.weights = shard.topology
  shard.network.rules = shard.world.state.rules
  shard.now = parts[0]!.clockUs as Micros
  shard.agents.clear()
  shard.queue.clear()
  shard.flights.clear()
  shard.history.clear()
  shard.marks = []
  shard.markSum = emptySum()
  const mine = <Row>(rows: readonly Row[], owner: (row: Row) => number): Row[] =>
    rows.filter((row) => shard.owns(owner(row) as AgentId))
  const agents = parts.flatMap((part) => mine(part.agents, (a) => a.id)).sort((x, y) => x.id - y.id)
  for (const agent of agents) shard.agents.set(agent.id, cloneAgent(agent, shard.plan))
  for (const part of parts) for (const row of mine(part.events, (e) => e.dst)) shard.accept(row)
  shard.network.links.restore(parts.flatMap((part) => mine(part.links, (link) => link[0]!)))
  if (own !== null) {
    shard.stats.load(own.stats)
    addSum(shard.markSum, own.markSum.low, own.markSum.high)
  } else if (shard.options.index === 0) {
    for (const part of parts) addSum(shard.markSum, part.markSum.low, part.markSum.high)
  }
  showPending(shard)
}

/** A copy of an agent for a checkpoint, by its programs' own `clone` where they have one. */
function cloneAgent(agent: AgentState, plan: Plan): AgentState {
  return {
    ...agent,
    clock: { ...agent.clock },
    inbox: agent.inbox.slice(),
    programs: agent.programs.map((p) => ({
      program: p.program,
      state: p.state === null ? null : (plan.programs[p.program]!.clone ?? clonePlain)(p.state),
      timers: { ...p.timers },
      draws: { ...p.draws },
      disk: clonePlain(p.disk),
      writes: p.writes.slice(),
      flushing: p.flushing,
    })),
  }
}

/** What is in flight is seen in flight again. */
function showPending(shard: Shard): void {
  if (shard.options.flights === undefined) return
  for (const slot of shard.queue.sortedSlots()) {
    const row = shard.row(slot)
    if (row.type !== EVENT.arrive) continue
    const packet = row.payload as Packet
    shard.flights.add(packet.leftUs, row.time, packet.via, row.dst, packet.kind, FATE.delivered, row.seq, row.src)
  }
}

/** Rough size of a snapshot in memory, bytes: what the checkpoint budget is kept in. */
export function snapshotBytes(snapshot: ShardSnapshot): number {
  let bytes = snapshot.links.length * 64 + snapshot.events.length * 160 + snapshot.world.routed.length * 10
  for (const agent of snapshot.agents) for (const p of agent.programs) bytes += 200 + roughBytes(p.state, 0)
  return bytes
}

function roughBytes(value: unknown, depth: number): number {
  if (typeof value === 'string') return 16 + 2 * value.length
  if (typeof value !== 'object' || value === null) return 8
  if (ArrayBuffer.isView(value)) return value.byteLength + 64
  if (Array.isArray(value)) {
    // Long arrays are logs: their entries are shared between checkpoints, a reference each.
    if (value.length > 32 || depth > 4) return 16 + 8 * value.length
    return value.reduce((sum: number, item) => sum + roughBytes(item, depth + 1), 16)
  }
  let bytes = 24
  for (const key in value) bytes += 8 + roughBytes((value as Record<string, unknown>)[key], depth + 1)
  return bytes
}
