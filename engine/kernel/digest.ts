import { KeyOrders, type Shape } from './KeyOrders.ts'

/**
 * The digest of a run: a sum, mod 2⁶⁴, of hashes. A sum because it must not matter which shard holds what. Two 32-bit
 * lanes after MurmurHash3 (Appleby, public domain) with different constants; not meant against an adversary.
 */
export interface DigestSum {
  low: number
  high: number
}

export const emptySum = (): DigestSum => ({ low: 0, high: 0 })

/** Adds another sum mod 2⁶⁴. Mutates `sum`. */
export function addSum(sum: DigestSum, low: number, high: number): void {
  const total = sum.low + low
  sum.low = total >>> 0
  sum.high = (sum.high + high + (total > 0xffffffff ? 1 : 0)) >>> 0
}

/** Sixteen hexadecimal digits. */
export const digestText = (sum: DigestSum): string =>
  sum.high.toString(16).padStart(8, '0') + sum.low.toString(16).padStart(8, '0')

const bits = new Float64Array(1)
const bitWords = new Uint32Array(bits.buffer)
const WORDS_MAX = 1_024
/** What it remembers changes no digest, so all hashers share it. */
const orders = new KeyOrders()

/** One value being hashed. `begin`, then what it is made of, then `end` adds it to a sum. Reused; never nested. */
export class Hasher {
  private a = 0
  private b = 0
  private count = 0
  /** Words that are not mixed in yet: mixing many at once keeps both lanes in registers. */
  private readonly words = new Int32Array(WORDS_MAX)
  private waiting = 0
  /** Field values of the objects being hashed, outermost first, each in its own order. */
  private readonly fieldStack: unknown[] = []
  private fieldTop = 0

  begin(tag: number): void {
    this.a = 0x2f0b4c47
    this.b = 0x51c6f0d3
    this.count = 0
    this.waiting = 0
    this.fieldTop = 0
    this.word(tag)
  }

  word(value: number): void {
    if (this.waiting === WORDS_MAX) this.mix()
    this.words[this.waiting++] = value
  }

  private mix(): void {
    const { words, waiting } = this
    let { a, b } = this
    for (let i = 0; i < waiting; i++) {
      const value = words[i]!
      let x = Math.imul(value, 0xcc9e2d51)
      x = (x << 15) | (x >>> 17)
      a ^= Math.imul(x, 0x1b873593)
      a = (a << 13) | (a >>> 19)
      a = (Math.imul(a, 5) + 0xe6546b64) | 0
      let y = Math.imul(value ^ 0x5bd1e995, 0x85ebca6b)
      y = (y << 16) | (y >>> 16)
      b ^= Math.imul(y, 0xc2b2ae35)
      b = (b << 11) | (b >>> 21)
      b = (Math.imul(b, 9) + 0x38b34ae5) | 0
    }
    this.a = a
    this.b = b
    this.count += waiting
    this.waiting = 0
  }

  /** The f64 bits; every NaN is one value, −0 is not 0. */
  number(value: number): void {
    bits[0] = value === value ? value : NaN
    if (value !== value) {
      this.word(0)
      this.word(0x7ff80000)
      return
    }
    this.word(bitWords[0]!)
    this.word(bitWords[1]!)
  }

  /** Length, then two UTF-16 units a word. */
  text(value: string): void {
    const { length } = value
    this.word(length)
    for (let i = 0; i < length; i += 2)
      this.word(value.charCodeAt(i) | (i + 1 < length ? value.charCodeAt(i + 1) << 16 : 0))
  }

  /** Plain data in canonical order: object keys sorted, absent and undefined fields alike. */
  plain(value: unknown): void {
    if (typeof value === 'number') this.someNumber(value)
    else if (typeof value === 'string') {
      this.word(2)
      this.text(value)
    } else if (value === null || value === undefined) this.word(3)
    else if (value === true) this.word(4)
    else if (value === false) this.word(5)
    else if (Array.isArray(value) || ArrayBuffer.isView(value)) {
      const items = value as unknown as ArrayLike<unknown>
      this.word(6)
      this.word(items.length)
      for (let i = 0; i < items.length; i++) this.plain(items[i])
    } else this.fields(value as Record<string, unknown>)
  }

  /** A 32-bit integer is one word, every other number (−0 too) its bits. */
  private someNumber(value: number): void {
    if ((value | 0) === value && (value !== 0 || 1 / value > 0)) {
      this.word(9)
      this.word(value)
    } else {
      this.word(1)
      this.number(value)
    }
  }

  private fields(value: Record<string, unknown>): void {
    const { fieldStack } = this
    const base = this.fieldTop
    let shape: Shape | null = orders.root
    let top = base
    for (const key in value) {
      if (shape !== null) shape = orders.after(shape, key)
      fieldStack[top++] = value[key]
    }
    this.fieldTop = top
    this.word(7)
    const { places, hashes } = orders.of(value, shape)
    for (let i = 0; i < places.length; i++) {
      const field = fieldStack[base + places[i]!]
      if (field === undefined) continue
      this.word(hashes[2 * i]!)
      this.word(hashes[2 * i + 1]!)
      this.plain(field)
    }
    this.word(8)
    this.fieldTop = base
  }

  /** Finishes and adds to `sum`. Mutates `sum`. */
  end(sum: DigestSum): void {
    this.mix()
    const a = avalanche(this.a ^ this.count)
    const b = avalanche(this.b ^ this.count ^ a)
    addSum(sum, (a ^ Math.imul(b, 0x9e3779b1)) >>> 0, b >>> 0)
  }
}

function avalanche(h: number): number {
  h ^= h >>> 16
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return h ^ (h >>> 16)
}
