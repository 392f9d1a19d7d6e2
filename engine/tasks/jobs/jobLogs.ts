import { assert } from '../../kernel/assert.ts'
import type { Scenario } from '../../scenario/Scenario.ts'
import { jobRows, type JobFile, type JobLog, type JobRows } from './jobRows.ts'

/**
 * The job logs that this thread knows, by the hash of their files: a scenario names one, its rows travel beside it.
 * What a hash stands for never changes, so a program may look rows up and keep nothing of them in its state.
 */
const known = new Map<string, { readonly log: JobLog; readonly rows: JobRows }>()

export function knowJobLog(log: JobLog | null): void {
  if (log !== null && !known.has(log.sha256)) known.set(log.sha256, { log, rows: jobRows(log) })
}

/** Null where this thread was not given it. */
export const jobLogNamed = (sha256: string): JobLog | null => known.get(sha256)?.log ?? null

type HasTasks = Pick<Scenario, 'tasks'>
/** The file that a scenario takes its tasks from; null where it needs none. */
export function jobFileOf({ tasks }: HasTasks): JobFile | null {
  return tasks?.workload.arrivals === 'log' ? tasks.workload.file : null
}

/** The log that a scenario names, to be sent along with it; null where it names none. */
export function jobLogOf(scenario: HasTasks): JobLog | null {
  const file = jobFileOf(scenario)
  return file === null ? null : jobLogNamed(file.sha256)
}

/** One sentence where a scenario names a log that nobody has given to this thread; null where all is there. */
export function missingJobLog(scenario: HasTasks): string | null {
  const file = jobFileOf(scenario)
  return file === null || known.has(file.sha256) ? null : `tasks.workload.file: needs ${fileText(file)}`
}

/** `NASA.swf (1,678,956 bytes, SHA-256 0123…)`. */
export const fileText = ({ name, bytes, sha256 }: JobFile): string =>
  `${name} (${String(bytes).replace(/\B(?=(\d{3})+$)/g, ',')} bytes, SHA-256 ${sha256})`

/** The rows of a log that was given to this thread before the run began. */
export function jobRowsNamed(sha256: string): JobRows {
  const found = known.get(sha256)
  assert(found !== undefined, `the job log ${sha256} was given to this thread`)
  return found.rows
}
