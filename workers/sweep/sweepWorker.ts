import '../../engine/programs.ts'
import '../../engine/spaceModels.ts'
import { knowJobLog } from '../../engine/tasks/jobs/jobLogs.ts'
import type { JobLog } from '../../engine/tasks/jobs/jobRows.ts'
import { rowOf } from './rowOf.ts'
import { SweepPlan } from './SweepPlan.ts'
import type { Row, SweepSpec } from './SweepSpec.ts'

/** To the page's sweep worker: what the sweep is, once; then numbers of runs, one after another. */
export type SweepAsk = { readonly spec: SweepSpec; readonly jobLog: JobLog | null } | { readonly run: number }
export type SweepAnswer = { readonly row: Row } | { readonly error: string }

let plan: SweepPlan | null = null
addEventListener('message', ({ data }: MessageEvent<SweepAsk>) => {
  if ('spec' in data) {
    knowJobLog(data.jobLog)
    plan = new SweepPlan(data.spec)
  } else postMessage(answerOf(data.run))
})

function answerOf(run: number): SweepAnswer {
  try {
    return { row: rowOf(plan!, run) }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}
