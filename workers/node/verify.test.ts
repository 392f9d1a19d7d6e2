import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CLAIMS } from '../../engine/checks/claims/index.ts'
import { micros } from '../../engine/kernel/units.ts'
import { LocalRun } from '../../engine/LocalRun.ts'
import { chosen } from './commands/verify.ts'
import { runJob, scenarioOf, type Job } from '../claims/runJob.ts'
import { runJobs } from './runJobs.ts'

const BUNDLES = join(import.meta.dirname, '../../.cache/node')
const WORKER = new URL(`file://${join(BUNDLES, 'verifyWorker.mjs')}`)

const lab = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(BUNDLES, 'lab.mjs'), ...args], {
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

describe('verify', () => {
  it('prints one array with one object a claim, progress on stderr, and exits 0 where all holds', () => {
    const { status, stdout, stderr } = lab('verify', 'tree-messages', 'partition-safety', '--quick', '--json')
    expect(stderr).toMatch(/2 claims, \d+ runs/)
    const rows = JSON.parse(stdout)
    expect(rows.map((row: { claim: string }) => row.claim)).toEqual(['partition-safety', 'tree-messages'])
    for (const row of rows) {
      expect(Object.keys(row)).toEqual(
        expect.arrayContaining([
          'scenario',
          'claim',
          'measured',
          'expected',
          'tolerance',
          'seeds',
          'source',
          'ok',
          'control',
        ]),
      )
      expect(row).toMatchObject({ ok: true, failed_as_it_should: true, violated: [] })
    }
    expect(status).toBe(0)
  })

  it('a name that is none: exit 2, one line, and the nearest name', () => {
    const { status, stdout, stderr } = lab('verify', 'quorum-distanse', '--quick')
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(/^claim: "quorum-distanse" is not .*; did you mean "quorum-distance"\?\n$/)
  })

  it('takes names of claims and of scenarios, each claim once, and all without a name', () => {
    const names = (...asked: string[]) => chosen(asked).map(({ name }) => name)
    expect(names('commit-latency', 'raft-regions', 'lan-recovery')).toEqual([
      'quorum-distance',
      'commit-latency',
      'lan-recovery',
    ])
    expect(chosen([])).toEqual(CLAIMS)
    expect(() => chosen(['nothing-like-it-at-all'])).toThrow(/is not the name of a claim/)
  })
})

const job = (seed: number, scenario = 'raft-lan'): Job => ({
  scenario,
  seed,
  claims: ['lan-recovery'],
  setup: { set: [], untilUs: 1_400_000, stop: 'recovered' },
})

describe('runJobs', () => {
  it('gives on threads what each job gives by itself, in order of the jobs', async () => {
    const jobs = [1, 2, 3].map((seed) => job(seed))
    const done: number[] = []
    expect(await runJobs(jobs, (count) => done.push(count), WORKER)).toEqual(jobs.map(runJob))
    expect(done).toEqual([1, 2, 3])
  })

  it('says which run it was where a thread dies', async () => {
    await expect(runJobs([job(4, 'no-such-scenario')], undefined, WORKER)).rejects.toThrow(
      /^no-such-scenario, seed 4: a worker stopped: scenario no-such-scenario exists/,
    )
  })
})

describe('runJob', () => {
  it('stops when what it waits for has happened, and not before', () => {
    const { samples } = runJob(job(1))
    const [recoveredMs] = samples[0]!
    expect(recoveredMs).toBeGreaterThan(0)
    expect(recoveredMs).toBeLessThan(400)
    const early = runJob({ ...job(1), setup: { ...job(1).setup, untilUs: 1_050_000 } })
    expect(early.samples).toEqual([[50]]) // not recovered: as long as the run lasted
  })

  it('a trial of election-timing gets its own moment of the crash from its seed (Raft §9.3)', () => {
    const crash = (seed: number) => {
      const { faults } = scenarioOf({ scenario: 'election-timing', seed, setup: { set: [], trial: true, untilUs: 1 } })
      return faults.find(({ op }) => op === 'crash')!.at
    }
    expect(new Set([1, 2, 3, 4].map(crash)).size).toBe(4)
    expect(crash(3)).toBe(crash(3))
  })

  it('counts the messages of the ring as its agents do: hops of all that was swallowed or came home', () => {
    const { scenario, setups } = CLAIMS.find(({ name }) => name === 'ring-messages')!
    const run: Job = { scenario, seed: 5, claims: ['ring-messages'], setup: setups[0]! }
    const alone = new LocalRun(scenarioOf(run))
    alone.runTo(micros(run.setup.untilUs))
    const ended = alone.takeMarks().filter(({ body }) => body.kind === 'swallowed' || body.kind === 'elected')
    expect(ended.length).toBe(60)
    const hops = ended.reduce((sum, { body }) => sum + (body.hops as number), 0)
    expect(runJob(run)).toMatchObject({ samples: [[hops]], digest: alone.digestText() })
  })
})
