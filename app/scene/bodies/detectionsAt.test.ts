import { expect, it } from 'vitest'
import type { Mark, MarkBody } from '../../../engine/agents/Program.ts'
import { agentId, micros } from '../../../engine/kernel/units.ts'
import { detectionsAt } from './detectionsAt.ts'

const mark = (time: number, body: MarkBody, program = 'space'): Mark => ({
  key: { time: micros(time), dst: agentId(0), src: agentId(0), seq: 0 },
  ...{ index: 0, agent: agentId(0), program, body },
})
const mill = { detector: 1, what: 'mill', onsetUs: 5, place: [10, 20, 0], radius: 4, members: 30 }
const marks = [
  mark(10, { kind: 'emerged', ...mill }),
  mark(20, { kind: 'emerged', detector: 0, what: 'collapse', onsetUs: 18 }),
  mark(25, { kind: 'crashed', detector: 0 }, 'host'),
  mark(30, { kind: 'dissolved', detector: 1, what: 'mill', onsetUs: 5 }),
  mark(40, { kind: 'emerged', ...mill, onsetUs: 35, place: [1, 2, 3] }),
]

it('what has emerged is there until it is over, whichever way the clock goes', () => {
  const there = (timeUs: number): readonly (readonly [string, number])[] =>
    detectionsAt(marks, timeUs).map(({ label, sinceUs }) => [label, sinceUs])
  expect(there(9)).toEqual([])
  expect(there(10)).toEqual([['mill', 5]])
  expect(there(29)).toEqual([
    ['mill', 5],
    ['collapse', 18],
  ])
  expect(there(30)).toEqual([['collapse', 18]])
  expect(there(40)).toEqual([
    ['collapse', 18],
    ['mill', 35],
  ])
})

it('has a place only where the mark has one', () => {
  expect(detectionsAt(marks, 20)).toMatchObject([
    { place: [10, 20, 0], radius: 4, members: 30, noticedUs: 10 },
    { place: null, members: null },
  ])
})
