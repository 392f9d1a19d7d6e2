import { expect, it } from 'vitest'
import type { Mark, MarkBody } from '../../engine/agents/Program.ts'
import { agentId, ENV, micros } from '../../engine/kernel/units.ts'
import { namesFor } from '../state/names.ts'
import { spaceCaption } from './captions/space.ts'
import { eventMarks } from './eventMarks.ts'

const mark = (time: number, program: string, body: MarkBody, agent: number = ENV): Mark => ({
  ...{ key: { time: micros(time), dst: agentId(0), src: agentId(0), seq: 0 }, index: 0 },
  ...{ agent: agentId(agent), program, body },
})
const mill = { what: 'mill', figure: 'milling', value: 0.8, alive: 10, onsetUs: 5 }
const marks = [
  mark(10, 'space', { kind: 'emerged', ...mill, members: 9 }),
  mark(20, 'host', { kind: 'crashed' }, 3),
  mark(30, 'space', { kind: 'dissolved', ...mill, endUs: 29 }),
  mark(40, 'space', { kind: 'not a number', column: 'position', tick: 4, agent: 7, cell: -1, value: 'NaN' }),
]

it('what emerges, what is over and what stops a run are on the timeline beside what hosts tell', () => {
  const names = namesFor(null, null)
  expect(eventMarks(marks, names, { space: spaceCaption }).map(({ timeUs, tone }) => [timeUs, tone])).toEqual([
    [10, 'up'],
    [20, 'down'],
    [30, 'note'],
    [40, 'down'],
  ])
  expect(eventMarks(marks, names).map(({ timeUs }) => timeUs)).toEqual([20])
})
