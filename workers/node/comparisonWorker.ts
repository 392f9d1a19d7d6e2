import '../../engine/programs.ts'
import '../../engine/spaceModels.ts'
import { parentPort } from 'node:worker_threads'
import { knowJobLog } from '../../engine/tasks/jobs/jobLogs.ts'
import type { JobLog } from '../../engine/tasks/jobs/jobRows.ts'
import type { ComparedSetUp } from '../compare/compareWorker.ts'
import { compareRun } from '../compare/measures.ts'
import { repetition } from '../compare/repetition.ts'

export interface RepeatAsk extends ComparedSetUp {
  /** How far the seed is from the run's own. */
  readonly by: number
  readonly untilUs: number
  readonly jobLog: JobLog | null
}

/** One thread of a comparison: runs a set-up under another seed and answers with its figures. */
parentPort!.on('message', ({ scenario, log, by, untilUs, jobLog }: RepeatAsk) => {
  knowJobLog(jobLog)
  parentPort!.postMessage(compareRun(repetition(scenario, log, by), untilUs))
})
