import { describe, expect, it } from 'vitest'
import type { Command } from '../../engine/scenario/Scenario.ts'
import { activeCuts, cutTest } from './cuts.ts'

const log: readonly Command[] = [
  { at: 1_000, op: 'partition', side: { group: 1 }, forUs: 500 },
  { at: 3_000, op: 'cut', from: 'leader', to: 'all' },
  { at: 4_000, op: 'heal' },
]
const whom = { group: (agent: number) => Math.floor(agent / 10), leaderAt: () => 7 }

describe('cuts', () => {
  it('are on from their command until they end or the network heals', () => {
    expect([999, 1_000, 1_499, 1_500, 3_500, 4_000].map((t) => activeCuts(log, t).length)).toEqual([0, 1, 1, 0, 1, 0])
  })
  it('part the side from everybody else, both ways, and leave the inside whole', () => {
    const cut = cutTest(activeCuts(log, 1_200), whom)!
    expect([cut(3, 12), cut(12, 3), cut(11, 12), cut(3, 4)]).toEqual([true, true, false, false])
  })
  it('cut one way only where it was asked for one way', () => {
    const cut = cutTest(activeCuts(log, 3_500), whom)!
    expect([cut(7, 1), cut(1, 7)]).toEqual([true, false])
  })
  it('is nothing at all where nothing is cut', () => expect(cutTest([], whom)).toBeUndefined())
})
