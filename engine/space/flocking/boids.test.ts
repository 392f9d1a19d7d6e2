import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { paramDefaults, SPACE_DEFAULTS } from '../../scenario/spaceParams.ts'
import type { SpaceSpec } from '../../scenario/Scenario.ts'
import { boids } from './boids.ts'
import { apart } from '../motion/edges.ts'
import { FLAG, type BoundModel } from '../SpaceModel.ts'
import { PlainSpace, runPhases } from '../testing/plainSpace.ts'

type Params = { readonly [name: string]: number | string }

interface Flight {
  readonly space: PlainSpace
  readonly bound: BoundModel
  step(parts?: number): void
}

function flight(bodies: number, params: Params = {}, spec: Partial<SpaceSpec> = {}): Flight {
  const all = { ...paramDefaults('boids'), ...params }
  const world: SpaceSpec = { ...SPACE_DEFAULTS, kind: 'boids', params: all, width: 40, height: 30, depth: 20, ...spec }
  const space = new PlainSpace(world, bodies, boids.arrays(world, bodies, 1, 1))
  const bound = boids.bind(space)
  space.tick = 0
  bound.begin()
  return {
    space,
    bound,
    step(parts = 1) {
      space.tick++
      runPhases(bound.phases, parts)
    },
  }
}

const put = ({ space }: Flight, row: number, x: number, y: number, degrees: number): void => {
  space.position.set([x, y, 0], 3 * row)
  space.heading.set([Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180), 0], 3 * row)
}
const angleOf = ({ space }: Flight, row: number): number =>
  (Math.atan2(space.heading[3 * row + 1]!, space.heading[3 * row]!) * 180) / Math.PI
const polarisation = ({ heading, count }: PlainSpace): number => {
  const sum = [0, 0, 0]
  for (let i = 0; i < 3 * count; i++) sum[i % 3]! += heading[i]!
  return Math.hypot(...sum) / count
}
const state = ({ space }: Flight): number[][] =>
  [space.position, space.heading, space.speed, space.group, space.state].map((column) => [...column])

const rule = fc.constantFrom('forces', 'turns', 'factors')
const dimensions = fc.constantFrom(2 as const, 3 as const)
const edges = fc.constantFrom('wrap' as const, 'walls' as const)

describe('boids', () => {
  it('moves to the same bits on any number of parts, whatever the rule, the world and the afflictions', () => {
    fc.assert(
      fc.property(rule, dimensions, edges, fc.integer({ min: 1, max: 3 }), (rule, dimensions, edges, flocks) => {
        const ends = [1, 2, 3, 8].map((parts) => {
          const obstacles = [{ x: 20, y: 15, z: 10, radius: 4 }]
          const made = flight(80, { rule, flocks, goal: 0.2, goalX: 5, goalY: 5 }, { dimensions, edges, obstacles })
          made.space.wind = [0.1, 0.05, 0]
          made.space.flags.set([FLAG.blind, FLAG.deaf, FLAG.stuck, FLAG.rogue])
          made.space.status[4] = 2
          for (let k = 0; k < 5; k++) made.step(parts)
          const figures = {}
          made.bound.measure!(figures)
          return [state(made), figures]
        })
        for (const end of ends) expect(end).toEqual(ends[0])
      }),
      { numRuns: 24 },
    )
  })

  it('stays in the world and out of obstacles, with finite unit headings, whatever is asked of it', () => {
    fc.assert(
      fc.property(
        fc.record({
          rule,
          vision: fc.double({ min: 0.1, max: 10, noNaN: true }),
          separation: fc.double({ min: 0, max: 20, noNaN: true }),
        }),
        fc.record({
          speed: fc.double({ min: 0, max: 50, noNaN: true }),
          force: fc.double({ min: 0, max: 10, noNaN: true }),
          slack: fc.double({ min: 0, max: 1, noNaN: true }),
          separate: fc.double({ min: 0, max: 10, noNaN: true }),
        }),
        dimensions,
        edges,
        (some, others, dimensions, edges) => {
          const disc = { x: 12, y: 9, z: 6, radius: 5 }
          const made = flight(40, { ...some, ...others }, { dimensions, edges, obstacles: [disc] })
          const { position, heading, spec } = made.space
          made.space.wind = [3, -7, 1]
          for (let k = 0; k < 6; k++) made.step()
          for (let row = 0; row < 40; row++) {
            const [x, y, z] = [position[3 * row]!, position[3 * row + 1]!, position[3 * row + 2]!]
            const sides = [spec.width, spec.height, dimensions === 3 ? spec.depth : Number.MIN_VALUE]
            ;[x, y, z].forEach((at, axis) => {
              expect(at).toBeGreaterThanOrEqual(0)
              expect(edges === 'wrap' ? at < sides[axis]! : at <= sides[axis]!).toBe(true)
            })
            const away = [apart(disc.x, x, 40, spec), apart(disc.y, y, 30, spec)]
            if (dimensions === 3) away.push(apart(disc.z, z, 20, spec))
            expect(Math.hypot(...away)).toBeGreaterThanOrEqual(disc.radius)
            const [hx, hy, hz] = [heading[3 * row]!, heading[3 * row + 1]!, heading[3 * row + 2]!]
            expect(Math.hypot(hx, hy, hz)).toBeCloseTo(1, 4)
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  it('agrees on a direction out of random ones, in 2D and 3D; without alignment it does not', () => {
    for (const dimensions of [2, 3] as const) {
      const room = { dimensions, width: 20, height: 20, depth: 20 }
      const [aligned, alone] = [flight(200, { vision: 6 }, room), flight(200, { vision: 6, align: 0 }, room)]
      for (let k = 0; k < 150; k++) for (const each of [aligned, alone]) each.step()
      expect(polarisation(aligned.space)).toBeGreaterThan(0.9)
      expect(polarisation(alone.space)).toBeLessThan(0.5)
    }
  })

  it('turns by at most the force, and speeds stay within the slack', () => {
    const made = flight(100, { force: 0.1, slack: 0.25, speed: 0.5 })
    for (let k = 0; k < 20; k++) {
      const before = made.space.heading.slice()
      made.step()
      for (let row = 0; row < 100; row++) {
        const { heading, speed } = made.space
        const along = before[3 * row]! * heading[3 * row]! + before[3 * row + 1]! * heading[3 * row + 1]!
        // A push of .1 at right angles to a velocity of .75 at least.
        expect(Math.acos(Math.min(1, along))).toBeLessThan(Math.asin(0.1 / 0.75) + 1e-3)
        expect(speed[row]).toBeGreaterThanOrEqual(0.375 - 1e-6)
        expect(speed[row]).toBeLessThanOrEqual(0.625 + 1e-6)
      }
    }
  })

  it('comes to its goal, and goes round the rock on its way', () => {
    const obstacles = [{ x: 20, y: 15, radius: 4 }]
    const made = flight(1, { goal: 1, goalX: 35, goalY: 15 }, { edges: 'walls', obstacles })
    put(made, 0, 5, 15, 0)
    let nearest = Infinity
    for (let k = 0; k < 200; k++) {
      made.step()
      nearest = Math.min(nearest, Math.hypot(made.space.position[0]! - 35, made.space.position[1]! - 15))
    }
    expect(nearest).toBeLessThan(1)
  })

  it('splits into flocks that do not align with one another, and joins them again when there is one', () => {
    const made = flight(2, { flocks: 2, vision: 5, separation: 0, cohere: 0 })
    put(made, 0, 10, 10, 0)
    put(made, 1, 12, 10, 90)
    made.step()
    expect([angleOf(made, 0), angleOf(made, 1)]).toEqual([0, expect.closeTo(90, 3)])
    made.space.params['flocks'] = 1
    made.step()
    expect(angleOf(made, 0)).toBeGreaterThan(1)
    expect([...made.space.group.subarray(0, 2)]).toEqual([0, 0])
  })
})

describe('afflictions of boids', () => {
  /** Two bodies: the second, ahead and to the left of the first, heads at right angles to it. */
  const pair = (flag: number, rule: string): Flight => {
    const made = flight(2, { rule, separation: 0.5, alignTurn: 5, cohereTurn: 3, align: 1, cohere: 1 })
    put(made, 0, 10, 10, 0)
    put(made, 1, 12, 13, 90)
    made.space.flags[0] = flag
    made.step()
    return made
  }

  it.each(['forces', 'turns', 'factors'])('%s: the blind fly straight on, the stuck stay and turn', (rule) => {
    expect(angleOf(pair(FLAG.blind, rule), 0)).toBe(0)
    expect(angleOf(pair(0, rule), 0)).toBeGreaterThan(1)
    const stuck = pair(FLAG.stuck, rule)
    expect([...stuck.space.position.subarray(0, 2)]).toEqual([10, 10])
    expect(angleOf(stuck, 0)).toBeGreaterThan(1)
  })

  it.each(['forces', 'turns', 'factors'])('%s: the deaf turn less, for they see where, and not whereto', (rule) => {
    const deaf = angleOf(pair(FLAG.deaf, rule), 0)
    expect(deaf).toBeGreaterThan(0)
    expect(deaf).toBeLessThan(angleOf(pair(0, rule), 0))
  })

  it.each(['forces', 'turns', 'factors'])('%s: a rogue aligns with the opposite', (rule) => {
    expect(angleOf(pair(FLAG.rogue, rule), 0)).toBeLessThan(angleOf(pair(FLAG.deaf, rule), 0))
  })

  it.each(['forces', 'turns', 'factors'])('%s: who is down lies where it fell and is no neighbour', (rule) => {
    const made = flight(2, { rule })
    put(made, 0, 10, 10, 0)
    put(made, 1, 12, 13, 90)
    made.space.status[1] = 2
    made.step()
    expect(angleOf(made, 0)).toBe(0)
    expect([...made.space.position.subarray(3, 5)]).toEqual([12, 13])
  })
})
