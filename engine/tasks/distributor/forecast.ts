/**
 * What a distributor learns of kinds of tasks, from what passes through its own hands: how long they take, and how many
 * come when. Time is cut into bins; where there is a season, bins one season apart are taken for alike, and what is
 * expected of a bin is an exponentially weighted mean of what came in it in earlier seasons (Winters 1960, without
 * trend). Before a season is over, and without one, the same mean over all bins up to now stands in.
 * Plain state; functions mutate the forecast and nothing else.
 */
export interface Forecast {
  readonly kinds: number
  /** 1: no season. */
  readonly seasonBins: number
  readonly binUs: number
  readonly seasonUs: number
  /** Number of the bin under way, from 0 at the start. */
  bin: number
  /** Tasks that came in it so far, by kind. */
  counts: number[]
  /** By bin of the season, then kind; −1: not seen yet. */
  readonly seasonal: number[]
  /** By kind: over all bins. */
  readonly level: number[]
  /** By kind: mean time at work and mean absolute error of what was expected of it, µs; 0: nothing is known. */
  readonly sizesUs: number[]
  readonly sizeErrorsUs: number[]
}

/** What a bin brought beside what had been expected of it. */
export interface BinEnd {
  readonly expected: readonly number[]
  readonly came: readonly number[]
  /** Σ |expected − came| over Σ came, or over 1 where nothing came. */
  readonly error: number
}

export function newForecast(kinds: number, binUs: number, seasonUs: number): Forecast {
  const seasonBins = Math.max(1, Math.min(SEASON_BINS_MAX, Math.round(seasonUs / binUs)))
  const zeros = (): number[] => new Array<number>(kinds).fill(0)
  return {
    ...{ kinds, seasonBins, binUs, seasonUs, bin: 0, counts: zeros(), level: new Array<number>(kinds).fill(-1) },
    seasonal: new Array<number>(seasonBins * kinds).fill(-1),
    ...{ sizesUs: zeros(), sizeErrorsUs: zeros() },
  }
}
export const SEASON_BINS_MAX = 1_000

export function noteArrival({ counts }: Forecast, kind: number): void {
  counts[kind]!++
}

/** A task of the kind took `workedUs`; `gain` is the weight of the newest. */
export function noteSize({ sizesUs, sizeErrorsUs }: Forecast, kind: number, workedUs: number, gain: number): void {
  const before = sizesUs[kind]!
  if (before === 0) {
    sizesUs[kind] = workedUs
    return
  }
  sizeErrorsUs[kind]! += gain * (Math.abs(workedUs - before) - sizeErrorsUs[kind]!)
  sizesUs[kind]! += gain * (workedUs - before)
}

/** Tasks of the kind expected in the bin `ahead` bins after the one under way. */
export function expectedOf({ seasonal, level, seasonBins, bin, kinds }: Forecast, kind: number, ahead: number): number {
  const seen = seasonal[((bin + ahead) % seasonBins) * kinds + kind]!
  return seen >= 0 && seasonBins > 1 ? seen : Math.max(0, level[kind]!)
}

/** The bin under way is over: it is compared with what was expected, learned from, and the next one begins. */
export function endBin(forecast: Forecast, gain: number): BinEnd {
  const { counts: came, kinds, seasonal, level, seasonBins, bin } = forecast
  const expected = came.map((_, kind) => expectedOf(forecast, kind, 0))
  const total = came.reduce((sum, count) => sum + count, 0)
  const missed = came.reduce((sum, count, kind) => sum + Math.abs(count - expected[kind]!), 0)
  for (let kind = 0; kind < kinds; kind++) {
    const at = (bin % seasonBins) * kinds + kind
    seasonal[at] = learned(seasonal[at]!, came[kind]!, gain)
    level[kind] = learned(level[kind]!, came[kind]!, gain)
  }
  forecast.bin++
  forecast.counts = new Array<number>(kinds).fill(0)
  return { expected, came, error: missed / Math.max(1, total) }
}

const learned = (mean: number, value: number, gain: number): number => (mean < 0 ? value : mean + gain * (value - mean))

/**
 * How many of `workers` each kind should have ready for the busiest of the bin under way and the next `ahead`: its load
 * and one root of it (Halfin and Whitt 1981), at least one where any is expected; cut down in proportion where that is
 * more than there are. Kinds whose size is not known yet need nothing.
 */
export function workersNeeded(forecast: Forecast, ahead: number, workers: number): number[] {
  const { kinds, sizesUs, binUs } = forecast
  const wanted = Array.from({ length: kinds }, (_, kind) => {
    let most = 0
    for (let k = 0; k <= ahead; k++) most = Math.max(most, expectedOf(forecast, kind, k))
    const load = (most * sizesUs[kind]!) / binUs
    return load > 0 ? Math.max(1, load + Math.sqrt(load)) : 0
  })
  const total = wanted.reduce((sum, n) => sum + n, 0)
  const share = total > workers ? workers / total : 1
  return wanted.map((n) => Math.floor(n * share + 0.5))
}
