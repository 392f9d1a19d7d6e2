import { describe, expect, it } from 'vitest'
import { agentId } from '../../kernel/units.ts'
import { electionTiming } from '../../scenario/presets/electionTiming.ts'
import type { ClaimRun } from './Claim.ts'
import { appends, boots, commits, host, leads, raft, told } from './claimfixture.ts'
import {
  commitLatencies,
  commitlessMs,
  leaderlessMs,
  majorityRoundTripUs,
  membersOf,
  recoveries,
} from './raftMeasures.ts'

const runOf = (marks: ClaimRun['marks'], untilMs: number): ClaimRun => ({
  scenario: electionTiming.scenario,
  marks,
  untilUs: untilMs * 1_000,
  messages: 0,
  transmissions: 0,
  violated: [],
  floorUs: (src, dst) => 100 * Math.abs(src - dst),
})

describe('recoveries', () => {
  it('counts from the crash of who leads to the next leader and to the first commit of its term', () => {
    const marks = told(
      leads(1, 0, 1),
      host(10, 0, 'crashed'),
      leads(14, 2, 3),
      commits(15, 2, 4, 1),
      commits(19, 2, 5, 3),
    )
    expect(recoveries(marks)).toEqual([{ crashedUs: 10_000, electedUs: 14_000, committedUs: 19_000 }])
    expect(leaderlessMs(runOf(marks, 30))).toEqual([4])
    expect(commitlessMs(runOf(marks, 30))).toEqual([9])
  })

  it('the crash of a follower, or of a leader that had stepped down, starts nothing', () => {
    const down = raft(5, 0, { kind: 'role', role: 'follower', term: 2 })
    expect(recoveries(told(leads(1, 0, 1), host(3, 1, 'crashed'), down, host(6, 0, 'crashed')))).toEqual([])
  })

  it('a run that ends without a leader counts as long as it lasted', () => {
    const marks = told(leads(1, 0, 1), host(10, 0, 'crashed'))
    expect(leaderlessMs(runOf(marks, 30))).toEqual([20])
    expect(commitlessMs(runOf(marks, 30))).toEqual([20])
  })

  it('a second crash is measured by itself', () => {
    const marks = told(leads(1, 0, 1), host(10, 0, 'crashed'), leads(12, 1, 2), host(20, 1, 'crashed'), leads(27, 2, 3))
    expect(leaderlessMs(runOf(marks, 40))).toEqual([2, 7])
  })
})

describe('commitLatencies', () => {
  it('from the append of an entry by its leader to its commit, several at once too', () => {
    const marks = told(leads(1, 0, 1), appends(2, 0, 1, 1), appends(4, 0, 2, 1), commits(9, 0, 2, 1))
    expect(commitLatencies(marks).map(({ tookUs }) => tookUs)).toEqual([7_000, 5_000])
  })

  it('leaves out what a leader inherited, and what followers commit', () => {
    const marks = told(
      ...[appends(0, 1, 1, 1), leads(1, 1, 2), appends(2, 1, 2, 2), appends(3, 0, 1, 1, 2)],
      ...[commits(8, 1, 2, 2), commits(9, 0, 2, 2)],
    )
    expect(commitLatencies(marks)).toEqual([{ leader: 1, tookUs: 6_000 }])
  })

  it('forgets what was under way when the leader steps down or restarts', () => {
    const down = raft(3, 0, { kind: 'role', role: 'follower', term: 2 })
    expect(commitLatencies(told(leads(1, 0, 1), appends(2, 0, 1, 1), down, commits(9, 0, 1, 1)))).toEqual([])
    const boot = raft(3, 0, { kind: 'boot', term: 1, index: 1 })
    expect(commitLatencies(told(leads(1, 0, 1), appends(2, 0, 1, 1), boot, commits(9, 0, 1, 1)))).toEqual([])
  })
})

describe('majorityRoundTripUs: a leader of n needs ⌊n/2⌋ others', () => {
  // Floors are 100 µs a step between ids, so from agent 0 the round trips are 200, 400, 600 and 800 µs.
  it.each([
    [1, 0],
    [2, 200],
    [3, 200],
    [4, 400],
    [5, 400],
  ])('%i members: %i µs from the first', (n, trip) => {
    const run = runOf(told(...boots(n)), 1)
    expect(majorityRoundTripUs(run, membersOf(run.marks), agentId(0))).toBe(trip)
  })
})
