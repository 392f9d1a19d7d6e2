import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { agentId } from '../kernel/units.ts'
import type { LatencyLaw } from '../scenario/Scenario.ts'
import { compileLatency, TAIL_MAX } from './latency.ts'
import { oneWayUs, REGIONS, regionIndex, zoneOneWayUs } from './regions.ts'

const A = agentId(0)
const B = agentId(1)
const N = 1 << 16
/** The middles of N equal parts of the 32-bit words: sums over them are the law's moments to about 1/N. */
const wordsInOrder = Array.from({ length: N }, (_, i) => i * 65536 + 32768)
function moments(law: LatencyLaw): { mean: number; deviation: number; least: number; most: number } {
  const latency = compileLatency(law, (agent) => agent)
  const delays = wordsInOrder.map((word) => latency.sample(A, B, word))
  const mean = delays.reduce((sum, us) => sum + us, 0) / N
  const square = delays.reduce((sum, us) => sum + (us - mean) * (us - mean), 0) / N
  return { mean, deviation: Math.sqrt(square), least: Math.min(...delays), most: Math.max(...delays) }
}

const micros = fc.integer({ min: 0, max: 86_400_000_000 })
const local = fc.oneof(
  fc.record({ kind: fc.constant('constant' as const), us: micros }),
  fc
    .tuple(micros, micros)
    .map(([a, b]) => ({ kind: 'uniform' as const, minUs: Math.min(a, b), maxUs: Math.max(a, b) })),
  fc.record({ kind: fc.constant('exponential' as const), floorUs: micros, meanUs: micros }),
  fc.record({
    kind: fc.constant('lognormal' as const),
    floorUs: micros,
    medianUs: fc.integer({ min: 0, max: 1_000_000_000 }),
    sigma: fc.double({ min: 0, max: 4, noNaN: true }),
  }),
)
const anyLaw: fc.Arbitrary<LatencyLaw> = fc.oneof(
  local,
  fc.record({
    kind: fc.constant('regions' as const),
    regions: fc.array(fc.constantFrom(...REGIONS), { minLength: 1, maxLength: 6 }),
    jitter: fc.double({ min: 0, max: 3, noNaN: true }),
    local,
  }),
)
const word = fc.oneof(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.constantFrom(0, 1, 2 ** 32 - 2, 2 ** 32 - 1))

describe('every law', () => {
  it('gives whole microseconds between its floor, at least 1, and its longest', () => {
    fc.assert(
      fc.property(anyLaw, fc.nat(20), fc.nat(20), word, (law, a, b, u) => {
        const latency = compileLatency(law, (agent) => agent)
        const us = latency.sample(agentId(a), agentId(b), u)
        expect(Number.isSafeInteger(us)).toBe(true)
        expect(latency.minFloorUs()).toBeGreaterThanOrEqual(1)
        expect(latency.minFloorUs()).toBeLessThanOrEqual(latency.floorBetweenGroupsUs(a, b))
        expect(latency.floorBetweenGroupsUs(a, b)).toBeLessThanOrEqual(latency.floorUs(agentId(a), agentId(b)))
        expect(latency.floorUs(agentId(a), agentId(b))).toBeLessThanOrEqual(us)
        expect(us).toBeLessThanOrEqual(latency.maxUs(agentId(a), agentId(b)))
      }),
      { numRuns: 2_000 },
    )
  })
  it('is monotone in the word: uniform and log-normal rise, exponential and regions fall', () => {
    fc.assert(
      fc.property(anyLaw, word, word, (law, u, v) => {
        const latency = compileLatency(law, (agent) => agent)
        const low = latency.sample(A, B, Math.min(u, v))
        const high = latency.sample(A, B, Math.max(u, v))
        const kind =
          law.kind === 'regions' && law.regions[0] === law.regions[1 % law.regions.length] ? law.local.kind : law.kind
        if (kind === 'uniform' || kind === 'lognormal') expect(low).toBeLessThanOrEqual(high)
        else expect(low).toBeGreaterThanOrEqual(high)
      }),
    )
  })
  it('reaches its floor and its longest', () => {
    const latency = compileLatency({ kind: 'exponential', floorUs: 100, meanUs: 1_000_000 }, () => 0)
    expect(latency.sample(A, B, 2 ** 32 - 1)).toBe(100)
    expect(latency.sample(A, B, 0)).toBe(latency.maxUs(A, B))
    const uniform = compileLatency({ kind: 'uniform', minUs: 7, maxUs: 9 }, () => 0)
    expect([0, 2 ** 31, 2 ** 32 - 1].map((u) => uniform.sample(A, B, u))).toEqual([7, 8, 9])
  })
})

describe('moments against closed forms', () => {
  it('constant: no deviation', () => {
    expect(moments({ kind: 'constant', us: 250 })).toEqual({ mean: 250, deviation: 0, least: 250, most: 250 })
  })
  it('uniform on whole µs a…b: mean (a+b)/2, variance ((b−a+1)²−1)/12', () => {
    const { mean, deviation, least, most } = moments({ kind: 'uniform', minUs: 1000, maxUs: 4095 })
    expect(mean).toBeCloseTo(2547.5, 0)
    expect(deviation).toBeCloseTo(Math.sqrt((3096 ** 2 - 1) / 12), 0)
    expect([least, most]).toEqual([1000, 4095])
  })
  it('floor + log-normal: median floor + median, mean floor + median·exp(σ²/2) (0.2 %), a tail that ends at z = 3.8', () => {
    const law = { kind: 'lognormal', floorUs: 10_000, medianUs: 100_000, sigma: 0.5 } as const
    const { mean, least, most } = moments(law)
    expect(compileLatency(law, () => 0).sample(A, B, 2 ** 31)).toBe(110_000)
    expect((mean - 10_000) / (100_000 * Math.exp(0.125))).toBeCloseTo(1, 2)
    expect(most - 10_000).toBeLessThan(100_000 * Math.exp(0.5 * 3.85))
    expect(most - 10_000).toBeGreaterThan(100_000 * Math.exp(0.5 * 3.6))
    expect(least - 10_000).toBeLessThan(100_000 * Math.exp(-0.5 * 3.6))
  })
  it('log-normal: quantiles are those of exp(σz) (Φ(1) = 0.841345, Φ(2) = 0.977250; 0.1 %)', () => {
    const latency = compileLatency({ kind: 'lognormal', floorUs: 1, medianUs: 1_000_000, sigma: 1 }, () => 0)
    const at = (p: number): number => (latency.sample(A, B, Math.floor(p * 2 ** 32)) - 1) / 1_000_000
    for (const [p, z] of [
      [0.841345, 1],
      [0.97725, 2],
      [0.158655, -1],
      [0.02275, -2],
    ] as const)
      expect(at(p) / Math.exp(z)).toBeCloseTo(1, 2.5)
  })
  it('floor + Exp(mean): mean floor + mean (0.05 %), deviation mean (0.5 %)', () => {
    const { mean, deviation, least } = moments({ kind: 'exponential', floorUs: 500, meanUs: 100_000 })
    expect(mean / 100_500).toBeCloseTo(1, 3)
    expect(deviation / 100_000).toBeCloseTo(1, 2)
    expect(least).toBeLessThanOrEqual(502)
  })
  it('Exp of every word is at most 32·ln 2 means', () => {
    expect(moments({ kind: 'exponential', floorUs: 1, meanUs: 1e9 }).most).toBeLessThanOrEqual(1 + 1e9 * TAIL_MAX)
  })
  it('regions: half the round trip × (1 + Exp(jitter)); Washington DC to Sydney 107 ms', () => {
    const law = { kind: 'regions', regions: ['Washington DC', 'Sydney'], jitter: 0.05 } as const
    const { mean, deviation, least } = moments({ ...law, local: { kind: 'constant', us: 1 } })
    expect(mean / (107_000 * 1.05)).toBeCloseTo(1, 3)
    expect(deviation / (107_000 * 0.05)).toBeCloseTo(1, 2)
    expect(least).toBe(107_000)
  })
})

describe('regions law', () => {
  const law = {
    kind: 'regions',
    regions: ['London', 'Tokyo', 'London'],
    jitter: 0,
    local: { kind: 'uniform', minUs: 100, maxUs: 300 },
  } as const
  const latency = compileLatency(law, (agent) => agent)
  const sample = (a: number, b: number) => latency.sample(agentId(a), agentId(b), 0)

  it('group g lies in region g % regions.length; inside a region the local law holds', () => {
    expect([sample(0, 1), sample(3, 4), sample(4, 3)]).toEqual([121_500, 121_500, 122_000])
    expect([sample(0, 0), sample(0, 3), sample(0, 2), sample(1, 4)]).toEqual([100, 100, 100, 100])
  })
  it('names the least floor for the lookahead', () => {
    expect([latency.floorBetweenGroupsUs(0, 1), latency.floorBetweenGroupsUs(0, 2), latency.minFloorUs()]).toEqual([
      121_500, 100, 100,
    ])
  })
})

describe('the measured matrix (IBM Cloud VPC, July–August 2024)', () => {
  it('is nearly symmetric (3 ms) and obeys the triangle inequality within 10 %', () => {
    for (const [i] of REGIONS.entries())
      for (const [j] of REGIONS.entries()) {
        expect(Math.abs(oneWayUs(i, j) - oneWayUs(j, i))).toBeLessThanOrEqual(1_500)
        for (const [k] of REGIONS.entries())
          if (i !== j && i !== k && j !== k)
            expect(oneWayUs(i, k)).toBeLessThan(1.1 * (oneWayUs(i, j) + oneWayUs(j, k)))
      }
  })
  it('gives known figures', () => {
    const us = (from: string, to: string) => oneWayUs(regionIndex(from), regionIndex(to))
    expect([us('Frankfurt', 'London'), us('Osaka', 'Tokyo'), us('Sao Paulo', 'Sydney')]).toEqual([
      6_500, 4_500, 164_000,
    ])
    expect([zoneOneWayUs(0, 0), zoneOneWayUs(0, 1), zoneOneWayUs(2, 1)]).toEqual([45, 1_015, 1_090])
    expect(regionIndex('Atlantis')).toBe(-1)
    expect(() => oneWayUs(-1, 0)).toThrow('a region is one of REGIONS')
  })
})
