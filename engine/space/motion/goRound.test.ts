import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { goRound } from './goRound.ts'
import type { Disc, SpaceSpec } from '../../scenario/Scenario.ts'
import { PlainSpace } from '../testing/plainSpace.ts'

const worldOf = (obstacles: readonly Disc[], edges: SpaceSpec['edges'] = 'walls'): PlainSpace => {
  const spec = { kind: 'formation', params: {}, dimensions: 2, width: 100, height: 60, depth: 1, edges, cell: 1 }
  return new PlainSpace({ ...spec, stepUs: 1, measureEvery: 0, obstacles, detectors: [] } as SpaceSpec, 1, {})
}
const rock = { x: 50, y: 30, radius: 10 }
const out = new Float64Array(2)

describe('goRound', () => {
  it('goes straight where nothing is between', () => {
    const space = worldOf([rock])
    expect(goRound(space, 10, 5, 90, 5, 2, out)).toBe(false)
    expect([...out]).toEqual([80, 0])
    expect(goRound(space, 50, 50, 60, 55, 2, out)).toBe(false)
    expect([...out]).toEqual([10, 5])
  })

  it('takes the tangent, as long as the way was, on the side on which the goal lies', () => {
    const space = worldOf([rock])
    for (const side of [-1, 1]) {
      expect(goRound(space, 10, 30, 90, 30 + side, 2, out)).toBe(true)
      expect(Math.hypot(out[0]!, out[1]!)).toBeCloseTo(Math.hypot(80, 1), 9)
      expect(Math.sign(out[1]!)).toBe(side)
      // Distance of the centre from the line through (10, 30).
      const miss = Math.abs(40 * out[1]!) / Math.hypot(out[0]!, out[1]!)
      expect(miss).toBeCloseTo(0.98 * 12, 9)
    }
  })

  it('looks round the seam of a wrapped world', () => {
    const space = worldOf([{ x: 1, y: 30, radius: 5 }], 'wrap')
    expect(goRound(space, 90, 30, 12, 30.5, 1, out)).toBe(true)
    expect(out[0]).toBeGreaterThan(0)
    expect(goRound(worldOf([]), 90, 30, 12, 30, 1, out)).toBe(false)
    expect(out[0]).toBe(-78)
  })

  it('takes a goal inside an obstacle for the nearest place at its rim', () => {
    expect(goRound(worldOf([rock]), 10, 30, 45, 30, 2, out)).toBe(false)
    expect([...out]).toEqual([28, 0])
  })

  it('leads everybody from anywhere to anywhere without touching the rock, in steps of any length', () => {
    const place = fc.record({
      x: fc.double({ min: 0, max: 100, noNaN: true }),
      y: fc.double({ min: 0, max: 60, noNaN: true }),
    })
    const far = place.filter(({ x, y }) => Math.hypot(x - rock.x, y - rock.y) > rock.radius + 2.01)
    fc.assert(
      fc.property(far, far, fc.double({ min: 0.1, max: 1, noNaN: true }), (from, to, step) => {
        const space = worldOf([rock])
        let { x, y } = from
        for (let k = 0; k < 3_000; k++) {
          goRound(space, x, y, to.x, to.y, 2, out)
          const length = Math.hypot(out[0]!, out[1]!)
          const left = Math.hypot(to.x - x, to.y - y)
          if (left < 1e-9) break
          const share = Math.min(step, left) / length
          x += share * out[0]!
          y += share * out[1]!
          expect(Math.hypot(x - rock.x, y - rock.y)).toBeGreaterThan(rock.radius + 1.7)
        }
        expect(Math.hypot(to.x - x, to.y - y)).toBeLessThan(1e-6)
      }),
      { numRuns: 200, seed: 4 },
    )
  })
})
