import { assert } from '../../engine/kernel/assert.ts'
import { type Arrival, Barrier, BARRIER_BYTES } from './barrier.ts'

/** A worker's values of both parities share 128 bytes, so no worker's writes touch another's cache line. */
const WORKER_BYTES = 128
/** How many numbers each worker may publish at once. */
export const LANES = WORKER_BYTES / 8 / 2

export const allReduceBytes = (workers: number): number => BARRIER_BYTES + workers * WORKER_BYTES

/**
 * A barrier at which every worker publishes a few numbers and, past it, sees those of all. Slots are plain f64: the
 * barrier orders them. Two sets alternate: a worker that runs ahead publishes into the other set, and cannot come back
 * to
 * this one before everybody has arrived again, that is, has done reading.
 */
export class AllReduce {
  readonly barrier: Barrier
  private readonly slots: Float64Array
  private parity = 0

  /** All workers construct it before the first arrival over the same zero-filled `allReduceBytes(workers)` bytes. */
  constructor(
    buffer: SharedArrayBuffer,
    offset: number,
    readonly workers: number,
    readonly me: number,
    looks: number,
  ) {
    assert(me >= 0 && me < workers, 'a worker has a place among the workers')
    assert(offset % 8 === 0, 'f64 slots are aligned')
    this.barrier = new Barrier(buffer, offset, workers, looks)
    this.slots = new Float64Array(buffer, offset + BARRIER_BYTES, (workers * WORKER_BYTES) / 8)
  }

  /** Sets my number in `lane` for the coming arrival. Every lane that is read must be published before each arrival. */
  publish(value: number, lane = 0): void {
    this.slots[this.slot(this.me, lane, this.parity)] = value
  }

  /** Waits for all; then `value`, `min` and `sum` tell what was published before this arrival, until the next one. */
  arrive(): Arrival {
    this.parity ^= 1
    return this.barrier.arrive()
  }

  value(worker: number, lane = 0): number {
    return this.slots[this.slot(worker, lane, this.parity ^ 1)]!
  }

  min(lane = 0): number {
    let least = this.value(0, lane)
    for (let w = 1; w < this.workers; w++) least = Math.min(least, this.value(w, lane))
    return least
  }

  /** Added in worker order: the same bits on every worker. */
  sum(lane = 0): number {
    let total = 0
    for (let w = 0; w < this.workers; w++) total += this.value(w, lane)
    return total
  }

  private slot(worker: number, lane: number, parity: number): number {
    assert(lane >= 0 && lane < LANES, `a worker has ${LANES} lanes`)
    return worker * (WORKER_BYTES / 8) + parity * LANES + lane
  }
}
