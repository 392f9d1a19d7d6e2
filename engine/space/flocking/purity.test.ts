import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gridArrays, neighbourGrid } from './neighbourGrid.ts'
import { measurePurity, purityByChance, type Purity } from './purity.ts'
import { PlainSpace, runPhases } from '../testing/plainSpace.ts'
import { specOf } from '../testing/worlds.ts'

const SIDE = 40
/** Bodies at places (x, y) with a group each. */
function purityOf(
  bodies: readonly (readonly [number, number, number])[],
  radius: number,
  shuffles = 0,
  tick = 1,
): Purity {
  const spec = specOf('affinity', { width: SIDE, height: SIDE })
  const space = new PlainSpace(spec, bodies.length, gridArrays(spec, bodies.length))
  space.tick = tick
  bodies.forEach(([x, y, group], row) => {
    space.position.set([x, y, 0], 3 * row)
    space.group[row] = group
  })
  const grid = neighbourGrid(space, () => radius)
  runPhases(grid.phases, 1)
  return measurePurity(space, grid, radius, shuffles, 16)
}

describe('purity', () => {
  it('is 1 where every neighbour is of the same group, 0 where none is, and leaves out who has none', () => {
    const pairs = [10, 20, 30].flatMap((x, group) => [[x, 5, group] as const, [x + 1, 5, group] as const])
    expect(purityOf(pairs, 3).purity).toBe(1)
    expect(
      purityOf(
        [
          [5, 5, 0],
          [6, 5, 1],
          [20, 20, 1],
        ],
        3,
      ).purity,
    ).toBe(0)
    expect(
      purityOf(
        [
          [5, 5, 0],
          [25, 5, 0],
        ],
        3,
      ).purity,
    ).toBe(0)
  })

  it('is the mean of shares: of three in a row the middle one has half of its neighbours with it', () => {
    // Left: 1 of 1; middle: 1 of 2; right: 0 of 1.
    expect(
      purityOf(
        [
          [5, 5, 0],
          [7, 5, 0],
          [9, 5, 1],
        ],
        3,
      ).purity,
    ).toBeCloseTo((1 + 0.5 + 0) / 3, 12)
  })

  it('looks round the seam', () => {
    expect(
      purityOf(
        [
          [0.5, 5, 2],
          [SIDE - 0.5, 5, 2],
        ],
        3,
      ).purity,
    ).toBe(1)
  })
})

describe('purity by chance: Σ nₖ (nₖ − 1) / (n (n − 1))', () => {
  it('is exact: the mean over every labelling of some places', () => {
    const places = [
      [5, 5],
      [6, 5],
      [8, 5],
      [8, 7],
      [20, 20],
      [21, 20],
    ] as const
    let [sum, labellings] = [0, 0]
    for (let code = 0; code < 1 << places.length; code++) {
      const labels = places.map((_, k) => (code >> k) & 1)
      if (labels.reduce((a, b) => a + b, 0) !== 2) continue
      sum += purityOf(
        places.map(([x, y], k) => [x, y, labels[k]!]),
        3,
      ).purity
      labellings++
    }
    expect(labellings).toBe(15)
    expect(sum / labellings).toBeCloseTo(purityByChance([4, 2]), 12)
    expect(purityByChance([4, 2])).toBeCloseTo((4 * 3 + 2 * 1) / (6 * 5), 12)
  })

  it('tends to the sum of squared shares', () => {
    expect(purityByChance([5_000, 3_000, 2_000])).toBeCloseTo(0.25 + 0.09 + 0.04, 3)
    expect(purityByChance([1])).toBe(0)
    expect(purityByChance([])).toBe(0)
  })

  it('is what labels dealt out by draws come to, within five standard errors, whatever the groups', () => {
    const body = fc.tuple(fc.integer({ min: 0, max: 390 }), fc.integer({ min: 0, max: 390 }), fc.nat(2))
    fc.assert(
      fc.property(
        fc.array(body, { minLength: 30, maxLength: 80 }),
        fc.integer({ min: 1, max: 1_000 }),
        (bodies, tick) => {
          const scaled = bodies.map(([x, y, group]) => [x / 10, y / 10, group] as const)
          const { byChance, shuffled, shuffledDeviation } = purityOf(scaled, 8, 200, tick)
          const error = shuffledDeviation / Math.sqrt(200)
          expect(Math.abs(shuffled - byChance)).toBeLessThan(5 * error + 1e-9)
        },
      ),
      { numRuns: 40, seed: 6 },
    )
  })
})
