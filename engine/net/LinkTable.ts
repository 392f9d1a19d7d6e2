import { Hasher, type DigestSum } from '../kernel/digest.ts'
import type { AgentId, Micros, U32 } from '../kernel/units.ts'

/**
 * What a sender knows of its directed links: how many transmissions it has sent, and when the last one is due. Open
 * addressing over columns, because a mesh has too many links for a table of all pairs and most carry nothing.
 */
export class LinkTable {
  private src = new Int32Array(64).fill(FREE)
  private dst = new Int32Array(64)
  private count = new Uint32Array(64)
  private due = new Float64Array(64)
  private size = 0

  /** Slot of src → dst, made where it was missing. Valid until the next call. */
  slot(src: AgentId, dst: AgentId): number {
    if (2 * this.size >= this.src.length) this.grow()
    const mask = this.src.length - 1
    let at = (Math.imul(src, 0x9e3779b1) ^ Math.imul(dst, 0x85ebca6b)) & mask
    at = (at ^ (at >>> 7)) & mask
    while (this.src[at] !== FREE) {
      if (this.src[at] === src && this.dst[at] === dst) return at
      at = (at + 1) & mask
    }
    this.size++
    this.src[at] = src
    this.dst[at] = dst
    this.count[at] = 0
    this.due[at] = 0
    return at
  }

  /** Number of this transmission on the link, from 0. Counts it. */
  next(slot: number): U32 {
    return this.count[slot]!++
  }

  /** The due time of a link that keeps order: never before what was sent earlier. Remembers it. */
  inOrder(slot: number, due: Micros): Micros {
    const kept = Math.max(due, this.due[slot]! + 1) as Micros
    this.due[slot] = kept
    return kept
  }

  digest(sum: DigestSum, hasher: Hasher): void {
    for (let i = 0; i < this.src.length; i++) {
      if (this.src[i] === FREE) continue
      hasher.begin(TAG_LINK)
      hasher.word(this.src[i]!)
      hasher.word(this.dst[i]!)
      hasher.word(this.count[i]!)
      hasher.number(this.due[i]!)
      hasher.end(sum)
    }
  }

  /** Rows [src, dst, count, dueUs], for checkpoints; independent of the layout of shards. */
  rows(): number[][] {
    const rows: number[][] = []
    for (let i = 0; i < this.src.length; i++) {
      if (this.src[i] !== FREE) rows.push([this.src[i]!, this.dst[i]!, this.count[i]!, this.due[i]!])
    }
    return rows
  }

  /** Replaces everything by `rows`. */
  restore(rows: readonly (readonly number[])[]): void {
    this.src.fill(FREE)
    this.size = 0
    for (const [src, dst, count, due] of rows) this.put(src!, dst!, count!, due!)
  }

  private put(src: number, dst: number, count: number, due: number): void {
    const slot = this.slot(src as AgentId, dst as AgentId)
    this.count[slot] = count
    this.due[slot] = due
  }

  private grow(): void {
    const rows = this.rows()
    const size = this.src.length * 2
    this.src = new Int32Array(size).fill(FREE)
    this.dst = new Int32Array(size)
    this.count = new Uint32Array(size)
    this.due = new Float64Array(size)
    this.size = 0
    for (const [src, dst, count, due] of rows) this.put(src!, dst!, count!, due!)
  }
}

const FREE = -0x80000000
const TAG_LINK = 0x11
