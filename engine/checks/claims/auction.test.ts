import { describe, expect, it } from 'vitest'
import type { Mark, MarkBody } from '../../agents/Program.ts'
import { agentId, micros } from '../../kernel/units.ts'
import { outcomeOf } from './auction.ts'
import { gainOf } from './secondPrice.ts'

const mark = (agent: number, body: MarkBody, program = 'auction'): Mark => {
  const id = agentId(agent)
  return { key: { time: micros(1), dst: id, src: id, seq: 0 }, index: 0, agent: id, program, body }
}
/** Persons 0 and 1, objects 2 and 3. */
const BENEFITS = [mark(0, { kind: 'benefits', values: [9, 1] }), mark(1, { kind: 'benefits', values: [8, 3] })]
const sold = (object: number, to: number, phase = 0) => mark(object, { kind: 'sold', to, price: 1, round: 0, phase })

describe('outcomeOf', () => {
  it('adds up what the latest owners have, and knows the best', () => {
    const marks = [...BENEFITS, sold(2, 0), sold(2, 1), sold(3, 0)]
    expect(outcomeOf({ marks })).toEqual({ persons: 2, without: 0, total: 9, best: 12 })
    expect(outcomeOf({ marks: [...marks, sold(2, 0), sold(3, 1)] })).toMatchObject({ total: 12 })
  })
  it('forgets the sales of an earlier phase, and what returned', () => {
    const phase = mark(2, { kind: 'phase', round: 0, phase: 1, epsilon: 1 })
    expect(outcomeOf({ marks: [...BENEFITS, sold(2, 0), sold(3, 1), phase] })).toMatchObject({ total: 0, without: 2 })
    const returned = mark(2, { kind: 'returned', from: 0, price: 1, round: 0, phase: 0 })
    expect(outcomeOf({ marks: [...BENEFITS, sold(2, 0), sold(3, 1), returned] })).toMatchObject({
      ...{ total: 3, without: 1 },
    })
  })
  it('leaves out who crashed, until it restarts', () => {
    const crashed = [...BENEFITS, sold(2, 0), sold(3, 1), mark(0, { kind: 'crashed' }, 'host')]
    expect(outcomeOf({ marks: crashed })).toEqual({ persons: 1, without: 0, total: 3, best: 8 })
    expect(outcomeOf({ marks: [...crashed, mark(0, { kind: 'restarted' }, 'host')] })).toMatchObject({ best: 12 })
  })
  it('is nothing before anybody said anything', () => {
    expect(outcomeOf({ marks: [] })).toBeNull()
  })
})

it('gainOf: 1 / (n (n + 1)) by the truth, less by anything below; mean and variance by numeric integration', () => {
  for (const rivals of [1, 2, 4]) expect(gainOf(1, rivals).mean).toBeCloseTo(1 / ((rivals + 1) * (rivals + 2)), 12)
  expect(gainOf(0.7, 4).mean).toBeCloseTo(0.017607, 6)
  const [factor, rivals, steps] = [0.7, 4, 1_000]
  let first = 0
  let second = 0
  for (let i = 0; i < steps; i++)
    for (let j = 0; j < steps; j++) {
      const v = (i + 0.5) / steps
      const y = ((j + 0.5) / steps) * factor * v
      const weight = (rivals * y ** (rivals - 1) * factor * v) / (steps * steps)
      first += (v - y) * weight
      second += (v - y) ** 2 * weight
    }
  expect(gainOf(factor, rivals).mean).toBeCloseTo(first, 5)
  expect(gainOf(factor, rivals).variance).toBeCloseTo(second - first * first, 5)
})
