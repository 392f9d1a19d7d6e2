import type { Mark } from '../../engine/agents/Program.ts'
import { BUCKET_US, type SeriesBucket } from '../../workers/protocol.ts'

/** What a client waited for its answer, from the marks of completed operations, µs. */
export const OPERATION_LATENCY = 'operation latency'

/** Means per bucket of what marks measure. Grown in place. */
export class MarkGauges {
  private readonly sums = new Map<number, { sum: number; count: number }>()

  clear(): void {
    this.sums.clear()
  }

  /** @returns the smallest bucket that changed; Infinity where none did. */
  add(marks: readonly Mark[]): number {
    let first = Infinity
    for (const { body, key } of marks) {
      if (body.kind !== 'ok' || typeof body['tookUs'] !== 'number') continue
      const index = Math.floor(key.time / BUCKET_US)
      const here = this.sums.get(index) ?? { sum: 0, count: 0 }
      this.sums.set(index, { sum: here.sum + body['tookUs'], count: here.count + 1 })
      first = Math.min(first, index)
    }
    return first
  }

  /** `series` with these gauges in every bucket from index `first` on; a gauge of the engine's own wins. */
  fill(series: readonly SeriesBucket[], first: number): readonly SeriesBucket[] {
    if (this.sums.size === 0 || first === Infinity) return series
    return series.map((bucket) => {
      const here = bucket.index >= first ? this.sums.get(bucket.index) : undefined
      return here ? { ...bucket, gauges: { [OPERATION_LATENCY]: here.sum / here.count, ...bucket.gauges } } : bucket
    })
  }
}
