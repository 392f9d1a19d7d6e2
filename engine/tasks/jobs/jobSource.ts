import type { U32 } from '../../kernel/units.ts'
import type { WorkloadSpec } from '../../scenario/Scenario.ts'
import { jobRowsNamed } from './jobLogs.ts'
import type { JobRows } from './jobRows.ts'
import { SYNTHETIC_JOBS, syntheticLog } from './syntheticLog.ts'

/** Synthetic logs of this thread's latest runs: seed and count say all of one, so no state has to hold its rows. */
const made = new Map<string, JobRows>()
const MADE_MAX = 4

/**
 * The rows of a workload whose arrivals are a log: of its file, which this thread was given, or made from the seed.
 * The same wherever it is asked; a program asks at every step and keeps none of it in its state.
 */
export function jobRowsOf({ file, count }: WorkloadSpec, seed: U32): JobRows {
  if (file !== null) return jobRowsNamed(file.sha256)
  if (latest !== null && latest.seed === seed && latest.count === count) return latest.rows
  const rows = synthetic(seed, count > 0 ? count : SYNTHETIC_JOBS)
  latest = { seed, count, rows }
  return rows
}
let latest: { readonly seed: U32; readonly count: number; readonly rows: JobRows } | null = null

function synthetic(seed: U32, jobs: number): JobRows {
  const name = `${seed}/${jobs}`
  const known = made.get(name)
  if (known !== undefined) return known
  const rows = syntheticLog(seed, jobs)
  if (made.size >= MADE_MAX) made.delete(made.keys().next().value!)
  made.set(name, rows)
  return rows
}
