import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Disc, SpaceSpec } from '../../scenario/Scenario.ts'
import { DEPOSIT_CELL_MAX, DEPOSITS_A_UNIT, Field, fieldArrays, inDeposits } from './field.ts'
import type { Phase } from '../SpaceModel.ts'
import { COURANT_MAX, setFivePoint, setMean, setNetLogo, setNinePoint, type LayerRule } from './stencil.ts'
import { PlainSpace, runPhases } from '../testing/plainSpace.ts'
import { WALL } from './walls.ts'

const SPEC: SpaceSpec = {
  ...{ kind: 'field', params: {}, dimensions: 2, width: 12, height: 9, depth: 1, edges: 'wrap', cell: 1 },
  ...{ stepUs: 1, measureEvery: 0, obstacles: [], detectors: [] },
}
const RULES: { readonly [name: string]: (rule: LayerRule) => void } = {
  'five-point': (rule) => setFivePoint(rule, 0.2),
  'nine-point': (rule) => setNinePoint(rule, 0.3),
  NetLogo: (rule) => setNetLogo(rule, 0.7),
  '3 × 3 mean': setMean,
}

interface World {
  readonly space: PlainSpace
  readonly field: Field
  step(parts?: number): void
}

function world(spec: Partial<SpaceSpec>, set: (rule: LayerRule) => void, keep = 1, layers = 1): World {
  const full = { ...SPEC, ...spec }
  const columns = Math.ceil(full.width / full.cell)
  const rows = Math.ceil(full.height / full.cell)
  const space = new PlainSpace(full, 1, fieldArrays(layers, columns, rows))
  const field = new Field(space, layers, (rules) => {
    for (const rule of rules) {
      set(rule)
      rule.keep = keep
    }
  })
  const { makeWalls, settle, blow, land, diffuse, decay } = field
  const phases: readonly Phase[] = [makeWalls, settle, blow, land, diffuse, decay]
  return { space, field, step: (parts = 1) => runPhases(phases, parts) }
}

/** Whole numbers, so that the sum is exact. */
const scatter = (field: Field): void => {
  for (let i = 0; i < field.values.length; i++) field.values[i] = (i * 37) % 101
}

describe.each(Object.entries(RULES))('diffusion by %s', (_, set) => {
  it('keeps the mass: wrapped, closed, round obstacles, whatever the wind (property)', () => {
    const discs = fc.array(
      fc.record({
        x: fc.double({ min: 0, max: 12, noNaN: true }),
        y: fc.double({ min: 0, max: 9, noNaN: true }),
        radius: fc.double({ min: 0.5, max: 3, noNaN: true }),
      }),
      { maxLength: 3 },
    )
    const blows = fc.tuple(
      fc.double({ min: -2, max: 2, noNaN: true }),
      fc.double({ min: -2, max: 2, noNaN: true }),
      fc.constant(0),
    )
    fc.assert(
      fc.property(fc.constantFrom('wrap', 'walls'), discs, blows, (edges, obstacles, wind) => {
        const { space, field, step } = world({ edges: edges as 'wrap', obstacles }, set)
        scatter(field)
        space.wind = wind
        field.makeWalls({ index: 0, parts: 1 })
        const before = field.mass(0)
        for (let k = 0; k < 5; k++) step()
        expect(Math.abs(field.mass(0) - before)).toBeLessThanOrEqual(1e-5 * before)
        field.walls.forEach((wall, cell) => wall === WALL.solid && expect(field.values[cell]).toBe(0))
        expect(field.values.every((value) => value >= -1e-6)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('gives the same bits on any number of parts (property)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 13 }), fc.constantFrom('wrap', 'walls'), (parts, edges) => {
        const obstacles: Disc[] = [{ x: 4, y: 4, radius: 1.6 }]
        const make = (): World => {
          const made = world({ edges: edges as 'wrap', obstacles }, set, 0.97, 2)
          scatter(made.field)
          made.space.wind = [0.3, -0.2, 0]
          return made
        }
        const [one, many] = [make(), make()]
        for (let k = 0; k < 4; k++) {
          for (const { field } of [one, many]) field.deposit(1, 7, inDeposits(3.25))
          one.step()
          many.step(parts)
        }
        expect(many.field.values).toEqual(one.field.values)
        expect(many.field.walls).toEqual(one.field.walls)
      }),
      { numRuns: 30 },
    )
  })

  it('leaves an even field as it is, also at edges and obstacles', () => {
    const { field, step } = world({ edges: 'walls', obstacles: [{ x: 6, y: 4, radius: 2 }] }, set)
    field.values.fill(8)
    for (let k = 0; k < 3; k++) step()
    field.values.forEach((value, cell) => expect(value).toBeCloseTo(field.walls[cell] === WALL.solid ? 0 : 8, 5))
  })
})

describe('a field', () => {
  it('is one step of the definition where nothing is in the way', () => {
    const { field, step } = world({ edges: 'wrap' }, (rule) => setNinePoint(rule, 0.3), 0.5)
    field.values[0] = 60
    step()
    // The own cell, four edges, four corners, on a torus of 12 × 9; then half evaporates.
    expect(field.values[0]).toBeCloseTo(0)
    for (const cell of [1, 11, 12, 96]) expect(field.values[cell]).toBeCloseTo(0.5 * 60 * 0.2, 5)
    for (const cell of [13, 23, 97, 107]) expect(field.values[cell]).toBeCloseTo(0.5 * 60 * 0.05, 5)
    expect(field.mass(0)).toBeCloseTo(30, 4)
  })

  it('closed, gives what has nobody to go to back to the cell (NetLogo’s diffuse)', () => {
    const { field, step } = world({ edges: 'walls' }, (rule) => setNetLogo(rule, 0.8))
    field.values[0] = 80
    step()
    // Five of eight neighbours are missing.
    expect(field.values[0]).toBeCloseTo(16 + 5 * 8, 4)
    for (const cell of [1, 12, 13]) expect(field.values[cell]).toBeCloseTo(8, 4)
  })

  it.each(Object.entries(COURANT_MAX))(
    '%s: the finest ripple dies at 99 %% of the limit, grows at 102 %%',
    (scheme, most) => {
      const amplitude = (courant: number): number => {
        const set = scheme === 'fivePoint' ? setFivePoint : setNinePoint
        const { field, step } = world({ width: 8, height: 8 }, (rule) => set(rule, courant))
        for (let i = 0; i < 64; i++) field.values[i] = ((i + Math.floor(i / 8)) % 2) * 2 - 1
        for (let k = 0; k < 10; k++) step()
        return Math.abs(field.values[0]!)
      }
      expect(amplitude(0.99 * most)).toBeCloseTo(0.98 ** 10, 5)
      expect(amplitude(1.02 * most)).toBeCloseTo(1.04 ** 10, 5)
    },
  )

  it('adds deposits exactly, whoever makes them and in whatever order', () => {
    const { field, step } = world({}, (rule) => setFivePoint(rule, 0))
    const drops = Array.from({ length: 300 }, (_, k) => ((k * 7919) % 1_000) / DEPOSITS_A_UNIT)
    for (const drop of drops) field.deposit(0, 5, inDeposits(drop))
    step()
    expect(field.values[5]).toBe(drops.reduce((sum, drop) => sum + drop, 0))
    step()
    expect(field.mass(0)).toBe(field.values[5])
    expect(DEPOSIT_CELL_MAX * DEPOSITS_A_UNIT).toBeLessThan(2 ** 31)
    expect((DEPOSIT_CELL_MAX + 1) * DEPOSITS_A_UNIT).toBe(2 ** 31)
  })

  it('moves with the wind by exactly its speed, and at most one cell a step', () => {
    const centre = (wind: readonly [number, number, number]): readonly [number, number] => {
      const { space, field, step } = world({ width: 40, height: 40 }, (rule) => setFivePoint(rule, 0.1))
      field.values[20 * 40 + 20] = 64
      space.wind = wind
      for (let k = 0; k < 8; k++) step()
      let [x, y] = [0, 0]
      field.values.forEach((value, cell) => {
        x += value * ((cell % 40) - 20)
        y += value * (Math.floor(cell / 40) - 20)
      })
      return [x / 64, y / 64]
    }
    const slow = centre([0.3, -0.5, 0])
    expect(slow[0]).toBeCloseTo(2.4, 4)
    expect(slow[1]).toBeCloseTo(-4, 4)
    const fast = centre([3, 1, 0])
    expect(fast[0]).toBeCloseTo(6, 4)
    expect(fast[1]).toBeCloseTo(2, 4)
  })

  it('loses what an obstacle falls on, and opens again when it is gone', () => {
    const { space, field, step } = world({}, (rule) => setFivePoint(rule, 0))
    field.values.fill(1)
    step()
    space.obstacles = [{ x: 6, y: 4.5, radius: 1.2 }]
    step()
    expect([...field.walls].filter((wall) => wall === WALL.solid)).toHaveLength(6)
    expect(field.mass(0)).toBe(12 * 9 - 6)
    space.obstacles = []
    step()
    expect(field.walls.every((wall) => wall === WALL.none)).toBe(true)
  })

  it('never holds numbers so small that they are slow', () => {
    const { field, step } = world({}, (rule) => setFivePoint(rule, 0.2), 1e-10)
    field.values.fill(1)
    for (let k = 0; k < 4; k++) step()
    expect(field.values.every((value) => value === 0)).toBe(true)
  })

  it('passes on what is not a number, so that the run stops by name', () => {
    const { field, step } = world({}, (rule) => setFivePoint(rule, 0.2))
    field.values[0] = NaN
    step()
    expect(field.values[1]).toBeNaN()
  })
})

describe('sampling', () => {
  it('finds cells round the seam where the world wraps, and none outside where it does not', () => {
    const wrapped = world({}, setMean).field
    expect(wrapped.cellAt(-0.5, -0.5)).toBe(12 * 9 - 1)
    expect(wrapped.cellAt(12.5, 3.2)).toBe(36)
    const closed = world({ edges: 'walls' }, setMean).field
    expect(closed.cellAt(-0.1, 2)).toBe(-1)
    expect(closed.cellAt(12, 9)).toBe(12 * 9 - 1)
    expect(closed.valueAt(0, 13, 2)).toBe(0)
  })

  it('measures the slope of a ramp, and none across an edge or a wall', () => {
    const { field } = world({ edges: 'walls', cell: 1 }, setMean)
    for (let i = 0; i < field.values.length; i++) field.values[i] = 3 * (i % 12) + 5 * Math.floor(i / 12)
    expect(field.slopeAt(0, 5.5, 4.5)).toEqual([3, 5])
    expect(field.slopeAt(0, 0.5, 4.5)).toEqual([1.5, 5])
  })
})
