import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Mark } from '../../../engine/agents/Program.ts'
import { TaskBook } from './TaskBook.ts'
import { bucketsOf, healthOf, jain, queueBars, reportedUpTo } from './taskFigures.ts'

const mark = (time: number, agent: number, kind: string, fields: object): Mark =>
  ({
    key: { time, dst: agent, src: agent, seq: 0 },
    index: 0,
    agent,
    program: 'worker',
    body: { kind, ...fields },
  }) as never

const book = new TaskBook()
book.take(
  [
    ...[0, 1, 2, 3].map((task) => mark(100 * task, 0, 'submitted', { task })),
    mark(400, 1, 'started', { task: 0, waitedUs: 400 }),
    mark(500, 2, 'started', { task: 1, waitedUs: 400 }),
    mark(900, 1, 'worked', { task: 0, tookUs: 500 }),
    mark(1_000, 0, 'done', { task: 0, tookUs: 1_000 }),
    mark(1_000, 1, 'started', { task: 2, waitedUs: 800 }),
    mark(1_100, 0, 'failed', { task: 3, why: 'late' }),
    mark(1_500, 1, 'worked', { task: 2, tookUs: 500 }),
    mark(1_600, 0, 'done', { task: 2, tookUs: 1_400 }),
  ],
  true,
)

it('counts what had happened by the time on screen, and no later', () => {
  expect(healthOf(book, 0, 1_000, 2)).toMatchObject({ submitted: 4, done: 1, failed: 0, makespanUs: 1_000 })
  expect(healthOf(book, 0, 2_000, 2)).toMatchObject({ submitted: 4, done: 2, failed: 1, makespanUs: 1_600 })
  expect(healthOf(book, 0, 2_000, 2).response).toMatchObject({ count: 2, meanUs: 1_200, p50Us: 1_000, p99Us: 1_400 })
})

it('is at work for the time under bars, those that have not ended included', () => {
  // Worker 1: 400–900 and 1,000–1,500; worker 2: from 500 on.
  expect(healthOf(book, 0, 2_000, 2).utilisation).toBeCloseTo((500 + 500 + 1_500) / 4_000)
  expect(healthOf(book, 800, 1_000, 2).utilisation).toBeCloseTo((100 + 200) / 400)
  expect(healthOf(new TaskBook(), 0, 1_000, 2).utilisation).toBeNaN()
})

it('counts slots in use beside those that workers say they have', () => {
  const wide = new TaskBook()
  wide.take(
    [
      mark(0, 1, 'able', { kinds: [0], slots: 4 }),
      mark(0, 0, 'submitted', { task: 0, demand: 3 }),
      mark(0, 0, 'submitted', { task: 1 }),
      mark(100, 1, 'started', { task: 0 }),
      mark(200, 1, 'started', { task: 1 }),
      mark(300, 1, 'worked', { task: 0 }),
      mark(400, 1, 'worked', { task: 1 }),
      mark(500, 1, 'able', { kinds: [0], slots: 2 }),
    ],
    true,
  )
  expect(healthOf(wide, 0, 500, 1).slotUse).toBeCloseTo((3 * 200 + 200) / 2_000)
  expect(healthOf(wide, 200, 300, 1).slotUse).toBeCloseTo(1)
  expect(healthOf(wide, 0, 1_000, 1).slotUse).toBeCloseTo(800 / (2_000 + 1_000))
  expect(healthOf(book, 0, 2_000, 2).slotUse).toBeNaN()
})

it('takes the throughput of the window', () => {
  expect(healthOf(book, 1_000, 2_000, 2).perSecond).toBeCloseTo(1_000)
})

it('sums the newest report of each agent, where tasks are only counted', () => {
  const counted = new TaskBook()
  counted.take(
    [
      mark(10, 0, 'report', { submitted: 5, done: 1, tookUs: 100, workedUs: 4 }),
      mark(10, 1, 'report', { submitted: 7, done: 2 }),
      mark(20, 0, 'report', { submitted: 50, done: 30, tookUs: 3_000, workedUs: 20 }),
    ],
    true,
  )
  expect(reportedUpTo(counted.reports, 15)).toEqual({ submitted: 12, done: 3, tookUs: 100, workedUs: 4 })
  expect(healthOf(counted, 10, 20, 2)).toMatchObject({ submitted: 57, done: 32, perSecond: 2_900_000 })
})

it('has means from the sums that are reported, of the stretch asked for', () => {
  const counted = new TaskBook()
  counted.take(
    [
      mark(10, 0, 'report', { done: 1, tookUs: 100, workedUs: 4 }),
      mark(20, 0, 'report', { done: 30, tookUs: 3_000, workedUs: 12 }),
    ],
    true,
  )
  const { response, start, utilisation } = healthOf(counted, 10, 20, 2)
  expect([response.meanUs, response.count, utilisation]).toEqual([100, 0, 0.4])
  expect([start.meanUs, response.p99Us]).toEqual([NaN, NaN])
})

it('believes the reports where single tasks are told only from some time on', () => {
  const late = new TaskBook()
  late.take(
    [
      mark(10, 0, 'report', { submitted: 90, done: 80, tookUs: 100, workedUs: 100 }),
      mark(20, 0, 'submitted', { task: 91 }),
      mark(20, 1, 'started', { task: 91, waitedUs: 0 }),
      mark(30, 1, 'worked', { task: 91, tookUs: 10 }),
      mark(30, 0, 'done', { task: 91, tookUs: 10 }),
      mark(40, 0, 'report', { submitted: 91, done: 91, tookUs: 110, workedUs: 120 }),
    ],
    true,
  )
  expect(healthOf(late, 0, 40, 4)).toMatchObject({ submitted: 91, done: 91, utilisation: 0.75, makespanUs: NaN })
})

it('is fair as 1 where all do the same, as 1/n where one does everything, and between them always (Jain 1984)', () => {
  expect(jain([3, 3, 3])).toBe(1)
  expect(jain([0, 0, 0, 9])).toBe(0.25)
  expect(jain([0, 0])).toBeNaN()
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1 }), (shares) => {
      fc.pre(shares.some((s) => s > 0))
      const fair = jain(shares)
      expect(fair).toBeGreaterThanOrEqual(1 / shares.length - 1e-12)
      expect(fair).toBeLessThanOrEqual(1 + 1e-12)
    }),
  )
})

it('puts every duration into the bucket that holds it, from microseconds to days', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1e12, noNaN: true })), (values) => {
      const buckets = bucketsOf(Float64Array.from(values).sort())
      for (const { fromUs, toUs, count } of buckets)
        expect(values.filter((v) => fromUs <= v && v < toUs)).toHaveLength(count)
      expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(values.length)
      expect(buckets.length === 0 || (buckets[0]!.count > 0 && buckets.at(-1)!.count > 0)).toBe(true)
    }),
  )
})

it('puts every queue into one bar', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(100_000)), (queues) => {
      expect(queueBars(queues).reduce((sum, { count }) => sum + count, 0)).toBe(queues.length)
    }),
  )
})
