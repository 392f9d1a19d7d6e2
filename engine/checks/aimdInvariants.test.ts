import { describe, expect, it } from 'vitest'
import type { MarkBody } from '../agents/Program.ts'
import { AIMD_DEFAULTS } from '../resources/aimdState.ts'
import { AIMD } from './aimdInvariants.ts'
import { checkStatus, createChecks, knowInvariants, observe } from './Checks.ts'
import { host, told, type Told } from './claims/claimfixture.ts'

knowInvariants(AIMD)

const says = (ms: number, agent: number, body: MarkBody): Told => [ms, agent, 'aimd', body]
const congested = (ms: number, event: number): Told => says(ms, 0, { kind: 'congested', event, waiting: 6 })
const cut = (ms: number, event: number, from: number, to: number, agent = 1): Told =>
  says(ms, agent, { kind: 'cut', event, from, to })
const set = (ms: number, param: string, value: number | string, agent = 1): Told => [
  ...([ms, agent, 'host', { kind: 'set', program: 'aimd', param, value }] as const),
]
const shares = (ms: number, passed: readonly number[], waiting = 0): Told =>
  says(ms, 0, { kind: 'shares', flows: [1, 2], passed, dropped: 0, waiting, fairness: 1 })

/** Steps of 1 every 100 ms, β = ½; 100 a second and 4 at once. */
function found(...rows: readonly Told[]): { [name: string]: string } {
  const names = AIMD.map(({ name }) => name)
  const programs = [{ kind: 'aimd', params: { ...AIMD_DEFAULTS } }]
  const checks = createChecks(names, { members: [], quietFromUs: 0, electionMaxUs: 0, programs })
  for (const mark of told(...rows)) observe(checks, mark)
  const broken = checkStatus(checks).flatMap(({ name, violation }) => (violation ? [[name, violation.sentence]] : []))
  return Object.fromEntries(broken) as { [name: string]: string }
}
const FIRST = [congested(1_000, 1), cut(1_020, 1, 40, 20)]

describe('rates by rule (Chiu and Jain 1989)', () => {
  it('finds nothing where a rate grows by steps and is halved', () => {
    expect(found(...FIRST, congested(2_000, 2), cut(2_020, 2, 30, 15))).toEqual({})
    expect(found(...FIRST, congested(90_000, 2), cut(90_020, 2, 400, 200))).toEqual({}) // at the most
  })

  it('finds a signal that lowers by something else', () => {
    expect(found(congested(1_000, 1), cut(1_020, 1, 40, 30))).toEqual({
      'rates-by-rule': 'agent 1 goes from 40 to 30 at a signal, and by the rule it is 20',
    })
    expect(found(congested(1_000, 1), set(1_010, 'decrease', 'subtract'), cut(1_020, 1, 40, 20))).toEqual({})
    expect(found(congested(1_000, 1), set(1_010, 'minus', 5), cut(1_020, 1, 40, 35))).toHaveProperty('rates-by-rule')
  })

  it('finds a rate that has grown by other steps, or faster than rounds come', () => {
    expect(found(...FIRST, congested(2_000, 2), cut(2_020, 2, 30.5, 15.25))['rates-by-rule']).toBe(
      'agent 1 has grown from 20 to 30.5, and there was time for 11 rounds',
    )
    expect(found(...FIRST, congested(2_000, 2), cut(2_020, 2, 32, 16))).toHaveProperty('rates-by-rule')
  })

  it('finds a signal that counts twice, and one that nobody gave', () => {
    expect(found(...FIRST, cut(1_040, 1, 20, 10))['rates-by-rule']).toMatch(/although it has heard signal 1/)
    expect(found(...FIRST, cut(2_020, 2, 30, 15))['rates-by-rule']).toMatch(/signal 2, which nobody has given/)
  })

  it('forgets who crashed, and growth under other terms', () => {
    const again = [congested(2_000, 2), cut(2_020, 2, 70, 35)]
    expect(found(...FIRST, host(1_500, 1, 'crashed'), ...again)).toEqual({})
    expect(found(...FIRST, set(1_500, 'step', 7), ...again)).toEqual({})
    expect(found(set(10, 'step', 7, 2), host(20, 1, 'joined'), ...FIRST, ...again)).toEqual({})
  })
})

describe('within the bucket (Turner 1986)', () => {
  it('finds nothing where depth + rate · t pass, and finds one more', () => {
    expect(found(shares(1_000, [60, 44]), shares(2_000, [4, 100]))).toEqual({})
    expect(found(shares(1_000, [61, 44]))).toEqual({
      'within-bucket': '105 packets have passed in 1000000 µs, and there were tokens for 104',
    })
    expect(found(set(1_500, 'perSecond', 200, 0), shares(2_000, [400, 0]), shares(3_000, [204, 0]))).toEqual({})
    expect(found(set(10, 'shaping', 'none', 0), shares(1_000, [1, 0]), shares(2_000, [500, 0]))).toEqual({})
  })

  it('finds a queue that is longer than there is room', () => {
    expect(found(shares(1_000, [1, 1], 41))).toEqual({
      'within-bucket': '41 packets wait, and there is room for 40',
    })
  })
})
