import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { INSTANCES, ORDERS, placesIn, sizesOf } from './listInstances.ts'

const machines = fc.integer({ min: 1, max: 20 })
const draw = (k: number, below: number): number => Math.abs(Math.imul(k + 7, 2_654_435_761)) % below
const total = (sizes: readonly number[]): number => sizes.reduce((sum, size) => sum + size, 0)

describe('Graham’s instances', () => {
  it('have the jobs of the papers: 12 of 1 and one of 4; 7 7 6 6 5 5 4 4 4', () => {
    expect(sizesOf('worst-list', 4, 0, draw)).toEqual([...Array<number>(12).fill(1), 4])
    const sizes = sizesOf('worst-longest', 4, 0, draw)
    expect(placesIn('longest-first', sizes, draw).map((k) => sizes[k])).toEqual([7, 7, 6, 6, 5, 5, 4, 4, 4])
  })

  it('fill all machines in the best schedule, to m and to 3m (property)', () => {
    fc.assert(
      fc.property(machines, (m) => {
        expect(total(sizesOf('worst-list', m, 0, draw))).toBe(m * m)
        expect(total(sizesOf('worst-longest', m, 0, draw))).toBe(3 * m * m)
        expect(sizesOf('worst-longest', m, 0, draw)).toHaveLength(2 * m + 1)
        expect(Math.max(...sizesOf('random', m, 50, draw))).toBeLessThanOrEqual(2 * m)
      }),
    )
  })

  it('keep every job in every order (property)', () => {
    fc.assert(
      fc.property(machines, fc.constantFrom(...INSTANCES), fc.constantFrom(...ORDERS), (m, instance, order) => {
        const sizes = sizesOf(instance, m, 30, draw)
        expect(placesIn(order, sizes, draw).toSorted((a, b) => a - b)).toEqual(sizes.map((_, k) => k))
      }),
    )
  })
})
