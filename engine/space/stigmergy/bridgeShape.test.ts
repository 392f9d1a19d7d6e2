import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseScenario } from '../../scenario/parse.ts'
import { armCells, bridgeShape, closuresOf, pointOn, roomOnLine } from './bridgeShape.ts'

const sides = fc.double({ min: 10, max: 10_000, noNaN: true })
const ratios = fc.double({ min: 1, max: 4, noNaN: true })

const accepts = (width: number, height: number, ratio: number): boolean =>
  parseScenario({ space: { kind: 'bridge', width, height, cell: 100, params: { ratio } } }).ok

describe('the shape of a double bridge', () => {
  it('has arms of the asked ratio and lies inside every world that is accepted', () => {
    fc.assert(
      fc.property(sides, sides, ratios, (width, height, ratio) => {
        fc.pre(accepts(width, height, ratio))
        const { arms, middle } = bridgeShape(width, height, ratio)
        expect(arms[1].length / arms[0].length).toBeCloseTo(ratio, 6)
        for (const { x, y } of arms) {
          expect([...x].every((at) => at > 0 && at < width)).toBe(true)
          expect([...y].every((at) => at > 0 && at < height)).toBe(true)
        }
        expect(middle).toBeGreaterThan(0)
      }),
      { numRuns: 60 },
    )
  })

  it('is refused where the world is too flat for the ratio', () => {
    expect(parseScenario({ space: { kind: 'bridge', width: 100, height: 56, params: { ratio: 3 } } })).toEqual({
      ok: false,
      error: 'space.params.ratio: 3 is above 1.85, for which this world has room',
    })
  })

  it('has pieces of one length, so that the same step is as far everywhere', () => {
    const [arm] = bridgeShape(100, 60, 1.5).arms
    const [a, b] = [new Float64Array(4), new Float64Array(4)]
    for (let at = 0; at < 0.98; at += 0.02) {
      pointOn(arm, at * arm.length, a)
      pointOn(arm, (at + 0.02) * arm.length, b)
      const d = Math.hypot(a[0]! - b[0]!, a[1]! - b[1]!)
      expect(d / (0.02 * arm.length)).toBeGreaterThan(0.97)
      expect(d / (0.02 * arm.length)).toBeLessThan(1.001)
      expect(Math.hypot(a[2]!, a[3]!)).toBeCloseTo(1, 12)
    }
  })

  it('is closed where an obstacle reaches the path, and only there', () => {
    const { arms, lane } = bridgeShape(100, 60, 1)
    const [left, right] = arms
    const top = { x: 50, y: left.y[48]!, radius: 3 }
    const [from, to] = closuresOf(left, lane, [top])
    expect(from! + to!).toBeCloseTo(left.length, 6)
    expect(to! - from!).toBeGreaterThan(2 * 3)
    expect(closuresOf(right, lane, [top])).toEqual([])
  })

  it('leaves on a straight way as much room as there is before an obstacle', () => {
    const disc = [{ x: 5, y: 0, radius: 1 }]
    const room = (along: number, isAhead: boolean) => roomOnLine([0, 0], [10, 0], 20, along, isAhead, 0.5, disc)
    expect(room(0, true)).toBeCloseTo(7, 12)
    expect(room(20, false)).toBeCloseTo(7, 12)
    expect([room(0, false), room(10, true)]).toEqual([Infinity, 0])
  })

  it('covers cells by arm and by how far along they are', () => {
    const shape = bridgeShape(100, 60, 1)
    const { arm, share } = armCells(shape, 100, 60, 1)
    const at = (x: number, y: number): number => Math.floor(y) * 100 + Math.floor(x)
    expect(arm[at(50, shape.arms[0].y[48]!)]).toBe(1)
    expect(arm[at(50, shape.arms[1].y[48]!)]).toBe(2)
    expect(share[at(50, shape.arms[0].y[48]!)]).toBeCloseTo(0.5, 1)
    expect([arm[at(50, 30)], arm[at(2, 30)]]).toEqual([0, 0])
  })
})
