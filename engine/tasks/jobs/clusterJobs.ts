import type { U32 } from '../../kernel/units.ts'
import type { Scheduler } from './clusterState.ts'
import { jobRowsOf } from './jobSource.ts'
import type { JobRows } from './jobRows.ts'

/** What the log says of a job, on this machine: rows of the log are the names of jobs. */

export const rowsOf = ({ workload, seed }: Scheduler): JobRows => jobRowsOf(workload, seed)

/** When a row is submitted, local µs. */
export const submitUsOf = (s: Scheduler, job: U32): number =>
  s.startUs + Math.round(rowsOf(s).submitUs[job]! * s.workload.timeScale)

export const jobCount = ({ workload, ...s }: Scheduler): number => {
  const { count } = jobRowsOf(workload, s.seed)
  return workload.count > 0 ? Math.min(workload.count, count) : count
}

/** True run time on this machine, whole µs. */
export const sizeUsOf = (s: Scheduler, job: U32): number =>
  Math.max(1, Math.round(rowsOf(s).runUs[job]! * s.workload.sizeScale))

/** What its user expects; at least the truth where the log says what was asked for, as overrunning jobs are ended. */
export function estimateUsOf(s: Scheduler, job: U32): number {
  const askedUs = rowsOf(s).requestedUs[job]! * s.workload.sizeScale
  const sizeUs = sizeUsOf(s, job)
  return Math.max(1, Math.round(askedUs > 0 ? Math.max(askedUs, sizeUs) : sizeUs * s.params.estimateFactor))
}

/** On a machine of another size a job takes the same share of it. 0: the log does not say. */
export function processorsOf(s: Scheduler, job: U32): number {
  const { processors, requested, machineProcessors } = rowsOf(s)
  const asked = processors[job]! > 0 ? processors[job]! : Math.max(0, requested[job]!)
  return Math.ceil((asked * s.nodes.length) / machineProcessors)
}

/** As long as it is expected to hold its nodes, µs. */
export const holdsUsOf = (s: Scheduler, job: U32): number => estimateUsOf(s, job) + s.params.marginUs
