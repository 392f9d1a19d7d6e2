import { studentQuantile } from '../sweep/student.ts'

/** The mean of paired differences y − x, and how sure it is. */
export interface PairedDifference {
  /** Pairs in which both show the measure. */
  readonly k: number
  readonly meanX: number
  readonly meanY: number
  /** Mean of y − x; NaN where k is 0. */
  readonly mean: number
  /** Half the width of the 95 % interval, Student's t with k − 1 degrees of freedom; NaN below two pairs. */
  readonly half: number
  /** The interval is without zero: on 95 of 100 occasions chance alone would not do that. */
  readonly excludesZero: boolean
}

/**
 * Common random numbers: pair i are two runs of one seed, so what the seed does to both cancels in their difference.
 * Where all differences are the same the interval has no width, and excludes zero unless they are zero.
 * Source: Law, Simulation Modeling and Analysis, section 10.2.1 (paired-t confidence interval).
 * @param x, @param y figures by pair; null where a run shows nothing of the measure. Read only.
 */
export function pairedDifference(x: readonly (number | null)[], y: readonly (number | null)[]): PairedDifference {
  let [k, meanX, meanY, mean, squares] = [0, 0, 0, 0, 0]
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const [a, b] = [x[i] ?? null, y[i] ?? null]
    if (a === null || b === null) continue
    k++
    meanX += (a - meanX) / k
    meanY += (b - meanY) / k
    const from = b - a - mean
    mean += from / k
    squares += from * (b - a - mean)
  }
  if (k === 0) return { k, meanX: NaN, meanY: NaN, mean: NaN, half: NaN, excludesZero: false }
  const half = k < 2 ? NaN : studentQuantile(0.975, k - 1) * Math.sqrt(squares / (k - 1) / k)
  return { k, meanX, meanY, mean, half, excludesZero: Math.abs(mean) > half }
}
