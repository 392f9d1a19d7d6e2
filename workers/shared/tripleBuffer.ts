/**
 * Triple buffer: one side writes whole pictures, the other always finds the newest finished one, neither ever waits.
 * Three slots: the writer owns `back`, the reader `front`, the third lies in the MIDDLE word, with a FRESH bit while
 * the
 * reader has not taken it. One `Atomics.exchange` trades a slot for the middle one, so at every instant the three names
 * are a permutation of 0, 1, 2. Plain writes into a slot come before the writer's exchange and are read after the
 * reader's, which synchronizes with it. Roles are fixed: one writer, one reader.
 */
const MIDDLE = 0
const BACK = 1
const SLOT = 3
const FRESH = 4

export const SLOTS = 3
export const TRIPLE_BUFFER_BYTES = 128

// Zero-filled memory is the initial state: slot 0 in the middle and not fresh, the others owned.
const FIRST_BACK = 1
const FIRST_FRONT = 2

export class TripleBufferWriter {
  private readonly control: Int32Array
  /** The slot to fill. It holds some older picture (of the last publication or any before): fill all of it. */
  back = FIRST_BACK

  /** @param offset of TRIPLE_BUFFER_BYTES zero-filled bytes in `buffer`, a multiple of 4. */
  constructor(buffer: SharedArrayBuffer, offset: number) {
    this.control = new Int32Array(buffer, offset, 2)
    Atomics.store(this.control, BACK, this.back)
  }

  /** Makes `back` the newest picture and takes another slot to fill. */
  publish(): void {
    this.back = Atomics.exchange(this.control, MIDDLE, this.back | FRESH) & SLOT
    Atomics.store(this.control, BACK, this.back)
  }
}

/**
 * The writer's current back slot, for workers that fill parts of it. Ask between two barriers during which the writer
 * does not publish.
 */
export const backSlot = (buffer: SharedArrayBuffer, offset: number): number =>
  Atomics.load(new Int32Array(buffer, offset, 2), BACK)

export class TripleBufferReader {
  private readonly control: Int32Array
  private front = FIRST_FRONT

  constructor(buffer: SharedArrayBuffer, offset: number) {
    this.control = new Int32Array(buffer, offset, 2)
  }

  /** The slot of the newest picture; the reader's own until the next call. Before the first publication: empty slot. */
  acquire(): number {
    if (Atomics.load(this.control, MIDDLE) & FRESH)
      this.front = Atomics.exchange(this.control, MIDDLE, this.front) & SLOT
    return this.front
  }
}
