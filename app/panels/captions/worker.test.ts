import { expect, it } from 'vitest'
import { agentId, millis } from '../../../engine/kernel/units.ts'
import { namesFor } from '../../state/names.ts'
import { workerCaption } from './worker.ts'

const names = namesFor(null, null)
const mark = (body: { kind: string; [field: string]: number | string | readonly number[] }) => ({
  ...{ key: { time: millis(1), dst: agentId(2), src: agentId(2), seq: 1 }, index: 0, agent: agentId(2) },
  ...{ program: 'worker', body },
})

it('says what a thief took, one or many, and nothing of a task’s everyday life', () => {
  const words = (kind: string, tasks: readonly number[]) => workerCaption(mark({ kind, tasks, from: 7 }), names)
  expect(words('stolen', [40])?.[0]).toMatch(/takes a task from .*7$/)
  expect(words('stolen', [40, 41, 52])?.[0]).toMatch(/takes 3 tasks from .*7$/)
  expect(words('started', [])).toBeNull()
})

it('says when a worker asks to be spared, and when it can work again', () => {
  const alarm = workerCaption(mark({ kind: 'alarm', what: 'saturation', value: 0.816 }), names)
  expect(alarm?.[0]).toMatch(/2 asks to be spared: 82 % of its queue is full$/)
  expect(workerCaption(mark({ kind: 'clear', what: 'saturation', value: 0.3 }), names)?.[0]).toMatch(
    /can take tasks again$/,
  )
})
