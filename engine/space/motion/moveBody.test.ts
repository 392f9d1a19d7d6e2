import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SpaceSpec } from '../../scenario/Scenario.ts'
import { apart } from './edges.ts'
import { moveBody } from './moveBody.ts'
import { FLAG } from '../SpaceModel.ts'
import { PlainSpace } from '../testing/plainSpace.ts'
import { hypot3 } from '../testing/vectors.ts'
import { specOf } from '../testing/worlds.ts'
import { steerClear } from './steerClear.ts'

function spaceWith(more: Partial<SpaceSpec>, place: readonly number[], heading: readonly number[]): PlainSpace {
  const space = new PlainSpace(specOf('couzin', { width: 20, height: 20, depth: 20, ...more }), 1, {})
  space.position.set(place)
  space.heading.set(heading)
  return space
}
const close = (actual: Iterable<number>, wanted: readonly number[]): void =>
  [...actual].forEach((value, axis) => expect(value).toBeCloseTo(wanted[axis]!, 4))

describe('moveBody', () => {
  it('goes over the edge of a wrapped world, and is mirrored by a wall with its heading', () => {
    const over = spaceWith({}, [19.5, 0.5, 0], [0.6, -0.8, 0])
    moveBody(over, 0, 1, -1, 0)
    close(over.position, [0.5, 19.5, 0])
    close(over.heading, [0.6, -0.8, 0])
    const back = spaceWith({ edges: 'walls' }, [19.5, 0.5, 0], [0.6, -0.8, 0])
    moveBody(back, 0, 1, -1, 0)
    close(back.position, [19.5, 0.5, 0])
    close(back.heading, [-0.6, 0.8, 0])
  })

  it('stops at the surface of an obstacle and goes on along it', () => {
    const space = spaceWith({ obstacles: [{ x: 10, y: 10, radius: 2 }] }, [7.9, 9, 0], [1, 0, 0])
    moveBody(space, 0, 1, 0, 0)
    const [x, y] = [space.position[0]! - 10, space.position[1]! - 10]
    expect(Math.sqrt(x * x + y * y)).toBeCloseTo(2, 4)
    expect(Math.sqrt(x * x + y * y)).toBeGreaterThan(2)
    expect(space.heading[0]! * x + space.heading[1]! * y).toBeCloseTo(0, 4)
    expect(space.heading[1]).toBeLessThan(0)
  })

  it('is held by it, but does not turn, where it is blind', () => {
    const space = spaceWith({ obstacles: [{ x: 10, y: 10, radius: 2 }] }, [7.9, 9, 0], [1, 0, 0])
    space.flags[0] = FLAG.blind
    moveBody(space, 0, 1, 0, 0)
    close(space.heading, [1, 0, 0])
    expect(hypot3([space.position[0]! - 10, space.position[1]! - 10])).toBeGreaterThan(2)
  })

  it('is pushed out by one that fell on it, even on its centre', () => {
    const space = spaceWith({ obstacles: [{ x: 10, y: 10, radius: 2 }] }, [10, 10, 0], [1, 0, 0])
    moveBody(space, 0, 0, 0, 0)
    close(space.position, [8, 10, 0])
  })

  it('a disc without a height reaches through the whole depth; a sphere can be flown over', () => {
    const at = (z: object): number[] => {
      const disc = { x: 10, y: 10, radius: 2, ...z }
      const space = spaceWith({ dimensions: 3, obstacles: [disc] }, [7.9, 10, 15], [1, 0, 0])
      moveBody(space, 0, 1, 0, 0)
      return [...space.position]
    }
    close(at({ z: 10 }), [8.9, 10, 15])
    close(at({}), [8, 10, 15])
  })

  it('never leaves a body inside an obstacle that has room round it, nor out of the world', () => {
    const side = fc.double({ min: 0, max: 19.9, noNaN: true })
    const way = fc.double({ min: -30, max: 30, noNaN: true })
    const edges = fc.constantFrom('wrap' as const, 'walls' as const)
    const place = fc.tuple(side, side, side)
    const go = fc.tuple(way, way, way)
    fc.assert(
      fc.property(edges, place, go, fc.tuple(side, side, side), fc.boolean(), (edge, from, by, disc, isDeep) => {
        const obstacle = { x: 4 + disc[0] * 0.6, y: 4 + disc[1] * 0.6, z: 4 + disc[2] * 0.6, radius: 3.5 }
        const world = { edges: edge, dimensions: isDeep ? (3 as const) : (2 as const), obstacles: [obstacle] }
        const space = spaceWith(world, [from[0], from[1], isDeep ? from[2] : 0], [0.6, 0, 0.8])
        moveBody(space, 0, ...by)
        const d = [obstacle.x, obstacle.y, obstacle.z].map((at, axis) =>
          apart(space.position[axis]!, at, 20, space.spec),
        )
        expect(hypot3(isDeep ? d : [d[0]!, d[1]!])).toBeGreaterThan(3.5)
        for (const value of space.position) expect(value).toBeGreaterThanOrEqual(0)
        for (const value of space.position) expect(value).toBeLessThanOrEqual(20)
      }),
    )
  })
})

describe('steerClear', () => {
  const bent = (heading: number[], obstacles: SpaceSpec['obstacles'], ahead = 5): number[] => {
    const wanted = new Float64Array(heading)
    steerClear(spaceWith({ obstacles }, [5, 10, 0], heading), 0, ahead, wanted)
    return [...wanted]
  }

  it('bends the way round what lies ahead, towards the side on which less of it is', () => {
    const [x, y] = bent([1, 0, 0], [{ x: 10, y: 10.5, radius: 2 }]) as [number, number]
    expect(y).toBeLessThan(-0.3)
    expect(Math.sqrt(x * x + y * y)).toBeCloseTo(1, 9)
    expect(bent([1, 0, 0], [{ x: 10, y: 10, radius: 2 }])[1]).toBeGreaterThan(0.3)
  })

  it('does nothing about what is behind, aside, too far, or when it does not look ahead', () => {
    expect(bent([-1, 0, 0], [{ x: 10, y: 10, radius: 2 }])).toEqual([-1, 0, 0])
    expect(bent([1, 0, 0], [{ x: 8, y: 13, radius: 2 }])).toEqual([1, 0, 0])
    expect(bent([1, 0, 0], [{ x: 13, y: 10, radius: 2 }])).toEqual([1, 0, 0])
    expect(bent([1, 0, 0], [{ x: 10, y: 10, radius: 2 }], 0)).toEqual([1, 0, 0])
  })

  it('sees through the edge of a wrapped world', () => {
    const wanted = new Float64Array([1, 0, 0])
    steerClear(spaceWith({ obstacles: [{ x: 1, y: 10.5, radius: 2 }] }, [18, 10, 0], [1, 0, 0]), 0, 5, wanted)
    expect(wanted[1]).toBeLessThan(-0.3)
  })
})
