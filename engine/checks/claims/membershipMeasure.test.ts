import type { MarkBody } from '../../agents/Program.ts'
import { describe, expect, it } from 'vitest'
import { swim as preset } from '../../scenario/presets/swim.ts'
import type { ClaimRun } from './Claim.ts'
import { host, told } from './claimfixture.ts'
import { churnClaims } from './churn.ts'
import { falseVerdicts, infectionUs, probesOfTheCrashed, settling } from './membershipMeasure.ts'
import { phiAccrualClaims } from './phiAccrual.ts'
import { swimClaims } from './swim.ts'

type Row = readonly [ms: number, agent: number, program: string, body: MarkBody]
/** Five members, half a second a period. */
const scenario = preset.withAgents(5)
const run = (untilMs: number, ...rows: readonly Row[]): ClaimRun => ({
  ...{ scenario, marks: told(...rows), untilUs: untilMs * 1_000 },
  ...{ messages: 0, transmissions: 0, violated: [], floorUs: () => 1 },
})
const swim = (ms: number, agent: number, kind: string, of: number, more: object = {}): Row => [
  ms,
  agent,
  'swim',
  { kind, of, afterUs: 500_000, ...more },
]
const heard = (ms: number, agent: number, of: number, status: string): Row => swim(ms, agent, 'heard', of, { status })

describe('periods until a crash is probed', () => {
  it('count from the crash to the start of the failed probe, a begun one whole', () => {
    const rows = [
      swim(900, 1, 'suspected', 2), // before the crash, so by mistake
      host(1_000, 2, 'crashed'),
      swim(1_490, 0, 'suspected', 2), // its probe was under way at the crash
      swim(1_600, 4, 'suspected', 2),
      swim(2_001, 3, 'suspected', 2),
      swim(2_010, 3, 'suspected', 1),
    ]
    expect(probesOfTheCrashed(run(3_000, ...rows))).toEqual([
      { agent: 0, periods: 1 },
      { agent: 4, periods: 1 },
      { agent: 3, periods: 2 },
    ])
    expect(probesOfTheCrashed(run(3_000))).toEqual([])
  })
})

describe('false verdicts', () => {
  it('are those on agents that are up', () => {
    const rows = [
      swim(1, 0, 'confirmed', 3),
      host(2, 4, 'crashed'),
      swim(3, 0, 'confirmed', 4),
      host(4, 4, 'restarted'),
      swim(5, 1, 'confirmed', 4),
      host(6, 2, 'left'),
      swim(7, 1, 'confirmed', 2),
    ]
    expect(falseVerdicts(run(10, ...rows))).toBe(2)
  })
})

describe('infection', () => {
  it('lasts from the first suspicion until the last of the others has heard', () => {
    const rows = [
      host(10, 2, 'crashed'),
      swim(20, 0, 'suspected', 2),
      heard(25, 1, 2, 'suspect'),
      swim(30, 3, 'suspected', 2),
      heard(31, 1, 2, 'dead'),
    ]
    expect(infectionUs(run(100, ...rows))).toBe(80_000) // to the end: agent 4 has not heard
    expect(infectionUs(run(100, ...rows, heard(45, 4, 2, 'suspect')))).toBe(25_000)
    expect(infectionUs(run(100))).toBeNaN()
  })
})

describe('settling', () => {
  it('is when nobody who is up is wrong about a change any more', () => {
    const rows = [
      host(10, 2, 'crashed'),
      swim(20, 0, 'confirmed', 2),
      heard(30, 1, 2, 'dead'),
      heard(40, 3, 2, 'dead'),
      heard(50, 4, 2, 'suspect'), // still takes it for live
    ]
    expect(settling(run(100, ...rows))).toEqual({ changes: 1, tookUs: [90_000], wrong: 1 })
    expect(settling(run(100, ...rows, heard(60, 4, 2, 'dead')))).toEqual({ changes: 1, tookUs: [50_000], wrong: 0 })
    expect(settling(run(100, ...rows, host(70, 4, 'crashed'))).wrong).toBe(3) // about agent 4, which is asked no more
  })

  it('knows newcomers, who take founders for live and nobody else, and whoever lost its memory with its power', () => {
    const joined = [host(10, 5, 'joined'), ...[0, 1, 2, 3, 4].map((agent) => heard(20 + agent, agent, 5, 'alive'))]
    expect(settling(run(100, ...joined))).toEqual({ changes: 1, tookUs: [14_000], wrong: 0 })
    const again = [host(30, 1, 'crashed'), host(31, 1, 'restarted')]
    expect(settling(run(100, ...joined, ...again)).wrong).toBe(1)
    expect(settling(run(100, ...joined, ...again, heard(40, 1, 5, 'alive'))).wrong).toBe(0)
  })
})

describe('what the claims expect', () => {
  const expected = (name: string): number => {
    const claim = [...swimClaims, ...phiAccrualClaims, ...churnClaims].find((one) => one.name === name)!
    return claim.expectation(claim.seeds.full).expected as number
  }
  it('first detection: 1/(1 − (1 − 1/99)⁹⁹) periods', () => {
    expect(expected('swim-first-detection')).toBeCloseTo(1 / (1 - (1 - 1 / 99) ** 99), 3)
  })
  it('missed probes: (1 − 0.9²)(1 − 0.9⁴)³', () => {
    expect(expected('swim-missed-probes') / 100).toBeCloseTo((1 - 0.9 ** 2) * (1 - 0.9 ** 4) ** 3, 5)
  })
  it('false suspicions: 10^−phi but for the length of the window', () => {
    for (const phi of [1, 2, 3]) {
      const share = expected(`phi-${phi}`) / 100
      expect(share / 10 ** -phi).toBeGreaterThan(1)
      expect(share / 10 ** -phi).toBeLessThan(1.03)
      expect(share / (1 + (phi * Math.LN10) / 1_000) ** -1_000).toBeCloseTo(1, 3)
    }
  })
})
