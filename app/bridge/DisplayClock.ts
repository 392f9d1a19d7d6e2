/** How far behind the newest frame the picture runs, wall seconds: frames come in bursts, pictures must not. */
const DELAY_S = 0.06
/** Wall seconds in which a small gap to the target closes. */
const CLOSE_S = 0.3
/** A gap worth more wall seconds than this is a jump (seek, stall): follow it at once. */
const JUMP_S = 0.6

/**
 * The time the picture shows. The engine's frames arrive in bursts; this moves smoothly at about the rate of play,
 * never ahead of what has been simulated, and jumps where the engine jumped. Pure but for its own two numbers.
 */
export class DisplayClock {
  timeUs = 0
  private wallMs = Number.NaN

  /**
   * @param wallMs  now, wall milliseconds
   * @param frameUs time of the newest frame
   * @param rate    virtual seconds a wall second; 0 = paused
   * @returns virtual µs to show, ≤ frameUs
   */
  advance(wallMs: number, frameUs: number, rate: number): number {
    const dt = Number.isNaN(this.wallMs) ? 0 : Math.max(0, Math.min(0.25, (wallMs - this.wallMs) / 1000))
    this.wallMs = wallMs
    if (rate <= 0) return (this.timeUs = frameUs)
    const perSecond = rate * 1e6
    const gap = frameUs - DELAY_S * perSecond - this.timeUs
    if (Math.abs(gap) > JUMP_S * perSecond) return (this.timeUs = frameUs)
    // Between standing still and twice the rate: it may wait for the engine but never run backwards.
    const factor = Math.max(0, Math.min(2, 1 + gap / (CLOSE_S * perSecond)))
    this.timeUs = Math.min(frameUs, this.timeUs + dt * perSecond * factor)
    return this.timeUs
  }

  jump(timeUs: number): void {
    this.timeUs = timeUs
    this.wallMs = Number.NaN
  }
}
