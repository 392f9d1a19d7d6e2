import fc from 'fast-check'
import { expect, it } from 'vitest'
import { HEAD } from '../layout/Layout.ts'
import { blockSlices, BOXES, boxOf, restOf, stackSlices } from './stackShape.ts'

it('is as many boxes high as tasks are held, up to as many as are shown', () => {
  for (let held = 0; held <= BOXES; held++) expect(stackSlices(held, true)).toBe(held)
  expect([restOf(1), restOf(BOXES), restOf(BOXES + 1), restOf(100)]).toEqual([1, 1, 2, 100 - BOXES + 1])
})

it('is never lower for more tasks, as boxes and as a column', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.boolean(), (held, boxes) => {
      expect(stackSlices(held + 1, boxes)).toBeGreaterThanOrEqual(stackSlices(held, boxes))
      // However many there are, the lowest box ends the growth somewhere.
      expect(stackSlices(held, true)).toBeLessThanOrEqual(BOXES - 1 + 5)
    }),
  )
  expect(blockSlices(2)).toBeGreaterThan(blockSlices(1))
})

it('suits the agent it stands on', () => {
  expect(boxOf(-HEAD.radius)).toEqual({ slice: 0.36, width: 1.2 })
  expect(boxOf(-2 * HEAD.radius).width).toBeCloseTo(2.4)
  expect(boxOf(0.2).slice).toBeLessThan(boxOf(-HEAD.radius).slice)
})
