import { describe, expect, it } from 'vitest'
import { histogram, record } from '../kernel/histogram.ts'
import { messagesPerTask, networkEnergy, percentiles } from './health.ts'

describe('health', () => {
  it('percentiles of 1 … 1000 are those ranks, to 1/256', () => {
    const h = histogram()
    for (let us = 1; us <= 1_000; us++) record(h, us)
    const { mean, p50, p95, p99, max } = percentiles(h)
    expect([mean, max]).toEqual([500.5, 1_000])
    for (const [value, rank] of [
      [p50, 500],
      [p95, 950],
      [p99, 990],
    ] as const)
      expect(Math.abs(value - rank) / rank).toBeLessThanOrEqual(1 / 256)
    expect(Object.values(percentiles(histogram())).every(Number.isNaN)).toBe(true)
  })
  it('energy is messages × bytes × hops, weighted by what a link costs', () => {
    expect(networkEnergy([{ messages: 10, bytes: 20, hops: 3 }])).toBe(600)
    expect(
      networkEnergy([
        { messages: 10, bytes: 20, hops: 3, cost: 0.5 },
        { messages: 1, bytes: 8, hops: 1 },
      ]),
    ).toBe(308)
    expect(networkEnergy([])).toBe(0)
    expect(messagesPerTask(30, 10)).toBe(3)
    expect(messagesPerTask(30, 0)).toBeNaN()
  })
})
