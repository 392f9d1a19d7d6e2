/**
 * A token bucket: `perSecond` tokens a second drip into it, `depth` at most stay, and what passes takes one. So from
 * any moment on, within t seconds no more than depth + perSecond · t pass (Turner 1986; RFC 2697 has it as CIR, CBS).
 * Kept in millionths of a token and whole µs: with whole parameters every figure is exact. Times are the owner's local
 * µs; a clock that is set back adds nothing.
 */
export interface TokenBucket {
  /** Millionths of a token. */
  level: number
  /** When `level` was brought up to date. */
  atUs: number
}

export interface BucketParams {
  /** Whole, at least 1. */
  readonly perSecond: number
  /** Whole, at least 1. */
  readonly depth: number
}

const MILLIONTHS = 1_000_000

/** Full. */
export const newBucket = ({ depth }: BucketParams, nowUs: number): TokenBucket => ({
  level: depth * MILLIONTHS,
  atUs: nowUs,
})

/** Adds what dripped in since. Mutates `bucket`. */
export function refill(bucket: TokenBucket, { perSecond, depth }: BucketParams, nowUs: number): void {
  const sinceUs = Math.max(0, nowUs - bucket.atUs)
  bucket.level = Math.min(depth * MILLIONTHS, bucket.level + sinceUs * perSecond)
  bucket.atUs = nowUs
}

/** Takes `count` tokens where there are so many, else none. Mutates `bucket`. */
export function take(bucket: TokenBucket, params: BucketParams, nowUs: number, count = 1): boolean {
  refill(bucket, params, nowUs)
  if (bucket.level < count * MILLIONTHS) return false
  bucket.level -= count * MILLIONTHS
  return true
}

/** µs until `count` tokens are there, 0 where they are; Infinity where the bucket never holds so many. */
export function waitUs(bucket: TokenBucket, params: BucketParams, nowUs: number, count = 1): number {
  if (count > params.depth) return Infinity
  refill(bucket, params, nowUs)
  return Math.ceil(Math.max(0, count * MILLIONTHS - bucket.level) / params.perSecond)
}
