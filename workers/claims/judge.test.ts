import { describe, expect, it } from 'vitest'
import { atMost, type Claim, type Setup } from '../../engine/checks/claims/Claim.ts'
import { greatest, pool } from '../../engine/checks/claims/statistics.ts'
import { knowJobLog } from '../../engine/tasks/jobs/jobLogs.ts'
import { exitCode } from '../node/commands/verify.ts'
import { judge, planJobs, sumOfDigests } from './judge.ts'
import type { JobResult } from './runJob.ts'

const RIGHT: Setup = { set: [], untilUs: 1 }
const WRONG: Setup = { set: ['wrong'], untilUs: 1 }
const claim = (name: string, parts: Partial<Claim> = {}): Claim => ({
  ...{ name, scenario: 'raft-lan', source: 'this test', unit: 'ms', seeds: { quick: 2, full: 3 }, setups: [RIGHT] },
  control: { what: 'something wrong', seeds: 1, setups: [WRONG] },
  measure: () => [],
  summary: (samples) => greatest(pool(samples)),
  expectation: () => atMost(10, 'of this test'),
  ...parts,
})

/** Verdicts where every run of the claim gives `own` and every control gives `wrong`. */
function judged(claims: readonly Claim[], own: Partial<JobResult>, wrong: Partial<JobResult>) {
  const jobs = planJobs(claims, 'quick')
  const results = jobs.map(({ setup, claims: names }): JobResult => {
    const { samples = [[]], ...rest } = setup.set.length === 0 ? own : wrong
    return { digest: '01', violated: [], ...rest, samples: names.map(() => samples[0]!) }
  })
  return judge(claims, 'quick', jobs, results)
}

describe('planJobs', () => {
  it('runs once what several claims measure', () => {
    const shared = planJobs([claim('a'), claim('b')], 'quick')
    expect(shared.map(({ claims }) => claims)).toEqual([
      ['a', 'b'],
      ['a', 'b'],
      ['a', 'b'],
    ])
  })

  it('gives each seed the next setup, and the full form more seeds', () => {
    const two = claim('a', { setups: [RIGHT, { ...RIGHT, untilUs: 2 }] })
    expect(planJobs([two], 'full').map(({ seed, setup }) => [seed, setup.untilUs])).toEqual([
      [1, 1],
      [2, 2],
      [3, 1],
      [1, 1],
    ])
  })

  it('a control that is another claim’s run is not run twice', () => {
    const other = claim('b', { setups: [WRONG] })
    expect(planJobs([claim('a'), other], 'quick').map(({ claims }) => claims)).toEqual([
      ['a'],
      ['a'],
      ['a', 'b'],
      ['b'],
    ])
  })
})

describe('judge', () => {
  it('holds where the figure does and the control does not: exit 0', () => {
    const [verdict] = judged([claim('a')], { samples: [[7]] }, { samples: [[12]] })
    expect(verdict).toMatchObject({ claim: 'a', measured: 7, expected: 'at most 10', seeds: 2, ok: true })
    expect(verdict).toMatchObject({ failed_as_it_should: true, control: { measured: 12, failed_as_it_should: true } })
    expect(exitCode([verdict!])).toBe(0)
  })

  it('a figure outside its bound does not hold: exit 1', () => {
    const verdicts = judged([claim('a')], { samples: [[11]] }, { samples: [[12]] })
    expect(verdicts[0]!.ok).toBe(false)
    expect(exitCode(verdicts)).toBe(1)
  })

  it('a control that holds is noticed: exit 1', () => {
    const verdicts = judged([claim('a')], { samples: [[7]] }, { samples: [[7]] })
    expect(verdicts[0]).toMatchObject({ ok: true, failed_as_it_should: false })
    expect(exitCode(verdicts)).toBe(1)
  })

  it('runs that show nothing neither hold nor count as a control’s failure', () => {
    const [nothing] = judged([claim('a')], {}, {})
    expect(nothing).toMatchObject({ measured: null, ok: false, failed_as_it_should: false })
  })

  it('a violated safety invariant fails the claim whatever was measured', () => {
    const own = { samples: [[7]], violated: ['election-safety'] }
    expect(judged([claim('a')], own, { samples: [[12]] })[0]).toMatchObject({
      ok: false,
      violated: ['election-safety'],
    })
    expect(judged([claim('a', { mayStall: true })], own, { samples: [[12]] })[0]!.ok).toBe(false)
  })

  it('liveness may be unmet only where a claim measures how long elections take', () => {
    const own = { samples: [[7]], violated: ['leader-elected'] }
    expect(judged([claim('a')], own, { samples: [[12]] })[0]!.ok).toBe(false)
    expect(judged([claim('a', { mayStall: true })], own, { samples: [[12]] })[0]!.ok).toBe(true)
  })
})

it('the sum of digests does not depend on their order and wraps at 2⁶⁴', () => {
  expect(sumOfDigests(['ffffffffffffffff', '0000000000000002'])).toBe('0000000000000001')
  expect(sumOfDigests(['0000000000000002', 'ffffffffffffffff'])).toBe('0000000000000001')
})

describe('a claim about a job log', () => {
  const file = { name: 'far.swf', bytes: 1_234, sha256: 'f'.repeat(64) }
  it('is not run, not held and not failed where the file is not here, and names it', () => {
    const needs = claim('needs', { file })
    expect(planJobs([needs], 'quick')).toEqual([])
    const [verdict] = judged([needs], {}, {})
    expect(verdict).toMatchObject({ ok: false, measured: null, failed_as_it_should: false })
    expect(verdict!.needs_file).toBe(`far.swf (1,234 bytes, SHA-256 ${file.sha256})`)
    expect(exitCode([verdict!])).toBe(0)
  })
  it('takes the file along to whoever runs it', () => {
    const log = { ...file, sha256: 'e'.repeat(64), count: 0, machineProcessors: 1, buffer: new ArrayBuffer(0) }
    knowJobLog(log)
    const [verdict] = judged([claim('has', { file: log })], { samples: [[1]] }, { samples: [[11]] })
    expect(verdict).toMatchObject({ ok: true, failed_as_it_should: true })
    expect(planJobs([claim('has', { file: log })], 'quick').every(({ jobLog }) => jobLog === log)).toBe(true)
  })
})
