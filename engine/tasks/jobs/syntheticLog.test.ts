import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { jobColumns, type JobColumns, type JobRows } from './jobRows.ts'
import { finishSwf, readSwf, swfReader } from './swf.ts'
import { RUN_SECONDS, SHARES, SYNTHETIC_JOBS, SYNTHETIC_PROCESSORS, syntheticLog } from './syntheticLog.ts'

const NASA = join(import.meta.dirname, '../../../..', 'shared', 'data', 'NASA-iPSC-1993-3.1-cln.swf')
const HOUR_US = 3_600_000_000
const jobs = syntheticLog(1993, SYNTHETIC_JOBS)

type Rows = Pick<JobColumns, 'submitUs' | 'runUs' | 'processors'>
const hourOf = (us: number): number => Math.floor(us / HOUR_US)
const indices = (rows: Rows, keep: (i: number) => boolean): number[] =>
  Array.from(rows.submitUs.keys()).filter((i) => keep(i))

/** What the two logs have in common: shares of all jobs, and figures of the work. */
function statistics(rows: Rows): Record<string, number> {
  const n = rows.submitUs.length
  const share = (keep: (i: number) => boolean): number => indices(rows, keep).length / n
  const day = (i: number): boolean => hourOf(rows.submitUs[i]!) % 24 >= 8 && hourOf(rows.submitUs[i]!) % 24 < 18
  const spanUs = rows.submitUs.at(-1)!
  const work = rows.runUs.reduce((sum, us, i) => sum + us * rows.processors[i]!, 0)
  const sizes = [1, 2, 4, 8, 16, 32, 64, 128].map((p) => [`of ${p}`, share((i) => rows.processors[i] === p)])
  const hours = [0, 4, 8, 12, 16, 20].map((h) => [
    `from ${h} h`,
    share((i) => Math.floor((hourOf(rows.submitUs[i]!) % 24) / 4) * 4 === h),
  ])
  return {
    days: spanUs / 24 / HOUR_US,
    load: work / SYNTHETIC_PROCESSORS / spanUs,
    weekend: share((i) => [1, 2].includes(Math.floor(hourOf(rows.submitUs[i]!) / 24) % 7)),
    '128 by night': share((i) => rows.processors[i] === 128 && !day(i)) / share((i) => rows.processors[i] === 128),
    ...Object.fromEntries([...sizes, ...hours]),
  }
}
const medianRun = (rows: Rows, processors: number): number => {
  const runs = indices(rows, (i) => rows.processors[i] === processors).map((i) => rows.runUs[i]! / 1_000_000)
  return runs.toSorted((a, b) => a - b)[Math.floor(runs.length / 2)]!
}

describe('the synthetic job log', () => {
  it('is the same for the same seed and count, and a shorter one begins alike', () => {
    const short = syntheticLog(1993, 500)
    expect([...short.runUs]).toEqual([...jobs.runUs.subarray(0, 500)])
    expect([...short.submitUs]).toEqual([...jobs.submitUs.subarray(0, 500)])
    expect([...syntheticLog(1994, 500).runUs]).not.toEqual([...short.runUs])
  })

  it('has jobs in order, of powers of two processors up to the whole machine, in whole seconds', () => {
    for (let i = 0; i < jobs.count; i++) {
      expect(jobs.submitUs[i]! % 1_000_000 === 0 && jobs.runUs[i]! % 1_000_000 === 0 && jobs.runUs[i]! >= 0).toBe(true)
      expect(Math.log2(jobs.processors[i]!) % 1 === 0 && jobs.processors[i]! <= SYNTHETIC_PROCESSORS).toBe(true)
      if (i > 0) expect(jobs.submitUs[i]).toBeGreaterThanOrEqual(jobs.submitUs[i - 1]!)
    }
  })

  it('knows quantiles that ascend', () => {
    for (const times of [SHARES, ...RUN_SECONDS]) {
      expect(times).toHaveLength(SHARES.length)
      expect(times).toEqual(times.toSorted((a, b) => a - b))
    }
  })
})

describe.skipIf(!existsSync(NASA))('beside the log that it is made after (skipped where the file is absent)', () => {
  const real = existsSync(NASA) ? readNasa() : jobs
  // Four standard errors of a share of 18,239 independent jobs are 0.015 at most, and of the span 3 %.
  it('has its shares of hours, weekends and sizes, and its length', () => {
    const [made, measured] = [statistics(jobs), statistics(real)]
    for (const [name, value] of Object.entries(measured)) {
      if (name === 'load') continue
      const off = Math.abs(made[name]! - value)
      const most = name === 'days' ? 0.03 * value : name === '128 by night' ? 0.08 : 0.015
      expect(off, `${name}: ${made[name]} beside ${value}`).toBeLessThan(most)
    }
  })

  it('has its load, on average over twenty seeds within four standard errors', () => {
    const loads = Array.from({ length: 20 }, (_, seed) => statistics(syntheticLog(seed, SYNTHETIC_JOBS))['load']!)
    const mean = loads.reduce((sum, load) => sum + load, 0) / loads.length
    const variance = loads.reduce((sum, load) => sum + (load - mean) ** 2, 0) / (loads.length - 1)
    expect(Math.abs(mean - statistics(real)['load']!)).toBeLessThan(4 * Math.sqrt(variance / loads.length))
    expect(Math.sqrt(variance) / mean).toBeLessThan(0.08) // heavy tails: one log is so far from another
  })

  it('has its run times: medians by processors within 15 %', () => {
    for (const processors of [1, 2, 4, 8, 16, 32]) {
      const [made, measured] = [medianRun(jobs, processors), medianRun(real, processors)]
      expect(Math.abs(made / measured - 1), `${processors}: ${made} beside ${measured}`).toBeLessThan(0.15)
    }
  })

  it('is made of its quantiles', () => {
    RUN_SECONDS.forEach((times, power) => {
      const runs = indices(real, (i) => real.processors[i] === 1 << power)
        .map((i) => real.runUs[i]! / 1_000_000)
        .toSorted((a, b) => a - b)
      SHARES.forEach((share, k) =>
        expect(runs[Math.min(runs.length - 1, Math.floor(runs.length * share))]).toBe(times[k]),
      )
    })
  })
})

function readNasa(): JobRows | Rows {
  const reader = swfReader()
  readSwf(reader, readFileSync(NASA))
  const log = finishSwf(reader)
  if (!log.ok) throw new Error(log.error)
  return jobColumns(log.value.buffer, log.value.count)
}
