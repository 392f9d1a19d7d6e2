import { describe, expect, it } from 'vitest'
import { raftPartition } from '../../scenario/presets/raftPartition.ts'
import type { Command, Scenario } from '../../scenario/Scenario.ts'
import { appends, boots, commits, host, leads, raft, told } from './claimfixture.ts'
import { cutOutcomes, leaderAt } from './partitionMeasure.ts'

const cut = (...faults: Command[]): Scenario => ({ ...raftPartition.scenario, faults })
const ALONE = cut({ at: 10_000, op: 'partition', side: 'leader', forUs: 10_000 })

describe('cutOutcomes: only what was appended after the cut counts', () => {
  const before = [...boots(5), leads(1, 0, 1), appends(2, 0, 1, 1), appends(3, 1, 1, 1)]

  it('an isolated leader appends and commits nothing new; the others do', () => {
    const marks = told(
      ...[...before, commits(11, 0, 1, 1), appends(12, 0, 2, 1), leads(13, 1, 2), appends(13, 1, 2, 2)],
      ...[commits(15, 1, 2, 2), appends(14, 2, 1, 1, 2), commits(16, 2, 2, 2), commits(25, 0, 2, 2)],
    )
    expect(cutOutcomes(ALONE, marks)).toEqual([
      { fromUs: 10_000, minorityAppends: 1, minorityCommits: 0, majorityCommits: 1 },
    ])
  })

  it('a commit on the side without a majority is seen, once an entry', () => {
    const marks = told(...before, appends(12, 0, 2, 1), commits(14, 0, 2, 1), commits(15, 0, 2, 1))
    expect(cutOutcomes(ALONE, marks)).toMatchObject([{ minorityAppends: 1, minorityCommits: 1, majorityCommits: 0 }])
  })

  it('two and two: neither side is a majority', () => {
    const scenario = cut({ at: 10_000, op: 'partition', side: [0, 1], forUs: 10_000 })
    const marks = told(...boots(4), leads(1, 2, 1), appends(12, 2, 1, 1), commits(14, 2, 1, 1))
    expect(cutOutcomes(scenario, marks)).toMatchObject([{ minorityAppends: 1, minorityCommits: 1, majorityCommits: 0 }])
  })

  it('an entry cut off and replaced at the same index is another entry', () => {
    const truncate = raft(13, 0, { kind: 'truncate', index: 1 })
    const marks = told(...before, appends(12, 0, 2, 1), truncate, appends(14, 0, 2, 3), commits(15, 0, 2, 3))
    expect(cutOutcomes(ALONE, marks)).toMatchObject([{ minorityAppends: 2, minorityCommits: 1 }])
  })

  it('a cut ends with an order to heal everything', () => {
    const scenario = cut({ at: 10_000, op: 'partition', side: [0] }, { at: 13_000, op: 'heal' })
    const marks = told(...before, appends(12, 0, 2, 1), commits(14, 0, 2, 1))
    expect(cutOutcomes(scenario, marks)).toMatchObject([{ minorityAppends: 1, minorityCommits: 0 }])
  })
})

describe('leaderAt: who "leader" is at a cut', () => {
  it('the highest term among those that lead and are up', () => {
    const marks = told(leads(1, 0, 1), leads(5, 1, 2), host(8, 1, 'crashed'))
    expect([1, 2_000, 6_000, 9_000].map((at) => leaderAt(marks, at))).toEqual([-1, 0, 1, 0])
  })

  it('nobody after stepping down', () => {
    expect(leaderAt(told(leads(1, 0, 1), raft(3, 0, { kind: 'role', role: 'follower', term: 2 })), 9_000)).toBe(-1)
  })
})
