import { describe, expect, it } from 'vitest'
import type { MarkBody } from '../agents/Program.ts'
import { checkStatus, createChecks, knowInvariants, observe } from './Checks.ts'
import { told } from './claims/claimfixture.ts'
import { fibOf, STEALING } from './stealingInvariants.ts'

knowInvariants(STEALING)

type Row = readonly [ms: number, agent: number, program: string, body: MarkBody]
const began = (attempt = 0): Row => [1, 0, 'stealing', { kind: 'began', n: 22, attempt }]
const finished = (value: number, nodes = 85_969): Row => [
  5,
  0,
  'stealing',
  { kind: 'finished', n: 22, value, nodes, tookUs: 1, workers: 2 },
]
const tally = (agent: number, worked: number): Row => [6, agent, 'stealing', { kind: 'tally', worked }]
const crashed: Row = [2, 1, 'host', { kind: 'crashed' }]
const reclaimed: Row = [3, 0, 'stealing', { kind: 'reclaimed', tasks: 1, from: 1 }]

function found(...rows: readonly Row[]): string | null {
  const checks = createChecks(['every-node-once'], { members: [], quietFromUs: 0, electionMaxUs: 0 })
  for (const mark of told(...rows)) observe(checks, mark)
  const [status] = checkStatus(checks)
  expect(status!.ok).toBe(status!.violation === undefined)
  return status!.violation?.sentence ?? null
}

describe('every node once', () => {
  it('knows fib(22) and its 85,969 nodes by recursion', () => {
    expect([0, 1, 2, 3].map((n) => fibOf(n).nodes)).toEqual([1, 1, 4, 7])
    expect(fibOf(22)).toEqual({ value: 17_711, nodes: 85_969 })
  })

  it('holds where the workers together did each node once', () => {
    expect(found(began(), finished(17_711), tally(0, 40_000), tally(1, 45_969))).toBeNull()
  })

  it('finds a wrong result, a node left out and a node done twice', () => {
    expect(found(began(), finished(17_712))).toBe('fib(22) comes out as 17712, and is 17711')
    expect(found(began(), finished(17_711, 85_968))).toMatch(/counts 85968 nodes/)
    expect(found(began(), finished(17_711), tally(0, 1), tally(1, 85_967))).toMatch(/85968 nodes were worked on/)
    expect(found(began(), finished(17_711), tally(0, 2), tally(1, 85_968))).toMatch(/85970 nodes were worked on/)
  })

  it('allows a node twice where a lease ran out, never a node less', () => {
    expect(found(began(), reclaimed, finished(17_711), tally(0, 1), tally(1, 85_998))).toBeNull()
    expect(found(began(), reclaimed, finished(17_711), tally(0, 1), tally(1, 85_967))).not.toBeNull()
  })

  it('does not count what a crash has forgotten', () => {
    expect(found(began(), crashed, finished(17_711), tally(0, 1), tally(1, 2))).toBeNull()
    expect(found(began(1), finished(17_711), tally(0, 1), tally(1, 2))).toBeNull()
  })
})
