import { expect, it } from 'vitest'
import type { Mark } from '../../agents/Program.ts'
import { agentId, micros } from '../../kernel/units.ts'
import { stretchesFrom } from './taskReports.ts'

const report = (time: number, agent: number, done: number, classes: object[] = [], program = 'distributor'): Mark => ({
  ...{ key: { time: micros(time), dst: agentId(agent), src: agentId(agent), seq: 0 }, index: 0, agent: agentId(agent) },
  program,
  body: {
    ...{ kind: 'report', submitted: done + 2, done, failed: 1, delayed: 3, waitedUs: 10 * done, tookUs: 20 * done },
    ...{ classes: classes as never },
  },
})

it('a stretch is what was counted between the first report after the warm-up and the last, by distributor', () => {
  const marks = [
    ...[report(1, 0, 5), report(10, 0, 8), report(11, 1, 1), report(15, 0, 9), report(20, 1, 4), report(21, 0, 20)],
    report(30, 0, 99, [], 'cluster'),
  ]
  const counts = stretchesFrom(marks, 10).map(({ done, waitedUs, tookUs, failed }) => [done, waitedUs, tookUs, failed])
  expect(counts).toEqual([
    [12, 120, 240, 0],
    [3, 30, 60, 0],
  ])
})

it('one report alone shows nothing', () => {
  expect(stretchesFrom([report(1, 0, 5), report(10, 0, 8)], 5)).toEqual([])
})

it('classes are counted by themselves, also one of which nothing was done before', () => {
  const early = report(1, 0, 1, [{ done: 1, waitedUs: 7 }])
  const late = report(2, 0, 5, [
    { done: 3, waitedUs: 27 },
    { done: 2, waitedUs: 9 },
  ])
  expect(stretchesFrom([early, late], 0)[0]!.classes).toEqual([
    { done: 2, waitedUs: 20 },
    { done: 2, waitedUs: 9 },
  ])
})
