import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hypot3 } from '../testing/vectors.ts'
import { begun, headingOf, placeOf, put, runSteps, specOf, type Bodies } from '../testing/worlds.ts'
import { couzin } from './couzin.ts'
import { FLAG } from '../SpaceModel.ts'
import type { SpaceSpec } from '../../scenario/Scenario.ts'

const EXACT = { noiseRad: 0, turnPerSecond: 3_600, orientationWidth: 4 }
const spec = (params: SpaceSpec['params'] = {}, more: Partial<SpaceSpec> = {}): SpaceSpec =>
  specOf('couzin', { dimensions: 3, stepUs: 100_000, ...more, params: { ...EXACT, ...params } })

/** Body 0 in the middle, heading along x, and others round it; one step, and the heading that it has then. */
function answer(others: readonly [place: number[], heading: number[]][], params = {}, flags = 0): number[] {
  const bodies = begun(couzin, spec(params), others.length + 1)
  put(bodies, 0, [50, 50, 50], [1, 0, 0])
  others.forEach(([[x, y, z], heading], i) => put(bodies, i + 1, [50 + x!, 50 + y!, 50 + z!], heading))
  bodies.space.flags[0] = flags
  runSteps(bodies, 1)
  return headingOf(bodies, 0)
}
const near = (actual: readonly number[], wanted: readonly number[]): void => {
  const length = hypot3(wanted)
  actual.forEach((value, axis) => expect(value).toBeCloseTo(wanted[axis]! / length, 5))
}
const UP = [0, 0, 1]

describe('an animal (Couzin et al. 2002)', () => {
  it('turns away from all within the radius of repulsion, and heeds nobody else then', () => {
    near(
      answer([
        [[0.5, 0, 0], UP],
        [[0, 0.5, 0], UP],
        [[0, 3, 0], UP],
      ]),
      [-1, -1, 0],
    )
  })

  it('takes the direction of those in the zone of orientation, and not of where they are', () => {
    near(
      answer([
        [[2, 1, 0], UP],
        [
          [1, -2, 1],
          [0, 1, 0],
        ],
      ]),
      [0, 1, 1],
    )
  })

  it('goes towards those in the zone of attraction, each by the same weight however far', () => {
    near(
      answer([
        [[0, 6, 0], UP],
        [[0, 0, 12], UP],
      ]),
      [0, 1, 1],
    )
  })

  it('adds the two sums brought to length 1: one that aligns counts as much as three that are far', () => {
    const three: [number[], number[]][] = [
      [[0, 6, 0], UP],
      [[0, 7, 0], UP],
      [[0, 8, 0], UP],
    ]
    near(answer([[[2, 0, 0], UP], ...three]), [0, 1, 1])
    near(answer([[[2, 0, 0], UP], ...three], { sums: 'raw' }), [0, 3, 1])
  })

  it('does not notice who is in the 90° behind it, unless at arm’s length', () => {
    near(answer([[[-3, 1, 0], UP]]), [1, 0, 0])
    near(answer([[[-3, 3.1, 0], UP]]), UP)
    near(answer([[[-3, 1, 0], UP]], { fieldOfView: 360 }), UP)
    near(answer([[[-0.5, 0, 0], UP]]), [1, 0, 0])
    near(answer([[[-0.4, -0.4, 0], UP]]), [1, 1, 0])
  })

  it('keeps its course where it sees nobody, or where those it sees cancel out', () => {
    near(answer([[[0, 30, 0], UP]]), [1, 0, 0])
    near(
      answer([
        [[0, 6, 0], UP],
        [[0, -6, 0], UP],
      ]),
      [1, 0, 0],
    )
  })

  it('turns by at most 40° a second: 4° in a step of a tenth of one', () => {
    const heading = answer([[[0, 6, 0], UP]], { turnPerSecond: 40 })
    expect((Math.atan2(heading[1]!, heading[0]!) * 180) / Math.PI).toBeCloseTo(4, 4)
  })

  it('is drawn to whom it sees over the edge of a wrapped world, and to nobody through a wall', () => {
    const over = (edges: 'wrap' | 'walls'): number[] => {
      const bodies = begun(couzin, spec({}, { edges }), 2)
      put(bodies, 0, [50, 99, 50], [1, 0, 0])
      put(bodies, 1, [50, 7, 50], UP)
      runSteps(bodies, 1)
      return headingOf(bodies, 0)
    }
    near(over('wrap'), [0, 1, 0])
    near(over('walls'), [1, 0, 0])
  })

  it('blind heeds nobody, deaf heeds places and no headings, a rogue heads against those it aligns with', () => {
    const round: [number[], number[]][] = [
      [[2, 0, 0], UP],
      [[0, 6, 0], UP],
    ]
    near(answer(round, {}, FLAG.blind), [1, 0, 0])
    near(answer(round, {}, FLAG.deaf), [0, 1, 0])
    near(answer(round, {}, FLAG.rogue), [0, 1, -1])
  })

  it('goes on in its new direction by its speed, and by the wind; stuck it stays, in the wind too', () => {
    const bodies = begun(couzin, spec(), 2)
    put(bodies, 0, [50, 50, 50], [1, 0, 0])
    put(bodies, 1, [50, 56, 50], [1, 0, 0])
    bodies.space.flags[1] = FLAG.stuck
    bodies.space.wind = [0, 0, 0.25]
    runSteps(bodies, 1)
    placeOf(bodies, 0).forEach((value, axis) => expect(value).toBeCloseTo([50, 50.3, 50.25][axis]!, 5))
    expect(placeOf(bodies, 1)).toEqual([50, 56, 50])
    expect([...bodies.space.speed]).toEqual([Math.fround(0.3), 0])
  })

  it('does not heed, and is not moved, once it is down', () => {
    const bodies = begun(couzin, spec(), 2)
    put(bodies, 0, [50, 50, 50], [1, 0, 0])
    put(bodies, 1, [50, 56, 50], UP)
    bodies.space.status[1] = 2
    runSteps(bodies, 3)
    near(headingOf(bodies, 0), [1, 0, 0])
    expect(placeOf(bodies, 1)).toEqual([50, 56, 50])
  })

  it('says what it does by its state, and what it senses on request', () => {
    const bodies = begun(couzin, spec(), 4)
    put(bodies, 0, [50, 50, 50], [1, 0, 0])
    put(bodies, 1, [52, 50, 50], UP)
    put(bodies, 2, [50, 56, 50], UP)
    put(bodies, 3, [50, 6, 6], UP)
    const seen = { 'Keeps its distance from': 0, 'Aligns with': 1, 'Drawn to': 1 }
    const radii = { 'Repulsion radius': 1, 'Orientation radius': 5, 'Attraction radius': 19 }
    expect(bodies.model.sense!(0)).toEqual({ ...seen, ...radii })
    runSteps(bodies, 1)
    expect(couzin.states[bodies.space.state[0]!]).toBe('aligns and approaches')
    expect(couzin.states[bodies.space.state[3]!]).toBe('sees nobody')
  })
})

const crowd = fc.record({
  agents: fc.integer({ min: 1, max: 40 }),
  dimensions: fc.constantFrom(2 as const, 3 as const),
  edges: fc.constantFrom('wrap' as const, 'walls' as const),
  flags: fc.array(fc.integer({ min: 0, max: 15 }), { minLength: 40, maxLength: 40 }),
  down: fc.array(fc.nat(39), { maxLength: 4 }),
  wind: fc.tuple(fc.double({ min: -3, max: 3, noNaN: true }), fc.double({ min: -3, max: 3, noNaN: true })),
  obstacles: fc.array(
    fc.record({
      x: fc.double({ min: 0, max: 40, noNaN: true }),
      y: fc.double({ min: 0, max: 40, noNaN: true }),
      z: fc.double({ min: 0, max: 40, noNaN: true }),
      radius: fc.double({ min: 0.5, max: 6, noNaN: true }),
    }),
    { maxLength: 2 },
  ),
})
type Crowd = typeof crowd extends fc.Arbitrary<infer T> ? T : never

function flown({ agents, dimensions, edges, flags, down, wind, obstacles }: Crowd, parts: number): Bodies {
  const world = specOf('couzin', { dimensions, edges, obstacles, width: 40, height: 40, depth: 40, stepUs: 200_000 })
  const bodies = begun(couzin, world, agents)
  bodies.space.flags.set(flags.slice(0, agents))
  for (const row of down) if (row < agents) bodies.space.status[row] = 0
  bodies.space.wind = [...wind, dimensions === 3 ? 0.5 : 0]
  runSteps(bodies, 25, parts)
  return bodies
}

describe('a group', () => {
  it('has the same bits on any number of parts', () => {
    fc.assert(
      fc.property(crowd, fc.integer({ min: 2, max: 5 }), (world, parts) => {
        const [one, many] = [flown(world, 1).space, flown(world, parts).space]
        expect(many.position).toEqual(one.position)
        expect(many.heading).toEqual(one.heading)
        expect(many.state).toEqual(one.state)
      }),
      { numRuns: 30 },
    )
  })

  it('keeps unit headings and stays in its world, whatever befalls it', () => {
    fc.assert(
      fc.property(crowd, (world) => {
        const bodies = flown(world, 1)
        for (let row = 0; row < world.agents; row++) {
          expect(hypot3(headingOf(bodies, row))).toBeCloseTo(1, 5)
          const [x, y, z] = placeOf(bodies, row) as [number, number, number]
          for (const value of [x, y, z]) {
            expect(value).toBeGreaterThanOrEqual(0)
            expect(value).toBeLessThanOrEqual(40)
            if (world.edges === 'wrap') expect(value).toBeLessThan(40)
          }
          if (world.dimensions === 2) expect(z).toBe(0)
        }
      }),
      { numRuns: 60 },
    )
  })
})
