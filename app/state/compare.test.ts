import { describe, expect, it } from 'vitest'
import type { Mark } from '../../engine/agents/Program.ts'
import { agentId, micros } from '../../engine/kernel/units.ts'
import { presetNamed } from '../../engine/scenario/presets/index.ts'
import type { Facts } from '../../workers/protocol.ts'
import { letterOf, newSide, otherSide, toldSide } from './compare.ts'
import { MarkLog } from './MarkLog.ts'

const { scenario } = presetNamed('raft-partition')!
const side = (id: number) => newSide(id, { scenario, log: scenario.faults })
const mark = (time: number, program: string, kind: string): Mark => ({
  key: { time: micros(time), dst: agentId(0), src: agentId(0), seq: time },
  index: 0,
  agent: agentId(0),
  program,
  body: { kind },
})
const facts = (marks: readonly Mark[], reset = false): Facts =>
  ({ marks, reset, series: [], log: structuredClone(scenario.faults), checks: [] }) as unknown as Facts

describe('toldSide', () => {
  it('counts elections and operations by their times, and begins anew where earlier marks are void', () => {
    const log = new MarkLog()
    const first = toldSide(side(1), facts([mark(5, 'raft', 'leader'), mark(7, 'client', 'ok')]), log)
    const second = toldSide(first, facts([mark(9, 'client', 'ok'), mark(9, 'client', 'invoke')]), log)
    expect(second.tally).toEqual({ electedUs: [5], doneUs: [7, 9] })
    const forked = toldSide(second, facts([mark(5, 'raft', 'leader')], true), log)
    expect(forked.tally).toEqual({ electedUs: [5], doneUs: [] })
    expect(forked.marks.recent).toHaveLength(1)
  })

  it('keeps the same log the same object, though a worker sends a copy each time', () => {
    const log = new MarkLog()
    const first = toldSide(side(1), facts([]), log)
    expect(toldSide(first, facts([]), log).log).toBe(first.log)
    const more = { ...facts([]), log: [...scenario.faults, { at: 1, op: 'heal' } as const] }
    expect(toldSide(first, more, log).log).toHaveLength(scenario.faults.length + 1)
  })
})

describe('otherSide', () => {
  const sides = [side(4), side(6), side(9)]

  it('is the one that was chosen, else the second; never the first', () => {
    expect(otherSide({ sides, other: 9 })?.id).toBe(9)
    expect(otherSide({ sides, other: null })?.id).toBe(6)
    expect(otherSide({ sides, other: 4 })?.id).toBe(6)
    expect(otherSide({ sides: sides.slice(0, 1), other: 9 })).toBeNull()
  })

  it('has a letter by its place', () => {
    expect(sides.map(({ id }) => letterOf(sides, id))).toEqual(['A', 'B', 'C'])
    expect(letterOf(sides, 99)).toBe('')
  })
})
