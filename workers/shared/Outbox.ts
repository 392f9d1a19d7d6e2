import { assert } from '../../engine/kernel/assert.ts'
import type { RingWriter } from './ring.ts'

const HEADER_BYTES = 4
const KEPT_BYTES_START = 4_096
/** An arena that grew beyond this is given back once it is empty. */
const KEPT_BYTES_IDLE = 1 << 20
/** More than this waiting means that the reader has stopped reading. */
export const OUTBOX_BYTES_MAX = 1 << 28

/**
 * What a sender owns of a ring: a full ring never blocks it, what does not fit waits here, in order. Messages longer
 * than
 * the ring takes at once leave in fragments; the reader puts them together. Private to the writer's thread.
 */
export class Outbox {
  private kept = new Uint8Array(KEPT_BYTES_START)
  private lengths = new Int32Array(this.kept.buffer)
  private head = 0
  private tail = 0
  /** Bytes of the message at `head` that have left as fragments. */
  private sent = 0

  constructor(
    private readonly writer: RingWriter,
    private readonly bytesMax = OUTBOX_BYTES_MAX,
  ) {}

  /** Bytes waiting here, headers included. */
  get pendingBytes(): number {
    return this.tail - this.head
  }

  /**
   * Sends or keeps one message of any length; the bytes are copied. The reader sees it after `pump`.
   * @throws RangeError where more than `bytesMax` would wait.
   */
  send(bytes: Uint8Array, offset: number, length: number): void {
    if (this.head === this.tail && length <= this.writer.wholeMax && this.writer.tryWrite(bytes, offset, length)) return
    const size = HEADER_BYTES + ((length + 3) & ~3)
    if (this.pendingBytes + size > this.bytesMax) {
      const waiting = this.pendingBytes + size
      throw new RangeError(`outbox: ${waiting} bytes waiting for a full ring are more than ${this.bytesMax}`)
    }
    if (this.tail + size > this.kept.length) this.makeRoom(size)
    this.lengths[this.tail >>> 2] = length
    this.kept.set(bytes.subarray(offset, offset + length), this.tail + HEADER_BYTES)
    this.tail += size
  }

  /** Moves what fits into the ring and publishes it. True where nothing waits any more. Never blocks. */
  pump(): boolean {
    while (this.head !== this.tail && this.pumpOne());
    this.writer.flush()
    if (this.head !== this.tail) return false
    this.head = this.tail = 0
    if (this.kept.length > KEPT_BYTES_IDLE) this.resize(KEPT_BYTES_START)
    return true
  }

  /** Forgets what waits; for a run that is thrown away together with its rings. */
  clear(): void {
    this.head = this.tail = this.sent = 0
  }

  private pumpOne(): boolean {
    const length = this.lengths[this.head >>> 2]!
    const from = this.head + HEADER_BYTES
    for (;;) {
      const part = Math.min(length - this.sent, this.writer.wholeMax)
      const more = this.sent + part < length
      if (!this.writer.tryWriteFragment(this.kept, from + this.sent, part, more)) return false
      this.sent += part
      if (!more) break
    }
    this.sent = 0
    this.head = from + ((length + 3) & ~3)
    return true
  }

  private makeRoom(size: number): void {
    const waiting = this.tail - this.head
    let bytes = this.kept.length
    while (bytes < 2 * (waiting + size)) bytes *= 2
    this.resize(bytes)
    assert(this.tail + size <= this.kept.length, 'the outbox has room for what it keeps')
  }

  /** Moves what waits to the front of an arena of `bytes` bytes. */
  private resize(bytes: number): void {
    const waiting = this.kept.subarray(this.head, this.tail)
    if (bytes === this.kept.length) this.kept.copyWithin(0, this.head, this.tail)
    else {
      this.kept = new Uint8Array(bytes)
      this.kept.set(waiting)
      this.lengths = new Int32Array(this.kept.buffer)
    }
    this.tail -= this.head
    this.head = 0
  }
}
