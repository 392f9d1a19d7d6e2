import { expect, it } from 'vitest'
import type { Mark, MarkBody } from '../../engine/agents/Program.ts'
import { ENV, micros } from '../../engine/kernel/units.ts'
import { figureMetrics, figuresIn } from './figures.ts'
import { metricsOf, type RunFigures } from './metrics.ts'

const mark = (time: number, body: MarkBody, program = 'space'): Mark => ({
  ...{ key: { time: micros(time), dst: ENV, src: ENV, seq: 0 }, index: 0, agent: ENV, program, body },
})
const marks = [
  ...[0.1, 0.3, 0.7, 0.8, 0.9].map((order, i) => mark(i, { kind: 'measure', order, ...(i > 3 && { late: 5 }) })),
  mark(9, { kind: 'emerged', value: 1 }),
  mark(10, { kind: 'measure', order: 99 }, 'other'),
]
const run: RunFigures = {
  totals: { events: 0, messages: 0, transmissions: 0, deliveries: 0, losses: 0, pending: 0 },
  ...{ latency: new Uint32Array(64), marks, untilUs: 10 },
}

it('figures are told by their last measurement and the mean over the later half', () => {
  const figures = figuresIn(marks)
  expect(figures.get('order')!.last).toBe(0.9)
  expect(figures.get('order')!.mean).toBeCloseTo((0.7 + 0.8 + 0.9) / 3, 12)
  expect([...figures.keys()]).toEqual(['order', 'late'])
})

it('are metrics of a run by name; a figure that the run does not show is null', () => {
  const [last, mean] = figureMetrics(['order'])
  expect([last!.name, last!.of(run), mean!.name]).toEqual(['order_last', 0.9, 'order_mean'])
  expect(figureMetrics(['mass'])[0]!.of(run)).toBeNull()
})

it('stand among the metrics that `run --json` prints', () => {
  expect(metricsOf(run)).toMatchObject({ order_last: 0.9, late_last: 5, late_mean: 5, marks: 7 })
})
