import '../../engine/programs.ts'
import '../../engine/spaceModels.ts'
import { parentPort, workerData } from 'node:worker_threads'
import { knowJobLog } from '../../engine/tasks/jobs/jobLogs.ts'
import type { JobLog } from '../../engine/tasks/jobs/jobRows.ts'
import { rowOf } from '../sweep/rowOf.ts'
import { SweepPlan } from '../sweep/SweepPlan.ts'
import type { SweepSpec } from '../sweep/SweepSpec.ts'

/** One run at a time, by its number; an error ends the thread, and its parent says so. */
export interface SweepThreadData {
  readonly spec: SweepSpec
  readonly jobLog: JobLog | null
}
const { spec, jobLog } = workerData as SweepThreadData
knowJobLog(jobLog)
const plan = new SweepPlan(spec)
parentPort!.on('message', (run: number) => parentPort!.postMessage(rowOf(plan, run)))
