import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { WorkloadSpec } from '../../scenario/Scenario.ts'
import { WORKLOAD_DEFAULTS } from '../../scenario/tasksSchema.ts'
import { newArrivals, nextArrivalUs, shareOf, thinkUsOf } from './arrivals.ts'
import type { LogTimes } from './workload.ts'

const work = (fields: Partial<WorkloadSpec>): WorkloadSpec => ({ ...WORKLOAD_DEFAULTS, ...fields })
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length

/** Arrivals at one submitter until the end of the stream, or `most`. */
function times(spec: WorkloadSpec, most: number, place = 0, of = 1, seed = 1, jobs: LogTimes | null = null): number[] {
  const arrivals = newArrivals(spec, seed, place, of)
  const found: number[] = []
  while (found.length < most) {
    const at = nextArrivalUs(arrivals, spec, seed, jobs)
    if (at === Infinity) break
    found.push(at)
  }
  return found
}
const gapsOf = (all: readonly number[]): number[] => all.map((at, k) => at - (k === 0 ? 0 : all[k - 1]!))

describe('arrivals', () => {
  it('poisson: gaps are exponential with the mean 1 / rate, and one tells nothing of the next', () => {
    const gaps = gapsOf(times(work({ perSecond: 1_000 }), 40_000)).map((us) => us / 1_000)
    expect(mean(gaps)).toBeCloseTo(1, 1.7)
    expect(mean(gaps.map((x) => Number(x > 2)))).toBeCloseTo(Math.exp(-2), 1.9)
    const next = gaps.slice(1).map((x, k) => (x - 1) * (gaps[k]! - 1))
    expect(mean(next)).toBeCloseTo(0, 1.4)
  })

  it('poisson: several submitters together have the rate', () => {
    const of = 5
    const all = Array.from({ length: of }, (_, place) => times(work({ perSecond: 1_000 }), 4_000, place, of))
    for (const one of all) expect(mean(gapsOf(one))).toBeCloseTo(5_000, -2.9)
    expect(all[0]).not.toEqual(all[1])
  })

  it('bursty: the mean rate is that of both phases by their shares of time', () => {
    const spec = work({ arrivals: 'bursty', perSecond: 1_000, burstFactor: 8, burstUs: 100_000, calmUs: 300_000 })
    const all = times(spec, 400_000)
    const perSecond = all.length / (all.at(-1)! / 1_000_000)
    expect(perSecond / (0.75 * 1_000 + 0.25 * 8_000)).toBeCloseTo(1, 0.8)
    // Counts vary far more than those of a Poisson stream of the same rate, whose variance is its mean.
    const counts = new Array<number>(Math.floor(all.at(-1)! / 100_000)).fill(0)
    for (const at of all) if (at < counts.length * 100_000) counts[Math.floor(at / 100_000)]!++
    const variance = mean(counts.map((x) => x * x)) - mean(counts) ** 2
    expect(variance / mean(counts)).toBeGreaterThan(50)
  })

  it('bursty: bursts come to all submitters at one time', () => {
    const spec = work({ arrivals: 'bursty', perSecond: 1_000, burstFactor: 20, burstUs: 100_000, calmUs: 300_000 })
    const [a, b] = [0, 1].map((place) => {
      const counts = new Array<number>(400).fill(0)
      for (const at of times(spec, 200_000, place, 2)) if (at < 40_000_000) counts[Math.floor(at / 100_000)]!++
      return counts
    })
    const product = mean(a!.map((x, k) => (x - mean(a!)) * (b![k]! - mean(b!))))
    const spread = Math.sqrt(mean(a!.map((x) => (x - mean(a!)) ** 2)) * mean(b!.map((x) => (x - mean(b!)) ** 2)))
    expect(product / spread).toBeGreaterThan(0.9)
  })

  it('bursty with a factor of 1 is the Poisson stream', () => {
    const fields = { perSecond: 500, burstFactor: 1 }
    const bursty = times(work({ ...fields, arrivals: 'bursty' }), 2_000)
    const poisson = times(work(fields), 2_000)
    bursty.forEach((at, k) => expect(Math.abs(at - poisson[k]!)).toBeLessThanOrEqual(1))
  })

  it('batch: everything at time 0, shared out among the submitters to the last one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 7 }), (count, of) => {
        const spec = work({ arrivals: 'batch', count })
        const all = Array.from({ length: of }, (_, place) => times(spec, 1_000, place, of))
        expect(all.flat()).toEqual(new Array(count).fill(0))
        all.forEach((one, place) => expect(one.length).toBe(shareOf(spec, place, of)))
      }),
    )
  })

  it('log: each row once, when the log says, scaled', () => {
    const jobs = { count: 5, submitUs: Float64Array.of(0, 10, 10, 30, 70) }
    const spec = work({ arrivals: 'log', timeScale: 0.5 })
    expect(times(spec, 10, 0, 2, 1, jobs)).toEqual([0, 5, 35])
    expect(times(spec, 10, 1, 2, 1, jobs)).toEqual([5, 15])
    expect(times({ ...spec, count: 2 }, 10, 0, 1, 1, jobs)).toEqual([0, 5])
    expect(times(spec, 10)).toEqual([])
  })

  it('closed: nothing comes by itself; clients think Exp(thinkUs)', () => {
    const spec = work({ arrivals: 'closed', thinkUs: 1_000_000 })
    expect(times(spec, 10)).toEqual([])
    const thoughts = Array.from({ length: 20_000 }, (_, n) => thinkUsOf(spec, 1, n % 10, n))
    expect(mean(thoughts) / 1_000_000).toBeCloseTo(1, 1.4)
    expect(thinkUsOf(work({ arrivals: 'closed' }), 1, 0, 0)).toBe(0)
  })

  it('no rate, no arrivals; a longer time scale stretches all times', () => {
    expect(times(work({ perSecond: 0 }), 5)).toEqual([])
    const plain = times(work({}), 100)
    times(work({ timeScale: 3 }), 100).forEach((at, k) => expect(Math.abs(at - 3 * plain[k]!)).toBeLessThan(3))
  })

  it('never goes back in time, whatever the law', () => {
    const law = fc.constantFrom('poisson', 'bursty', 'batch')
    fc.assert(
      fc.property(law, fc.nat(1_000), fc.double({ min: 1, max: 1e6, noNaN: true }), (arrivals, seed, perSecond) => {
        const spec = work({ arrivals, perSecond, count: 50 })
        const all = times(spec, 100, 0, 1, seed)
        expect(all.length).toBe(50)
        expect(all.every((at, k) => Number.isInteger(at) && at >= (all[k - 1] ?? 0))).toBe(true)
      }),
    )
  })
})
