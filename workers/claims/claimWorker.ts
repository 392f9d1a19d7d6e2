import '../../engine/programs.ts'
import '../../engine/spaceModels.ts'
import * as Comlink from 'comlink'
import { checkContext } from '../../engine/checkContext.ts'
import { CLAIMS } from '../../engine/checks/claims/index.ts'
import { micros } from '../../engine/kernel/units.ts'
import { LocalRun } from '../../engine/LocalRun.ts'
import { Observer } from '../../engine/Observer.ts'
import type { Command, Scenario } from '../../engine/scenario/Scenario.ts'
import { knowJobLog } from '../../engine/tasks/jobs/jobLogs.ts'
import { judge, planJobs, type Verdict } from './judge.ts'
import { judgeRun, type JudgedClaim } from './judgeRun.ts'
import { runJob, totalOf } from './runJob.ts'

/** Measures claims in the page, on a worker of its own: the same code as the headless `verify`. */
export const claimLab = {
  /** The job log of the run on screen, before it is judged. */
  knowJobLog,

  /** The quick form of every claim of a scenario, controls included. `progress` is told the share that is done. */
  measure(scenario: string, progress: (share: number) => void): readonly Verdict[] {
    const claims = CLAIMS.filter((claim) => claim.scenario === scenario)
    const jobs = planJobs(claims, 'quick')
    const results = jobs.map((job, i) => {
      if (i % 5 === 0) progress(i / jobs.length)
      return runJob(job)
    })
    return judge(claims, 'quick', jobs, results)
  },

  /** What the run on screen, up to `untilUs`, says of the claims that one run decides. It is run again to be sure. */
  judgeThisRun(scenario: Scenario, log: readonly Command[], untilUs: number): readonly JudgedClaim[] {
    const faulted = { ...scenario, faults: log, chaos: null }
    const run = new LocalRun(faulted)
    run.runTo(micros(untilUs))
    const observer = new Observer(scenario.checks, checkContext(faulted, log))
    observer.take(run.takeMarks(), run.clock)
    const totals = { messages: totalOf(run, 'messages'), transmissions: totalOf(run, 'transmissions') }
    const { marks } = observer
    return judgeRun({ scenario: faulted, untilUs, marks, totals, invariants: observer.status() })
  },
}
export type ClaimLab = typeof claimLab

Comlink.expose(claimLab)
