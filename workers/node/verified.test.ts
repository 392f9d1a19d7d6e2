import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CLAIMS, claimNamed } from '../../engine/checks/claims/index.ts'
import { RULES_VERSION } from '../../engine/rulesVersion.ts'
import { hasFile } from '../claims/judge.ts'
import { openJobLog } from './jobLogFile.ts'
import { merged, proofsOf, readVerified, type Verified } from './verified.ts'

const AGAIN = 'run `npm run -s lab -- verify --write` and look at what changed'
/** A claim about a job log is measured where that lies beside the project. */
const DATA = join(import.meta.dirname, '../../..', 'shared', 'data')
for (const { file } of CLAIMS)
  if (file !== undefined && existsSync(join(DATA, file.name))) await openJobLog(join(DATA, file.name), false)
const verified = readVerified(join(import.meta.dirname, '../../public/verified.json'))!

describe('public/verified.json is what this build measures', () => {
  it(`names every claim, once, in their order, and no other (else ${AGAIN})`, () => {
    expect(verified.claims.map(({ scenario, claim }) => `${scenario}/${claim}`)).toEqual(
      CLAIMS.filter(({ name, file }) => file === undefined || verified.claims.some(({ claim }) => claim === name)).map(
        ({ scenario, name }) => `${scenario}/${name}`,
      ),
    )
    expect(verified.rules_version, AGAIN).toBe(RULES_VERSION)
  })

  it.for(verified.claims.map((row) => [row.claim, row] as const))('%s', ([name, row], { skip }) => {
    const claim = claimNamed(name)!
    if (!hasFile(claim)) return skip(`${claim.file!.name} is not beside the project`)
    const { expected, tolerance, holds } = claim.expectation(row.seeds)
    const { source, unit } = claim
    expect({ ...row }, AGAIN).toMatchObject({ source, unit, expected, tolerance, seeds: claim.seeds[row.form] })
    expect(row.control, AGAIN).toMatchObject({ what: claim.control.what, seeds: claim.control.seeds })
    expect(row, 'a claim that fails is not published').toMatchObject({ ok: true, failed_as_it_should: true })
    expect([holds(row.measured!), holds(row.control.measured!)]).toEqual([true, false])
    expect(proofsOf(claim), AGAIN).toEqual(row.proofs)
  })
})

describe('verify --write', () => {
  it('replaces what was measured, keeps the rest, and drops claims that no longer exist', () => {
    const [first, second] = verified.claims
    const before: Verified = { rules_version: 0, claims: [first!, second!, { ...first!, claim: 'gone' }] }
    const after = merged(before, 'quick', [{ ...second!, measured: 1.5 }])
    expect(after.rules_version).toBe(RULES_VERSION)
    expect(after.claims.map(({ claim, measured, form }) => [claim, measured, form])).toEqual([
      [first!.claim, first!.measured, first!.form],
      [second!.claim, 1.5, 'quick'],
    ])
  })
})
