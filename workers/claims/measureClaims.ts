import * as Comlink from 'comlink'
import type { Command, Scenario } from '../../engine/scenario/Scenario.ts'
import { jobLogOf } from '../../engine/tasks/jobs/jobLogs.ts'
import type { ClaimLab } from './claimWorker.ts'
import type { Verdict } from './judge.ts'
import type { JudgedClaim } from './judgeRun.ts'

export type { JudgedClaim, Verdict }

/** What `verify --write` wrote into this build, one row a claim; empty where the file is not there. */
export async function verifiedClaims(): Promise<readonly Verdict[]> {
  const answer = await fetch('./verified.json')
  if (!answer.ok) return []
  const file = (await answer.json()) as { readonly claims?: readonly Verdict[] }
  return file.claims ?? []
}

export interface Measured {
  readonly here: readonly Verdict[]
  readonly thisRun: readonly JudgedClaim[]
}

/**
 * Measures a scenario's claims on a worker of their own, and judges the run on screen. Rejects where the worker dies.
 */
export async function measureClaims(
  scenario: Scenario,
  log: readonly Command[],
  untilUs: number,
  progress: (share: number) => void,
): Promise<Measured> {
  const worker = new Worker(new URL('./claimWorker.ts', import.meta.url), { type: 'module' })
  const death = new Promise<never>((_, reject) => {
    worker.onerror = (event) =>
      reject(new Error(`The claims' worker stopped: ${event.message || 'it could not start'}`))
  })
  try {
    const lab = Comlink.wrap<ClaimLab>(worker)
    const jobLog = jobLogOf(scenario)
    if (jobLog !== null) await Promise.race([lab.knowJobLog(jobLog), death])
    const thisRun = await Promise.race([lab.judgeThisRun(scenario, log, untilUs), death])
    const here = await Promise.race([lab.measure(scenario.name, Comlink.proxy(progress)), death])
    return { here, thisRun }
  } finally {
    worker.terminate()
  }
}
