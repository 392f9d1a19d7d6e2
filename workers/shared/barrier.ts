import { assert } from '../../engine/kernel/assert.ts'
import { Spinner } from './spin.ts'

/**
 * Reusable barrier for a fixed number of workers, with a generation counter (sense reversal with more than two senses:
 * Mellor-Crummey & Scott 1991 §3.1).
 *
 * Ordering: an arrival is a read-modify-write on ARRIVED, so the last to arrive has synchronized with all who came
 * before;
 * it then stores the new GENERATION, and whoever loads that has synchronized with it. Hence plain writes of any worker
 * before its `arrive` are visible to every worker after theirs. ARRIVED is reset before GENERATION moves, so a fast
 * worker that arrives again counts towards the next generation.
 */
const LINE_BYTES = 128
const ARRIVED = 0
const SLEEPERS = 1
const GENERATION = LINE_BYTES / 4 // what spinners look at: a line that only the last to arrive writes
const DEAD = GENERATION + 1

/** How long a sleeper sleeps before it looks at the death flag by itself, ms. */
const SLEEP_MS = 200

export const BARRIER_BYTES = 2 * LINE_BYTES

export type Arrival = 'ok' | 'dead'

export class Barrier {
  private readonly control: Int32Array
  private readonly spinner: Spinner

  /**
   * @param offset of BARRIER_BYTES zero-filled bytes in `buffer`, a multiple of 4.
   * @param looks how often to look before sleeping, at most (`looksFor`); 0 sleeps at once.
   */
  constructor(
    buffer: SharedArrayBuffer,
    offset: number,
    readonly workers: number,
    looks: number,
  ) {
    assert(workers >= 1, 'a barrier has at least one worker')
    this.spinner = new Spinner(looks)
    this.control = new Int32Array(buffer, offset, BARRIER_BYTES / 4)
  }

  /**
   * Blocks until all workers have arrived. 'dead' where one of them never will: the barrier is then of no more use, and
   * everybody gets 'dead' here or at the next arrival. Only for threads that may block.
   */
  arrive(): Arrival {
    const { control } = this
    const generation = Atomics.load(control, GENERATION)
    if (Atomics.add(control, ARRIVED, 1) === this.workers - 1) {
      Atomics.store(control, ARRIVED, 0)
      Atomics.store(control, GENERATION, (generation + 1) | 0)
      // One total order: either a sleeper counted itself before this load, or its wait sees the new generation.
      if (Atomics.load(control, SLEEPERS) !== 0) Atomics.notify(control, GENERATION)
    } else if (!this.spinner.spinWhile(control, GENERATION, generation)) {
      this.sleepWhile(generation)
    }
    return Atomics.load(control, DEAD) === 0 ? 'ok' : 'dead'
  }

  /** A worker has died: nobody waits for it any longer. From any thread, the page's too. */
  kill(): void {
    Atomics.store(this.control, DEAD, 1)
    Atomics.notify(this.control, GENERATION)
  }

  private sleepWhile(generation: number): void {
    const { control } = this
    Atomics.add(control, SLEEPERS, 1)
    while (Atomics.load(control, GENERATION) === generation && Atomics.load(control, DEAD) === 0)
      Atomics.wait(control, GENERATION, generation, SLEEP_MS)
    Atomics.sub(control, SLEEPERS, 1)
  }
}
