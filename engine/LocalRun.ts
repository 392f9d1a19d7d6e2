import type { Mark, Program } from './agents/Program.ts'
import { assert } from './kernel/assert.ts'
import { Driver, type Gathered, type Mail } from './Driver.ts'
import { ByteReader, ByteWriter } from './kernel/codec.ts'
import { addSum, digestText, emptySum, type DigestSum } from './kernel/digest.ts'
import { compareKeys } from './kernel/key.ts'
import { NEVER, type Micros } from './kernel/units.ts'
import { makePlan, type Plan } from './Plan.ts'
import { initialLog } from './scenario/initialLog.ts'
import type { Command, Scenario } from './scenario/Scenario.ts'
import { makeWorld, Shard, type ShardOptions } from './Shard.ts'
import type { ShardSnapshot } from './snapshot.ts'
import { spaceMemoryBytes } from './spaceRegistry.ts'

export interface LocalOptions extends Omit<ShardOptions, 'index' | 'shards'> {
  /** Default 1. */
  readonly shards?: number
  /** How many events a shard can hand over at one meeting: a full ring, for tests. Default unbounded. */
  readonly lettersMax?: number
  /** Run in place of the built-in ones of the same kind, or beside them. */
  readonly programs?: readonly Program[]
}

/**
 * The engine on one thread. With several shards it holds the meetings in turn, and so shows without workers that the
 * result does not depend on how many there are.
 */
export class LocalRun {
  readonly plan: Plan
  readonly shards: readonly Shard[]
  private readonly drivers: readonly Driver[]
  private readonly mail: Uint8Array[][]
  private readonly lettersMax: number
  private meetings = 0

  constructor(scenario: Scenario, options: LocalOptions = {}) {
    const count = options.shards ?? 1
    this.lettersMax = options.lettersMax ?? Infinity
    this.plan = makePlan(scenario, count, options.programs)
    this.mail = Array.from({ length: count }, () => [])
    const spaceMemory = new ArrayBuffer(spaceMemoryBytes(scenario))
    this.shards = Array.from({ length: count }, (_, index) => {
      const world = makeWorld(this.plan)
      world.setLog(initialLog(scenario))
      return new Shard(this.plan, world, { ...options, index, shards: count, spaceMemory })
    })
    this.drivers = this.shards.map((shard, index) => new Driver(shard, this.connect(shard, index)))
  }

  get clock(): Micros {
    return this.drivers[0]!.clock
  }

  /** Runs to the cut at `until`: every event before it, no command at it. False where `stop` said so first. */
  runTo(until: Micros, stop: () => boolean = never): boolean {
    const meetings = this.drivers.map((driver) => driver.advance(until, stop))
    let answers = meetings.map((meeting) => meeting.next())
    while (answers[0]!.done !== true) {
      const lanes = answers.map((answer) => answer.value as readonly number[])
      const meeting = ++this.meetings
      const all: Gathered = (shard, lane) => {
        // Workers would read what others publish for the next one.
        assert(meeting === this.meetings, 'what a meeting gathered is read before the next')
        return lanes[shard]![lane]!
      }
      answers = meetings.map((meeting) => meeting.next(all))
    }
    return answers[0]!.value as boolean
  }

  /** Runs to the cut just after the next event or command. False where nothing is left to happen. */
  step(): boolean {
    const next = this.nextTime()
    if (next >= NEVER) return false
    this.runTo((next + 1) as Micros)
    return true
  }

  /** Time of the next event or command. */
  nextTime(): Micros {
    const { world, space } = this.shards[0]!
    const step = space?.nextAt(this.clock, true) ?? NEVER
    return Math.min(world.nextAt(this.clock, true), step, ...this.shards.map((s) => s.nextEventTime())) as Micros
  }

  /** A step of the space found what must not be; nothing moves since. */
  get halted(): boolean {
    return this.shards[0]!.world.state.space?.halted ?? false
  }

  setLog(log: readonly Command[]): void {
    for (const shard of this.shards) shard.world.setLog(log)
  }

  /** The digest at the present cut. */
  digest(): DigestSum {
    return total(this.shards.map((shard) => shard.digest()))
  }

  digestText(): string {
    return digestText(this.digest())
  }

  /** The digest points passed so far. */
  digestPoints(): { timeUs: number; digest: string }[] {
    return this.drivers[0]!.digests.map((point, i) => ({
      timeUs: point.timeUs,
      digest: digestText(total(this.drivers.map((driver) => driver.digests[i]!.sum))),
    }))
  }

  /** Marks since the last call, in the total order. */
  takeMarks(): Mark[] {
    const marks = this.shards.flatMap((shard) => shard.marks)
    for (const shard of this.shards) shard.marks = []
    return sortMarks(marks)
  }

  snapshot(): ShardSnapshot[] {
    return this.drivers.map((driver) => driver.snapshot())
  }

  /** Goes back (or on) to a snapshot, taken on any layout. */
  restore(parts: readonly ShardSnapshot[]): void {
    const same = parts.length === this.drivers.length
    this.drivers.forEach((driver, i) => driver.restore(same ? [parts[i]!] : parts, same ? parts[i]! : null))
  }

  private connect(shard: Shard, index: number): Mail {
    const outbox: { readonly to: number; readonly bytes: Uint8Array }[] = []
    shard.outbound = (to, row) => {
      const out = new ByteWriter(256)
      shard.encode(row, out)
      outbox.push({ to, bytes: out.bytes.subarray(0, out.at) })
    }
    return {
      flush: () => {
        for (const { to, bytes } of outbox.splice(0, this.lettersMax)) this.mail[to]!.push(bytes)
      },
      drain: () => {
        for (const bytes of this.mail[index]!.splice(0)) shard.accept(shard.decode(new ByteReader(bytes)))
        return outbox.length
      },
    }
  }
}

const never = (): boolean => false

export function total(sums: readonly DigestSum[]): DigestSum {
  const all = emptySum()
  for (const sum of sums) addSum(all, sum.low, sum.high)
  return all
}

/** Sorts into the total order of marks. Mutates and returns `marks`. */
export const sortMarks = (marks: Mark[]): Mark[] => marks.sort((x, y) => compareKeys(x.key, y.key) || x.index - y.index)
