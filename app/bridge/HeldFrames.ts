import { HEADER, type Frame } from '../../engine/frame/frame.ts'
import type { FrameSource } from '../../workers/protocol.ts'

/**
 * The pictures of one of several labs: the newest one stays out of sight until all labs have come to its time, so that
 * no stage is ever ahead of another.
 */
export class HeldFrames implements FrameSource {
  private held: Frame | null = null
  private wantedUs = 0

  constructor(private readonly source: FrameSource) {}

  /** From now on the picture of this time is shown. */
  show(timeUs: number): void {
    this.wantedUs = timeUs
    this.held = this.source.acquire()
  }

  acquire(): Frame | null {
    // Without shared memory a picture may come a moment after the answer that told of it.
    if (this.held?.header[HEADER.timeUs] !== this.wantedUs) this.held = this.source.acquire()
    return this.held
  }
}
