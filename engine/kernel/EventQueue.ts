import { KeyHeap } from './KeyHeap.ts'
import { TimeWheel, WHEEL_US } from './TimeWheel.ts'
import type { AgentId, Micros, U32 } from './units.ts'
import { NEVER } from './units.ts'

/**
 * Pending events in the order of their keys (time, dst, src, seq). A slot holds one event in 64 bytes, a cache line,
 * and
 * its payload; `pop` hands out the slot with the smallest key, the caller reads it and calls `release`. Grows by
 * doubling;
 * never shrinks.
 *
 * What is due soon lies in a wheel of one bucket a microsecond, the rest in a heap. When a time comes, its events are
 * taken out of both and sorted; nothing is instantaneous, so none is added to them as a rule.
 *
 * A cause is the key of the event whose handler scheduled this one: its dst is the handler's agent.
 */
export class EventQueue {
  size = 0
  payload: unknown[] = new Array(INITIAL).fill(null)
  private f64 = new Float64Array(INITIAL * SLOT_F64)
  private i32 = new Int32Array(this.f64.buffer)
  private used = 0
  /** First of the released slots, linked by NEXT; −1 where there is none. */
  private free = -1

  private readonly wheel = new TimeWheel()
  private readonly far = new KeyHeap((x, y) => this.tieLess(x, y))
  /** Every event in the wheel is due in [base, base + WHEEL_US). */
  private base = 0
  /** Least time of everything pending. */
  private next: number = NEVER
  /** The events of `readyTime` that are left, in order: ready[readyAt … readyEnd). */
  private readyTime = 0
  private ready = new Int32Array(64)
  private readyAt = 0
  private readyEnd = 0
  private sortKeys = new Float64Array(64)

  /** Adds an event and returns its slot; the caller goes on with `fill` and `because`. */
  push(time: Micros, dst: AgentId, src: AgentId, seq: U32): number {
    const slot = this.take()
    const at = slot * SLOT_I32
    this.f64[slot * SLOT_F64 + TIME] = time
    this.i32[at + DST] = dst
    this.i32[at + SRC] = src
    this.i32[at + SEQ] = seq
    if (time <= this.readyTime && this.readyAt < this.readyEnd) this.unready()
    this.place(time, slot)
    this.size++
    return slot
  }

  /** `a` and `b`: two small numbers whose meaning the type gives. */
  fill(slot: number, type: number, a: number, b: U32, payload: unknown): void {
    const at = slot * SLOT_I32
    this.i32[at + TYPE] = type
    this.i32[at + A] = a
    this.i32[at + B] = b
    this.payload[slot] = payload
  }

  /** Sets the cause. */
  because(slot: number, time: number, dst: number, src: number, seq: U32): void {
    const at = slot * SLOT_I32
    this.f64[slot * SLOT_F64 + CAUSE_TIME] = time
    this.i32[at + CAUSE_DST] = dst
    this.i32[at + CAUSE_SRC] = src
    this.i32[at + CAUSE_SEQ] = seq
  }

  time(slot: number): Micros {
    return this.f64[slot * SLOT_F64 + TIME]! as Micros
  }
  dst(slot: number): AgentId {
    return this.i32[slot * SLOT_I32 + DST]! as AgentId
  }
  src(slot: number): AgentId {
    return this.i32[slot * SLOT_I32 + SRC]! as AgentId
  }
  seq(slot: number): U32 {
    return this.i32[slot * SLOT_I32 + SEQ]! >>> 0
  }
  type(slot: number): number {
    return this.i32[slot * SLOT_I32 + TYPE]!
  }
  a(slot: number): number {
    return this.i32[slot * SLOT_I32 + A]!
  }
  b(slot: number): U32 {
    return this.i32[slot * SLOT_I32 + B]! >>> 0
  }
  causeTime(slot: number): number {
    return this.f64[slot * SLOT_F64 + CAUSE_TIME]!
  }
  causeDst(slot: number): number {
    return this.i32[slot * SLOT_I32 + CAUSE_DST]!
  }
  causeSrc(slot: number): number {
    return this.i32[slot * SLOT_I32 + CAUSE_SRC]!
  }
  causeSeq(slot: number): U32 {
    return this.i32[slot * SLOT_I32 + CAUSE_SEQ]! >>> 0
  }

  nextTime(): Micros {
    return this.next as Micros
  }

  /** Slot of the smallest key, taken out of the order; −1 when empty. `release` it after use. */
  pop(): number {
    if (this.size === 0) return -1
    if (this.readyAt === this.readyEnd) this.gather()
    const slot = this.ready[this.readyAt++]!
    this.size--
    if (this.readyAt === this.readyEnd) this.next = this.earliest()
    return slot
  }

  release(slot: number): void {
    this.payload[slot] = null
    this.i32[slot * SLOT_I32 + NEXT] = this.free
    this.free = slot
  }

  /** Slots of everything pending, in no particular order. */
  slots(): Int32Array {
    const found = new Int32Array(this.size)
    let count = 0
    for (let at = this.readyAt; at < this.readyEnd; at++) found[count++] = this.ready[at]!
    for (const slot of this.far.slots()) found[count++] = slot
    for (let left = this.wheel.count, time = this.base; left > 0; time++) {
      time = this.wheel.next(time)
      for (let slot = this.wheel.firstAt(time); slot >= 0; slot = this.i32[slot * SLOT_I32 + NEXT]!) {
        found[count++] = slot
        left--
      }
    }
    return found
  }

  /** Slots of everything pending, in key order. */
  sortedSlots(): Int32Array {
    return this.slots().sort((x, y) => this.time(x) - this.time(y) || (this.tieLess(x, y) ? -1 : 1))
  }

  /** Takes the pending events in `slots` out of the order and releases them. O(pending). */
  remove(slots: readonly number[]): void {
    const gone = new Set(slots)
    const kept = this.slots().filter((slot) => !gone.has(slot))
    this.forgetOrder()
    this.size = kept.length
    for (const slot of kept) this.place(this.time(slot), slot)
    for (const slot of slots) this.release(slot)
  }

  clear(): void {
    this.forgetOrder()
    this.size = 0
    this.used = 0
    this.free = -1
    this.base = 0
    this.payload.fill(null)
  }

  private forgetOrder(): void {
    this.wheel.clear()
    this.far.size = 0
    this.readyAt = this.readyEnd = 0
    this.next = NEVER
  }

  private take(): number {
    const slot = this.free
    if (slot >= 0) {
      this.free = this.i32[slot * SLOT_I32 + NEXT]!
      return slot
    }
    if (this.used === this.payload.length) this.grow()
    return this.used++
  }

  private place(time: number, slot: number): void {
    const ahead = time - this.base
    if (ahead >= 0 && ahead < WHEEL_US) this.i32[slot * SLOT_I32 + NEXT] = this.wheel.push(time, slot)
    else this.far.push(time, slot)
    if (time < this.next) this.next = time
  }

  private earliest(): number {
    const far = this.far.size > 0 ? this.far.topTime() : NEVER
    return this.wheel.count > 0 ? Math.min(far, this.wheel.next(this.base)) : far
  }

  /** Makes everything of the next time ready, in order. */
  private gather(): void {
    const time = this.next
    let count = 0
    const ahead = time - this.base
    if (ahead >= 0 && ahead < WHEEL_US) {
      for (let slot = this.wheel.firstAt(time); slot >= 0; slot = this.i32[slot * SLOT_I32 + NEXT]!) {
        if (count === this.ready.length) this.growReady()
        this.ready[count++] = slot
      }
      if (count > 0) this.wheel.empty(time, count)
    }
    while (this.far.size > 0 && this.far.topTime() === time) {
      if (count === this.ready.length) this.growReady()
      this.ready[count++] = this.far.pop()
    }
    if (ahead > 0) this.base = time
    this.readyTime = time
    this.readyAt = 0
    this.readyEnd = count
    if (count > 1) this.sortReady(0, count, DST)
  }

  /** Something came that is due no later than what is ready: back into the order with that. */
  private unready(): void {
    for (let at = this.readyAt; at < this.readyEnd; at++) this.place(this.readyTime, this.ready[at]!)
    this.readyAt = this.readyEnd = 0
  }

  /** Sorts ready[from … to), which agree in the words before `word`. Insertion where that is quick. */
  private sortReady(from: number, to: number, word: number): void {
    const { ready, i32, sortKeys } = this
    if (to - from > INSERTION_MAX && word <= SEQ && this.used <= SLOTS_SORTED_MAX) {
      for (let i = from; i < to; i++) {
        const value = i32[ready[i]! * SLOT_I32 + word]!
        sortKeys[i] = (word === SEQ ? value >>> 0 : value) * SLOTS_SORTED_MAX + ready[i]!
      }
      sortKeys.subarray(from, to).sort()
      for (let i = from; i < to; i++) ready[i] = sortKeys[i]! & (SLOTS_SORTED_MAX - 1)
      this.sortRuns(from, to, word)
      return
    }
    for (let i = from + 1; i < to; i++) {
      const slot = ready[i]!
      let hole = i
      for (; hole > from && this.tieLess(slot, ready[hole - 1]!); hole--) ready[hole] = ready[hole - 1]!
      ready[hole] = slot
    }
  }

  /** Sorts each run of equal `word` in ready[from … to) by the words after it. */
  private sortRuns(from: number, to: number, word: number): void {
    const { ready, i32 } = this
    const value = (at: number): number => i32[ready[at]! * SLOT_I32 + word]!
    for (let start = from; start < to;) {
      let end = start + 1
      while (end < to && value(end) === value(start)) end++
      if (end - start > 1) this.sortReady(start, end, word + 1)
      start = end
    }
  }

  /** Whether x comes before y, both of one time. */
  private tieLess(x: number, y: number): boolean {
    const { i32 } = this
    const dst = i32[x * SLOT_I32 + DST]! - i32[y * SLOT_I32 + DST]!
    if (dst !== 0) return dst < 0
    const src = i32[x * SLOT_I32 + SRC]! - i32[y * SLOT_I32 + SRC]!
    return src !== 0 ? src < 0 : i32[x * SLOT_I32 + SEQ]! >>> 0 < i32[y * SLOT_I32 + SEQ]! >>> 0
  }

  private grow(): void {
    const f64 = new Float64Array(this.f64.length * 2)
    f64.set(this.f64)
    this.f64 = f64
    this.i32 = new Int32Array(f64.buffer)
    for (let size = this.payload.length; size > 0; size--) this.payload.push(null)
  }

  private growReady(): void {
    const ready = new Int32Array(this.ready.length * 2)
    ready.set(this.ready)
    this.ready = ready
    this.sortKeys = new Float64Array(ready.length)
  }
}

/** Memory of one pending event without its payload's own, bytes. */
export const EVENT_BYTES = 64 + 8
const INITIAL = 1_024
/** Fewer than this are sorted by insertion. */
const INSERTION_MAX = 12
/** A word of 32 bits and a slot below this fit one f64 exactly. */
const SLOTS_SORTED_MAX = 1 << 21

// Layout of a slot: words of 8 bytes, and words of 4 bytes after them. SEQ follows SRC follows DST: they sort in turn.
const SLOT_F64 = 8
const SLOT_I32 = 16
const TIME = 0
const CAUSE_TIME = 1
const DST = 4
const SRC = 5
const SEQ = 6
const TYPE = 7
const A = 8
const B = 9
const CAUSE_DST = 10
const CAUSE_SRC = 11
const CAUSE_SEQ = 12
const NEXT = 13
