import type { AgentId, Micros, U32 } from './units.ts'
import { NEVER } from './units.ts'

/**
 * Pending events as columns, ordered by (time, dst, src, seq) in a 4-ary heap. A slot holds one event; `pop` hands out
 * the slot with the smallest key, the caller reads the columns and calls `release`. Grows by doubling; never shrinks.
 *
 * A cause is the key of the event whose handler scheduled this one: its dst is the handler's agent.
 */
export class EventQueue {
  size = 0
  time = new Float64Array(INITIAL)
  dst = new Int32Array(INITIAL)
  src = new Int32Array(INITIAL)
  seq = new Uint32Array(INITIAL)
  type = new Uint8Array(INITIAL)
  /** Two small numbers whose meaning the type gives. */
  a = new Int32Array(INITIAL)
  b = new Uint32Array(INITIAL)
  payload: unknown[] = new Array(INITIAL).fill(null)
  causeTime = new Float64Array(INITIAL)
  causeDst = new Int32Array(INITIAL)
  causeSrc = new Int32Array(INITIAL)
  causeSeq = new Uint32Array(INITIAL)

  private heapTime = new Float64Array(INITIAL)
  private heapSlot = new Int32Array(INITIAL)
  private free = new Int32Array(INITIAL)
  private freeCount = 0
  private used = 0

  /** Adds an event and returns its slot; the caller fills `type`, `a`, `b`, `payload` and the cause. */
  push(time: Micros, dst: AgentId, src: AgentId, seq: U32): number {
    let slot: number
    if (this.freeCount > 0) slot = this.free[--this.freeCount]!
    else {
      if (this.used === this.time.length) this.grow()
      slot = this.used++
    }
    this.time[slot] = time
    this.dst[slot] = dst
    this.src[slot] = src
    this.seq[slot] = seq
    this.siftUp(this.size++, time, slot)
    return slot
  }

  nextTime(): Micros {
    return this.size === 0 ? NEVER : (this.heapTime[0]! as Micros)
  }

  /** Slot of the smallest key, taken out of the order; −1 when empty. `release` it after use. */
  pop(): number {
    if (this.size === 0) return -1
    const slot = this.heapSlot[0]!
    const last = --this.size
    if (last > 0) this.siftDown(this.heapTime[last]!, this.heapSlot[last]!, last)
    return slot
  }

  release(slot: number): void {
    this.payload[slot] = null
    this.free[this.freeCount++] = slot
  }

  /** Slots of everything pending, in heap order (not key order); valid until the next push or pop. */
  slots(): Int32Array {
    return this.heapSlot.subarray(0, this.size)
  }

  /** Slots of everything pending, in key order. */
  sortedSlots(): Int32Array {
    return this.slots()
      .slice()
      .sort((x, y) => (this.less(this.time[x]!, x, this.time[y]!, y) ? -1 : 1))
  }

  /** Takes the pending events in `slots` out of the order and releases them. O(pending). */
  remove(slots: readonly number[]): void {
    const gone = new Set(slots)
    const kept = [...this.slots()].filter((slot) => !gone.has(slot))
    this.size = 0
    for (const slot of kept) this.siftUp(this.size++, this.time[slot]!, slot)
    for (const slot of slots) this.release(slot)
  }

  clear(): void {
    this.size = 0
    this.used = 0
    this.freeCount = 0
    this.payload.fill(null)
  }

  private siftUp(hole: number, time: number, slot: number): void {
    const { heapTime, heapSlot } = this
    while (hole > 0) {
      const parent = (hole - 1) >> 2
      const parentTime = heapTime[parent]!
      if (parentTime < time || (parentTime === time && !this.tieLess(slot, heapSlot[parent]!))) break
      heapTime[hole] = parentTime
      heapSlot[hole] = heapSlot[parent]!
      hole = parent
    }
    heapTime[hole] = time
    heapSlot[hole] = slot
  }

  /** Fills the hole at the root with (time, slot), size being `last`. */
  private siftDown(time: number, slot: number, last: number): void {
    const { heapTime, heapSlot } = this
    let hole = 0
    for (;;) {
      const first = 4 * hole + 1
      if (first >= last) break
      let best = first
      let bestTime = heapTime[first]!
      const end = first + 4 < last ? first + 4 : last
      for (let child = first + 1; child < end; child++) {
        const childTime = heapTime[child]!
        if (childTime < bestTime || (childTime === bestTime && this.tieLess(heapSlot[child]!, heapSlot[best]!))) {
          best = child
          bestTime = childTime
        }
      }
      if (time < bestTime || (time === bestTime && this.tieLess(slot, heapSlot[best]!))) break
      heapTime[hole] = bestTime
      heapSlot[hole] = heapSlot[best]!
      hole = best
    }
    heapTime[hole] = time
    heapSlot[hole] = slot
  }

  private less(xTime: number, x: number, yTime: number, y: number): boolean {
    return xTime < yTime || (xTime === yTime && this.tieLess(x, y))
  }

  private tieLess(x: number, y: number): boolean {
    const dst = this.dst[x]! - this.dst[y]!
    if (dst !== 0) return dst < 0
    const src = this.src[x]! - this.src[y]!
    return src !== 0 ? src < 0 : this.seq[x]! < this.seq[y]!
  }

  private grow(): void {
    const size = this.time.length * 2
    const wide = <T extends { set(from: T): void }>(old: T, made: T): T => (made.set(old), made)
    this.time = wide(this.time, new Float64Array(size))
    this.dst = wide(this.dst, new Int32Array(size))
    this.src = wide(this.src, new Int32Array(size))
    this.seq = wide(this.seq, new Uint32Array(size))
    this.type = wide(this.type, new Uint8Array(size))
    this.a = wide(this.a, new Int32Array(size))
    this.b = wide(this.b, new Uint32Array(size))
    this.causeTime = wide(this.causeTime, new Float64Array(size))
    this.causeDst = wide(this.causeDst, new Int32Array(size))
    this.causeSrc = wide(this.causeSrc, new Int32Array(size))
    this.causeSeq = wide(this.causeSeq, new Uint32Array(size))
    this.heapTime = wide(this.heapTime, new Float64Array(size))
    this.heapSlot = wide(this.heapSlot, new Int32Array(size))
    this.free = wide(this.free, new Int32Array(size))
    while (this.payload.length < size) this.payload.push(null)
  }
}

const INITIAL = 1_024
