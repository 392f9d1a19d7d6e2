import { frameBytes, frameViews, type Frame, type FrameShape } from '../../engine/frame/frame.ts'
import { writeHeader, type FrameTotals } from '../../engine/frame/writeFrame.ts'
import type { ShardWorker } from './ShardWorker.ts'
import { slotOffset } from './SharedMemory.ts'
import { TripleBufferWriter } from './tripleBuffer.ts'

/** Where finished pictures go. `slot` is what the shards draw into during a slice, −1 where only `publish` draws. */
export interface FrameSink {
  readonly slot: number
  publish(totals: FrameTotals): void
}

/** Shared memory: all shards draw into the back slot, the lead adds the header and publishes. */
export class SharedFrames implements FrameSink {
  private readonly writer: TripleBufferWriter
  private readonly slots: readonly Frame[]

  constructor(buffer: SharedArrayBuffer, shape: FrameShape) {
    this.writer = new TripleBufferWriter(buffer, 0)
    this.slots = [0, 1, 2].map((slot) => frameViews(buffer, slotOffset(slot, shape), shape))
  }

  get slot(): number {
    return this.writer.back
  }

  publish(totals: FrameTotals): void {
    writeHeader(this.slots[this.writer.back]!, totals)
    this.writer.publish()
  }
}

/** Without shared memory: each picture is a buffer of its own, handed over. */
export class TransferredFrames implements FrameSink {
  readonly slot = -1

  constructor(
    private readonly shape: FrameShape,
    private readonly shard: ShardWorker,
    private readonly send: (buffer: ArrayBuffer) => void,
  ) {}

  publish(totals: FrameTotals): void {
    const buffer = new ArrayBuffer(frameBytes(this.shape))
    const frame = frameViews(buffer, 0, this.shape)
    this.shard.draw(frame)
    writeHeader(frame, totals)
    this.send(buffer)
  }
}
