export interface Measure {
  readonly name: string
  /** As a table's row is called. */
  readonly title: string
  readonly unit: 'count' | 'us'
}

/** Rows of a comparison, in order. */
export const MEASURES = [
  { name: 'messages', title: 'Messages', unit: 'count' },
  { name: 'transmissions', title: 'Transmissions', unit: 'count' },
  { name: 'losses', title: 'Lost', unit: 'count' },
  { name: 'latency_p50_us', title: 'Latency, median', unit: 'us' },
  { name: 'latency_p99_us', title: 'Latency, 99th percentile', unit: 'us' },
  { name: 'elections', title: 'Elections', unit: 'count' },
  { name: 'first_leader_us', title: 'First leader after', unit: 'us' },
  { name: 'operations_ok', title: 'Operations done', unit: 'count' },
  { name: 'checks_broken', title: 'Checks broken', unit: 'count' },
] as const satisfies readonly Measure[]
export type MeasureName = (typeof MEASURES)[number]['name']
