import { frameBytes, type FrameShape } from '../../engine/frame/frame.ts'
import { allReduceBytes } from './AllReduce.ts'
import { ringBytes } from './ring.ts'
import { SLOTS, TRIPLE_BUFFER_BYTES } from './tripleBuffer.ts'

/** Data bytes of one ring; fuller messages wait in the sender's outbox. */
export const RING_CAPACITY = 1 << 18

/** What the workers of one run share. Null frames: nobody watches. */
export interface SharedMemory {
  readonly meeting: SharedArrayBuffer
  readonly rings: SharedArrayBuffer
  readonly frames: SharedArrayBuffer | null
  /** Columns of the scenario's space; empty where it has none. */
  readonly space: SharedArrayBuffer
}

/** @param spaceBytes of the columns that the scenario's space takes. */
export function allocateShared(shards: number, frames: FrameShape | null, spaceBytes = 0): SharedMemory {
  return {
    meeting: new SharedArrayBuffer(allReduceBytes(shards)),
    rings: new SharedArrayBuffer(Math.max(8, shards * shards * ringBytes(RING_CAPACITY))),
    frames: frames === null ? null : new SharedArrayBuffer(framesBytes(frames)),
    space: new SharedArrayBuffer(spaceBytes),
  }
}

/** Offset of the ring from one shard to another. */
export const ringOffset = (from: number, to: number, shards: number): number =>
  (from * shards + to) * ringBytes(RING_CAPACITY)

const slotBytes = (shape: FrameShape): number => Math.ceil(frameBytes(shape) / 128) * 128
export const framesBytes = (shape: FrameShape): number => TRIPLE_BUFFER_BYTES + SLOTS * slotBytes(shape)
/** Offset of one slot of the frames' triple buffer. */
export const slotOffset = (slot: number, shape: FrameShape): number => TRIPLE_BUFFER_BYTES + slot * slotBytes(shape)
