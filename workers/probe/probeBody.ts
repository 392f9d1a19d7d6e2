import { ringBytes, RingReader, RingWriter } from '../shared/ring.ts'
import { looksFor, WAIT_AT_ONCE } from '../shared/spin.ts'
import { type Bucket, bucketsOf, quantile } from './buckets.ts'

/**
 * The probe of the real channel: two threads and a pair of the rings that shards talk through. One thread asks and
 * measures, the other echoes and counts. The same body runs in browser workers and Node threads.
 */
export interface RoundTrip {
  /** Median of the mean of `batch` consecutive trips. */
  readonly p50Us: number
  /** Of single trips, each known to within the clock's resolution. */
  readonly p99Us: number
  /** Single trips measured. */
  readonly trips: number
  /** Trips a histogram entry averages: more than one where the clock is too coarse for a single trip. */
  readonly batch: number
  readonly histogram: readonly Bucket[]
}

/** Round trips as the lab's workers make them here (`mode`), and by waiting alone. */
export interface ProbeResult extends RoundTrip {
  /** 'spin': a bounded spin, then a wait; 'wait': this machine has no second core to spin on. */
  readonly mode: 'spin' | 'wait'
  readonly waitingAlone: RoundTrip
  /** One way, flushed in batches, from the first write until the reader has confirmed the last. */
  readonly messagesPerSecond: number
  readonly messageBytes: number
  readonly clockResolutionUs: number
}

export interface ProbeOptions {
  /** How long each of the three measurements takes, ms. */
  readonly phaseMs: number
  /** Logical cores of the machine. */
  readonly cores: number
}

/** Milliseconds, monotonic: `performance.now` of the calling thread. */
type Clock = () => number

const RING_CAPACITY = 1 << 16
const MESSAGE_BYTES = 32
const FLUSH_EVERY = 64
const SAMPLES_MAX = 1 << 19
const WARM_UP_MS = 30
const SILENCE_MS = 10_000
const THREADS = 2

export const PROBE_BYTES = 2 * ringBytes(RING_CAPACITY)

/** First word of a probe message; the second carries a number. */
const PING = 0
const COUNT = 1 // no answer
const TOTAL = 2 // answer with how many COUNTs came since the last TOTAL
const LOOKS = 3 // wait with this many looks from now on
const QUIT = 4

class End {
  readonly message = new Uint8Array(MESSAGE_BYTES)
  readonly words = new Int32Array(this.message.buffer)
  readonly writer: RingWriter
  readonly reader: RingReader
  private received = new DataView(new ArrayBuffer(8))
  private readonly keep = (bytes: Uint8Array, offset: number): void => {
    this.received = new DataView(bytes.buffer, bytes.byteOffset + offset, 8)
    this.answer = this.received.getInt32(4, true)
  }
  answer = 0

  constructor(memory: SharedArrayBuffer, side: 0 | 1) {
    const offsets = [0, ringBytes(RING_CAPACITY)]
    this.writer = new RingWriter(memory, offsets[side]!, RING_CAPACITY)
    this.reader = new RingReader(memory, offsets[1 - side]!, RING_CAPACITY)
  }

  write(kind: number, value: number): void {
    this.words[0] = kind
    this.words[1] = value
    while (!this.writer.tryWrite(this.message, 0, MESSAGE_BYTES)) this.writer.waitForRoom(this.looks, SILENCE_MS)
  }

  looks = WAIT_AT_ONCE

  /** Sends one message and blocks for its answer. */
  ask(kind: number, value: number): number {
    this.write(kind, value)
    this.writer.flush()
    if (!this.reader.wait(this.looks, SILENCE_MS)) throw new Error(`probe: no answer within ${SILENCE_MS / 1_000} s`)
    this.reader.drain(this.keep)
    return this.answer
  }
}
