import { checkContext } from '../../engine/checkContext.ts'
import { claimNamed } from '../../engine/checks/claims/index.ts'
import type { ClaimRun, Setup } from '../../engine/checks/claims/Claim.ts'
import { POLL_US, STOPS } from '../../engine/checks/claims/stops.ts'
import { Observer } from '../../engine/Observer.ts'
import { assert } from '../../engine/kernel/assert.ts'
import { micros } from '../../engine/kernel/units.ts'
import { LocalRun } from '../../engine/LocalRun.ts'
import { compileLatency } from '../../engine/net/latency.ts'
import { makePlan } from '../../engine/Plan.ts'
import { electionTrial, presetNamed } from '../../engine/scenario/presets/index.ts'
import { initialLog } from '../../engine/scenario/initialLog.ts'
import type { Scenario } from '../../engine/scenario/Scenario.ts'
import { setFields } from '../../engine/scenario/set.ts'
import { knowJobLog } from '../../engine/tasks/jobs/jobLogs.ts'
import type { JobLog } from '../../engine/tasks/jobs/jobRows.ts'

/** One run that some claims want to measure; plain data, so that any thread can do it. */
export interface Job {
  readonly scenario: string
  readonly setup: Setup
  readonly seed: number
  /** Names of the claims that measure this run. */
  readonly claims: readonly string[]
  /** The job log that the scenario takes, where it takes one. */
  readonly jobLog?: JobLog
}

export interface JobResult {
  readonly digest: string
  /** Invariants that this run violated. */
  readonly violated: readonly string[]
  /** In order of the job's claims. */
  readonly samples: readonly (readonly number[])[]
}

/** The scenario of a job. What a claim asks for is ours, so that it does not parse is our bug. */
export function scenarioOf({ scenario, setup, seed }: Omit<Job, 'claims' | 'jobLog'>): Scenario {
  const preset = presetNamed(scenario)
  assert(preset !== undefined, `scenario ${scenario} exists`)
  const set = setFields(preset.scenario, [...setup.set, `seed=${seed}`])
  assert(set.ok, `a claim's setup parses${set.ok ? '' : `: ${set.error}`}`)
  return setup.trial ? electionTrial(seed, set.value) : set.value
}

/** Runs a job on this thread and measures it. The same job always gives the same result. */
export function runJob(job: Job): JobResult {
  knowJobLog(job.jobLog ?? null)
  const scenario = scenarioOf(job)
  const { untilUs, stop } = job.setup
  const run = new LocalRun(scenario)
  const observer = new Observer(scenario.checks, checkContext(scenario, initialLog(scenario)))
  const floorUs = linkFloors(scenario)
  const seen = (): ClaimRun => {
    const violated = observer.status().filter(({ ok }) => !ok)
    return {
      scenario,
      marks: observer.marks,
      untilUs: run.clock,
      messages: totalOf(run, 'messages'),
      transmissions: totalOf(run, 'transmissions'),
      violated: violated.map(({ name }) => name),
      floorUs,
    }
  }
  const everyUs = stop === undefined ? untilUs : POLL_US
  while (run.clock < untilUs) {
    run.runTo(micros(Math.min(untilUs, run.clock + everyUs)))
    observer.take(run.takeMarks(), run.clock)
    if (stop !== undefined && STOPS[stop](seen())) break
  }
  const measured = seen()
  return {
    digest: run.digestText(),
    violated: measured.violated,
    samples: job.claims.map((name) => claimNamed(name)!.measure(measured)),
  }
}

export const totalOf = (run: LocalRun, what: 'messages' | 'transmissions'): number =>
  run.shards.reduce((sum, { stats }) => sum + stats[what], 0)

/** Smallest delay of each link of a scenario, µs. */
export function linkFloors(scenario: Scenario): ClaimRun['floorUs'] {
  const { floorUs } = compileLatency(scenario.network.latency, makePlan(scenario, 1).groupOf)
  return floorUs
}
