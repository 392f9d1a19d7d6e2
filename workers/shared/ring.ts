import { assert } from '../../engine/kernel/assert.ts'
import type { Spinner } from './spin.ts'

/**
 * Single-producer single-consumer ring of variable-length messages over shared memory. Roles are fixed: one thread
 * makes
 * the one `RingWriter` of a region, one other thread the one `RingReader`; neither ever takes the other's.
 *
 * Indices run freely modulo 2³²; `index & (capacity − 1)` is the place, `write − read` the fill. A record is a 4-byte
 * header (length; sign bit: more fragments of this message follow) and the payload, padded to 4 bytes, so that a header
 * never wraps; a payload may.
 *
 * Ordering: bytes are plain writes. The writer's `Atomics.store` of its index comes after them, the reader's
 * `Atomics.load` of it before it reads them: a load that sees the store makes everything before the store visible
 * (ECMA-262, Memory Model, synchronizes-with). The same pair on the read index hands the room back. Each side keeps
 * what
 * it last saw of the other's index and looks again only when that is not enough (Rigtorp, "Optimizing a ring buffer for
 * throughput", 2021).
 */
const LINE_BYTES = 128 // two 64-byte lines: adjacent-line prefetch would couple neighbours
const WRITE = 0 // Int32 index; the writer's line
const READ = LINE_BYTES / 4 // the reader's line
const READER_ASLEEP = (2 * LINE_BYTES) / 4 // rarely written by either, so that looking at it stays in the cache
const WRITER_ASLEEP = READER_ASLEEP + 1
const CONTROL_BYTES = 3 * LINE_BYTES

const HEADER_BYTES = 4
const MORE = 1 << 31
const LENGTH = ~MORE
const CAPACITY_MIN = 32
const CAPACITY_MAX = 1 << 29

const padded = (length: number): number => (length + 3) & ~3

/** Bytes of shared memory for a ring of `capacity` data bytes; regions laid one after another stay aligned. */
export const ringBytes = (capacity: number): number => CONTROL_BYTES + Math.ceil(capacity / LINE_BYTES) * LINE_BYTES

class RingViews {
  readonly control: Int32Array
  readonly words: Int32Array
  readonly bytes: Uint8Array
  readonly mask: number
  /** Longest message that is one record: half the ring, so that it never needs the ring to be quite empty. */
  readonly wholeMax: number

  /** @param offset of the region in `buffer`, a multiple of 8. @param capacity data bytes, a power of two. */
  constructor(
    buffer: SharedArrayBuffer,
    offset: number,
    readonly capacity: number,
  ) {
    assert(capacity >= CAPACITY_MIN && capacity <= CAPACITY_MAX, `a ring holds ${CAPACITY_MIN}..${CAPACITY_MAX} bytes`)
    assert((capacity & (capacity - 1)) === 0, 'the capacity of a ring is a power of two')
    assert(offset % 8 === 0 && offset + ringBytes(capacity) <= buffer.byteLength, 'a ring lies inside its memory')
    this.control = new Int32Array(buffer, offset, CONTROL_BYTES / 4)
    this.words = new Int32Array(buffer, offset + CONTROL_BYTES, capacity / 4)
    this.bytes = new Uint8Array(buffer, offset + CONTROL_BYTES, capacity)
    this.mask = capacity - 1
    this.wholeMax = capacity / 2 - HEADER_BYTES
  }
}

/** The producing end. Zero-filled memory is an empty ring. Writes are private until `flush`. */
export class RingWriter {
  readonly capacity: number
  /** Longest message `tryWrite` takes, bytes; `Outbox` cuts longer ones. */
  readonly wholeMax: number
  private readonly ring: RingViews
  private at: number
  private flushed: number
  private readSeen: number
  private source: Uint8Array | null = null
  private sourceWords: Int32Array | null = null

  constructor(buffer: SharedArrayBuffer, offset: number, capacity: number) {
    this.ring = new RingViews(buffer, offset, capacity)
    this.capacity = capacity
    this.wholeMax = this.ring.wholeMax
    this.at = this.flushed = Atomics.load(this.ring.control, WRITE)
    this.readSeen = Atomics.load(this.ring.control, READ)
  }

  /**
   * Appends one message of at most `wholeMax` bytes; it is seen after `flush`. False, with nothing written, where there
   * is no room now; what was written before is then flushed, since only a reader can make room. Never blocks.
   */
  tryWrite(bytes: Uint8Array, offset: number, length: number): boolean {
    return this.tryWriteFragment(bytes, offset, length, false)
  }

  /** As `tryWrite`; `more` says that the next record goes on with this message. */
  tryWriteFragment(bytes: Uint8Array, offset: number, length: number, more: boolean): boolean {
    assert(length >= 0 && length <= this.wholeMax, 'a record fits half the ring')
    const size = HEADER_BYTES + padded(length)
    if (((this.at - this.readSeen) | 0) + size > this.capacity && !this.hasRoom(size)) return false
    const { words, mask } = this.ring
    const start = (this.at + HEADER_BYTES) & mask
    words[(this.at & mask) >>> 2] = more ? length | MORE : length
    if (start + length > this.capacity) this.copyWrapped(bytes, offset, length, start)
    else this.copy(bytes, offset, length, start)
    this.at = (this.at + size) | 0
    return true
  }

  /** Publishes everything written so far with one store, and wakes the reader where it sleeps. */
  flush(): void {
    if (this.flushed === this.at) return
    this.flushed = this.at
    const { control } = this.ring
    Atomics.store(control, WRITE, this.at)
    // Both sides store, then load, in one total order: either we see the flag, or the reader's wait sees our index.
    if (Atomics.load(control, READER_ASLEEP) !== 0) Atomics.notify(control, WRITE)
  }

  /** True where the reader has taken everything that was written. */
  isEmpty(): boolean {
    return Atomics.load(this.ring.control, READ) === this.at
  }

  /** Until the reader takes something, or `timeoutMs`. Spins, then sleeps; for threads that may block. */
  waitForRoom(spinner: Spinner, timeoutMs: number): void {
    this.flush()
    const { control } = this.ring
    if (Atomics.load(control, READ) !== this.readSeen || this.flushed === this.readSeen) return
    sleepWhile(control, READ, this.readSeen, WRITER_ASLEEP, spinner, timeoutMs)
  }

  private hasRoom(size: number): boolean {
    this.readSeen = Atomics.load(this.ring.control, READ)
    if (((this.at - this.readSeen) | 0) + size <= this.capacity) return true
    this.flush()
    return false
  }

  private copyWrapped(bytes: Uint8Array, offset: number, length: number, start: number): void {
    const first = this.capacity - start
    copyBytes(bytes, offset, first, this.ring.bytes, start)
    copyBytes(bytes, offset + first, length - first, this.ring.bytes, 0)
  }

  /** Short messages go word by word where the caller's bytes are aligned. */
  private copy(bytes: Uint8Array, offset: number, length: number, start: number): void {
    if (length > WORDS_MAX) return this.ring.bytes.set(bytes.subarray(offset, offset + length), start)
    if (bytes !== this.source) this.adopt(bytes)
    const from = this.sourceWords
    if (from === null || (offset & 3) !== 0) return copyBytes(bytes, offset, length, this.ring.bytes, start)
    const { words } = this.ring
    const whole = length >>> 2
    for (let i = 0, f = offset >>> 2, t = start >>> 2; i < whole; i++) words[t + i] = from[f + i]!
    for (let i = whole << 2; i < length; i++) this.ring.bytes[start + i] = bytes[offset + i]!
  }

  private adopt(bytes: Uint8Array): void {
    this.source = bytes
    this.sourceWords =
      (bytes.byteOffset & 3) === 0 ? new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >>> 2) : null
  }
}

/** The consuming end. */
export class RingReader {
  readonly capacity: number
  private readonly ring: RingViews
  private at: number
  /** A message that does not lie in one piece: it wraps, or came in fragments. */
  private pieces: Uint8Array
  private piecesLength = 0

  constructor(buffer: SharedArrayBuffer, offset: number, capacity: number) {
    this.ring = new RingViews(buffer, offset, capacity)
    this.capacity = capacity
    this.at = Atomics.load(this.ring.control, READ)
    this.pieces = new Uint8Array(this.ring.wholeMax)
  }

  /** True where nothing is published that was not read. Fragments of an unfinished message may be held. */
  isEmpty(): boolean {
    return Atomics.load(this.ring.control, WRITE) === this.at
  }

  /**
   * Hands each message published before the call to `take`, in order; the bytes are lent until `take` returns and must
   * not be written. Room goes back to the writer as the reading goes on. A message whose `take` throws counts as read.
   * @returns how many messages were taken.
   */
  drain(take: (bytes: Uint8Array, offset: number, length: number) => void): number {
    const { control, words, bytes, mask, wholeMax } = this.ring
    const end = Atomics.load(control, WRITE)
    const releaseStep = this.capacity >>> 2
    let released = this.at
    let taken = 0
    try {
      while (this.at !== end) {
        const header = words[(this.at & mask) >>> 2]!
        const length = header & LENGTH
        assert(length <= wholeMax, 'a ring holds whole records')
        const start = (this.at + HEADER_BYTES) & mask
        const next = (this.at + HEADER_BYTES + padded(length)) | 0
        if (header >= 0 && this.piecesLength === 0 && start + length <= this.capacity) {
          this.at = next
          taken++
          take(bytes, start, length)
        } else {
          this.gather(start, length)
          this.at = next
          if (header < 0) continue
          const total = this.piecesLength
          this.piecesLength = 0
          taken++
          take(this.pieces, 0, total)
        }
        if (((this.at - released) | 0) >= releaseStep) this.release((released = this.at))
      }
    } finally {
      if (released !== this.at) this.release(this.at)
    }
    return taken
  }

  /** Until something is published, or `timeoutMs`. Spins, then sleeps. True where there is something to drain. */
  wait(spinner: Spinner, timeoutMs: number): boolean {
    return sleepWhile(this.ring.control, WRITE, this.at, READER_ASLEEP, spinner, timeoutMs)
  }

  private release(at: number): void {
    const { control } = this.ring
    Atomics.store(control, READ, at)
    if (Atomics.load(control, WRITER_ASLEEP) !== 0) Atomics.notify(control, READ)
  }

  private gather(start: number, length: number): void {
    const need = this.piecesLength + length
    if (need > this.pieces.length) {
      const grown = new Uint8Array(Math.max(need, 2 * this.pieces.length))
      grown.set(this.pieces.subarray(0, this.piecesLength))
      this.pieces = grown
    }
    const first = Math.min(length, this.capacity - start)
    copyBytes(this.ring.bytes, start, first, this.pieces, this.piecesLength)
    copyBytes(this.ring.bytes, 0, length - first, this.pieces, this.piecesLength + first)
    this.piecesLength = need
  }
}

// Up to these lengths a loop beats `set`, whose `subarray` allocates a view. Measured (Node 20, write and drain, ns):
// 32 bytes 22 by words, 47 by bytes, 48 by `set`; 256 bytes 76, 290, 90; 512 bytes 142, 700, 135.
const WORDS_MAX = 256
const BYTES_MAX = 32

function copyBytes(from: Uint8Array, fromAt: number, length: number, to: Uint8Array, toAt: number): void {
  if (length > BYTES_MAX) return to.set(from.subarray(fromAt, fromAt + length), toAt)
  for (let i = 0; i < length; i++) to[toAt + i] = from[fromAt + i]!
}

/**
 * Spins, then sleeps until `control[index]` differs from `seen`. True where it does. A wake-up may be a late one, for
 * what
 * was already taken before falling asleep; only a time-out ends the sleep.
 */
function sleepWhile(
  control: Int32Array,
  index: number,
  seen: number,
  asleep: number,
  spinner: Spinner,
  timeoutMs: number,
): boolean {
  if (spinner.spinWhile(control, index, seen)) return true
  Atomics.store(control, asleep, 1)
  while (Atomics.load(control, index) === seen && Atomics.wait(control, index, seen, timeoutMs) !== 'timed-out');
  Atomics.store(control, asleep, 0)
  return Atomics.load(control, index) !== seen
}
