import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SpaceSpec } from '../../scenario/Scenario.ts'
import { SPACE_PARAMS } from '../../scenario/spaceParams.ts'
import { scent, SEEKER } from './scent.ts'
import { poisson, TASK, TASK_SLOTS_MAX } from './scentTasks.ts'
import { FLAG, type Figures } from '../SpaceModel.ts'
import { begun, headingOf, placeOf, put, runSteps, specOf, type Bodies } from '../testing/worlds.ts'

const SIDE = 60
const world = (count: number, params: SpaceSpec['params'] = {}, more: Partial<SpaceSpec> = {}): Bodies =>
  begun(
    scent,
    specOf('scent', { width: SIDE, height: SIDE, cell: 2, ...more, params: { arrivals: 0, ...params } }),
    count,
  )
function figures({ model }: Bodies): Figures {
  const into: Figures = {}
  model.measure!(into)
  return into
}
/** An open task in slot 0, as if it had come at the step before. */
function task({ space }: Bodies, x: number, y: number, left: number, urgency = 1): void {
  space.array('taskStatus')[0] = TASK.open
  space.array('taskPlace').set([x, y])
  space.array('taskLeft')[0] = left
  space.array('taskUrgency')[0] = urgency
  space.array('taskSince')[0] = space.tick
  space.array('ledger')[0] = 1
}
const smellOf = ({ space }: Bodies): Float32Array => space.array('field') as Float32Array
const cellAt = (x: number, y: number): number => Math.floor(y / 2) * (SIDE / 2) + Math.floor(x / 2)

describe('work that finds its workers', () => {
  it('who stands at a task joins it, works a step a step, and is free when it is done', () => {
    const bodies = world(1)
    put(bodies, 0, [20, 20], [1, 0])
    task(bodies, 21, 20, 3)
    const states: number[] = []
    for (let step = 0; step < 5; step++) {
      runSteps(bodies, 1)
      states.push(bodies.space.state[0]!)
    }
    // Joins in the first step, works in the next three, walks on in the fifth.
    expect(states.slice(0, 4)).toEqual(Array(4).fill(SEEKER.working))
    expect(states[4]).not.toBe(SEEKER.working)
    expect(figures(bodies)).toMatchObject({
      tasksArrived: 1,
      tasksDone: 1,
      workDone: 3,
      stepsToFind: 1,
      stepsToDone: 4,
    })
  })

  it('a crew takes one a step, and no more than it has room for', () => {
    const bodies = world(5, { crew: 3 })
    for (let row = 0; row < 5; row++) put(bodies, row, [20, 20], [0, 1])
    task(bodies, 20, 20, 1_000)
    const working = (): number => figures(bodies)['working']!
    for (const crew of [1, 2, 3]) {
      runSteps(bodies, 1)
      expect(working()).toBe(crew)
      expect(bodies.space.array('taskCrew')[0]).toBe(crew)
      for (let row = 0; row < 5; row++)
        if (bodies.space.state[row] !== SEEKER.working) put(bodies, row, [20, 20], [0, 1])
    }
    runSteps(bodies, 1)
    expect(working()).toBe(3)
  })

  it('a task smells by its urgency, the work left and the room of its crew', () => {
    for (const [left, urgency, crew, smell] of [
      [60, 1, 0, 10],
      [60, 3, 0, 30],
      [30, 2, 0, 10],
    ] as const) {
      const bodies = world(1, { diffusion: 0, evaporation: 0, work: 60 })
      put(bodies, 0, [50, 50], [1, 0])
      task(bodies, 21, 21, left, urgency)
      bodies.space.array('taskCrew')[0] = crew
      runSteps(bodies, 1)
      expect(smellOf(bodies)[cellAt(21, 21)]).toBeCloseTo(smell, 3)
    }
    const full = world(1, { crew: 1 })
    put(full, 0, [20, 20], [1, 0])
    task(full, 20, 20, 100)
    runSteps(full, 1)
    expect(figures(full)['scentMass']).toBe(0)
  })

  it('who smells a task finds it in a third of the time of who does not, from whatever direction', () => {
    const steps = (flag: number, x: number, y: number): number => {
      const bodies = world(1)
      put(bodies, 0, [30 + 8 * x, 30 + 8 * y], [x, y])
      bodies.space.flags[0] = flag
      task(bodies, 30, 30, 1_000)
      let n = 0
      while (figures(bodies)['working'] === 0 && n++ < 5_000) runSteps(bodies, 1)
      return n
    }
    const total = (flag: number): number =>
      [0, 1, 2, 3, 4, 5, 6, 7].reduce((sum, k) => sum + steps(flag, Math.cos(k), Math.sin(k)), 0)
    expect(total(0)).toBeLessThan(total(FLAG.blind) / 3)
  })

  it('turns to the side that smells more', () => {
    const bodies = world(1, { wiggle: 0, diffusion: 0 })
    put(bodies, 0, [21, 21], [1, 0])
    smellOf(bodies)[cellAt(23.1, 23.1)] = 5
    runSteps(bodies, 1)
    expect(bodies.space.state[0]).toBe(SEEKER.following)
    expect(headingOf(bodies, 0)[0]).toBeCloseTo(Math.cos(Math.PI / 6), 5)
    expect(headingOf(bodies, 0)[1]).toBeCloseTo(0.5, 5)
  })

  it('the deaf smell tasks but no marks, the blind neither, and both work on what they walk into', () => {
    for (const [flag, layer, follows] of [
      [0, 1, true],
      [FLAG.deaf, 0, true],
      [FLAG.deaf, 1, false],
      [FLAG.blind, 0, false],
    ] as const) {
      const bodies = world(2)
      bodies.space.flags.fill(flag)
      put(bodies, 0, [21, 21], [1, 0])
      put(bodies, 1, [41, 41], [1, 0])
      task(bodies, 41, 41, 9)
      smellOf(bodies)[layer * 900 + cellAt(24.1, 21)] = 5
      runSteps(bodies, 1)
      expect([...bodies.space.state]).toEqual([follows ? SEEKER.following : SEEKER.searching, SEEKER.working])
    }
  })

  it('the rogue lay a scent of work where there is none, and do not work', () => {
    const bodies = world(1, { evaporation: 0, falseScent: 20 })
    bodies.space.flags[0] = FLAG.rogue
    put(bodies, 0, [20, 20], [1, 0])
    task(bodies, 20, 20, 9)
    runSteps(bodies, 2)
    const { working, scentMass } = figures(bodies)
    expect(working).toBe(0)
    // Two drops, and twice the scent of a task of 9 steps of work.
    expect(scentMass).toBeCloseTo(2 * 20 + (2 * 10 * 9) / 60, 2)
  })

  it('a finished task leaves a mark', () => {
    const bodies = world(1, { mark: 30, markEvaporation: 0 })
    put(bodies, 0, [20, 20], [1, 0])
    task(bodies, 20, 20, 1)
    runSteps(bodies, 2)
    expect(figures(bodies)['markMass']).toBeCloseTo(30, 4)
  })

  it('who is blown off its task, or dies, leaves the crew', () => {
    const bodies = world(2)
    put(bodies, 0, [20, 20], [1, 0])
    put(bodies, 1, [20, 20], [0, 1])
    task(bodies, 20, 20, 1_000)
    runSteps(bodies, 1)
    put(bodies, bodies.space.state[0] === SEEKER.working ? 1 : 0, [20, 20], [0, 1])
    runSteps(bodies, 1)
    expect(bodies.space.array('taskCrew')[0]).toBe(2)
    bodies.space.status[0] = 2
    put(bodies, 1, [50, 50], [1, 0])
    runSteps(bodies, 1)
    expect(bodies.space.array('taskCrew')[0]).toBe(0)
  })
})

describe('arrivals', () => {
  it('come by a Poisson law: inverse of its distribution at the middle of n equal parts', () => {
    for (const lambda of [0, 0.1, 1, 5, 20]) {
      const n = 20_000
      const counts = Array.from({ length: n }, (_, k) => poisson(lambda, (k + 0.5) / n))
      const mean = counts.reduce((sum, count) => sum + count, 0) / n
      const variance = counts.reduce((sum, count) => sum + (count - mean) * (count - mean), 0) / n
      expect(mean).toBeCloseTo(lambda, 2)
      expect(Math.abs(variance - lambda)).toBeLessThanOrEqual(0.005 * lambda)
    }
    expect(poisson(20, 1 - 2 ** -32)).toBeLessThan(60)
  })

  it('do not depend on what bodies do: the same tasks come to another swarm', () => {
    const places = (count: number): unknown => {
      const bodies = world(count, { arrivals: 0.5, slots: 256, beside: 0.5, reach: 0 })
      runSteps(bodies, 100)
      return [bodies.space.array('taskPlace'), bodies.space.array('taskUrgency'), bodies.space.array('taskSince')]
    }
    expect(places(3)).toEqual(places(20))
  })

  it('beside 1 every task comes near the one before, in a world that wraps', () => {
    const bodies = world(1, { arrivals: 1, slots: 256, beside: 1, besideWithin: 3, reach: 0 })
    runSteps(bodies, 100)
    const place = bodies.space.array('taskPlace')
    const apart = (a: number, b: number): number => Math.min(Math.abs(a - b), SIDE - Math.abs(a - b))
    for (let slot = 1; slot < figures(bodies)['tasksArrived']!; slot++)
      for (const axis of [0, 1])
        expect(apart(place[2 * slot + axis]!, place[2 * slot + axis - 2]!)).toBeLessThanOrEqual(3.001)
  })

  it('are turned away where no slot is free, and counted; a scenario has no more slots than there are', () => {
    const bodies = world(1, { arrivals: 2, slots: 8, reach: 0 })
    runSteps(bodies, 50)
    const { tasksArrived, tasksWaiting, tasksTurnedAway } = figures(bodies)
    expect(tasksWaiting).toBe(8)
    expect(tasksArrived! - tasksTurnedAway!).toBe(8)
    expect(SPACE_PARAMS.scent['slots']).toMatchObject({ max: TASK_SLOTS_MAX })
  })
})

describe('a swarm at work', () => {
  const run = (parts: number, steps: number, edges: 'wrap' | 'walls'): Bodies => {
    const bodies = world(50, { arrivals: 0.3, beside: 0.5 }, { edges, obstacles: [{ x: 30, y: 30, radius: 7 }] })
    bodies.space.flags.forEach((_, row) => (bodies.space.flags[row] = row % 7 === 0 ? 1 << (row % 4) : 0))
    bodies.space.wind = [0.1, 0.05, 0]
    runSteps(bodies, steps, parts)
    return bodies
  }

  it('is the same on any number of parts, loses no task and leaves neither world nor obstacles (property)', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(2, 3, 7),
        fc.integer({ min: 1, max: 200 }),
        fc.constantFrom('wrap' as const, 'walls' as const),
        (parts, steps, edges) => {
          const [one, many] = [run(1, steps, edges), run(parts, steps, edges)]
          for (const name of ['position', 'heading', 'state', 'field', 'job', 'taskLeft', 'taskCrew', 'ledger', 'sums'])
            expect(many.space.array(name)).toEqual(one.space.array(name))
          const { tasksArrived, tasksWaiting, tasksBegun, tasksDone, tasksTurnedAway } = figures(one)
          expect(tasksWaiting! + tasksBegun! + tasksDone! + tasksTurnedAway!).toBe(tasksArrived)
          for (let row = 0; row < 50; row++) {
            const [x, y] = placeOf(one, row)
            expect(Math.sqrt((x! - 30) ** 2 + (y! - 30) ** 2)).toBeGreaterThanOrEqual(7)
          }
        },
      ),
      { numRuns: 12 },
    )
  })

  it('senses for the inspector: smell to three sides and its task', () => {
    const bodies = world(1, { diffusion: 0, evaporation: 0 })
    put(bodies, 0, [21, 21], [1, 0])
    smellOf(bodies)[cellAt(24, 21)] = 5
    smellOf(bodies)[900 + cellAt(24, 21)] = 2
    expect(bodies.model.sense!(0)).toEqual({
      'Works on': 'nothing',
      'Smell ahead': 7,
      'Smell to the left': 0,
      'Smell to the right': 0,
      radius: 1.5,
    })
    task(bodies, 21, 21, 9)
    runSteps(bodies, 1)
    expect(bodies.model.sense!(0)).toMatchObject({ 'Works on': 'task in slot 0', 'At work there': 1 })
  })
})
