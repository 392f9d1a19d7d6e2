import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { endBin, expectedOf, newForecast, noteArrival, noteSize, workersNeeded, type Forecast } from './forecast.ts'

/** One bin in which `came[k]` tasks of kind k come. */
function pass(forecast: Forecast, came: readonly number[], gain = 0.5) {
  came.forEach((count, kind) => {
    for (let k = 0; k < count; k++) noteArrival(forecast, kind)
  })
  return endBin(forecast, gain)
}

describe('what comes when', () => {
  it('learns a season at once, and expects each bin as it was', () => {
    const forecast = newForecast(2, 10, 40)
    const season = [
      [8, 0],
      [4, 1],
      [0, 6],
      [2, 2],
    ]
    for (const came of season) pass(forecast, came)
    for (let k = 0; k < 12; k++) {
      expect([0, 1].map((kind) => expectedOf(forecast, kind, 0))).toEqual(season[k % 4])
      expect([0, 1].map((kind) => expectedOf(forecast, kind, 3))).toEqual(season[(k + 3) % 4])
      expect(pass(forecast, season[k % 4]!)).toEqual({ expected: season[k % 4], came: season[k % 4], error: 0 })
    }
  })

  it('stands in by the mean of all bins before a season is over, and where there is none', () => {
    const forecast = newForecast(1, 10, 30)
    expect(expectedOf(forecast, 0, 1)).toBe(0)
    pass(forecast, [4])
    expect(expectedOf(forecast, 0, 1)).toBe(4)
    const level = newForecast(1, 10, 0)
    pass(level, [4])
    pass(level, [8])
    expect(expectedOf(level, 0, 5)).toBe(6)
  })

  it('comes as near as it likes to what stays the same, whatever it began with', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(50), fc.double({ min: 0.1, max: 1, noNaN: true }), (first, then, gain) => {
        const forecast = newForecast(1, 10, 20)
        pass(forecast, [first], gain)
        for (let k = 0; k < 400; k++) pass(forecast, [then], gain)
        expect(expectedOf(forecast, 0, 1)).toBeCloseTo(then, 6)
      }),
    )
  })

  it('says by how much it was wrong, as a share of what came', () => {
    const forecast = newForecast(2, 10, 0)
    pass(forecast, [6, 2])
    expect(pass(forecast, [2, 2]).error).toBe(1)
    expect(pass(newForecast(1, 10, 0), [0]).error).toBe(0)
  })
})

describe('how long it takes', () => {
  it('is a weighted mean by kind, with its mean error', () => {
    const forecast = newForecast(2, 10, 0)
    noteSize(forecast, 0, 100, 0.5)
    noteSize(forecast, 0, 200, 0.5)
    noteSize(forecast, 1, 40, 0.5)
    expect(forecast.sizesUs).toEqual([150, 40])
    expect(forecast.sizeErrorsUs).toEqual([50, 0])
  })
})

describe('workersNeeded', () => {
  it('is the load and its root, for the busiest of the bins ahead', () => {
    const forecast = newForecast(2, 1_000, 3_000)
    for (const came of [
      [0, 2],
      [8, 1],
      [4, 0],
    ])
      pass(forecast, came)
    noteSize(forecast, 0, 500, 0.5)
    noteSize(forecast, 1, 10, 0.5)
    expect(workersNeeded(forecast, 0, 100)).toEqual([0, 1])
    expect(workersNeeded(forecast, 1, 100)).toEqual([6, 1]) // the load of the second bin is 4, and √4 = 2
    forecast.bin += 2
    expect(workersNeeded(forecast, 0, 100)).toEqual([3, 0])
    expect(workersNeeded(forecast, 1, 100)).toEqual([3, 1])
  })

  it('never asks for more than half a worker a kind above what there are, and needs nothing unknown', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40), { minLength: 1, maxLength: 6 }), fc.nat(20), (came, workers) => {
        const forecast = newForecast(came.length, 1_000, 0)
        pass(forecast, came)
        expect(workersNeeded(forecast, 1, workers).every((n) => n === 0)).toBe(true)
        came.forEach((_, kind) => noteSize(forecast, kind, 700, 0.5))
        const total = workersNeeded(forecast, 1, workers).reduce((sum, n) => sum + n, 0)
        expect(total).toBeLessThanOrEqual(workers + came.length / 2)
      }),
    )
  })
})
