import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameBytes, frameViews, type BodyColumns } from '../../../engine/frame/frame.ts'
import type { SpaceSpec } from '../../../engine/scenario/Scenario.ts'
import { bodyAt, bodySize, gridCell, phaseOf, toStage, worldOf } from './world.ts'

const space = (more: Partial<SpaceSpec> = {}): SpaceSpec =>
  ({ dimensions: 2, width: 100, height: 50, depth: 100, edges: 'wrap', stepUs: 50_000, ...more }) as SpaceSpec
const bodies = (rows = 1): BodyColumns =>
  frameViews(new ArrayBuffer(frameBytes({ agents: 0, shards: 0, flightsPerShard: 0, bodies: rows })), 0, {
    ...{ agents: 0, shards: 0, flightsPerShard: 0, bodies: rows },
  }).bodies!
function one(x: number, y: number, heading: readonly [number, number], speed: number): BodyColumns {
  const columns = bodies()
  columns.position.set([x, y, 0])
  columns.heading.set([...heading, 0])
  columns.speed[0] = speed
  columns.status[0] = 1
  return columns
}
const at = new Float32Array(3)

describe('a world on the stage', () => {
  it('lies as a plot seen from above: x to the right, y away from the viewer, its middle in the middle', () => {
    const world = worldOf(space())
    toStage(world, 50, 25, 0, at)
    expect([...at]).toEqual([0, 0, 0])
    toStage(world, 100, 50, 0, at)
    expect(at[0]).toBeCloseTo(22)
    expect(at[2]).toBeCloseTo(-11)
  })

  it('has the same longest side whatever its units, and a third dimension that rises', () => {
    for (const size of [0.5, 10, 1e6]) {
      const world = worldOf(space({ dimensions: 3, width: size, height: size, depth: size }))
      toStage(world, 0, 0, size, at)
      expect(at[0]).toBeCloseTo(-22)
      expect(at[1]).toBeCloseTo(44)
    }
  })

  it('draws fewer bodies larger, all within bounds', () => {
    const world = worldOf(space())
    const sizes = [1, 10, 300, 5_000, 100_000, 1_000_000].map((n) => bodySize(world, n))
    expect([...sizes].sort((a, b) => b - a)).toEqual(sizes)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(0.85)
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(0.03)
  })

  it('has a grid of about ten squares in round numbers', () => {
    expect([100, 56, 71, 16, 240, 809].map((side) => gridCell({ width: side, height: side / 2 }))).toEqual([
      10, 5, 5, 2, 20, 100,
    ])
  })
})

describe('bodies between two steps', () => {
  const world = worldOf(space())
  it('go on along their headings, by the share of a step that has passed', () => {
    expect(phaseOf(world, 75_000, 50_000)).toBe(0.5)
    bodyAt(one(10, 10, [0, 1], 4), 0, 0.5, world, at)
    expect([...at]).toEqual([10, 12, 0])
  })

  it('are never taken further than one step either way', () => {
    expect([phaseOf(world, 900_000, 50_000), phaseOf(world, 0, 900_000)]).toEqual([1, -1])
  })

  it('stay where the last step left them instead of crossing a wrapped side, and stop at walls', () => {
    bodyAt(one(99, 10, [1, 0], 4), 0, 0.5, world, at)
    expect([...at]).toEqual([99, 10, 0])
    bodyAt(one(99, 10, [1, 0], 4), 0, 0.5, worldOf(space({ edges: 'walls' })), at)
    expect([...at]).toEqual([100, 10, 0])
  })

  it('do not move when stuck, dead or paused', () => {
    for (const [status, flags] of [
      [1, 4],
      [2, 0],
      [3, 0],
    ] as const) {
      const columns = one(10, 10, [1, 0], 4)
      columns.status[0] = status
      columns.flags[0] = flags
      bodyAt(columns, 0, 1, world, at)
      expect([...at]).toEqual([10, 10, 0])
    }
  })

  it('are always inside the world', () => {
    const number = (max: number) => fc.float({ min: 0, max, noNaN: true })
    fc.assert(
      fc.property(
        number(100),
        number(50),
        fc.float({ min: -1, max: 1, noNaN: true }),
        number(200),
        fc.float({ min: -1, max: 1, noNaN: true }),
        fc.boolean(),
        (x, y, c, speed, phase, wrap) => {
          const s = Math.sqrt(Math.max(0, 1 - c * c))
          bodyAt(one(x, y, [c, s], speed), 0, phase, worldOf(space({ edges: wrap ? 'wrap' : 'walls' })), at)
          expect(at[0]! >= 0 && at[0]! <= 100 && at[1]! >= 0 && at[1]! <= 50 && at[2] === 0).toBe(true)
        },
      ),
    )
  })
})
