import { EVENT, type AgentState } from './agents/agentState.ts'
import type { EventRow } from './eventCodec.ts'
import { addSum, emptySum, type DigestSum } from './kernel/digest.ts'
import { clonePlain } from './kernel/plain.ts'
import type { AgentId, Micros } from './kernel/units.ts'
import { FATE } from './net/Network.ts'
import type { Packet } from './net/Packet.ts'
import type { WaitingLink } from './net/SendQueues.ts'
import type { Plan } from './Plan.ts'
import type { Shard } from './Shard.ts'
import type { ColumnPiece } from './space/SpaceRun.ts'
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
  readonly waiting: readonly WaitingLink[]
  readonly markSum: DigestSum
  readonly stats: StatsState
  /** This shard's share of the space's columns; together they are all of it. */
  readonly space: readonly ColumnPiece[]
}

export function takeSnapshot(shard: Shard, clock: Micros): ShardSnapshot {
  return {
    clockUs: clock,
    world: shard.world.clone(),
    agents: Array.from(shard.agents.values(), (agent) => cloneAgent(agent, shard.plan)),
    events: shard.pending(),
    links: shard.network.links.rows(),
    waiting: shard.network.queues.rows(),
    markSum: { ...shard.markSum },
    stats: shard.stats.save(),
    space: shard.space?.save(shard.part) ?? [],
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
  shard.network.queues.restore(parts.flatMap((part) => mine(part.waiting, (row) => row.src)))
  if (own !== null) {
    shard.stats.load(own.stats)
    addSum(shard.markSum, own.markSum.low, own.markSum.high)
  } else if (shard.options.index === 0) {
    for (const part of parts) addSum(shard.markSum, part.markSum.low, part.markSum.high)
  }
  if (shard.space !== null) {
    // Of another layout every shard writes everything, and the same.
    for (const part of own === null ? parts : [own]) shard.space.load(part.space)
    shard.space.prepare(shard.world, shard.now)
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
      disk: (plan.programs[p.program]!.disk?.clone ?? clonePlain)(p.disk),
      writes: p.writes.slice(),
      flushing: p.flushing,
      unsynced: p.unsynced.slice(),
      overrides: p.overrides,
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

/**
 * Size of a snapshot in memory, bytes, after what V8 takes for its objects: what the checkpoint budget is kept in.
 * Between 0.8 and 1.5 of what a heap measurement finds.
 */
export function snapshotBytes(snapshot: ShardSnapshot): number {
  const { links, events, world, agents } = snapshot
  const waits = snapshot.waiting.reduce((sum, { packets }) => sum + packets.length, 0)
  let bytes = waits * EVENT_BYTES + links.length * LINK_BYTES + events.length * EVENT_BYTES + world.routed.length * 10
  for (const { values } of snapshot.space) bytes += values.byteLength
  if (world.space !== null) bytes += world.space.flags.length * (1 + world.space.afflictions.length)
  for (const agent of agents) {
    bytes += AGENT_BYTES + 8 * agent.inbox.length
    for (const p of agent.programs) {
      bytes += PROGRAM_BYTES + TIMER_BYTES * Object.keys(p.timers).length
      bytes += heapBytes(p.state, true) + heapBytes(p.disk, false)
    }
  }
  return bytes
}

const LINK_BYTES = 88
/** A row, its cause and its packet; of a timer less. */
const EVENT_BYTES = 260
const AGENT_BYTES = 270
const PROGRAM_BYTES = 190
const TIMER_BYTES = 56
const LOG_ENTRIES_MIN = 32

/**
 * Bytes of a value beyond the 8 that refer to it or are it. A long array is a log: judged by its first entries, which
 * checkpoints of a program's own `clone` share.
 */
function heapBytes(value: unknown, sharesLogs: boolean): number {
  if (typeof value !== 'object' || value === null) return 0
  if (ArrayBuffer.isView(value)) return value.byteLength + 100
  if (Array.isArray(value)) {
    const isLog = value.length > LOG_ENTRIES_MIN
    if (isLog && sharesLogs) return 32 + 8 * value.length
    const judged = isLog ? value.slice(0, LOG_ENTRIES_MIN) : value
    const sum = judged.reduce((bytes: number, item) => bytes + 8 + heapBytes(item, sharesLogs), 0)
    return judged.length === 0 ? 32 : 32 + (sum * value.length) / judged.length
  }
  let bytes = 56
  let largest = -1
  for (const key in value) {
    bytes += 8 + heapBytes((value as Record<string, unknown>)[key], sharesLogs)
    if (key.charCodeAt(0) <= 0x39) largest = Number(key)
  }
  // Keys that are small numbers lie in an array up to the largest of them, and half as much again.
  return largest < 0 ? bytes : bytes + (largest < 1_024 ? 12 * largest + 128 : 128)
}
