import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SPACE_PARAMS } from '../../scenario/spaceParams.ts'
import type { SpaceSpec } from '../../scenario/Scenario.ts'
import { ASSIGNMENTS, gapsIn, MOVES, placesFor, settlePlaces, SPAN, TAKEN, type Places } from './formationPlaces.ts'
import { behind, layoutOf, offsetOf, SHAPES, strideOf, type Layout } from './formationSlots.ts'
import { FLAG } from '../SpaceModel.ts'
import { PlainSpace } from '../testing/plainSpace.ts'

const DEFAULTS = Object.fromEntries(Object.entries(SPACE_PARAMS.formation).map(([name, rule]) => [name, rule.is]))
const SPEC = { kind: 'formation', dimensions: 2, width: 300, height: 300, depth: 1, edges: 'walls', cell: 10 }
const spaceOf = (capacity: number, params: object): PlainSpace => {
  const spec = { ...SPEC, params: { ...DEFAULTS, ...params }, stepUs: 1, measureEvery: 0, obstacles: [], detectors: [] }
  const space = new PlainSpace(spec as unknown as SpaceSpec, capacity, {})
  for (let row = 0; row < capacity; row++) space.position[3 * row] = (row * 37) % 290
  return space
}
const locate = (place: number, out: Float64Array): void => void out.set([4 * place, 0])
const heldBy = ({ holder, counts }: Places): number[] => [...holder.subarray(0, counts[SPAN])]
const settle = (space: PlainSpace, places: Places, steps: number): void => {
  for (let k = 0; k < steps; k++) settlePlaces(space, places, locate)
}

describe('places of a shape', () => {
  const anyLayout = fc.record<Layout>({
    shape: fc.constantFrom(...SHAPES),
    spacing: fc.double({ min: 0.1, max: 100, noNaN: true }),
    openDegrees: fc.double({ min: 60, max: 180, noNaN: true }),
    files: fc.integer({ min: 1, max: 9 }),
    taken: fc.integer({ min: 1, max: 60 }),
  })

  it('no two are nearer than the spacing, and the nearest in a file are just so far', () => {
    fc.assert(
      fc.property(anyLayout, (layout) => {
        const at = Array.from({ length: layout.taken }, (_, place) => {
          const out = new Float64Array(2)
          offsetOf(layout, place, out)
          return [...out] as [number, number]
        })
        const apart = (a: number, b: number): number => Math.hypot(at[a]![0] - at[b]![0], at[a]![1] - at[b]![1])
        const { spacing, taken } = layout
        for (let a = 0; a < taken; a++)
          for (let b = 0; b < a; b++) expect(apart(a, b)).toBeGreaterThan(spacing * (1 - 1e-9))
        for (let a = 0; a < taken; a++)
          if (behind(layout, a) < taken) expect(apart(a, behind(layout, a))).toBeCloseTo(spacing, 6)
      }),
      { numRuns: 200, seed: 1 },
    )
  })

  it('a vee opens backward to both sides, a circle begins at its head, a grid stands in rows', () => {
    const layout = { ...layoutOf(spaceOf(1, {}), 8), spacing: 2, files: 3 }
    const offset = (shape: Layout['shape'], place: number): number[] => {
      const out = new Float64Array(2)
      offsetOf({ ...layout, shape }, place, out)
      return [...out].map((x) => Math.round(x * 1e6) / 1e6 + 0)
    }
    expect(offset('vee', 0)).toEqual([-0 + 0, 0])
    expect(offset('vee', 1)[1]).toBe(-offset('vee', 2)[1]!)
    expect(offset('vee', 1)[0]).toBeLessThan(0)
    expect(offset('line', 3)).toEqual([0, 4])
    expect(offset('column', 3)).toEqual([-6, 0])
    expect(offset('grid', 0)).toEqual([0, 2])
    expect(offset('grid', 5)).toEqual([-2, -2])
    expect(offset('circle', 0)[1]).toBe(0)
    expect(offset('circle', 2)[0]).toBe(0)
  })
})

describe('settlePlaces', () => {
  it('moveUp: a gap travels to the end of a column, one place every noticeSteps steps', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 30 }), fc.nat(29), fc.nat(12), (n, s, noticeSteps) => {
        const failed = s % n
        const space = spaceOf(n, { shape: 'column', noticeSteps })
        const places = placesFor(n, n)
        space.status[failed] = 2
        // The first step notices that it is empty.
        const due = 1 + (n - 1 - failed) * noticeSteps
        if (failed < n - 1 && noticeSteps > 0) {
          settle(space, places, due - 1)
          expect(gapsIn(places)).toBe(1)
          settle(space, places, 1)
        } else settle(space, places, due)
        expect(gapsIn(places)).toBe(0)
        expect(heldBy(places)).toEqual(Array.from({ length: n }, (_, row) => row).filter((row) => row !== failed))
        expect(places.counts[MOVES]).toBe(n - 1 - failed)
      }),
      { numRuns: 100, seed: 2 },
    )
  })

  it('moveUp: the arm behind a gap moves up, then the last of all makes both arms even', () => {
    const space = spaceOf(7, { shape: 'vee', noticeSteps: 0 })
    const places = placesFor(7, 7)
    space.status[1] = 2
    settle(space, places, 1)
    expect(heldBy(places)).toEqual([0, 3, 2, 5, 4, 6])
  })

  it('lastFills: one body flies, however many stand between; fixed: the gap stays', () => {
    const fills = spaceOf(7, { shape: 'column', assignment: 'lastFills', noticeSteps: 3 })
    const places = placesFor(7, 7)
    fills.status[2] = 2
    settle(fills, places, 3)
    expect(heldBy(places)).toEqual([0, 1, -1, 3, 4, 5, 6])
    settle(fills, places, 1)
    expect(heldBy(places)).toEqual([0, 1, 6, 3, 4, 5])
    const fixed = spaceOf(7, { assignment: 'fixed' })
    const kept = placesFor(7, 7)
    fixed.status[2] = 2
    settle(fixed, kept, 100)
    expect(gapsIn(kept)).toBe(1)
  })

  it('whoever comes back takes the place behind all others', () => {
    const space = spaceOf(5, { shape: 'column', noticeSteps: 0 })
    const places = placesFor(5, 5)
    space.status[0] = 2
    settle(space, places, 5)
    space.status[0] = 1
    settle(space, places, 1)
    expect(heldBy(places)).toEqual([1, 2, 3, 4, 0])
  })

  it('the blind and the stuck stay where they are, and those behind them pass', () => {
    const space = spaceOf(5, { shape: 'column', noticeSteps: 0 })
    const places = placesFor(5, 5)
    space.status[0] = 2
    space.flags[1] = FLAG.blind
    space.flags[2] = FLAG.stuck
    settle(space, places, 1)
    expect(heldBy(places)).toEqual([3, 1, 2, 4])
  })

  it('every place has one holder at most and every body that is up has one place, whatever fails and comes back', () => {
    const change = fc.record({ row: fc.nat(19), status: fc.constantFrom(1, 2, 3), steps: fc.nat(8) })
    fc.assert(
      fc.property(
        fc.constantFrom(...ASSIGNMENTS),
        fc.constantFrom(...SHAPES),
        fc.array(change, { maxLength: 30 }),
        (assignment, shape, changes) => {
          const space = spaceOf(20, { shape, assignment, noticeSteps: 2 })
          const places = placesFor(20, 12)
          space.count = 12
          for (const { row, status, steps } of changes) {
            space.status[row % space.count] = status
            if (steps === 0 && space.count < 20) places.placeOf[space.count++] = -1
            settle(space, places, 1 + steps)
            expectConsistent(space, places)
          }
          settle(space, places, 3 * 20 * 20)
          expectConsistent(space, places)
          expect(strideOf(layoutOf(space, 1))).toBeGreaterThan(0)
          if (assignment !== 'fixed') expect(gapsIn(places)).toBe(0)
        },
      ),
      { numRuns: 150, seed: 3 },
    )
  })
})

function expectConsistent({ status, count }: PlainSpace, { placeOf, holder, counts }: Places): void {
  let taken = 0
  for (let row = 0; row < count; row++) {
    expect(placeOf[row]! >= 0).toBe(status[row] === 1)
    if (placeOf[row]! < 0) continue
    expect(holder[placeOf[row]!]).toBe(row)
    taken++
  }
  expect(counts[TAKEN]).toBe(taken)
  expect(holder.filter((row) => row >= 0).length).toBe(taken)
  expect(holder.findLastIndex((row) => row >= 0) + 1).toBe(counts[SPAN])
}
