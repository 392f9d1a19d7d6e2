import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { floor32, middleOf, wrapped } from './edges.ts'
import { fitCells } from '../flocking/neighbourGrid.ts'
import { physarum } from '../stigmergy/physarum.ts'
import { pheromoneField } from '../field/pheromoneField.ts'
import { begun, specOf } from '../testing/worlds.ts'

const side = fc.double({ min: 0.01, max: 1_000_000, noNaN: true })

describe('places at the edges of a world', () => {
  it('are never below its beginning, even where a quotient rounds up to a whole number of worlds', () => {
    // In double precision 3.9 / 1.3 is 3, and 3 · 1.3 is 3.9000000000000004.
    expect(wrapped(3.9, 1.3)).toBe(0)
    expect(wrapped(247.814_685_208_656_07, 20.651_223_767_388_007)).toBe(0)
    fc.assert(
      fc.property(fc.double({ min: -1e7, max: 1e7, noNaN: true }), side, (x, of) => {
        const inside = wrapped(x, of)
        expect(inside >= 0 && inside < of).toBe(true)
      }),
    )
    expect(wrapped(NaN, 10)).toBeNaN()
    expect(wrapped(Infinity, 10)).toBeNaN()
  })

  it('are inside for the middle of a cell that reaches over the edge, kept in 32 bits', () => {
    // 100.3 is a little more in single precision.
    expect(Math.fround(100.3)).toBeGreaterThan(100.3)
    expect(middleOf(100, 1, 100.3)).toBeCloseTo(100.15, 12)
    expect(middleOf(7, 1, 100.3)).toBe(7.5)
    fc.assert(
      fc.property(side, fc.integer({ min: 1, max: 300 }), (of, cells) => {
        const cell = of / (cells - 0.999)
        const last = Math.ceil(of / cell) - 1
        expect(Math.fround(middleOf(last, cell, of))).toBeLessThanOrEqual(floor32(of))
      }),
    )
  })

  it.each([physarum, pheromoneField])('hold every body of a world that its cells do not divide ($kind)', (model) => {
    for (const edges of ['wrap', 'walls'] as const) {
      const params = { sources: 0 }
      const { space } = begun(model, specOf(model.kind, { width: 9.3, height: 10.3, edges, params }), 90)
      for (let row = 0; row < 90; row++) {
        expect(space.position[3 * row]!).toBeLessThanOrEqual(9.3)
        expect(space.position[3 * row + 1]!).toBeLessThanOrEqual(10.3)
      }
    }
  })

  it('cells are found for any radius above 0, be it the smallest number there is', () => {
    for (const radius of [Number.MIN_VALUE, 1e-300, 1e-12]) {
      const { columns, rows } = fitCells(specOf('vicsek'), 1_000, radius)
      expect(columns * rows).toBeLessThanOrEqual(1_000)
      expect(columns * rows).toBeGreaterThan(100)
    }
  })
})
