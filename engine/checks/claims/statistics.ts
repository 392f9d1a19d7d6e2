/** Every sample of every run, in order. */
export const pool = (samples: readonly (readonly number[])[]): number[] => samples.flat()

/** Samples of the runs of one of two setups that take turns; `first` is 0 or 1. */
export const everyOther = <T>(samples: readonly T[], first: number): T[] => samples.filter((_, k) => k % 2 === first)

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** The middle value, or the mean of the two middle ones; NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}

/** The smallest value that at least the share `q` of all do not exceed; NaN of nothing. */
export const quantile = (values: readonly number[], q: number): number =>
  values.length === 0 ? NaN : kthSmallest(values, Math.max(1, Math.ceil(q * values.length)))

/** NaN of nothing, so that a claim about no sample does not hold. */
export const greatest = (values: readonly number[]): number =>
  values.reduce((max, value) => Math.max(max, value), values.length > 0 ? -Infinity : NaN)

export const least = (values: readonly number[]): number =>
  values.reduce((min, value) => Math.min(min, value), values.length > 0 ? Infinity : NaN)

export const sum = (values: readonly number[]): number =>
  values.length === 0 ? NaN : values.reduce((total, value) => total + value, 0)

/** The k-th smallest, k from 1. */
export const kthSmallest = (values: readonly number[], k: number): number => values.toSorted((a, b) => a - b)[k - 1]!
