import type { Micros } from '../kernel/units.ts'
import type { Command } from '../scenario/Scenario.ts'
import { firstDifferenceUs } from './logs.ts'

export interface CheckpointEntry {
  readonly id: number
  readonly timeUs: Micros
  /** The log under which it was reached; it serves every log that agrees before its time. */
  readonly log: readonly Command[]
  readonly bytes: number
}

/**
 * Which checkpoints there are, kept under a budget of bytes. Where room is needed the one goes whose loss lengthens the
 * way to its neighbours least in proportion to its age, so that the recent past stays dense and the old one thins out.
 */
export class CheckpointIndex {
  private entries: CheckpointEntry[] = []
  private nextId = 1
  private bytes = 0

  constructor(readonly budgetBytes: number) {}

  /** A name for the next checkpoint. */
  newId(): number {
    return this.nextId++
  }

  /** Adds one; returns the ids that had to go. */
  add(entry: CheckpointEntry): number[] {
    this.entries.push(entry)
    this.entries.sort((x, y) => x.timeUs - y.timeUs || x.id - y.id)
    this.bytes += entry.bytes
    const gone: number[] = []
    while (this.bytes > this.budgetBytes && this.entries.length > 1) gone.push(this.dropOne(entry.id))
    return gone
  }

  /** The latest one at or before `t` that serves `log`; null = from the beginning. */
  nearest(t: Micros, log: readonly Command[]): CheckpointEntry | null {
    for (let i = this.entries.length - 1; i >= 0; i--) {
      const entry = this.entries[i]!
      if (entry.timeUs <= t && (entry.log === log || entry.timeUs <= firstDifferenceUs(entry.log, log))) return entry
    }
    return null
  }

  clear(): number[] {
    const ids = this.entries.map((e) => e.id)
    this.entries = []
    this.bytes = 0
    return ids
  }

  get usedBytes(): number {
    return this.bytes
  }

  get count(): number {
    return this.entries.length
  }

  private dropOne(newest: number): number {
    const { entries } = this
    const now = entries.at(-1)!.timeUs + 1
    let worst = -1
    let least = Infinity
    entries.forEach((entry, i) => {
      if (entry.id === newest) return
      const gap = (entries[i + 1]?.timeUs ?? now) - (entries[i - 1]?.timeUs ?? 0)
      const cost = gap / (now - entry.timeUs)
      if (cost < least) {
        least = cost
        worst = i
      }
    })
    const [gone] = entries.splice(worst, 1)
    this.bytes -= gone!.bytes
    return gone!.id
  }
}
