import { exp, log } from '../../kernel/math.ts'
import { philox, STREAM, unit } from '../../kernel/philox.ts'
import type { U32 } from '../../kernel/units.ts'
import { JOB_BYTES, jobColumns, jobMemory, type JobRows } from './jobRows.ts'

/**
 * A job log out of a seed, with the statistics of the log of NASA Ames' 128-node iPSC/860, October to December 1993
 * (Parallel Workloads Archive, NASA-iPSC-1993-3.1-cln): jobs a week, by the hour of weekdays and of weekends; their
 * processors by day and by night; their run times by processors. A test measures the same of that log. It does not
 * have that log's users, groups and programs, its habit of running one job many times, or its outages: given the hour
 * jobs come at exponential gaps, and they do not depend on each other.
 */
export const SYNTHETIC_JOBS = 18_239
export const SYNTHETIC_PROCESSORS = 128

/** Jobs in the hours 0…23, in 66 weekdays and in 26 days of weekends of the log, by local time. */
const WEEKDAYS = { days: 66, jobs: [58, 49, 79, 38, 45, 124, 239, 365, 656, 1074, 1350, 1516] }
WEEKDAYS.jobs.push(1437, 1354, 1376, 1419, 1339, 1217, 900, 645, 474, 335, 146, 112)
const WEEKENDS = { days: 26, jobs: [24, 64, 22, 20, 12, 15, 13, 32, 114, 133, 144, 174] }
WEEKENDS.jobs.push(118, 146, 143, 127, 75, 81, 89, 141, 111, 46, 18, 30)

/** Jobs by processors 2⁰ … 2⁷, of those that came from 8 to 18 o'clock and of the others. */
const DAY = [3_862, 1_352, 2_199, 1_495, 1_418, 2_777, 796, 94]
const NIGHT = [1_073, 411, 484, 298, 362, 885, 407, 326]

/** Run times that a share of the jobs do not exceed, seconds, by processors 2⁰ … 2⁷. */
export const SHARES = [0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1]
export const RUN_SECONDS: readonly (readonly number[])[] = [
  [0, 5, 8, 13, 16, 20, 23, 29, 42, 77, 165, 433, 1_011, 1_642, 3_290, 23_152],
  [0, 10, 21, 33, 50, 71, 99, 157, 248, 359, 1_011, 2_342, 5_881, 9_633, 12_660, 44_039],
  [0, 10, 20, 29, 42, 57, 78, 123, 209, 375, 1_242, 3_798, 9_565, 16_580, 26_024, 62_581],
  [0, 12, 21, 37, 54, 68, 87, 116, 168, 328, 843, 3_101, 6_842, 10_936, 12_543, 33_588],
  [0, 9, 21, 37, 60, 80, 98, 128, 190, 324, 772, 2_153, 5_434, 10_924, 10_929, 34_345],
  [0, 16, 28, 69, 118, 163, 218, 301, 528, 1_356, 3_354, 5_075, 9_653, 14_634, 24_328, 62_643],
  [0, 23, 38, 105, 162, 209, 294, 647, 1_338, 2_568, 9_389, 10_836, 11_640, 13_138, 15_671, 41_423],
  [0, 0, 18, 36, 87, 103, 170, 226, 741, 9_547, 9_771, 10_925, 10_929, 10_932, 10_935, 10_944],
]

const HOUR_S = 3_600
const HOURS_A_WEEK = 168
/** The log begins on a Friday at midnight: hours 24 to 71 of its weeks are a weekend. */
const isWeekend = (hourOfWeek: number): boolean => hourOfWeek >= 24 && hourOfWeek < 72
const isDay = (hour: number): boolean => hour >= 8 && hour < 18
/** First word of the counter of what a job draws; those before belong to workload.ts. */
const DRAW_JOB = 16
const WORD = { gap: 0, processors: 1, run: 2 } as const
const words = new Uint32Array(4)

/** Jobs a second in an hour of the week. */
function ratePerSecond(hourOfWeek: number): number {
  const { jobs, days } = isWeekend(hourOfWeek) ? WEEKENDS : WEEKDAYS
  return jobs[hourOfWeek % 24]! / (days * HOUR_S)
}

/** `count` jobs; the same seed and count give the same log. */
export function syntheticLog(seed: U32, count: number): JobRows {
  const rows = jobColumns(jobMemory(count * JOB_BYTES), count)
  for (const unknown of ['requestedUs', 'waitUs', 'user', 'group', 'application', 'queue'] as const)
    rows[unknown].fill(-1)
  rows.partition.fill(-1)
  rows.preceding.fill(-1)
  rows.status.fill(1)
  let hour = 0 // since the beginning of the log
  let atS = 0
  for (let i = 0; i < count; i++) {
    philox(words, seed, STREAM.workload, DRAW_JOB, i, 0, 0)
    // How far the integral of the rate goes on until the next job.
    let left = -log((words[WORD.gap]! + 1) / 4_294_967_296)
    for (;;) {
      const rate = ratePerSecond(hour % HOURS_A_WEEK)
      const here = ((hour + 1) * HOUR_S - atS) * rate
      if (left <= here) {
        atS += left / rate
        break
      }
      left -= here
      atS = ++hour * HOUR_S
    }
    const power = powerOf(isDay(hour % 24) ? DAY : NIGHT, unit(words[WORD.processors]!))
    rows.job[i] = i + 1
    rows.submitUs[i] = Math.floor(atS) * 1_000_000
    rows.processors[i] = rows.requested[i] = 1 << power
    rows.runUs[i] = Math.floor(runSeconds(power, unit(words[WORD.run]!))) * 1_000_000
  }
  return { ...rows, count, machineProcessors: SYNTHETIC_PROCESSORS }
}

function powerOf(jobs: readonly number[], u: number): number {
  let left = u * jobs.reduce((sum, n) => sum + n, 0)
  for (let power = 0; power < jobs.length - 1; power++) {
    left -= jobs[power]!
    if (left < 0) return power
  }
  return jobs.length - 1
}

/** Between two known quantiles the logarithm of the time (and a second) is uniform. */
function runSeconds(power: number, u: number): number {
  const times = RUN_SECONDS[power]!
  let k = 0
  while (SHARES[k + 1]! <= u && k < SHARES.length - 2) k++
  const part = (u - SHARES[k]!) / (SHARES[k + 1]! - SHARES[k]!)
  const low = log(times[k]! + 1)
  const high = log(times[k + 1]! + 1)
  return exp(low + (high - low) * part) - 1
}
