/**
 * A 4-ary heap of slots by time and, where times are equal, by what `less` says of two slots. Grows by doubling; never
 * shrinks.
 */
export class KeyHeap {
  size = 0
  private time = new Float64Array(INITIAL)
  private slot = new Int32Array(INITIAL)

  constructor(private readonly less: (x: number, y: number) => boolean) {}

  /** Time of the smallest; only where size > 0. */
  topTime(): number {
    return this.time[0]!
  }

  push(time: number, slot: number): void {
    if (this.size === this.time.length) this.grow()
    let hole = this.size++
    while (hole > 0) {
      const parent = (hole - 1) >> 2
      if (!this.before(time, slot, parent)) break
      this.time[hole] = this.time[parent]!
      this.slot[hole] = this.slot[parent]!
      hole = parent
    }
    this.time[hole] = time
    this.slot[hole] = slot
  }

  /** Takes the smallest out; only where size > 0. */
  pop(): number {
    const top = this.slot[0]!
    const last = --this.size
    if (last > 0) this.sink(this.time[last]!, this.slot[last]!, last)
    return top
  }

  /** Slots in no particular order; valid until the next push or pop. */
  slots(): Int32Array {
    return this.slot.subarray(0, this.size)
  }

  /** Fills the hole at the root with (time, slot), size being `last`. */
  private sink(time: number, slot: number, last: number): void {
    let hole = 0
    for (;;) {
      const first = 4 * hole + 1
      if (first >= last) break
      let best = first
      const end = first + 4 < last ? first + 4 : last
      for (let child = first + 1; child < end; child++)
        if (this.before(this.time[child]!, this.slot[child]!, best)) best = child
      if (this.before(time, slot, best)) break
      this.time[hole] = this.time[best]!
      this.slot[hole] = this.slot[best]!
      hole = best
    }
    this.time[hole] = time
    this.slot[hole] = slot
  }

  private before(time: number, slot: number, at: number): boolean {
    const other = this.time[at]!
    return time < other || (time === other && this.less(slot, this.slot[at]!))
  }

  private grow(): void {
    const time = new Float64Array(this.time.length * 2)
    const slot = new Int32Array(this.slot.length * 2)
    time.set(this.time)
    slot.set(this.slot)
    this.time = time
    this.slot = slot
  }
}

const INITIAL = 256
