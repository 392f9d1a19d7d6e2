/**
 * Finds the number of an undirected link by its two ends: open addressing over plain arrays, nothing allocated by a
 * look-up.
 */
export class LinkIndex {
  private readonly slots: Int32Array
  private readonly mask: number
  private readonly ends: Int32Array

  /** @param ends 2·n agent ids; kept, not copied. Of equal pairs the first counts. */
  constructor(ends: Int32Array) {
    let size = 16
    while (size < ends.length) size *= 2
    this.slots = new Int32Array(size).fill(-1)
    this.mask = size - 1
    this.ends = ends
    for (let link = 0; link < ends.length / 2; link++) {
      let slot = this.home(ends[2 * link]!, ends[2 * link + 1]!)
      while (this.slots[slot]! >= 0 && !this.joins(this.slots[slot]!, ends[2 * link]!, ends[2 * link + 1]!))
        slot = (slot + 1) & this.mask
      if (this.slots[slot]! < 0) this.slots[slot] = link
    }
  }

  /** −1 where no such link is drawn. */
  find(a: number, b: number): number {
    let slot = this.home(a, b)
    for (;;) {
      const link = this.slots[slot]!
      if (link < 0 || this.joins(link, a, b)) return link
      slot = (slot + 1) & this.mask
    }
  }

  private joins(link: number, a: number, b: number): boolean {
    const p = this.ends[2 * link]
    const q = this.ends[2 * link + 1]
    return (p === a && q === b) || (p === b && q === a)
  }

  private home(a: number, b: number): number {
    const hash = Math.imul(Math.min(a, b) + 1, 0x9e3779b1) ^ Math.imul(Math.max(a, b) + 1, 0x85ebca6b)
    return (hash ^ (hash >>> 15)) & this.mask
  }
}
