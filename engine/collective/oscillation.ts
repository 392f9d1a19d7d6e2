/** Measurements that a series keeps: what "recent" means. */
export const HISTORY = 256
/** Fewer measurements tell nothing of a period. */
const SHORTEST = 32
/** Of the peaks, the first that has this share of the highest: its multiples are as high (McLeod and Wyvill 2005). */
const FIRST_PEAK = 0.9

export interface Oscillation {
  /** Height of the dominating peak of the autocorrelation, 0..1; 0 where there is none. */
  readonly strength: number
  /** In measurements, with the fraction that a parabola through the peak gives; 0 where there is none. */
  readonly period: number
}
const NONE: Oscillation = { strength: 0, period: 0 }

/**
 * What dominates the autocorrelation of a series, up to half its length: each lag by the correlation of the two
 * overlapping stretches, and only peaks after it was once below zero. Neither level nor a straight slope counts.
 * @param series oldest first, finite; read only
 */
export function oscillationOf(series: ArrayLike<number>): Oscillation {
  const lags = Math.floor(series.length / 2)
  if (series.length < SHORTEST) return NONE
  const rest = withoutTrend(series)
  if (rest === null) return NONE
  const r = new Float64Array(lags + 1)
  for (let lag = 1; lag <= lags; lag++) r[lag] = correlation(rest, lag)
  let from = 1
  while (from <= lags && r[from]! >= 0) from++
  const isPeak = (lag: number): boolean => r[lag]! > 0 && r[lag]! >= r[lag - 1]! && r[lag]! > r[lag + 1]!
  let highest = 0
  for (let lag = from + 1; lag < lags; lag++) if (isPeak(lag)) highest = Math.max(highest, r[lag]!)
  if (highest === 0) return NONE
  let peak = from + 1
  while (!(isPeak(peak) && r[peak]! >= FIRST_PEAK * highest)) peak++
  const [before, at, after] = [r[peak - 1]!, r[peak]!, r[peak + 1]!]
  return { strength: Math.min(1, at), period: peak + (before - after) / (2 * (before - 2 * at + after)) }
}

/** What the line of least squares leaves of a series; null where that is no more than rounding. */
function withoutTrend(series: ArrayLike<number>): Float64Array | null {
  const n = series.length
  const middle = (n - 1) / 2
  let [sum, moment, scale] = [0, 0, 0]
  for (let i = 0; i < n; i++) {
    sum += series[i]!
    moment += (i - middle) * series[i]!
    scale += series[i]! * series[i]!
  }
  const mean = sum / n
  const slope = moment / ((n * (n * n - 1)) / 12)
  const rest = Float64Array.from({ length: n }, (_, i) => series[i]! - mean - slope * (i - middle))
  return rest.reduce((squares, y) => squares + y * y, 0) > ROUNDING * scale ? rest : null
}
const ROUNDING = 1e-20

/** Pearson's correlation of the series with itself `lag` later; 0 where either stretch does not vary. */
function correlation(series: Float64Array, lag: number): number {
  const n = series.length - lag
  let [sumA, sumB] = [0, 0]
  for (let i = 0; i < n; i++) {
    sumA += series[i]!
    sumB += series[i + lag]!
  }
  const [meanA, meanB] = [sumA / n, sumB / n]
  let [aa, bb, ab] = [0, 0, 0]
  for (let i = 0; i < n; i++) {
    const a = series[i]! - meanA
    const b = series[i + lag]! - meanB
    aa += a * a
    bb += b * b
    ab += a * b
  }
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb)
}
