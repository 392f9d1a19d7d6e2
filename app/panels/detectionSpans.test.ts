import { expect, it } from 'vitest'
import type { Mark, MarkBody } from '../../engine/agents/Program.ts'
import { agentId, ENV, micros } from '../../engine/kernel/units.ts'
import { detectionSpans } from './detectionSpans.ts'

const mark = (time: number, body: MarkBody, program = 'space'): Mark => ({
  ...{ key: { time: micros(time), dst: agentId(0), src: agentId(0), seq: 0 }, index: 0, agent: ENV, program, body },
})
const marks = [
  mark(10, { kind: 'emerged', detector: 1, what: 'mill', onsetUs: 6 }),
  mark(12, { kind: 'crashed', detector: 1 }, 'host'),
  mark(20, { kind: 'emerged', detector: 0, what: 'collapse', onsetUs: 20 }),
  mark(30, { kind: 'dissolved', detector: 1, what: 'mill', onsetUs: 6, endUs: 27 }),
  mark(50, { kind: 'emerged', detector: 1, what: 'mill', onsetUs: 45 }),
]

it('what emerged is there from its onset to its end, or to the time that is known', () => {
  expect(detectionSpans(marks, 60)).toEqual([
    { fromUs: 6, toUs: 27, label: 'mill', detector: 1 },
    { fromUs: 20, toUs: 60, label: 'collapse', detector: 0 },
    { fromUs: 45, toUs: 60, label: 'mill', detector: 1 },
  ])
})

it('is not known before it was noticed, nor over before its end was', () => {
  expect(detectionSpans(marks, 9)).toEqual([])
  expect(detectionSpans(marks, 28)).toEqual([
    { fromUs: 6, toUs: 28, label: 'mill', detector: 1 },
    { fromUs: 20, toUs: 28, label: 'collapse', detector: 0 },
  ])
})
