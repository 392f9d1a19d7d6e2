import { expect, it } from 'vitest'
import { boids } from '../flocking/boids.ts'
import { steerClear } from './steerClear.ts'
import { begun, put, specOf } from '../testing/worlds.ts'

it('bends a wish round what lies ahead into a unit vector, and lets it stand where both cancel out', () => {
  const bodies = begun(boids, specOf('boids', { edges: 'walls', obstacles: [{ x: 13, y: 10, radius: 1 }] }), 1)
  put(bodies, 0, [10, 10], [1, 0])
  const bent = (x: number, y: number): number[] => {
    const wanted = Float64Array.of(x, y, 0)
    steerClear(bodies.space, 0, 3, wanted)
    return [...wanted]
  }
  // Two thirds of the way to look ahead the push is as long as the wish.
  expect(bent(1, 0)).toEqual([Math.SQRT1_2, Math.SQRT1_2, 0].map((part) => expect.closeTo(part, 12)))
  expect(bent(0, -1)).toEqual([0, -1, 0])
})
