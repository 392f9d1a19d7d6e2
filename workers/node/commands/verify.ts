import { CLAIMS } from '../../../engine/checks/claims/index.ts'
import type { Claim } from '../../../engine/checks/claims/Claim.ts'
import { suggestion } from '../../../engine/scenario/nearest.ts'
import { InputError, readSets, type Flags } from '../args.ts'
import { judge, planJobs, type Verdict } from '../../claims/judge.ts'
import { printTable } from '../print.ts'
import { runJobs } from '../runJobs.ts'
import { merged, readVerified, writeVerified } from '../verified.ts'

/** Seen from the bundled command, in .cache/node. */
const VERIFIED = new URL('../../public/verified.json', import.meta.url)

/**
 * Measures claims and their controls; exit 0 where every claim holds and every control fails. A claim about a job log
 * that is not here is not decided and says so; `--set tasks.workload.file=PATH` gives it.
 */
export async function verify(names: readonly string[], flags: Flags): Promise<number> {
  const claims = chosen(names)
  if (flags.set !== undefined) await readFiles(flags.set, flags)
  const form = flags.quick ? 'quick' : 'full'
  const jobs = planJobs(claims, form)
  console.error(`${claims.length} claims, ${jobs.length} runs`)
  const began = performance.now()
  let told = began
  const results = await runJobs(jobs, (done) => {
    const now = performance.now()
    if (now - told < 2_000) return
    told = now
    console.error(`${done} of ${jobs.length} runs after ${Math.round((now - began) / 1_000)} s`)
  })
  const verdicts = judge(claims, form, jobs, results)
  const decided = verdicts.filter(({ needs_file }) => needs_file === undefined)
  if (flags.write) writeVerified(VERIFIED, merged(readVerified(VERIFIED), form, decided))
  if (flags.json) console.log(JSON.stringify(verdicts))
  else print(verdicts)
  return exitCode(verdicts)
}

export const exitCode = (verdicts: readonly Verdict[]): number =>
  verdicts.every((v) => v.needs_file !== undefined || (v.ok && v.failed_as_it_should)) ? 0 : 1

/** Only job logs can be set: claims set everything else themselves. */
async function readFiles(sets: readonly string[], flags: Flags): Promise<void> {
  const other = sets.find((set) => !set.startsWith('tasks.workload.file='))
  if (other !== undefined)
    throw new InputError(`--set: verify takes tasks.workload.file=PATH and nothing else, not ${other}`)
  await readSets(sets, flags)
}

/** Claims by their own names or their scenarios'; all of them where nothing is named. Throws InputError. */
export function chosen(names: readonly string[]): readonly Claim[] {
  const known = [...new Set(CLAIMS.flatMap((claim) => [claim.scenario, claim.name]))]
  for (const name of names)
    if (!known.includes(name))
      throw new InputError(
        `claim: "${name}" is not the name of a claim or of a scenario with claims${suggestion(name, known)}`,
      )
  return names.length === 0 ? CLAIMS : CLAIMS.filter((c) => names.includes(c.name) || names.includes(c.scenario))
}

function print(verdicts: readonly Verdict[]): void {
  const header = ['', 'scenario', 'claim', 'measured', 'expected', 'tolerance', 'seeds', 'control', 'source']
  const rows = verdicts.map((v) => [
    v.needs_file !== undefined ? 'needs file' : v.ok ? 'holds' : 'FAILS',
    v.scenario,
    v.claim,
    v.needs_file ??
      withUnit(v.measured, v.unit) + (v.violated.length > 0 ? ` and violates ${v.violated.join(', ')}` : ''),
    String(v.expected),
    v.tolerance,
    String(v.seeds),
    v.needs_file !== undefined
      ? ''
      : `${v.failed_as_it_should ? 'fails as it should' : 'DOES NOT FAIL'}: ${withUnit(v.control.measured, v.unit)} with ${v.control.what}`,
    v.source,
  ])
  printTable([header, ...rows])
}

const withUnit = (value: number | null, unit: string): string =>
  value === null ? 'nothing' : `${Number(value.toPrecision(5))} ${unit}`.trim()
