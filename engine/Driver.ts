import type { DigestSum } from './kernel/digest.ts'
import { ENV, type AgentId, type Micros } from './kernel/units.ts'
import { lookaheadOf } from './lookahead.ts'
import { restoreSnapshot, takeSnapshot, type ShardSnapshot } from './snapshot.ts'
import type { Shard } from './Shard.ts'
import type { Leads } from './World.ts'

/** This shard's part of one digest point. */
export interface DigestPart {
  readonly timeUs: number
  readonly sum: DigestSum
}

/** How events reach the other shards, and theirs this one. */
export interface Mail {
  /** Hands what was posted since the last call towards the others; never blocks. */
  flush(): void
  /** Takes in what others have flushed. Returns how much of my own still waits because a ring was full. */
  drain(): number
}

/** What every shard published at a meeting; to be read before the next one. */
export type Gathered = (shard: number, lane: number) => number

/** Numbers this shard publishes at a meeting; it goes on when all have. */
export type Meeting = Generator<readonly number[], boolean, Gathered>

/** Without company: how many events to handle between two looks at the wall clock. */
const CHUNK_EVENTS = 4_096

/**
 * Takes one shard through windows and cuts. It yields wherever all shards must meet, so the same code runs on workers
 * (each meeting is a barrier) and on one thread (each meeting is a loop over the shards).
 */
export class Driver {
  /** Every event with time < clock is done. Outside of `advance` the cut at clock is still to come. */
  clock = 0 as Micros
  private cutDone = false
  digests: DigestPart[] = []
  /** Digest points before this time are known from an earlier run over them, and left out. */
  digestFromUs = 0

  constructor(
    readonly shard: Shard,
    private readonly mail: Mail,
  ) {}

  /**
   * Runs to the cut at `until`: every event before it, no command at it. `stop` is asked between windows, on shard 0
   * only, and all leave together. Returns whether `until` was reached.
   */
  *advance(until: Micros, stop: () => boolean): Meeting {
    const { shard, mail } = this
    const { shards, index } = shard.options
    let waiting = 0
    for (;;) {
      const all = yield [shard.nextEventTime(), waiting, index === 0 && stop() ? 1 : 0]
      if (sum(all, shards, 1) > 0) {
        mail.flush()
        yield NOTHING
        waiting = mail.drain()
        continue
      }
      if (this.clock >= until) return true
      // Never between a cut and what follows: whoever stops here, or takes a checkpoint, does so before the commands.
      if (all(0, 2) === 1 && !this.cutDone) return false
      // Read before the cut, whose steps of a space are meetings too; those bring forth no events.
      const next = least(all, shards, 0)
      // Only now has everything from before the cut arrived everywhere.
      if (!this.cutDone && (yield* this.cut())) {
        // What the cut itself sent (credits of what a crash threw away) goes out before anybody asks what comes next.
        waiting = shards > 1 ? 1 : 0
        continue
      }
      const limit = Math.min(this.nextCut(), until) as Micros
      if (next >= limit) {
        this.moveTo(limit)
        continue
      }
      const end = Math.min(next + lookaheadOf(shard), limit) as Micros
      if (shards === 1) {
        this.moveTo(shard.runWindow(end, CHUNK_EVENTS))
        continue
      }
      shard.runWindow(end, Infinity)
      this.moveTo(end)
      mail.flush()
      yield NOTHING
      waiting = mail.drain()
    }
  }

  snapshot(): ShardSnapshot {
    return takeSnapshot(this.shard, this.clock)
  }

  /** Goes to a cut: from this shard's `own` part of it, or from all `parts` of another layout. */
  restore(parts: readonly ShardSnapshot[], own: ShardSnapshot | null): void {
    restoreSnapshot(this.shard, parts, own)
    this.clock = parts[0]!.clockUs as Micros
    this.cutDone = false
    this.digests = []
  }

  private moveTo(t: Micros): void {
    this.clock = t
    this.cutDone = false
  }

  /**
   * What happens at a cut, always in this order: digest, commands and tables, the step of the space; changing it
   * changes every digest. Returns whether a command or an item of the agenda acted, so that what comes next must be
   * asked anew.
   */
  private *cut(): Generator<readonly number[], boolean, Gathered> {
    const { shard, clock } = this
    const { world, plan } = shard
    const digests = clock > 0 && clock >= this.digestFromUs && clock % plan.scenario.digestEveryUs === 0
    if (digests) this.digests.push({ timeUs: clock, sum: shard.digest() })
    this.cutDone = true
    const acts = world.nextAt(clock, true) === clock
    // Whoever joins is written into shared columns, which others may still be adding up.
    if (acts && digests && shard.space !== null) yield NOTHING
    if (acts) {
      let leads = NO_LEADS
      if (world.needsLeads(clock)) {
        const mine = shard.leads()
        leads = mergeLeads(yield [mine.term, mine.leader, mine.follower], shard.options.shards)
      }
      shard.cut(clock, leads)
    }
    const { space } = shard
    if (space !== null && space.nextAt(clock, true) === clock) {
      shard.now = clock
      shard.spaceMarks(yield* space.step(shard.part, world, clock))
    }
    return acts
  }

  private nextCut(): number {
    const every = this.shard.plan.scenario.digestEveryUs
    const { world, space } = this.shard
    const next = Math.min(world.nextAt(this.clock, false), (Math.floor(this.clock / every) + 1) * every)
    return space === null ? next : Math.min(next, space.nextAt(this.clock, false))
  }
}

const NOTHING: readonly number[] = []
const NO_LEADS: Leads = { leader: ENV, follower: ENV }

/** Leader of the highest term, smallest id on a tie; follower with the smallest id. */
function mergeLeads(all: Gathered, shards: number): Leads {
  let term = -1
  let leader: number = ENV
  let follower: number = ENV
  for (let s = 0; s < shards; s++) {
    if (all(s, 0) > term || (all(s, 0) === term && term >= 0 && all(s, 1) < leader)) {
      term = all(s, 0)
      leader = all(s, 1)
    }
    if (all(s, 2) >= 0 && (follower < 0 || all(s, 2) < follower)) follower = all(s, 2)
  }
  return { leader: leader as AgentId, follower: follower as AgentId }
}

function least(all: Gathered, shards: number, lane: number): number {
  let value = all(0, lane)
  for (let s = 1; s < shards; s++) value = Math.min(value, all(s, lane))
  return value
}

function sum(all: Gathered, shards: number, lane: number): number {
  let value = 0
  for (let s = 0; s < shards; s++) value += all(s, lane)
  return value
}
