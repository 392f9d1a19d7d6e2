import type { ShardTotals } from './ShardWorker.ts'

/** Where a lab that somebody keeps in step with others stands. */
export interface Advanced {
  readonly timeUs: number
  /** Time of the next event or command. */
  readonly nextUs: number
  /** Counts up to here. */
  readonly totals: ShardTotals
}
