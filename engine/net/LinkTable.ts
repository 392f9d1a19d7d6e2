import { Hasher, type DigestSum } from '../kernel/digest.ts'
import type { AgentId, Micros, U32 } from '../kernel/units.ts'

/**
 * What a sender knows of its directed links: how many transmissions it has sent, when the last one is due, until when
 * the line is busy, and how many are under way and not yet handled. Open
 * addressing over flat rows, because a mesh has too many links for a table of all pairs and most carry nothing.
 */
export class LinkTable {
  /** Rows of [src, dst, count, under way]: one cache line a look-up. */
  private rows32 = emptyRows(INITIAL)
  private due = new Float64Array(INITIAL)
  private busy = new Float64Array(INITIAL)
  private size = 0

  /** Slot of src → dst, made where it was missing. Valid until the next call. */
  slot(src: AgentId, dst: AgentId): number {
    if (2 * this.size >= this.due.length) this.grow()
    const { rows32 } = this
    const mask = this.due.length - 1
    let slot = (Math.imul(src, 0x9e3779b1) ^ Math.imul(dst, 0x85ebca6b)) & mask
    slot = (slot ^ (slot >>> 7)) & mask
    while (rows32[ROW * slot] !== FREE) {
      if (rows32[ROW * slot] === src && rows32[ROW * slot + DST] === dst) return slot
      slot = (slot + 1) & mask
    }
    this.size++
    rows32[ROW * slot] = src
    rows32[ROW * slot + DST] = dst
    rows32[ROW * slot + COUNT] = 0
    rows32[ROW * slot + UNDER_WAY] = 0
    this.due[slot] = 0
    this.busy[slot] = 0
    return slot
  }

  /** Number of this transmission on the link, from 0. Counts it. */
  next(slot: number): U32 {
    return this.rows32[ROW * slot + COUNT]!++ >>> 0
  }

  /** The due time of a link that keeps order: never before what was sent earlier. Remembers it. */
  inOrder(slot: number, due: Micros): Micros {
    const kept = Math.max(due, this.due[slot]! + 1) as Micros
    this.due[slot] = kept
    return kept
  }

  /** Takes the line for `us` from `from` on, or as soon as it is free. Returns when it is free again. Remembers it. */
  occupy(slot: number, from: Micros, us: number): Micros {
    const until = (Math.max(from, this.busy[slot]!) + us) as Micros
    this.busy[slot] = until
    return until
  }

  /** Transmissions under way and not yet handled. */
  underWay(slot: number): number {
    return this.rows32[ROW * slot + UNDER_WAY]!
  }

  setUnderWay(slot: number, count: number): void {
    this.rows32[ROW * slot + UNDER_WAY] = count
  }

  /** Counts anew, from none, for links that are no more. */
  prune(exists: (src: AgentId, dst: AgentId) => boolean): void {
    const { rows32, due } = this
    for (let slot = 0, at = 0; slot < due.length; slot++, at += ROW)
      if (rows32[at] !== FREE && !exists(rows32[at] as AgentId, rows32[at + DST] as AgentId)) rows32[at + UNDER_WAY] = 0
  }

  digest(sum: DigestSum, hasher: Hasher): void {
    for (const [src, dst, count, due, busy, underWay] of this.rows()) {
      hasher.begin(TAG_LINK)
      hasher.word(src!)
      hasher.word(dst!)
      hasher.word(count!)
      hasher.number(due!)
      hasher.number(busy!)
      hasher.word(underWay!)
      hasher.end(sum)
    }
  }

  /** Rows [src, dst, count, dueUs, busyUs, underWay], for checkpoints; independent of the layout of shards. */
  rows(): number[][] {
    const { rows32, due, busy } = this
    const rows: number[][] = []
    for (let slot = 0, at = 0; slot < due.length; slot++, at += ROW)
      if (rows32[at] !== FREE) {
        const count = rows32[at + COUNT]! >>> 0
        rows.push([rows32[at]!, rows32[at + DST]!, count, due[slot]!, busy[slot]!, rows32[at + UNDER_WAY]!])
      }
    return rows
  }

  /** Replaces everything by `rows`. */
  restore(rows: readonly (readonly number[])[]): void {
    this.rows32 = emptyRows(this.due.length)
    this.size = 0
    for (const row of rows) this.put(row)
  }

  private put([src, dst, count, due, busy, underWay]: readonly number[]): void {
    const slot = this.slot(src as AgentId, dst as AgentId)
    this.rows32[ROW * slot + COUNT] = count!
    this.rows32[ROW * slot + UNDER_WAY] = underWay!
    this.due[slot] = due!
    this.busy[slot] = busy!
  }

  private grow(): void {
    const rows = this.rows()
    this.due = new Float64Array(this.due.length * 2)
    this.busy = new Float64Array(this.due.length)
    this.restore(rows)
  }
}

const INITIAL = 64
const ROW = 4
const DST = 1
const COUNT = 2
const UNDER_WAY = 3
const FREE = -0x80000000
const TAG_LINK = 0x11

function emptyRows(slots: number): Int32Array {
  const rows = new Int32Array(slots * ROW)
  for (let at = 0; at < rows.length; at += ROW) rows[at] = FREE
  return rows
}
