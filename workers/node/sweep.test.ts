import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import { afterAll, describe, expect, it } from 'vitest'
import { presetNamed } from '../../engine/scenario/presets/index.ts'
import { setFields } from '../../engine/scenario/set.ts'
import { columnsOf, measuresOf } from '../sweep/columns.ts'
import { csvHeader, csvLine } from '../sweep/csv.ts'
import { identityOf } from '../sweep/identity.ts'
import { ParquetRows } from '../sweep/ParquetRows.ts'
import { PointMeans } from '../sweep/PointMeans.ts'
import { rowOf } from '../sweep/rowOf.ts'
import { planSweep, runOfPart, SweepPlan } from '../sweep/SweepPlan.ts'
import { WHOLE, type Row, type SweepPart, type SweepSpec } from '../sweep/SweepSpec.ts'
import { BUNDLES } from '../setup/bundleNode.mjs'
import { pathToFileURL } from 'node:url'
import { runHeadless } from './headless.ts'
import { SweepFile } from './SweepFile.ts'
import { sweepThreads } from './sweepThreads.ts'

const folder = mkdtempSync(join(tmpdir(), 'sweep-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const workerUrl = pathToFileURL(join(BUNDLES, 'sweepWorker.mjs'))

/** Small enough to be run whole on the test's own thread: what every other way of running it must give. */
const spec: SweepSpec = {
  scenario: presetNamed('raft-lan')!.scenario,
  axes: [
    { path: 'swarm.agents', values: [3, 5] },
    { path: 'network.loss', values: [0, 0.05, 0.1] },
  ],
  repeat: 3,
  untilUs: 400_000,
  stop: null,
}
const plan = new SweepPlan(spec)
const rows: readonly Row[] = Array.from({ length: plan.runs }, (_, run) => rowOf(plan, run))
const columns = columnsOf(spec)
const WHOLE_CSV = csvHeader(columns) + rows.map(csvLine).join('')

let files = 0
const newPath = (end: string): string => join(folder, `${files++}.${end}`)

interface Swept {
  readonly part?: SweepPart
  readonly resume?: boolean
  readonly threads?: number
  readonly stop?: AbortSignal
  readonly onRow?: (row: Row) => void
}
/** What the command does with a file; returns the numbers of the runs that were run. */
async function sweepTo(path: string, { part = WHOLE, resume = false, threads = 2, stop, onRow }: Swept = {}) {
  const run: number[] = []
  const count = plan.rowsIn(part)
  const file = new SweepFile(path, { spec, part, rows: count, resume }, () => {})
  const take = (row: Row): void => {
    file.add(row)
    run.push(row[0] as number)
    onRow?.(row)
  }
  const from = file.done
  try {
    if (from < count)
      await sweepThreads({ spec, part, from, rows: count, threads, take, workerUrl, ...(stop && { stop }) })
  } finally {
    file.close()
  }
  return run
}

describe('a sweep’s rows', () => {
  it('are the same bytes on one thread, on two and on three', async () => {
    for (const threads of [1, 2, 3]) {
      const path = newPath('csv')
      await sweepTo(path, { threads })
      expect(readFileSync(path, 'utf8')).toBe(WHOLE_CSV)
    }
  })

  it('say what the headless run of the same scenario and seed says', async () => {
    for (const run of [0, 7, 17]) {
      const headless = await runHeadless(plan.scenarioOf(run), { untilUs: spec.untilUs!, workers: 1 })
      const cell = (name: string) => rows[run]![columns.findIndex((column) => column.name === name)]
      expect([cell('digest'), cell('events'), cell('messages'), cell('marks'), cell('invariants_ok')]).toEqual([
        headless.digest,
        headless.totals.events,
        headless.totals.messages,
        headless.marks.length,
        headless.invariants.every(({ ok }) => ok),
      ])
    }
  })

  it.each(['swim', 'vicsek'])(
    'are of whatever runs: %s, on a thread that knows every program and model',
    async (name) => {
      const { scenario } = presetNamed(name)!
      const swept: SweepSpec = { scenario, axes: [], repeat: 2, untilUs: 2_000_000, stop: null }
      const taken: Row[] = []
      const take = (row: Row): void => void taken.push(row)
      await sweepThreads({ spec: swept, part: WHOLE, from: 0, rows: 2, threads: 2, take, workerUrl })
      expect(taken).toEqual([0, 1].map((run) => rowOf(new SweepPlan(swept), run)))
      const named = columnsOf(swept).map(({ name: column }) => column)
      expect(taken[0]).toHaveLength(named.length)
      const at = named.indexOf('polarisation_last')
      expect(at >= 0).toBe(scenario.space !== null)
      if (at >= 0) expect(taken[0]![at]).toBeGreaterThan(0)
    },
  )

  it('of shards put together are the whole, whatever their number', async () => {
    for (const of of [2, 5]) {
      const lines: string[] = []
      for (let index = 0; index < of; index++) {
        const path = newPath('csv')
        await sweepTo(path, { part: { index, of } })
        const [header, ...own] = readFileSync(path, 'utf8').split(/(?<=\r\n)/)
        expect(header).toBe(csvHeader(columns))
        own.forEach((line, i) => (lines[runOfPart({ index, of }, i)] = line))
      }
      expect(csvHeader(columns) + lines.join('')).toBe(WHOLE_CSV)
    }
  })

  it('end early where what was waited for has happened', () => {
    const stopped = rowOf(new SweepPlan({ ...spec, untilUs: 20_000_000, stop: 'elected' }), 0)
    const ended = columns.findIndex(({ name }) => name === 'ended_us')
    expect(stopped[ended]).toBeGreaterThan(1_000_000)
    expect(stopped[ended]).toBeLessThan(3_000_000)
    expect(rows[0]![ended]).toBe(400_000)
  })

  it('name the first invariant that a run violated', () => {
    const made = setFields(presetNamed('raft-partition')!.scenario, [
      'swarm.agents=4',
      'programs.raft.params.bugs=["even-quorum"]',
    ])
    if (!made.ok) throw new Error(made.error)
    const row = rowOf(new SweepPlan({ ...spec, scenario: made.value, axes: [], repeat: 1, untilUs: null }), 0)
    expect(row.slice(-2)).toEqual([false, expect.stringMatching(/^[a-z-]+$/)])
    expect(rows[0]!.slice(-2)).toEqual([true, null])
  })
})

describe('going on with a sweep', () => {
  it('a file torn at any byte is finished without running again what is there', async () => {
    const whole = newPath('csv')
    await sweepTo(whole)
    const bytes = readFileSync(whole)
    const line = (n: number): number => csvHeader(columns).length + rows.slice(0, n).map(csvLine).join('').length
    const cuts: readonly (readonly [bytes: number, rows: number])[] = [
      ...([0, 5, line(0) - 1, line(0)].map((cut) => [cut, 0]) as [number, number][]),
      ...([line(1) - 1, line(0) + 20].map((cut) => [cut, 0]) as [number, number][]),
      ...([line(4), line(4) + 1, line(5) - 2].map((cut) => [cut, 4]) as [number, number][]),
      [line(17), 17],
      [line(18), 18],
    ]
    for (const [cut, there] of cuts) {
      const path = newPath('csv')
      copyFileSync(`${whole}.sweep.json`, `${path}.sweep.json`)
      writeFileSync(path, bytes.subarray(0, cut))
      expect(await sweepTo(path, { resume: true }), `cut at ${cut}`).toEqual(
        Array.from({ length: plan.runs - there }, (_, i) => there + i),
      )
      expect(readFileSync(path, 'utf8')).toBe(WHOLE_CSV)
    }
  })

  it('an interrupt leaves whole rows only, and a Parquet file appears when all are there', async () => {
    const path = newPath('parquet')
    const stop = new AbortController()
    const first = await sweepTo(path, { stop: stop.signal, onRow: (row) => row[0] === 5 && stop.abort() })
    expect([existsSync(path), existsSync(`${path}.journal.csv`)]).toEqual([false, true])
    const second = await sweepTo(path, { resume: true })
    expect([...first, ...second]).toEqual(Array.from({ length: plan.runs }, (_, run) => run))
    expect([existsSync(path), existsSync(`${path}.journal.csv`)]).toEqual([true, false])
    expect(await sweepTo(path, { resume: true }), 'a finished one has nothing left to run').toEqual([])
  })

  it('is refused for another sweep, without asking, and where nothing says which sweep it is', async () => {
    const path = newPath('csv')
    await sweepTo(path)
    const open =
      (other: SweepSpec, resume = true) =>
      () =>
        new SweepFile(path, { spec: other, part: WHOLE, rows: 18, resume }, () => {})
    expect(open(spec, false)).toThrow(/is there already; --resume goes on with it$/)
    expect(open({ ...spec, repeat: 4 })).toThrow(/holds a sweep with other repetitions; give this one another file$/)
    expect(open({ ...spec, scenario: { ...spec.scenario, seed: 11 } })).toThrow(/holds a sweep with another scenario;/)
    expect(open({ ...spec, untilUs: null })).toThrow(/holds a sweep with another end of its runs;/)
    rmSync(`${path}.sweep.json`)
    expect(open(spec)).toThrow(/that says which sweep it is of$/)
    expect(() => new SweepFile('rows.txt', { spec, part: WHOLE, rows: 1, resume: false }, () => {})).toThrow(
      /ends neither in \.csv nor in \.parquet/,
    )
    const nowhere = join(folder, 'nowhere', 'a.csv')
    expect(() => new SweepFile(nowhere, { spec, part: WHOLE, rows: 1, resume: false }, () => {})).toThrow(
      /cannot be written \(ENOENT\)$/,
    )
  })

  it('a run that throws is one sentence with scenario, seed and point, and the rows before it stay', async () => {
    const bad: SweepSpec = { ...spec, axes: [{ path: 'network.loss', values: [0, 2] }], repeat: 1 }
    const seen: Row[] = []
    const wrong = sweepThreads({
      ...{ spec: bad, part: WHOLE, from: 0, rows: 2, threads: 1, workerUrl },
      take: (row) => seen.push(row),
    })
    await expect(wrong).rejects.toThrow(/^raft-lan, seed 10, network\.loss=2: .*network\.loss: 2 is outside 0\.\.1$/)
    expect(seen.length).toBe(1)
  })
})

describe('lab sweep', () => {
  const lab = (...words: readonly string[]) => {
    const args = [join(BUNDLES, 'lab.mjs'), 'sweep', ...words]
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 60_000 })
    return { status, stdout, stderr }
  }
  const OVER = ['--over', 'swarm.agents=3,5', '--over', 'network.loss=0:0.1:0.05', '--repeat', '3', '--until', '400ms']

  it('prints the rows where no file is named: exit 0', () => {
    expect(lab('raft-lan', ...OVER)).toMatchObject({ status: 0, stdout: WHOLE_CSV })
  })

  it('with --json prints one object with points and rows', () => {
    const { status, stdout } = lab('raft-lan', ...OVER, '--json')
    const result = JSON.parse(stdout)
    expect(status).toBe(0)
    expect(result).toMatchObject({ scenario: 'raft-lan', seed: 10, until_us: 400_000, repeat: 3, runs: 18 })
    expect(result.rows).toEqual(rows)
    expect(result.columns).toEqual(columns.map(({ name }) => name))
    expect(result.points.length).toBe(6)
    expect(result.points[1]).toMatchObject({ values: [3, 0.05], runs: 3, broken: 0, means: { messages: { n: 3 } } })
  })

  it('a violated invariant is exit 1, wrong input exit 2 with one line', () => {
    const bug = ['--set', 'swarm.agents=4', '--set', 'programs.raft.params.bugs=["even-quorum"]']
    expect(lab('raft-partition', ...bug, '--repeat', '1').status).toBe(1)
    expect(lab('raft-lan', '--over', 'network.loss=0:1:0')).toEqual({
      ...{ status: 2, stdout: '' },
      stderr: 'network.loss: the step of "0:1:0" is not above 0\n',
    })
    expect(lab('raft-lan')).toMatchObject({ status: 2, stderr: expect.stringMatching(/^sweep: nothing to sweep;/) })
    expect(lab('raft-lan', '--repeat', '2', '--shard', '3/2')).toMatchObject({
      ...{ status: 2, stderr: '--shard: 3/2 is not i/n with 1 ≤ i ≤ n\n' },
    })
    expect(lab('raft-lan', '--repeat', '2', '--stop', 'electd').stderr).toMatch(/did you mean "elected"\?\n$/)
  })
})

describe('Parquet', () => {
  it('reads back, by another library, as the rows that were written', async () => {
    const path = newPath('parquet')
    await sweepTo(path)
    const file = await asyncBufferFromFile(path)
    const read = await parquetReadObjects({ file })
    const wanted = rows.map((row) =>
      Object.fromEntries(
        columns.map(({ name, type }, i) => [name, type === 'int' && row[i] !== null ? BigInt(row[i]!) : row[i]]),
      ),
    )
    expect(read).toEqual(wanted)
    const { key_value_metadata, num_rows } = await parquetMetadataAsync(file)
    expect(num_rows).toBe(BigInt(plan.runs))
    const about = key_value_metadata?.find(({ key }) => key === 'sweep')?.value
    expect(JSON.parse(about!)).toEqual(JSON.parse(JSON.stringify(identityOf(spec, WHOLE))))
  })

  it('holds every kind of value and its absence, over several groups of rows', async () => {
    const odd = [
      { name: 'run', type: 'int' },
      { name: 'swept', type: 'json' },
      { name: 'text', type: 'text' },
      { name: 'real', type: 'real' },
      { name: 'ok', type: 'bool' },
    ] as const
    const chunks: Uint8Array[] = []
    const parquet = new ParquetRows(odd, {}, (bytes) => chunks.push(bytes.slice()))
    const made = (k: number): Row => [
      k % 7 === 0 ? null : k * 1_000_003,
      k % 2 === 0 ? '{"kind":"mesh"}' : '[1,2]',
      k % 5 === 0 ? null : k % 3 === 0 ? '' : `größe ${k % 11}`,
      k % 4 === 0 ? null : 0.1 * k,
      k % 6 === 0 ? null : k % 2 === 0,
    ]
    const many = 100_007
    for (let k = 0; k < many; k++) parquet.add(made(k))
    parquet.finish()
    const bytes = await new Blob(chunks as Uint8Array<ArrayBuffer>[]).arrayBuffer()
    const read = await parquetReadObjects({ file: bytes })
    expect(read.length).toBe(many)
    for (const k of [0, 1, 2, 6, 99_999, 100_000, 100_006])
      expect(Object.values(read[k]!), `row ${k}`).toEqual(
        made(k).map((cell, i) => (i === 0 && cell !== null ? BigInt(cell) : cell)),
      )
  })
})

it('means and 95 % intervals are those of the textbook formula', () => {
  const planned = planSweep(spec)
  const means = new PointMeans(planned.ok ? planned.value : plan)
  for (const row of rows) means.take(row)
  const place = columns.findIndex(({ name }) => name === 'messages')
  for (let point = 0; point < plan.points; point++) {
    const values = rows.slice(3 * point, 3 * point + 3).map((row) => row[place] as number)
    const mean = values.reduce((sum, x) => sum + x, 0) / 3
    const deviation = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 2)
    const seen = means.at(point, 'messages')
    expect(seen.n).toBe(3)
    expect(seen.mean).toBeCloseTo(mean, 9)
    expect(seen.half).toBeCloseTo((4.302653 * deviation) / Math.sqrt(3), 3) // t of 0.975 with 2 degrees of freedom
  }
  expect(measuresOf(spec)).toContain('messages')
  expect(measuresOf(spec)).not.toContain('seed')
})
