import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ants } from './ants.ts'
import { Field } from '../field/field.ts'
import { hypot3 } from '../testing/vectors.ts'
import { begun, headingOf, put, specOf } from '../testing/worlds.ts'
import { below, cellAhead, face, staysInside, turn } from './walker.ts'

const bodies = (edges: 'wrap' | 'walls') => begun(ants, specOf('ants', { width: 10, height: 10, edges }), 1)

describe('a walker', () => {
  it('keeps a heading of length 1 through any turns, and comes round after 360 degrees (property)', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -720, max: 720 }), { maxLength: 200 }), (turns) => {
        const heading = new Float32Array(3)
        face(heading, 0, 20)
        for (const degrees of turns) turn(heading, 0, degrees)
        turn(heading, 0, -turns.reduce((sum, degrees) => sum + degrees, 20))
        expect(hypot3([...heading])).toBeCloseTo(1, 6)
        expect(heading[0]).toBeCloseTo(1, 4)
        expect(heading[1]).toBeCloseTo(0, 4)
      }),
    )
  })

  it('turns left by positive degrees, right by negative ones', () => {
    const world = bodies('wrap')
    put(world, 0, [5, 5], [1, 0])
    turn(world.space.heading, 0, 90)
    expect(headingOf(world, 0)[0]).toBeCloseTo(0, 12)
    expect(headingOf(world, 0)[1]).toBe(1)
    turn(world.space.heading, 0, -180)
    expect(headingOf(world, 0)[1]).toBe(-1)
  })

  it('smells the cell that lies ahead, across the seam of a wrapped world, nothing beyond a wall', () => {
    for (const edges of ['wrap', 'walls'] as const) {
      const world = bodies(edges)
      const field = new Field(world.space, 1, () => {})
      put(world, 0, [9.5, 5.5], [1, 0])
      expect(cellAhead(field, world.space, 0, 180, 1)).toBe(5 * 10 + 8)
      expect(cellAhead(field, world.space, 0, 90, 1)).toBe(6 * 10 + 9)
      expect(cellAhead(field, world.space, 0, 0, 1)).toBe(edges === 'wrap' ? 5 * 10 : -1)
      expect(staysInside(world.space, 0, 1, 0)).toBe(edges === 'wrap')
      expect(staysInside(world.space, 0, -1, 0)).toBe(true)
    }
  })

  it('draws whole numbers in 0 … n − 1, the ends too', () => {
    expect([below(40, 0), below(40, 0xffffffff), below(1, 0xffffffff)]).toEqual([0, 39, 0])
  })
})
