import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SpaceSpec } from '../../scenario/Scenario.ts'
import { DEPOSIT_CELL_MAX as LIMIT_OF_SCENARIOS } from '../../scenario/spaceRelations.ts'
import { ANT, ants } from './ants.ts'
import { DEPOSIT_CELL_MAX } from '../field/field.ts'
import { FLAG, type Figures } from '../SpaceModel.ts'
import { begun, headingOf, placeOf, put, runSteps, specOf, type Bodies } from '../testing/worlds.ts'

const NEST = [35.5, 35.5]
const NEAR = [56.5, 35.5]
const world = (count: number, params: SpaceSpec['params'] = {}, more: Partial<SpaceSpec> = {}): Bodies =>
  begun(
    ants,
    specOf('ants', { width: 71, height: 71, edges: 'walls', ...more, params: { departures: 1_000, ...params } }),
    count,
  )
function figures({ model }: Bodies): Figures {
  const into: Figures = {}
  model.measure!(into)
  return into
}
const food = ({ space }: Bodies): Uint8Array => space.array('food') as Uint8Array
const trail = ({ space }: Bodies): Float32Array => space.array('field') as Float32Array
const cellAt = (x: number, y: number): number => Math.floor(y) * 71 + Math.floor(x)
/** Scent that is 1 at a place and falls by a tenth a unit. */
function smell(bodies: Bodies, x: number, y: number): void {
  for (let cell = 0; cell < 71 * 71; cell++) {
    const [dx, dy] = [(cell % 71) + 0.5 - x, Math.floor(cell / 71) + 0.5 - y]
    trail(bodies)[cell] = Math.max(0, 1 - 0.1 * Math.sqrt(dx * dx + dy * dy))
  }
}

describe('the world of NetLogo’s Ants', () => {
  it('has piles of one or two units a cell, nearer than 5 to (.6, 0), (−.6, −.6) and (−.8, .8) × 35', () => {
    const bodies = world(1)
    const { foodNear, foodSecond, foodFar, foodAtStart } = figures(bodies)
    const cells = food(bodies).filter((units) => units > 0)
    expect([...new Set(cells)].sort()).toEqual([1, 2])
    // 69 lattice points lie nearer than 5 to one of them.
    expect(cells.length).toBe(3 * 69)
    for (const pile of [foodNear!, foodSecond!, foodFar!]) expect(Math.abs(pile - 69 * 1.5)).toBeLessThan(4 * 0.5 * 9)
    expect(foodNear! + foodSecond! + foodFar!).toBe(foodAtStart)
    const [nest, ...piles] = ants.landmarks!(bodies.space.spec)
    expect(nest).toEqual({ name: 'Nest', x: 35.5, y: 35.5, radius: 5 })
    expect(piles.map(({ x, y }) => [x, y])).toEqual([NEAR, [14.5, 14.5], [7.5, 63.5]])
    for (const { x, y } of piles) expect(food(bodies)[cellAt(x, y)]).toBeGreaterThan(0)
  })

  it('lets ants out one a step, by their number', () => {
    const bodies = world(5, { departures: 1 })
    const out = (): boolean[] => [0, 1, 2, 3, 4].map((row) => placeOf(bodies, row).some((x, i) => i < 2 && x !== 35.5))
    bodies.space.tick = 0
    runSteps(bodies, 1)
    expect(out()).toEqual([false, false, false, false, false])
    runSteps(bodies, 2)
    expect(out()).toEqual([true, true, false, false, false])
    runSteps(bodies, 3)
    expect(out()).toEqual([true, true, true, true, true])
  })

  it('a cell takes what every body of a scenario may drop: both know the same bound', () => {
    expect(LIMIT_OF_SCENARIOS).toBe(DEPOSIT_CELL_MAX)
  })
})

describe('an ant (Wilensky 1997)', () => {
  it('picks up a unit, turns round, carries it home along the nest’s scent and drops 60 a step', () => {
    const bodies = world(1, { evaporation: 0, diffusion: 0, wiggle: 1 })
    put(bodies, 0, NEAR, [1, 0])
    const before = food(bodies)[cellAt(56.5, 35.5)]!
    runSteps(bodies, 1)
    expect(food(bodies)[cellAt(56.5, 35.5)]).toBe(before - 1)
    expect([...bodies.space.state]).toEqual([ANT.carrying])
    expect(bodies.space.group[0]).toBe(1)
    expect(placeOf(bodies, 0)[0]).toBeCloseTo(55.5, 5)
    runSteps(bodies, 10)
    expect(placeOf(bodies, 0)[0]).toBeCloseTo(45.5, 4)
    expect(trail(bodies)[cellAt(50.5, 35.5)]).toBe(60)
    expect(figures(bodies)['trailMass']).toBe(600)
    runSteps(bodies, 10)
    expect(figures(bodies)).toMatchObject({ foodHome: 1, foodCarried: 0 })
    expect(bodies.space.state[0]).not.toBe(ANT.carrying)
  })

  it('the scent diffuses, then evaporates: a drop of 60 leaves 27 in its cell and 3.375 beside it', () => {
    const bodies = world(1, { wiggle: 1 })
    put(bodies, 0, [50.5, 35.5], [1, 0])
    bodies.space.state[0] = ANT.carrying
    runSteps(bodies, 1)
    expect(trail(bodies)[cellAt(50.5, 35.5)]).toBeCloseTo(60 * 0.5 * 0.9, 5)
    expect(trail(bodies)[cellAt(51.5, 36.5)]).toBeCloseTo((60 * 0.5 * 0.9) / 8, 5)
  })

  it.each([
    ['ahead', [12, 10], [1, 0]],
    ['45 degrees to the left', [12, 12], [Math.SQRT1_2, Math.SQRT1_2]],
    ['45 degrees to the right', [12, 8], [Math.SQRT1_2, -Math.SQRT1_2]],
  ])('that smells a trail turns to where it is strongest: %s', (_, [x, y], heading) => {
    const bodies = world(1, { wiggle: 1, diffusion: 0 })
    put(bodies, 0, [10.5, 10.5], [1, 0])
    smell(bodies, x! + 0.5, y! + 0.5)
    runSteps(bodies, 1)
    expect(bodies.space.state[0]).toBe(ANT.following)
    heading.forEach((part, axis) => expect(headingOf(bodies, 0)[axis]).toBeCloseTo(part, 5))
  })

  it('follows where it smells at least .05 and less than 2, and walks on elsewhere', () => {
    for (const [scent, state] of [
      [0.0499, ANT.searching],
      [0.0501, ANT.following],
      [1.999, ANT.following],
      [2, ANT.searching],
    ] as const) {
      const bodies = world(1)
      put(bodies, 0, [10.5, 10.5], [1, 0])
      trail(bodies)[cellAt(10.5, 10.5)] = scent
      runSteps(bodies, 1)
      expect(bodies.space.state[0]).toBe(state)
    }
  })

  it('of two that want the last unit of a cell exactly one gets it', () => {
    const bodies = world(2)
    const cell = cellAt(56.5, 35.5)
    food(bodies)[cell] = 1
    put(bodies, 0, NEAR, [1, 0])
    put(bodies, 1, NEAR, [1, 0])
    runSteps(bodies, 1)
    expect(food(bodies)[cell]).toBe(0)
    expect([...bodies.space.state].filter((code) => code === ANT.carrying)).toHaveLength(1)
  })

  it('turns round before a wall', () => {
    const bodies = world(1, { wiggle: 1 })
    put(bodies, 0, [70.6, 20], [1, 0])
    runSteps(bodies, 1)
    expect(placeOf(bodies, 0)[0]).toBeCloseTo(69.6, 4)
    expect(headingOf(bodies, 0)[0]).toBeCloseTo(-1, 5)
  })
})

describe('what goes wrong with ants', () => {
  it('the blind find no food and no trail, the deaf find food but no trail', () => {
    for (const [flag, found] of [
      [FLAG.blind, false],
      [FLAG.deaf, true],
    ] as const) {
      const bodies = world(2)
      bodies.space.flags.fill(flag)
      put(bodies, 0, NEAR, [1, 0])
      put(bodies, 1, [10.5, 10.5], [1, 0])
      smell(bodies, 12, 12)
      runSteps(bodies, 1)
      expect([...bodies.space.state]).toEqual([found ? ANT.carrying : ANT.searching, ANT.searching])
    }
  })

  it('the stuck stay where they are, in wind too, and lay nothing', () => {
    const bodies = world(1)
    bodies.space.flags[0] = FLAG.stuck
    bodies.space.wind = [0.5, 0, 0]
    put(bodies, 0, [50.5, 35.5], [1, 0])
    bodies.space.state[0] = ANT.carrying
    runSteps(bodies, 5)
    expect(placeOf(bodies, 0)).toEqual([50.5, 35.5, 0])
    expect(figures(bodies)['trailMass']).toBe(0)
  })

  it('the rogue lay 60 a step without food, and take none', () => {
    const bodies = world(1, { evaporation: 0 })
    bodies.space.flags[0] = FLAG.rogue
    put(bodies, 0, NEAR, [1, 0])
    runSteps(bodies, 3)
    expect(bodies.space.state[0]).toBe(ANT.searching)
    expect(figures(bodies)['trailMass']).toBeCloseTo(180, 3)
    expect(figures(bodies)).toMatchObject({ foodCarried: 0, foodHome: 0 })
  })

  it('one that dies with food loses it', () => {
    const bodies = world(1)
    put(bodies, 0, NEAR, [1, 0])
    runSteps(bodies, 1)
    bodies.space.status[0] = 2
    runSteps(bodies, 3)
    expect(figures(bodies)).toMatchObject({ foodCarried: 0, foodLost: 1 })
  })

  it('comes home round a stone that lies on its way', () => {
    const stone = { x: 47, y: 35.5, radius: 3 }
    const bodies = world(1, {}, { obstacles: [stone] })
    put(bodies, 0, NEAR, [-1, 0])
    for (let step = 0; step < 80; step++) {
      runSteps(bodies, 1)
      const [x, y] = placeOf(bodies, 0)
      expect(Math.sqrt((x! - stone.x) ** 2 + (y! - stone.y) ** 2)).toBeGreaterThanOrEqual(stone.radius)
    }
    expect(figures(bodies)['foodHome']).toBeGreaterThanOrEqual(1)
  })
})

describe('a colony', () => {
  const run = (parts: number, steps: number, wind: readonly [number, number, number]): Bodies => {
    const bodies = world(40, {}, { obstacles: [{ x: 47, y: 35.5, radius: 3 }] })
    bodies.space.flags.forEach((_, row) => (bodies.space.flags[row] = row % 9 === 0 ? 1 << (row % 4) : 0))
    bodies.space.wind = wind
    runSteps(bodies, steps, parts)
    return bodies
  }

  it('is the same on any number of parts, and keeps its food and its world (property)', () => {
    fc.assert(
      fc.property(fc.constantFrom(2, 3, 7), fc.integer({ min: 1, max: 150 }), fc.boolean(), (parts, steps, blows) => {
        const wind = blows ? ([0.2, -0.1, 0] as const) : ([0, 0, 0] as const)
        const [one, many] = [run(1, steps, wind), run(parts, steps, wind)]
        for (const name of ['position', 'heading', 'speed', 'state', 'group', 'field', 'food', 'ledger'])
          expect(many.space.array(name)).toEqual(one.space.array(name))
        const { foodAtStart, foodNear, foodSecond, foodFar, foodCarried, foodHome } = figures(one)
        expect(foodNear! + foodSecond! + foodFar! + foodCarried! + foodHome!).toBe(foodAtStart)
        for (const at of one.space.position) expect(at).toSatisfy((x: number) => x >= 0 && x <= 71)
      }),
      { numRuns: 12 },
    )
  })

  it('senses for the inspector: smell to three sides, load and the way home', () => {
    const bodies = world(1)
    put(bodies, 0, [40.5, 35.5], [1, 0])
    smell(bodies, 43.5, 35.5)
    expect(bodies.model.sense!(0)).toEqual({
      Carries: 'nothing',
      'Scent here': expect.closeTo(0.7, 5),
      'Scent ahead': expect.closeTo(0.8, 5),
      'Scent ahead to the left': expect.closeTo(1 - 0.1 * Math.sqrt(5), 5),
      'Scent ahead to the right': expect.closeTo(1 - 0.1 * Math.sqrt(5), 5),
      'Food here': 0,
      'Distance to the nest': 5,
    })
    expect(NEST).toEqual([35.5, 35.5])
  })
})
