import { assert } from '../../engine/kernel/assert.ts'

/**
 * Seqlock for a few numbers (stats): one writer that never waits, any number of readers that try again when a write was
 * under way. The sequence is odd while the writer is inside.
 *
 * The values are moved with `Atomics` too. With plain accesses nothing would keep a reader's loads before its second
 * look
 * at the sequence (Boehm, "Can seqlocks get along with programming language memory models?", MSPC 2012); atomics are
 * all
 * in one total order, and for a dozen words the price does not matter.
 */
const SEQUENCE = 0
const FIRST_WORD = 2 // keeps the values 8-byte aligned in a memory dump

export const seqlockBytes = (values: number): number => 8 + 8 * values

class SeqlockViews {
  readonly words: Int32Array
  /** The same private bytes as f64 and as words. */
  readonly values: Float64Array
  readonly halves: Int32Array
  constructor(buffer: SharedArrayBuffer, offset: number, count: number) {
    this.words = new Int32Array(buffer, offset, seqlockBytes(count) / 4)
    this.values = new Float64Array(count)
    this.halves = new Int32Array(this.values.buffer)
  }
}

export class SeqlockWriter {
  private readonly views: SeqlockViews

  /** @param offset of `seqlockBytes(count)` zero-filled bytes in `buffer`, a multiple of 4. */
  constructor(
    buffer: SharedArrayBuffer,
    offset: number,
    readonly count: number,
  ) {
    this.views = new SeqlockViews(buffer, offset, count)
  }

  /** Publishes all `count` values as one. */
  write(values: ArrayLike<number>): void {
    assert(values.length === this.count, 'a seqlock publishes all of its values')
    const { words, halves, values: mine } = this.views
    mine.set(values)
    Atomics.add(words, SEQUENCE, 1)
    for (let i = 0; i < halves.length; i++) Atomics.store(words, FIRST_WORD + i, halves[i]!)
    Atomics.add(words, SEQUENCE, 1)
  }
}

export class SeqlockReader {
  private readonly views: SeqlockViews

  constructor(
    buffer: SharedArrayBuffer,
    offset: number,
    readonly count: number,
  ) {
    this.views = new SeqlockViews(buffer, offset, count)
  }

  /**
   * Copies a consistent set into `out`; never a mixture of two writes. False, with `out` untouched, where each of
   * `attempts` met a writer (or it died inside): show what was there before.
   */
  read(out: Float64Array, attempts = 64): boolean {
    const { words, halves, values } = this.views
    for (let attempt = 0; attempt < attempts; attempt++) {
      const before = Atomics.load(words, SEQUENCE)
      if (before & 1) continue
      for (let i = 0; i < halves.length; i++) halves[i] = Atomics.load(words, FIRST_WORD + i)
      if (Atomics.load(words, SEQUENCE) !== before) continue
      out.set(values)
      return true
    }
    return false
  }
}
