import { describe, expect, it } from 'vitest'
import { frameBytes, frameViews, type Frame } from '../../../engine/frame/frame.ts'
import type { SpaceInfo } from '../../../workers/protocol.ts'
import { bodySummary } from './bodySummary.ts'
import { BODY_TABLE, orderedBodies } from './bodyTable.ts'
import { perceives } from './senses.ts'

const space = { groups: ['red', 'blue'], states: ['searching', 'at work'] } as unknown as SpaceInfo

function frameOf(rows: number): Frame {
  const shape = { agents: rows, shards: 0, flightsPerShard: 0, bodies: rows }
  const frame = frameViews(new ArrayBuffer(frameBytes(shape)), 0, shape)
  const bodies = frame.bodies!
  for (let row = 0; row < rows; row++) {
    bodies.position.set([(7 * row) % rows, row, 0], 3 * row)
    bodies.heading.set([1, 0, 0], 3 * row)
    bodies.speed[row] = row % 2
    bodies.group[row] = row % 2
    bodies.status[row] = 1
  }
  return frame
}
const frame = frameOf(6)
frame.bodies!.status[4] = 2
frame.bodies!.state[3] = 1
frame.bodies!.flags[1] = 8
const found = (query: string, column = 'agent', down = false): number[] => [
  ...orderedBodies(frame, 6, space, query, { column, down }),
]

describe('the table of bodies', () => {
  it('lists who is there, by number or by a column, equal ones by number', () => {
    expect(found('')).toEqual([0, 1, 2, 3, 4, 5])
    expect(found('', 'agent', true)).toEqual([5, 4, 3, 2, 1, 0])
    expect(found('', 'speed')).toEqual([0, 2, 4, 1, 3, 5])
    expect(found('', 'speed', true)).toEqual([1, 3, 5, 0, 2, 4])
  })

  it('finds by name, group, state, and what ails them', () => {
    expect(found('blue')).toEqual([1, 3, 5])
    expect(found('at work')).toEqual([3])
    expect(found('rogue')).toEqual([1])
    expect(found('dead')).toEqual([4])
    expect(found('agent 2')).toEqual([2])
  })

  it('says place, heading and speed in figures', () => {
    const [place, heading, speed] = BODY_TABLE.map(({ text }) => text(frame.bodies!, 3, space))
    expect([place, heading, speed]).toEqual(['3, 3', '0°', '1'])
  })

  it('sorts 100,000 rows in a fraction of a second', () => {
    const many = frameOf(100_000)
    const started = performance.now()
    expect(orderedBodies(many, 100_000, space, 'blue', { column: 'place', down: true })).toHaveLength(50_000)
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})

it('sums a world up in a sentence', () => {
  expect(bodySummary(frame, space, 6, ['mill'])).toBe('5 of 6 bodies are alive: blue 3, red 2. Found: mill.')
  expect(bodySummary(null, space, 6, [])).toBe('')
})

it('draws rings only for how far a body perceives', () => {
  expect(perceives({ Neighbours: 12, radius: 5, 'Outer radius': 14, Works: 'yes', 'Radius of rest': 0 })).toEqual([
    5, 14,
  ])
})
