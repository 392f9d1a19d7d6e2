import { expect, it } from 'vitest'
import type { MarkBody } from '../../agents/Program.ts'
import { host, told, type Told } from './claimfixture.ts'
import { drain, givenToTheDead, outcomes, rushEndUs } from './rushMeasure.ts'

const desk = (ms: number, kind: string, task: number, more: object = {}): Told => [
  ...([ms, 0, 'distributor', { kind, task, ...more } as MarkBody] as const),
]
const rate = (ms: number, value: number): Told => [
  ...([ms, 0, 'host', { kind: 'set', program: 'distributor', param: 'rateFactor', value }] as const),
]

it('the rush ends where the rate was last set back', () => {
  expect(rushEndUs(told(rate(1, 8), rate(5, 1), rate(7, 3), rate(9, 1), host(10, 1, 'crashed')))).toBe(9_000)
  expect(rushEndUs(told(rate(1, 8)))).toBeNaN()
})

it('the drain is counted from the unfinished tasks at the end of the rush', () => {
  const marks = told(
    ...[desk(1, 'submitted', 1), desk(2, 'submitted', 2), desk(3, 'submitted', 3), desk(3, 'done', 1)],
    ...[desk(4, 'submitted', 4), desk(6, 'submitted', 5), desk(7, 'failed', 2, { why: 'overloaded' })],
    ...[desk(8, 'done', 3), desk(9, 'unassignable', 4)],
  )
  expect(drain(marks, 5_000, 2)).toEqual({ pile: 3, tookUs: 3_000 })
  expect(drain(marks, 5_000, 0)).toEqual({ pile: 3, tookUs: NaN })
  expect(outcomes(marks)).toEqual({ submitted: 5, done: 2, overloaded: 1, givenUp: 1 })
})

it('what is given to a worker counts as wasted only while it lies broken', () => {
  const marks = told(
    ...[desk(1, 'assigned', 1, { to: 2 }), host(2, 2, 'crashed'), desk(3, 'assigned', 2, { to: 2 })],
    ...[desk(4, 'assigned', 3, { to: 3 }), host(5, 2, 'restarted'), desk(6, 'assigned', 4, { to: 2 })],
  )
  expect(givenToTheDead(marks)).toBe(1)
  expect(givenToTheDead(marks.slice(0, 1))).toBeNaN()
})
