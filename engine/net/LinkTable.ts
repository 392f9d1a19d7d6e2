import { Hasher, type DigestSum } from '../kernel/digest.ts'
import type { AgentId, Micros, U32 } from '../kernel/units.ts'

/**
 * What a sender knows of its directed links: how many transmissions it has sent, and when the last one is due. Open
 * addressing over flat rows, because a mesh has too many links for a table of all pairs and most carry nothing.
 */
export class LinkTable {
  /** Rows of [src, dst, count, 0]: one cache line a look-up. */
  private rows32 = emptyRows(INITIAL)
  private due = new Float64Array(INITIAL)
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
    this.due[slot] = 0
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

  digest(sum: DigestSum, hasher: Hasher): void {
    for (const [src, dst, count, due] of this.rows()) {
      hasher.begin(TAG_LINK)
      hasher.word(src!)
      hasher.word(dst!)
      hasher.word(count!)
      hasher.number(due!)
      hasher.end(sum)
    }
  }

  /** Rows [src, dst, count, dueUs], for checkpoints; independent of the layout of shards. */
  rows(): number[][] {
    const { rows32, due } = this
    const rows: number[][] = []
    for (let slot = 0, at = 0; slot < due.length; slot++, at += ROW)
      if (rows32[at] !== FREE) rows.push([rows32[at]!, rows32[at + DST]!, rows32[at + COUNT]! >>> 0, due[slot]!])
    return rows
  }

  /** Replaces everything by `rows`. */
  restore(rows: readonly (readonly number[])[]): void {
    this.rows32 = emptyRows(this.due.length)
    this.size = 0
    for (const [src, dst, count, due] of rows) this.put(src!, dst!, count!, due!)
  }

  private put(src: number, dst: number, count: number, due: number): void {
    const slot = this.slot(src as AgentId, dst as AgentId)
    this.rows32[ROW * slot + COUNT] = count
    this.due[slot] = due
  }

  private grow(): void {
    const rows = this.rows()
    this.due = new Float64Array(this.due.length * 2)
    this.restore(rows)
  }
}

const INITIAL = 64
const ROW = 4
const DST = 1
const COUNT = 2
const FREE = -0x80000000
const TAG_LINK = 0x11

function emptyRows(slots: number): Int32Array {
  const rows = new Int32Array(slots * ROW)
  for (let at = 0; at < rows.length; at += ROW) rows[at] = FREE
  return rows
}
