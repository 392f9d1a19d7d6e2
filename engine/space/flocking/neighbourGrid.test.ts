import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SPACE_DEFAULTS } from '../../scenario/spaceParams.ts'
import type { SpaceSpec } from '../../scenario/Scenario.ts'
import { apart } from '../motion/edges.ts'
import { fitCells, gridArrays, neighbourGrid, type NeighbourGrid } from './neighbourGrid.ts'
import { PlainSpace, runPhases } from '../testing/plainSpace.ts'

interface Crowd {
  readonly spec: SpaceSpec
  readonly radius: number
  /** In 0..1 of each side; some sit on the very edge. */
  readonly places: readonly (readonly [number, number, number])[]
  readonly down: readonly number[]
}

const fraction = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.25, 0.5, 0.75, 1))
const crowd: fc.Arbitrary<Crowd> = fc
  .record({
    dimensions: fc.constantFrom(2 as const, 3 as const),
    edges: fc.constantFrom('wrap' as const, 'walls' as const),
    width: fc.double({ min: 0.5, max: 200, noNaN: true }),
    height: fc.double({ min: 0.5, max: 200, noNaN: true }),
    depth: fc.double({ min: 0.5, max: 200, noNaN: true }),
    // Up to half the world: down to two cells a side, and to one with the margin.
    range: fc.oneof(fc.double({ min: 0.01, max: 0.5, noNaN: true }), fc.constantFrom(0.5, 1 / 3, 0.25)),
    places: fc.array(fc.tuple(fraction, fraction, fraction), { minLength: 1, maxLength: 60 }),
    down: fc.array(fc.nat(59), { maxLength: 4 }),
  })
  .map(({ range, places, down, ...world }) => {
    const spec = { ...SPACE_DEFAULTS, kind: 'boids', params: {}, ...world } as SpaceSpec
    const least = Math.min(world.width, world.height, world.dimensions === 3 ? world.depth : Infinity)
    return { spec, radius: range * least, places, down }
  })

function populated({ spec, places, down }: Crowd): PlainSpace {
  const space = new PlainSpace(spec, places.length, gridArrays(spec, places.length))
  const sides = [spec.width, spec.height, spec.dimensions === 3 ? spec.depth : 0]
  places.forEach((place, row) => {
    place.forEach((share, axis) => {
      const at = Math.fround(share * sides[axis]!)
      const beyond = spec.edges === 'wrap' ? at >= sides[axis]! : at > sides[axis]!
      space.position[3 * row + axis] = beyond ? 0 : at
      space.heading[3 * row + axis] = axis + row / 64
    })
  })
  for (const row of down) if (row < places.length) space.status[row] = 0
  return space
}

/** Rows closer than `radius` by all pairs, ascending. */
function allNear({ position, status, count, spec }: PlainSpace, row: number, radius: number): number[] {
  const near: number[] = []
  for (let other = 0; other < count; other++) {
    if (status[other] !== 1) continue
    const dx = apart(position[3 * row]!, position[3 * other]!, spec.width, spec)
    const dy = apart(position[3 * row + 1]!, position[3 * other + 1]!, spec.height, spec)
    const dz = spec.dimensions === 3 ? apart(position[3 * row + 2]!, position[3 * other + 2]!, spec.depth, spec) : 0
    if (dx * dx + dy * dy + dz * dz < radius * radius) near.push(other)
  }
  return near
}

const nearRows = (grid: NeighbourGrid, { position }: PlainSpace, row: number, radius: number): number[] => {
  const found = grid.near(position[3 * row]!, position[3 * row + 1]!, position[3 * row + 2]!, radius)
  return Array.from(grid.nearSlot.subarray(0, found), (slot) => grid.rowAt[slot]!)
}

describe('neighbourGrid', () => {
  it('finds whom a look at all pairs finds, wrapped and walled, in 2D and 3D, on 1 to 4 parts', () => {
    fc.assert(
      fc.property(crowd, fc.integer({ min: 1, max: 4 }), (made, parts) => {
        const space = populated(made)
        const grid = neighbourGrid(space, () => made.radius)
        runPhases(grid.phases, parts)
        for (let row = 0; row < space.count; row++)
          expect(nearRows(grid, space, row, made.radius).sort((a, b) => a - b)).toEqual(
            allNear(space, row, made.radius),
          )
      }),
      { numRuns: 300 },
    )
  })

  it('sorts to the same bits on any number of parts, rows ascending in each cell', () => {
    fc.assert(
      fc.property(crowd, (made) => {
        const sorted = [1, 2, 3, 8].map((parts) => {
          const space = populated(made)
          const grid = neighbourGrid(space, () => made.radius)
          runPhases(grid.phases, parts)
          const alive = space.status.reduce((sum, status) => sum + (status === 1 ? 1 : 0), 0)
          const cells = [...grid.start]
          for (let cell = 0; cell + 1 < cells.length && cells[cell + 1]! <= alive; cell++)
            for (let k = cells[cell]! + 1; k < cells[cell + 1]!; k++)
              expect(grid.rowAt[k]).toBeGreaterThan(grid.rowAt[k - 1]!)
          return [cells, ...[grid.rowAt, grid.x, grid.y, grid.z, grid.headX, grid.headY, grid.headZ].map((c) => [...c])]
        })
        for (const other of sorted) expect(other).toEqual(sorted[0])
      }),
      { numRuns: 60 },
    )
  })

  it('gives every cell to exactly one part', () => {
    fc.assert(
      fc.property(crowd, fc.integer({ min: 1, max: 8 }), (made, parts) => {
        const space = populated(made)
        const grid = neighbourGrid(space, () => made.radius)
        runPhases(grid.phases, parts)
        const { columns, rows, layers } = fitCells(made.spec, space.capacity, made.radius)
        let next = 0
        for (let index = 0; index < parts; index++) {
          const [from, to] = grid.share({ index, parts })
          expect(from).toBe(next)
          next = to
        }
        expect(next).toBe(columns * rows * layers)
      }),
      { numRuns: 60 },
    )
  })

  it('follows a radius that changes between steps', () => {
    fc.assert(
      fc.property(crowd, fc.double({ min: 0.02, max: 1, noNaN: true }), (made, shrink) => {
        const space = populated(made)
        let radius = made.radius
        const grid = neighbourGrid(space, () => radius)
        runPhases(grid.phases, 2)
        radius *= shrink
        runPhases(grid.phases, 2)
        for (let row = 0; row < space.count; row++)
          expect(nearRows(grid, space, row, radius).sort((a, b) => a - b)).toEqual(allNear(space, row, radius))
      }),
      { numRuns: 60 },
    )
  })

  it('never makes more cells than bodies, or 64, whatever the radius', () => {
    const spec = { ...SPACE_DEFAULTS, kind: 'boids', params: {}, width: 1_000_000, height: 10 } as SpaceSpec
    for (const radius of [1e-9, 0.001, 1, 4.9, 5]) {
      const { columns, rows, layers } = fitCells(spec, 200, radius)
      expect(columns * rows * layers).toBeLessThanOrEqual(200)
      expect(columns * rows * layers).toBeGreaterThanOrEqual(1)
    }
  })
})
