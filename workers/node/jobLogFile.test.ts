import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { missingJobLog } from '../../engine/tasks/jobs/jobLogs.ts'
import { presetNamed } from '../../engine/scenario/presets/index.ts'
import { setFields } from '../../engine/scenario/set.ts'
import { orThrow } from './args.ts'
import { withJobLogs } from './jobLogFile.ts'

const BUNDLES = join(import.meta.dirname, '../../.cache/node')
const folder = mkdtempSync(join(tmpdir(), 'job-log-'))
afterAll(() => rmSync(folder, { recursive: true }))
const fileOf = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
const line = (job: number): string => `${job} ${job * 300} -1 3600 64 -1 -1 64 -1 -1 1 1 1 -1 -1 -1 -1 -1\n`
const LOG = `; MaxProcs: 128\n${[1, 2, 3, 4].map(line).join('')}`
const set = (path: string): string => `tasks.workload.file=${path}`

describe('--set tasks.workload.file=PATH', () => {
  it('puts name, size and hash into the scenario, takes the log as arrivals, and makes its rows known', async () => {
    const sets = orThrow(await withJobLogs(['seed=3', set(fileOf('four.swf', LOG))], false))
    expect(sets.slice(0, 2)).toEqual(['seed=3', 'tasks.workload.arrivals=log'])
    const scenario = orThrow(setFields(presetNamed('job-log')!.scenario, sets))
    expect(scenario.tasks!.workload.file).toMatchObject({ name: 'four.swf', bytes: LOG.length })
    expect(missingJobLog(scenario)).toBeNull()
    const other = { ...scenario.tasks!.workload, file: { ...scenario.tasks!.workload.file!, sha256: '0'.repeat(64) } }
    expect(missingJobLog({ tasks: { workload: other } })).toMatch(/^tasks\.workload\.file: needs four\.swf \(\d+ bytes/)
  })

  it('leaves alone what is no path', async () => {
    const sets = ['tasks.workload.file=null', 'tasks.workload.file={"name":"x"}', 'seed=1']
    expect(await withJobLogs(sets, false)).toEqual({ ok: true, value: sets })
  })

  it('says in one sentence what is wrong with a file', async () => {
    const large = fileOf('large.swf', LOG)
    truncateSync(large, 1_073_741_825)
    for (const [path, sentence] of [
      [join(folder, 'none.swf'), /none\.swf cannot be read \(ENOENT\)$/],
      [folder, / is not a file$/],
      [fileOf('empty.swf', ''), /empty\.swf: 0 bytes is an empty file/],
      [large, /large\.swf: 1,073,741,825 bytes is outside 1\.\.1,073,741,824 of a job log\.$/],
      [fileOf('bin.swf', new Uint8Array([1, 2, 3])), /bin\.swf: line 1 holds byte 1, which no text has/],
      [fileOf('cut.swf', LOG.slice(0, -20)), /cut\.swf: it seems to be cut off: .*; --skip-malformed takes the 3 jobs/],
      [
        fileOf('bad.swf', `${LOG}five\n`),
        /bad\.swf: 1 line is no job \(line 6 .*\); --skip-malformed takes the 4 jobs/,
      ],
    ] as const) {
      const read = await withJobLogs([set(path)], false)
      expect(!read.ok && read.error).toMatch(/^tasks\.workload\.file: /)
      expect(!read.ok && read.error).toMatch(sentence)
    }
  })
})

describe('the headless command with a job log', () => {
  const lab = (...args: string[]) =>
    spawnSync(process.execPath, [join(BUNDLES, 'lab.mjs'), ...args], { encoding: 'utf8' })

  it('runs it on one worker and on two, with the same digest, and by a link with the file beside it', () => {
    const path = fileOf('spoilt.swf', `${LOG}five\n`)
    const run = (scenario: string, ...more: string[]) =>
      lab('run', scenario, '--until', '1s', '--set', set(path), '--skip-malformed', '--json', ...more)
    const one = run('job-log')
    expect(one.stderr).toMatch(/spoilt\.swf, line 6 holds something that is not a number in field 1: five/)
    const { digest } = JSON.parse(one.stdout)
    expect(JSON.parse(run('job-log', '--workers', '2').stdout).digest).toBe(digest)
    const link = lab('link', 'job-log', '--until', '1s', '--set', set(path), '--skip-malformed')
    const code = link.stdout.trim().split('\n').at(-1)!
    const alone = lab('run', code, '--json')
    expect([alone.status, alone.stdout]).toEqual([2, ''])
    expect(alone.stderr).toMatch(
      /^tasks\.workload\.file: needs spoilt\.swf \(\d+ bytes, SHA-256 \w{64}\); give it as --set/,
    )
    expect(JSON.parse(run(code).stdout).digest).toBe(digest)
  })

  it('sweeps and compares it on threads that were given its rows', () => {
    const path = fileOf('four.swf', LOG)
    const policies = ['--over', 'programs.cluster.params.policy=fcfs,easy', '--until', '1s', '--json']
    const swept = lab('sweep', 'job-log', '--set', set(path), ...policies)
    expect([swept.status, JSON.parse(swept.stdout).runs]).toEqual([0, 2])
    const compared = lab('compare', 'job-log', '--set', set(path), '--with', 'seed=9', '--until', '1s', '--json')
    expect([compared.status, JSON.parse(compared.stdout).seeds]).toEqual([0, 1])
  })

  it('verify says that a claim needs the file it is about', () => {
    const { status, stdout } = lab('verify', 'log-begins-as-it-did', '--quick')
    expect(status).toBe(0)
    expect(stdout).toMatch(/^needs file {2}job-log .*NASA-iPSC-1993-3\.1-cln\.swf \(1,678,956 bytes, SHA-256 12ab94d0/m)
    const wrong = lab('verify', 'log-begins-as-it-did', '--quick', '--set', 'seed=3')
    expect([wrong.status, wrong.stderr]).toEqual([
      2,
      '--set: verify takes tasks.workload.file=PATH and nothing else, not seed=3\n',
    ])
  })
})
