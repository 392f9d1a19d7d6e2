/** A frame slower than this is a slow one, ms. */
const SLOW_MS = 50
/** A pause longer than this is no frame time: the tab was hidden. */
const GAP_MS = 1_500
const WINDOW = 24
const SLOW_OF_WINDOW = 16

export interface Step {
  /** Upper bound of device pixels a CSS pixel. */
  readonly pixelRatio: number
  /** Share of links drawn. */
  readonly links: number
  readonly sentence: string
}
export const STEPS: readonly Step[] = [
  { pixelRatio: 1, links: 1, sentence: 'This device draws slowly, so the stage uses a lower resolution.' },
  { pixelRatio: 0.75, links: 0.5, sentence: 'Still slow: the stage draws less, at a lower resolution.' },
  { pixelRatio: 0.5, links: 0.1, sentence: 'The stage draws at its coarsest; times and results are not affected.' },
]

/**
 * Decides from frame times when to draw less: two thirds of the last 24 frames over 50 ms is one step down, never up.
 */
export class Degrader {
  level = 0
  private readonly slow = new Uint8Array(WINDOW)
  private seen = 0

  /** @returns the step to take now, or null. */
  frame(elapsedMs: number): Step | null {
    if (elapsedMs > GAP_MS || this.level >= STEPS.length) return null
    this.slow[this.seen++ % WINDOW] = elapsedMs > SLOW_MS ? 1 : 0
    if (this.seen < WINDOW) return null
    let count = 0
    for (let i = 0; i < WINDOW; i++) count += this.slow[i]!
    if (count < SLOW_OF_WINDOW) return null
    this.seen = 0
    return STEPS[this.level++]!
  }
}
