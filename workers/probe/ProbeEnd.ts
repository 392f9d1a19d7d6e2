import { ringBytes, RingReader, RingWriter } from '../shared/ring.ts'
import { Spinner, WAIT_AT_ONCE } from '../shared/spin.ts'

const RING_CAPACITY = 1 << 16
const SILENCE_MS = 10_000

export const MESSAGE_BYTES = 32
export const PROBE_BYTES = 2 * ringBytes(RING_CAPACITY)

/** First word of a probe message; the second carries a number. */
export const PING = 0
/** No answer. */
export const COUNT = 1
/** Answered with how many COUNTs came since the last TOTAL. */
export const TOTAL = 2
/** The echo waits with this many looks from now on. */
const LOOKS = 3
export const QUIT = 4

const int32At = (bytes: Uint8Array, at: number): number =>
  bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)

/** One end of a pair of rings, with fixed-size messages [kind, value, …]. */
export class ProbeEnd {
  private spinner = new Spinner(WAIT_AT_ONCE)
  private readonly message = new Uint8Array(MESSAGE_BYTES)
  private readonly words = new Int32Array(this.message.buffer)
  private readonly writer: RingWriter
  private readonly reader: RingReader
  private answer = 0
  private readonly keep = (bytes: Uint8Array, offset: number): void => {
    this.answer = int32At(bytes, offset + 4)
  }

  /** @param memory PROBE_BYTES, zero-filled. @param side 0 asks, 1 echoes. */
  constructor(memory: SharedArrayBuffer, side: 0 | 1) {
    const offsets = [0, ringBytes(RING_CAPACITY)]
    this.writer = new RingWriter(memory, offsets[side]!, RING_CAPACITY)
    this.reader = new RingReader(memory, offsets[1 - side]!, RING_CAPACITY)
  }

  /** Appends a message; seen after `flush`. Blocks while the ring is full. */
  write(kind: number, value: number): void {
    this.words[0] = kind
    this.words[1] = value
    while (!this.writer.tryWrite(this.message, 0, MESSAGE_BYTES)) this.writer.waitForRoom(this.spinner, SILENCE_MS)
  }

  flush(): void {
    this.writer.flush()
  }

  /** Sends a message and blocks for its answer. @throws where the other end is silent for 10 s. */
  ask(kind: number, value: number): number {
    this.write(kind, value)
    this.writer.flush()
    if (!this.reader.wait(this.spinner, SILENCE_MS)) throw new Error(`probe: no answer within ${SILENCE_MS / 1_000} s`)
    this.reader.drain(this.keep)
    return this.answer
  }

  /** Both ends wait with spins of at most `looks` from now on; 0 waits at once. */
  useLooks(looks: number): void {
    this.ask(LOOKS, looks)
    this.spinner = new Spinner(looks)
  }

  /** Blocks, and answers until QUIT. @throws where nothing comes for 10 s. */
  serve(): void {
    let count = 0
    let open = true
    const take = (bytes: Uint8Array, offset: number): void => {
      const kind = bytes[offset]!
      if (kind === COUNT) return void count++
      if (kind === QUIT) return void (open = false)
      if (kind === LOOKS) this.spinner = new Spinner(int32At(bytes, offset + 4))
      this.write(kind, kind === TOTAL ? count : int32At(bytes, offset + 4))
      if (kind === TOTAL) count = 0
    }
    while (open) {
      if (!this.reader.wait(this.spinner, SILENCE_MS))
        throw new Error(`probe: nothing to echo for ${SILENCE_MS / 1_000} s`)
      this.reader.drain(take)
      this.writer.flush()
    }
  }
}
