import { readFileSync, writeFileSync } from 'node:fs'
import { CLAIMS } from '../../engine/checks/claims/index.ts'
import type { Claim } from '../../engine/checks/claims/Claim.ts'
import { RULES_VERSION } from '../../engine/rulesVersion.ts'
import { asJob, figure, runsOf, type Form, type Verdict } from '../claims/judge.ts'
import { runJob } from '../claims/runJob.ts'

/** What the page shows as measured in this build. Written by `verify --write` and by nothing else. */
export interface Verified {
  readonly rules_version: number
  /** In the order of the claims. */
  readonly claims: readonly VerifiedClaim[]
}

export interface VerifiedClaim extends Verdict {
  readonly form: Form
  /** A few of the runs, so that a test can tell in seconds whether this build still measures the same. */
  readonly proofs: readonly Proof[]
}

/** One run measured by itself. */
export interface Proof {
  readonly of: 'claim' | 'control'
  readonly seed: number
  readonly digest: string
  readonly measured: number | null
}

/** Runs of a claim that are repeated by the test, and one of its control. */
const PROOFS = 2

export function proofsOf(claim: Claim): Proof[] {
  const { own, control } = runsOf(claim, 'quick')
  const prove = (of: Proof['of'], run: (typeof own)[number]): Proof => {
    const { digest, samples } = runJob(asJob(run, claim))
    return { of, seed: run.seed, digest, measured: figure(claim.summary(samples)) }
  }
  return [
    ...own.slice(0, PROOFS).map((run) => prove('claim', run)),
    ...control.slice(0, 1).map((run) => prove('control', run)),
  ]
}

/** The file with these verdicts in it; other claims keep theirs, and those that no longer exist go. */
export function merged(before: Verified | null, form: Form, verdicts: readonly Verdict[]): Verified {
  const claims = CLAIMS.flatMap((claim): VerifiedClaim[] => {
    const verdict = verdicts.find((v) => v.claim === claim.name)
    if (verdict !== undefined) return [{ ...verdict, form, proofs: proofsOf(claim) }]
    return before?.claims.filter((v) => v.claim === claim.name) ?? []
  })
  return { rules_version: RULES_VERSION, claims }
}

export const readVerified = (file: URL | string): Verified | null => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Verified
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

export const writeVerified = (file: URL | string, verified: Verified): void =>
  writeFileSync(file, JSON.stringify(verified, null, 2) + '\n')
