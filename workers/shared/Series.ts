import type { GaugeRow } from '../../engine/checks/Gauges.ts'
import type { Bucket } from '../../engine/Stats.ts'
import { BUCKET_US } from '../../engine/Stats.ts'
import type { SeriesBucket } from '../protocol.ts'

interface Report {
  readonly clock: number
  readonly firstBucket: number
  readonly buckets: readonly Bucket[]
}

const NAMES = ['events', 'sent', 'delivered', 'lost'] as const

/** The charts' counts of one lane, bucket by bucket of virtual time, summed over the shards. */
export class Series {
  private rows: Bucket[] = []

  /** Takes what the shards counted up to the cut `clock`; what was known before `frontierUs` is left as it is. */
  take(reports: readonly Report[], frontierUs: number): void {
    const { clock, firstBucket, buckets } = reports[0]!
    if (clock < frontierUs) return
    buckets.forEach((_, i) => {
      const row = { events: 0, sent: 0, delivered: 0, lost: 0 }
      for (const report of reports) for (const name of NAMES) row[name] += report.buckets[i]![name]
      this.rows[firstBucket + i] = row
    })
    for (let i = 0; i < firstBucket; i++) this.rows[i] ??= { events: 0, sent: 0, delivered: 0, lost: 0 }
  }

  /** Buckets from index `from` on. */
  since(from: number, gauges: (bucket: number) => GaugeRow): SeriesBucket[] {
    return this.rows.slice(from).map((row, i) => ({ index: from + i, ...row, gauges: gauges(from + i) }))
  }

  get length(): number {
    return this.rows.length
  }

  forkAt(t: number): Series {
    const fork = new Series()
    fork.rows = this.rows.slice(0, Math.floor(t / BUCKET_US)).map((row) => ({ ...row }))
    return fork
  }
}
