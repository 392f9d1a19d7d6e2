import { describe, expect, it } from 'vitest'
import type { MarkBody } from '../agents/Program.ts'
import { checkStatus, createChecks, knowInvariants, observe } from './Checks.ts'
import { host, told, type Told } from './claims/claimfixture.ts'
import { countsProgress, progressUs } from './countsProgress.ts'
import type { TaskSetting } from './Invariant.ts'

knowInvariants([countsProgress])

const WORKLOAD = { arrivals: 'poisson', size: 'constant', meanUs: 100_000, kinds: 1, kindFactor: 1, sizeScale: 1 }
const setting = (distributor: object = {}, worker: object = {}, more: object = {}, workload: object = {}) =>
  ({
    distributors: [
      { leaseUs: 1_000_000, askUs: 50_000, openUs: 200_000, retryUs: 10_000, retriesMax: 3, ...distributor },
    ],
    workers: [{ queueMax: 8, slots: 1, speed: 1, discipline: 'fcfs', ...worker }],
    ...{ working: [1, 2] as never, workload: { ...WORKLOAD, ...workload } as never, lossless: true, drift: 0, ...more },
  }) satisfies TaskSetting

/** A lease, a question, two openings of a breaker, the last of three pauses, the way there; and twice a task. */
const STUCK_US = 1_000_000 + 50_000 + 400_000 + 40_000 + 1_000_000
const WITHIN_MS = STUCK_US / 1_000 + 200

describe('within which time some task ends', () => {
  it('follows from leases, pauses, breakers and the longest task', () => {
    expect(progressUs(setting())).toBe(STUCK_US + 200_000)
    expect(progressUs(setting({}, { speeds: [1, 0.5] }))).toBe(STUCK_US + 400_000)
    expect(progressUs(setting({}, {}, { drift: 0.1 }))).toBeCloseTo((STUCK_US + 200_000) * 1.2)
  })

  it('is not known behind a disk on which writes queue up', () => {
    expect(progressUs(setting({}, {}, { diskUs: 30_000_000 }))).toBe(Infinity)
    expect(progressUs(setting({ durable: false }, {}, { diskUs: 30_000_000 }))).toBeLessThan(Infinity)
  })

  it('goes through all tries where messages are lost at any time, or workers fail', () => {
    expect(progressUs(setting({}, {}, { lossless: false }))).toBe(4 * (STUCK_US + 200_000))
    expect(progressUs(setting({}, { failure: 0.1 }))).toBe(4 * (STUCK_US + 200_000))
  })

  it('counts the longest task that 32 bits can draw, and all of a queue where tasks give way', () => {
    const longest = (workload: object): number => (progressUs(setting({}, {}, {}, workload)) - STUCK_US) / 2
    expect(longest({ size: 'exponential' })).toBeCloseTo(100_000 * 22.18, -3)
    expect(longest({ size: 'pareto', shape: 2 })).toBeCloseTo(50_000 * 65_536)
    expect(longest({ size: 'bimodal', smallUs: 7, largeUs: 900 })).toBeCloseTo(900)
    expect(longest({ kinds: 3, kindFactor: 2 })).toBeCloseTo(400_000)
    expect(longest({ arrivals: 'log' })).toBe(Infinity)
    expect(progressUs(setting({}, { discipline: 'feedback' }))).toBe(STUCK_US + 2 * 9 * 100_000)
    expect(progressUs(setting({}, { preempt: true, warmUpUs: 1 }))).toBe(Infinity)
  })
})

const report = (ms: number, done: number, waiting: number, outstanding = 0): Told => {
  const body: MarkBody = { kind: 'report', submitted: done + waiting + outstanding, done, waiting, outstanding }
  return [ms, 0, 'distributor', body]
}
function found(rows: readonly Told[], tasks = setting()): string | null {
  const checks = createChecks(['counts-progress'], { members: [], quietFromUs: 0, electionMaxUs: 0, tasks })
  for (const mark of told(...rows)) observe(checks, mark)
  return checkStatus(checks)[0]!.violation?.sentence ?? null
}
const set = (ms: number, param: string, value: number): Told => [
  ...([ms, 0, 'host', { kind: 'set', program: 'distributor', param, value }] as const),
]

describe('counts', () => {
  it('may stay as they are for that long, and no longer', () => {
    const start = [report(500, 3, 4), report(1_000, 5, 2, 1)]
    expect(found([...start, report(1_000 + WITHIN_MS, 5, 3, 1)])).toBeNull()
    expect(found([...start, report(1_001 + WITHIN_MS, 5, 3, 1)])).toBe(
      'agent 0 keeps 4 tasks, and nobody’s have ended since 1000000 µs',
    )
    expect(found([...start, report(2_000, 6, 2), report(1_500 + WITHIN_MS, 6, 2)])).toBeNull()
  })

  it('may stay for ever where nothing is kept', () => {
    expect(found([report(500, 3, 0), report(9_000, 3, 0), report(9_500, 3, 1)])).toBeNull()
    expect(found([report(500, 3, 0), report(9_500, 3, 1), report(13_000, 3, 1)])).toMatch(/keeps a task,/)
  })

  it('are not judged while a worker is down or a fault is on, and from its end on', () => {
    const gone = [report(500, 3, 4), host(600, 2, 'crashed'), report(9_000, 3, 4)]
    expect(found(gone)).toBeNull()
    expect(found([...gone, host(9_500, 2, 'restarted'), report(12_000, 3, 4)])).toBeNull()
    expect(found([...gone, host(9_500, 2, 'restarted'), report(13_000, 3, 4)])).not.toBeNull()
    expect(found([report(500, 3, 4), host(600, 0, 'paused'), report(9_000, 3, 4)])).toBeNull()
  })

  it('are judged by the longest terms that were set, and not once a task came by hand', () => {
    expect(found([report(500, 3, 4), set(600, 'leaseUs', 9_000_000), report(9_000, 3, 4)])).toBeNull()
    expect(found([report(500, 3, 4), set(600, 'leaseUs', 9_000), report(2_000, 3, 4)])).toBeNull()
    const asked: Told = [600, 0, 'host', { kind: 'asked', program: 'distributor' }]
    expect(found([report(500, 3, 4), asked, report(90_000, 3, 4)])).toBeNull()
  })
})

describe('several distributors', () => {
  const other = (ms: number, done: number, waiting: number): Told => {
    const body: MarkBody = { kind: 'report', submitted: done + waiting, done, waiting, outstanding: 0 }
    return [ms, 1, 'distributor', body]
  }

  it('one waits as long as the others’ tasks end, and its time begins with the last of those', () => {
    const rows = [report(1_000, 0, 4), other(1_000, 0, 9)]
    for (let ms = 2_000; ms <= 9_000; ms += 1_000) rows.push(report(ms, 0, 4), other(ms, ms / 1_000, 9 - ms / 1_000))
    expect(found([...rows, report(9_000 + WITHIN_MS, 0, 4)])).toBeNull()
    expect(found([...rows, report(9_001 + WITHIN_MS, 0, 4)])).toBe(
      'agent 0 keeps 4 tasks, and nobody’s have ended since 9000000 µs',
    )
  })
})
