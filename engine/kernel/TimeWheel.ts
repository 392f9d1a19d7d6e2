/**
 * One list of slots for each whole microsecond of a span, and a bitmap of those that are not empty: hashed timing
 * wheel of
 * one-tick buckets. Source: Varghese & Lauck, "Hashed and hierarchical timing wheels", SOSP 1987, scheme 5; the bitmap
 * makes the next bucket a search of two words, so buckets can be as fine as the clock and need no order inside time.
 */
export class TimeWheel {
  count = 0
  /** First slot of each bucket, −1 where it is empty. The lists' links belong to whoever owns the slots. */
  private readonly first = new Int32Array(WHEEL_US).fill(-1)
  private readonly bits = new Int32Array(WHEEL_US / 32)
  /** Bit k: bits[k] is not 0. */
  private readonly summary = new Int32Array(WHEEL_US / 1_024)

  /** Puts `slot` at the head of the bucket of `time`; returns what was there, −1 for nothing. */
  push(time: number, slot: number): number {
    const bucket = time & MASK
    const next = this.first[bucket]!
    this.first[bucket] = slot
    this.count++
    if (next < 0) {
      this.bits[bucket >> 5]! |= 1 << (bucket & 31)
      this.summary[bucket >> 10]! |= 1 << ((bucket >> 5) & 31)
    }
    return next
  }

  /** First slot of the bucket of `time`, −1 where it is empty. */
  firstAt(time: number): number {
    return this.first[time & MASK]!
  }

  /** Empties the bucket of `time`, which has `count` slots. */
  empty(time: number, count: number): void {
    const bucket = time & MASK
    this.first[bucket] = -1
    this.count -= count
    this.bits[bucket >> 5]! &= ~(1 << (bucket & 31))
    if (this.bits[bucket >> 5] === 0) this.summary[bucket >> 10]! &= ~(1 << ((bucket >> 5) & 31))
  }

  /** Time of the first bucket at or after `from` that is not empty, all of them lying less than WHEEL_US after it. */
  next(from: number): number {
    const start = from & MASK
    const word = start >> 5
    const rest = this.bits[word]! & (-1 << (start & 31))
    const bucket = rest !== 0 ? (word << 5) + lowestBit(rest) : this.nextWord(word)
    return from + ((bucket - start) & MASK)
  }

  /** First bucket of the next word after `word`, going round, that is not empty; it may be `word` itself. */
  private nextWord(word: number): number {
    const { summary } = this
    const after = word + 1
    let at = (after >> 5) % summary.length
    let rest = summary[at]! & (-1 << (after & 31))
    while (rest === 0) {
      at = (at + 1) % summary.length
      rest = summary[at]!
    }
    const found = (at << 5) + lowestBit(rest)
    return (found << 5) + lowestBit(this.bits[found]!)
  }

  clear(): void {
    this.count = 0
    this.first.fill(-1)
    this.bits.fill(0)
    this.summary.fill(0)
  }
}

/** A quarter of a second: longer than links, think times and most timers last, and 1 MB. */
export const WHEEL_US = 1 << 18
const MASK = WHEEL_US - 1

const lowestBit = (word: number): number => 31 - Math.clz32(word & -word)
