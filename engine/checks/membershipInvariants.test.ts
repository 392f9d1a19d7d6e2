import type { MarkBody } from '../agents/Program.ts'
import { describe, expect, it } from 'vitest'
import { NEVER, micros } from '../kernel/units.ts'
import { checkStatus, createChecks, observe, reach } from './Checks.ts'
import { told } from './claims/claimfixture.ts'
import { MEMBERSHIP } from './membershipInvariants.ts'

type Row = readonly [ms: number, agent: number, program: string, body: MarkBody]
const swim = (ms: number, agent: number, kind: string, of: number, incarnation = 0, status?: string): Row => [
  ms,
  agent,
  'swim',
  { kind, of, incarnation, periodUs: 1_000, ...(status === undefined ? {} : { status }) },
]
const host = (ms: number, agent: number, kind: string, active?: boolean, more: object = {}): Row => [
  ms,
  agent,
  'host',
  { kind, ...(active === undefined ? {} : { active }), ...more },
]
const refuted = (ms: number, agent: number, incarnation: number): Row => [
  ms,
  agent,
  'swim',
  { kind: 'refuted', incarnation },
]

function broken(rows: readonly Row[], untilMs = 2_000, quietFromUs = 0): string[] {
  const names = MEMBERSHIP.map(({ name }) => name)
  const checks = createChecks(names, { members: [], quietFromUs, electionMaxUs: 0 })
  for (const mark of told(...rows)) observe(checks, mark)
  reach(checks, micros(untilMs * 1_000))
  return checkStatus(checks).flatMap(({ name, ok }) => (ok ? [] : [name]))
}

describe('views of members', () => {
  it('may climb in incarnation and get graver within one (SWIM section 4.2)', () => {
    expect(
      broken([
        swim(1, 0, 'suspected', 3),
        swim(2, 1, 'heard', 3, 0, 'suspect'),
        refuted(3, 3, 1),
        swim(4, 1, 'heard', 3, 1, 'alive'),
        swim(5, 0, 'cleared', 3, 1),
        swim(6, 0, 'heard', 3, 1, 'suspect'),
        swim(7, 0, 'heard', 3, 1, 'left'),
        refuted(8, 3, 2),
      ]),
    ).toEqual([])
  })

  it('must not: go back, be cleared for nothing, or refute twice with one number', () => {
    expect(broken([swim(1, 0, 'heard', 3, 2, 'alive'), swim(2, 0, 'suspected', 3, 1)])).toEqual([
      'incarnation-monotone',
    ])
    expect(broken([swim(1, 0, 'suspected', 3, 1), swim(2, 0, 'cleared', 3, 1)])).toEqual(['no-resurrection'])
    expect(broken([refuted(1, 3, 1), refuted(2, 3, 1)])).toEqual(['incarnation-monotone'])
  })

  it('begin anew with the observer’s power', () => {
    const start = swim(1, 0, 'heard', 3, 2, 'dead')
    const again = swim(4, 0, 'heard', 3, 1, 'alive')
    expect(broken([start, again])).toContain('incarnation-monotone')
    expect(broken([start, host(2, 0, 'crashed'), host(3, 0, 'restarted'), again])).toEqual([])
  })
})

describe('no-self-death', () => {
  const verdict = swim(10, 0, 'confirmed', 3)

  it('gives whoever is buried alive a hundred quiet periods to be heard', () => {
    expect(broken([verdict], 109)).toEqual([])
    expect(broken([verdict], 110)).toEqual(['no-self-death'])
    expect(broken([verdict, swim(100, 0, 'cleared', 3, 1)])).toEqual([])
    expect(broken([verdict, swim(100, 0, 'heard', 3, 1, 'alive')])).toEqual([])
    expect(broken([verdict, swim(100, 1, 'heard', 3, 1, 'alive')])).toEqual(['no-self-death'])
  })

  it('asks nothing of the dead, and counts from their return', () => {
    const crash = host(5, 3, 'crashed')
    expect(broken([crash, verdict])).toEqual([])
    expect(broken([crash, verdict, host(500, 3, 'restarted')], 599)).toEqual([])
    expect(broken([crash, verdict, host(500, 3, 'restarted')], 600)).toEqual(['no-self-death'])
    expect(broken([host(5, 3, 'left'), verdict])).toEqual([])
    expect(broken([verdict, host(50, 3, 'paused')])).toEqual([])
  })

  it('forgets the verdicts of an observer that fails', () => {
    expect(broken([verdict, host(50, 0, 'crashed'), host(60, 0, 'restarted')])).toEqual([])
  })

  it('waits while a fault is on, announced or live', () => {
    expect(broken([verdict], 2_000, NEVER)).toEqual([])
    expect(broken([host(20, -1, 'fault', true), verdict])).toEqual([])
    expect(broken([host(1, -1, 'fault', true), verdict, host(300, -1, 'fault', false)], 399)).toEqual([])
    expect(broken([host(1, -1, 'fault', true), verdict, host(300, -1, 'fault', false)], 400)).toEqual(['no-self-death'])
  })
  it('is not misled by a fault that found nobody, or that ends before another', () => {
    const cut = host(1, -1, 'fault', true, { op: 'cut', command: 0 })
    const missed = host(20, -1, 'fault', false, { op: 'crash', command: 1, missed: true })
    const shorter = host(2, -1, 'fault', true, { op: 'lose', command: 2 })
    const ended = host(30, -1, 'fault', false, { op: 'heal', command: 2 })
    const healed = host(300, -1, 'fault', false, { op: 'heal', command: 3 })
    expect(broken([cut, verdict, missed])).toEqual([])
    expect(broken([cut, shorter, verdict, ended])).toEqual([])
    expect(broken([cut, shorter, verdict, ended, healed], 400)).toEqual(['no-self-death'])
  })

  it('waits for an agent that was made slow by hand until it is itself again', () => {
    const slow = host(1, 3, 'slowed', undefined, { factor: 500 })
    const well = host(300, 3, 'slowed', undefined, { factor: 1 })
    expect(broken([slow, verdict])).toEqual([])
    expect(broken([slow, verdict, well], 400)).toEqual(['no-self-death'])
  })
})
