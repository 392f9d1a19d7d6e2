import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SpaceSpec } from '../../scenario/Scenario.ts'
import { SPACE_PARAMS } from '../../scenario/spaceParams.ts'
import { ANCHOR, COURSES } from './formationCourse.ts'
import { ASSIGNMENTS } from './formationPlaces.ts'
import { SHAPES } from './formationSlots.ts'
import { formation } from './formation.ts'
import { nearestImage } from '../motion/moveBody.ts'
import { FLAG } from '../SpaceModel.ts'
import { begun, headingOf, placeOf, put, runSteps, specOf, type Bodies } from '../testing/worlds.ts'

/** Straight on through a wrapped world without obstacles, from places already taken. */
const flying = (count: number, params: SpaceSpec['params'] = {}, more: Partial<SpaceSpec> = {}): Bodies => {
  const world = { width: 240, height: 160, edges: 'wrap' as const, ...more }
  return begun(
    formation,
    specOf('formation', { ...world, params: { course: 'straight', start: 'formed', ...params } }),
    count,
  )
}
const figures = ({ model }: Bodies): { [name: string]: number } => {
  const into: { [name: string]: number } = {}
  model.measure!(into)
  return into
}
/** From a body to its place, world units, in a world that is not left. */
const errorOf = (bodies: Bodies, row: number): number =>
  bodies.model.sense!(row)['Distance to its place'] as unknown as number

describe('steering for a place', () => {
  it('lags behind by speed / gain in straight flight, and by speed (1 − gain) / gain with places seen after the step', () => {
    for (const gain of [0.05, 0.1, 0.4]) {
      const old = flying(9, { gain, feedForward: 0 })
      runSteps(old, 400)
      expect(figures(old)['placeError']).toBeCloseTo(0.4 / gain, 3)
      const fresh = flying(9, { gain, feedForward: 0, sees: 'new' })
      runSteps(fresh, 400)
      expect(figures(fresh)['placeError']).toBeCloseTo((0.4 * (1 - gain)) / gain, 3)
    }
  })

  it('makes up 1 − gain of a distance a step where it is told how the formation moves', () => {
    const bodies = flying(3, { gain: 0.2, maxSpeed: 10 })
    const [x, y] = placeOf(bodies, 1)
    put(bodies, 1, [x! - 3, y! + 4], [1, 0])
    for (let left = 5 * 0.8; left > 0.05; left *= 0.8) {
      runSteps(bodies, 1)
      expect(errorOf(bodies, 1)).toBeCloseTo(left, 3)
    }
  })

  it('keeps a formation that is longer than its world, round which it goes', () => {
    const world = { width: 100, height: 90 }
    const bodies = flying(90, { shape: 'column', separation: 0.5, push: 0 }, world)
    runSteps(bodies, 300)
    expect(figures(bodies)['placeErrorMost']).toBeLessThan(1e-3)
    const late = flying(90, { shape: 'column', separation: 0.5, push: 0, start: 'scattered' }, world)
    runSteps(late, 300)
    expect(figures(late)['placeErrorMost']).toBeLessThan(1e-3)
  })

  it('keeps its place in a turn as well: what it is told is the way of the place, not of the anchor', () => {
    const bodies = flying(15, { course: 'circle', turnDegrees: 2, maxSpeed: 5 })
    runSteps(bodies, 200)
    expect(figures(bodies)['placeErrorMost']).toBeLessThan(1e-3)
  })

  it('a side wind puts everybody off by the wind of a step / gain', () => {
    const bodies = flying(9, { gain: 0.1 })
    bodies.space.wind = [0, 0.05, 0]
    runSteps(bodies, 300)
    const { placeError, placeErrorMost } = figures(bodies)
    expect(placeError).toBeCloseTo(0.5, 3)
    expect(placeErrorMost).toBeCloseTo(0.5, 3)
  })

  it('is never faster than the greatest speed, and heads where it goes', () => {
    const bodies = flying(2, { maxSpeed: 0.9 })
    put(bodies, 1, [20, 20], [1, 0])
    const before = placeOf(bodies, 1)
    runSteps(bodies, 1)
    const [dx, dy] = placeOf(bodies, 1).map((x, axis) => x - before[axis]!)
    expect(Math.hypot(dx!, dy!)).toBeCloseTo(0.9, 5)
    expect(bodies.space.speed[1]).toBeCloseTo(0.9, 5)
    headingOf(bodies, 1).forEach((h, axis) => expect(h).toBeCloseTo([dx! / 0.9, dy! / 0.9, 0][axis]!, 4))
  })

  it('two who meet head-on pass each other', () => {
    const bodies = flying(2, { shape: 'column', anchorSpeed: 0, maxSpeed: 0.5 })
    const [front, rear] = [placeOf(bodies, 0), placeOf(bodies, 1)]
    put(bodies, 0, rear, [1, 0])
    put(bodies, 1, front, [1, 0])
    runSteps(bodies, 300)
    expect(figures(bodies)).toMatchObject({ outOfPlace: 0, moves: 0 })
  })
})

describe('a body that fares badly', () => {
  const flagged = (flag: number, steps: number): { at: number[]; bodies: Bodies; started: number[] } => {
    const bodies = flying(7)
    runSteps(bodies, 10)
    const started = placeOf(bodies, 3)
    bodies.space.flags[3] = flag
    runSteps(bodies, steps)
    return { at: placeOf(bodies, 3), bodies, started }
  }

  it('stuck: does not move, and its place is kept', () => {
    const { at, bodies, started } = flagged(FLAG.stuck, 50)
    expect(at).toEqual(started)
    expect(figures(bodies)).toMatchObject({ gaps: 0, outOfPlace: 1 })
    bodies.space.flags[3] = 0
    runSteps(bodies, 400)
    expect(figures(bodies)).toMatchObject({ outOfPlace: 0, moves: 0 })
  })

  it('deaf: is not told how the formation moves, and lags behind by speed / gain', () => {
    const { bodies } = flagged(FLAG.deaf, 300)
    expect(errorOf(bodies, 3)).toBeCloseTo(4, 2)
    expect(errorOf(bodies, 4)).toBeCloseTo(0, 3)
  })

  it('blind: goes with the formation, but a gust puts it off for good', () => {
    const { bodies } = flagged(FLAG.blind, 20)
    bodies.space.wind = [0, 0.1, 0]
    runSteps(bodies, 20)
    bodies.space.wind = [0, 0, 0]
    runSteps(bodies, 200)
    expect(errorOf(bodies, 3)).toBeCloseTo(2, 3)
    expect(errorOf(bodies, 4)).toBeCloseTo(0, 3)
  })

  it('a rogue makes for the place opposite, through the middle', () => {
    const { bodies } = flagged(FLAG.rogue, 400)
    expect(errorOf(bodies, 3)).toBeGreaterThan(8)
  })

  it('down: lies where it fell, and comes back into the last place', () => {
    const bodies = flying(5, { shape: 'column', noticeSteps: 0 })
    bodies.space.status[1] = 2
    const fell = placeOf(bodies, 1)
    runSteps(bodies, 100)
    expect(placeOf(bodies, 1)).toEqual(fell)
    expect(figures(bodies)).toMatchObject({ gaps: 0, outOfPlace: 0, moves: 3 })
    bodies.space.status[1] = 1
    runSteps(bodies, 400)
    expect(bodies.model.sense!(1)).toMatchObject({ Place: 5, Of: 5 })
    expect(figures(bodies)['outOfPlace']).toBe(0)
  })
})

describe('an obstacle', () => {
  it('is gone round by everybody, touched by nobody, and behind it all are in place again', () => {
    const rock = { x: 120, y: 80, radius: 12 }
    const bodies = flying(15, {}, { obstacles: [rock] })
    let nearest = Infinity
    for (let k = 0; k < 420; k++) {
      runSteps(bodies, 1)
      for (let row = 0; row < 15; row++) {
        const [x, y] = placeOf(bodies, row)
        nearest = Math.min(nearest, Math.hypot(x! - rock.x, y! - rock.y))
      }
    }
    expect(nearest).toBeGreaterThan(rock.radius)
    expect(nearest).toBeLessThan(rock.radius + 4)
    expect(bodies.space.array('anchor')[ANCHOR.x]).toBeGreaterThan(200)
    expect(figures(bodies)['outOfPlace']).toBe(0)
  })
})

describe('whatever happens', () => {
  const event = fc.record({
    row: fc.nat(11),
    status: fc.constantFrom(1, 1, 2, 3),
    flags: fc.constantFrom(0, 0, 0, 1, 2, 4, 8),
    steps: fc.integer({ min: 1, max: 40 }),
  })
  const world = fc.record({
    shape: fc.constantFrom(...SHAPES),
    course: fc.constantFrom(...COURSES),
    assignment: fc.constantFrom(...ASSIGNMENTS),
    start: fc.constantFrom('formed', 'scattered'),
    walled: fc.boolean(),
    rocks: fc.array(fc.record({ x: fc.nat(60), y: fc.nat(40), radius: fc.integer({ min: 1, max: 9 }) }), {
      maxLength: 3,
    }),
    events: fc.array(event, { maxLength: 8 }),
  })

  it('has the same bits on any number of parts, stays in the world and out of a rock', () => {
    fc.assert(
      fc.property(world, fc.integer({ min: 2, max: 5 }), ({ walled, rocks, events, ...params }, parts) => {
        const edges = walled ? 'walls' : 'wrap'
        const make = (): Bodies =>
          flying(12, { ...params, noticeSteps: 3 }, { width: 60, height: 40, edges, obstacles: rocks })
        const [one, many] = [make(), make()]
        for (const { row, status, flags, steps } of events)
          for (const [bodies, count] of [
            [one, 1],
            [many, parts],
          ] as const) {
            bodies.space.status[row] = status
            bodies.space.flags[row] = flags
            bodies.space.wind = [0.01 * flags, 0, 0]
            runSteps(bodies, steps, count)
          }
        for (const name of [
          'position',
          'heading',
          'speed',
          'group',
          'state',
          'placeOf',
          'holder',
          'emptyFor',
          'anchor',
        ])
          expect(many.space.array(name)).toEqual(one.space.array(name))
        for (let row = 0; row < 12; row++) {
          const [x, y] = placeOf(one, row)
          expect(x! >= 0 && x! <= 60 && y! >= 0 && y! <= 40).toBe(true)
          if (walled || rocks.length !== 1) continue
          const [rock] = rocks
          const [dx, dy] = [nearestImage(x! - rock!.x, 60), nearestImage(y! - rock!.y, 40)]
          expect(Math.hypot(dx, dy)).toBeGreaterThan(rock!.radius - 1e-3)
        }
      }),
      { numRuns: 60, seed: 5 },
    )
  })

  it('begins with the same columns when several workers begin at once, or one begins late', () => {
    const spec = specOf('formation', {
      width: 60,
      height: 40,
      edges: 'walls',
      obstacles: [{ x: 30, y: 20, radius: 8 }],
    })
    const bodies = begun(formation, spec, 30)
    const was = ['position', 'heading', 'placeOf', 'holder', 'anchor', 'state', 'group'].map((name) =>
      bodies.space.array(name).slice(),
    )
    bodies.model.begin()
    bodies.model.begin()
    const is = ['position', 'heading', 'placeOf', 'holder', 'anchor', 'state', 'group'].map((name) =>
      bodies.space.array(name).slice(),
    )
    expect(is).toEqual(was)
  })

  it('words of its parameters are those that the scenario knows', () => {
    const rules = SPACE_PARAMS.formation
    expect(rules['shape']).toMatchObject({ of: SHAPES })
    expect(rules['course']).toMatchObject({ of: COURSES })
    expect(rules['assignment']).toMatchObject({ of: ASSIGNMENTS })
  })
})
