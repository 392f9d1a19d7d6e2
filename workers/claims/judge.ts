import type { Claim, Setup } from '../../engine/checks/claims/Claim.ts'
import { RAFT_LIVENESS } from '../../engine/checks/Checks.ts'
import { fileText, jobLogNamed } from '../../engine/tasks/jobs/jobLogs.ts'
import type { Job, JobResult } from './runJob.ts'

/** What `verify` says of one claim: the headless contract's row. Times are in `unit`. */
export interface Verdict {
  readonly scenario: string
  readonly claim: string
  /** null where the runs showed nothing of what is claimed. */
  readonly measured: number | null
  readonly unit: string
  readonly expected: number | string
  readonly tolerance: string
  readonly seeds: number
  readonly source: string
  readonly ok: boolean
  /** Invariants that a run of the claim violated; any makes it fail. */
  readonly violated: readonly string[]
  readonly control: ControlVerdict
  readonly failed_as_it_should: boolean
  /** The job log without which nothing was measured: then neither `ok` nor failed. */
  readonly needs_file?: string
  /** Sum of the final digests of the claim's runs and its control's. */
  readonly digest: string
}

export interface ControlVerdict {
  readonly what: string
  readonly seeds: number
  readonly measured: number | null
  readonly failed_as_it_should: boolean
}

export type Form = 'quick' | 'full'

/** Seeds 1 … n over a claim's setups. */
const seedsOver = (claim: Claim, setups: readonly Setup[], seeds: number): Omit<Job, 'claims'>[] =>
  Array.from({ length: seeds }, (_, k) => ({
    scenario: claim.scenario,
    setup: setups[k % setups.length]!,
    seed: k + 1,
  }))

/** Runs that a claim needs, its control's last. */
export function runsOf(claim: Claim, form: Form): { own: Omit<Job, 'claims'>[]; control: Omit<Job, 'claims'>[] } {
  const { control } = claim
  return {
    own: seedsOver(claim, claim.setups, claim.seeds[form]),
    control: seedsOver(claim, control.setups, control.seeds),
  }
}

/** A run of a claim by itself, for a proof. */
export const asJob = (run: Omit<Job, 'claims'>, claim: Claim): Job => ({ ...run, claims: [claim.name] })

/** A run is the same run whoever asks for it. */
const nameOf = (job: Omit<Job, 'claims'>): string => JSON.stringify([job.scenario, job.setup, job.seed])

/** Whether this thread has the file that a claim takes its jobs from, or it takes none. */
export const hasFile = ({ file }: Claim): boolean => file === undefined || jobLogNamed(file.sha256) !== null

/** Every run once, however many claims measure it; none of claims whose file is not here. */
export function planJobs(claims: readonly Claim[], form: Form): Job[] {
  const jobs = new Map<string, Job & { claims: string[] }>()
  for (const claim of claims.filter(hasFile)) {
    const { own, control } = runsOf(claim, form)
    const jobLog = claim.file === undefined ? null : jobLogNamed(claim.file.sha256)
    for (const run of [...own, ...control]) {
      const name = nameOf(run)
      const job = jobs.get(name) ?? { ...run, claims: [], ...(jobLog !== null && { jobLog }) }
      if (!job.claims.includes(claim.name)) job.claims.push(claim.name)
      jobs.set(name, job)
    }
  }
  return [...jobs.values()]
}

/** One verdict a claim, from the results of `planJobs` of the same claims. */
export function judge(
  claims: readonly Claim[],
  form: Form,
  jobs: readonly Job[],
  results: readonly JobResult[],
): Verdict[] {
  const byName = new Map(jobs.map((job, k) => [nameOf(job), { job, result: results[k]! }]))
  return claims.map((claim) => {
    if (!hasFile(claim)) return undecided(claim, form)
    const of = (run: Omit<Job, 'claims'>) => {
      const { job, result } = byName.get(nameOf(run))!
      return { ...result, samples: result.samples[job.claims.indexOf(claim.name)]! }
    }
    const { own, control } = runsOf(claim, form)
    return verdict(claim, own.map(of), control.map(of))
  })
}

/** What is said of a claim whose file is not here. */
function undecided(claim: Claim, form: Form): Verdict {
  const { expected, tolerance } = claim.expectation(claim.seeds[form])
  const { what, seeds } = claim.control
  return {
    ...{ scenario: claim.scenario, claim: claim.name, measured: null, unit: claim.unit, expected, tolerance },
    ...{ seeds: claim.seeds[form], source: claim.source, ok: false, violated: [] },
    control: { what, seeds, measured: null, failed_as_it_should: false },
    failed_as_it_should: false,
    needs_file: fileText(claim.file!),
    digest: sumOfDigests([]),
  }
}

type Sampled = Omit<JobResult, 'samples'> & { readonly samples: readonly number[] }

function verdict(claim: Claim, own: readonly Sampled[], wrong: readonly Sampled[]): Verdict {
  const { expected, tolerance, holds } = claim.expectation(own.length)
  const measured = claim.summary(own.map(({ samples }) => samples))
  const violated = [...new Set(own.flatMap((run) => run.violated))].filter(
    (name) => !(claim.mayStall && isLiveness(name)),
  )
  const control = claim.summary(wrong.map(({ samples }) => samples))
  const failed = !Number.isNaN(control) && !holds(control)
  return {
    scenario: claim.scenario,
    claim: claim.name,
    measured: figure(measured),
    unit: claim.unit,
    expected,
    tolerance,
    seeds: own.length,
    source: claim.source,
    ok: holds(measured) && violated.length === 0,
    violated,
    control: {
      what: claim.control.what,
      seeds: wrong.length,
      measured: figure(control),
      failed_as_it_should: failed,
    },
    failed_as_it_should: failed,
    digest: sumOfDigests([...own, ...wrong].map(({ digest }) => digest)),
  }
}

const isLiveness = (name: string): boolean => RAFT_LIVENESS.some((invariant) => invariant.name === name)

export const figure = (value: number): number | null => (Number.isFinite(value) ? value : null)

/** Sum modulo 2⁶⁴, as a digest is written. */
export const sumOfDigests = (digests: readonly string[]): string =>
  BigInt.asUintN(
    64,
    digests.reduce((sum, digest) => sum + BigInt(`0x${digest}`), 0n),
  )
    .toString(16)
    .padStart(16, '0')
