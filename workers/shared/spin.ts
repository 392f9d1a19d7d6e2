/**
 * Bounded spinning before a real wait. A wake-up through `Atomics.wait` costs a trip through the kernel's scheduler
 * (tens
 * of µs); a neighbour that answers within a few µs is met sooner by looking again. What is counted is looks, not time,
 * since reading a clock costs more than a look; `calibrateLooks` converts once, when a worker starts.
 */

/**
 * How long a waiter spins before it sleeps, µs: about one wake-up, so spinning never costs more than twice the best.
 */
export const SPIN_US = 40
/** For workers that outnumber idle cores: spinning would keep the one we wait for from running. */
export const WAIT_AT_ONCE = 0

const CALIBRATION_MS = 2
const CALIBRATION_ROUNDS = 3
/** Bounds calibration where a clock hardly moves (100 ms steps under fingerprinting protection). */
const CALIBRATION_LOOKS_MAX = 1 << 22
const LOOKS_MIN = 64

/** Tells the core that this is a spin (x86 PAUSE, Arm YIELD) where the engine offers it; a no-op elsewhere. */
const pause: () => void = (Atomics as unknown as { pause?: () => void }).pause ?? (() => undefined)

/** Looks at `words[index]` at most `looks` times. True as soon as it differs from `value`; false when it never did. */
export function spinWhile(words: Int32Array, index: number, value: number, looks: number): boolean {
  for (let i = 0; i < looks; i++) {
    if (Atomics.load(words, index) !== value) return true
    pause()
  }
  return false
}

const SCORE_MAX = 32
const SCORE_GAIN = 2
const SAMPLE_EVERY = 32

/**
 * One waiter's spinning, switched off while fewer than one spin in three succeeds: another program has the core that
 * our
 * neighbour needs, or the neighbour's work takes longer than a spin. One wait in 32 tries again.
 */
export class Spinner {
  private score = SCORE_MAX
  private waits = 0

  /** @param looks of one spin (`looksFor`); 0 never spins. */
  constructor(private readonly looks: number) {}

  /** Whether the next waits spin. */
  get pays(): boolean {
    return this.score > 0
  }

  /** Spins, if that pays, until `words[index]` differs from `value`. True where it did; false says: sleep now. */
  spinWhile(words: Int32Array, index: number, value: number): boolean {
    this.waits++
    if (this.score === 0 && this.waits % SAMPLE_EVERY !== 0) return Atomics.load(words, index) !== value
    const changed = spinWhile(words, index, value, this.looks)
    this.score = changed ? Math.min(SCORE_MAX, this.score + SCORE_GAIN) : Math.max(0, this.score - 1)
    return changed
  }
}

/**
 * Looks that take about `targetUs`. The fastest of several rounds counts: being preempted, or not yet compiled, can
 * only
 * make looks seem slower than they will be.
 * @param now milliseconds, monotonic; `performance.now` of the calling worker. Blocks it for about 6 ms.
 */
export function calibrateLooks(now: () => number, targetUs = SPIN_US): number {
  const words = new Int32Array(new SharedArrayBuffer(4))
  let looksPerMs = 0
  for (let round = 0; round < CALIBRATION_ROUNDS; round++) {
    const start = now()
    let looks = 0
    let elapsedMs = 0
    while (elapsedMs < CALIBRATION_MS && looks < CALIBRATION_LOOKS_MAX) {
      spinWhile(words, 0, 0, 4096)
      looks += 4096
      elapsedMs = now() - start
    }
    if (elapsedMs > 0) looksPerMs = Math.max(looksPerMs, looks / elapsedMs)
  }
  return Math.max(LOOKS_MIN, Math.round((looksPerMs * targetUs) / 1_000))
}

/** Looks for `workers` busy workers on `idleCores` cores: a calibrated spin where each has a core, else none. */
export const looksFor = (now: () => number, workers: number, idleCores: number): number =>
  workers > idleCores ? WAIT_AT_ONCE : calibrateLooks(now)
