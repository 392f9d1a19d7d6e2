import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SpaceSpec } from '../../scenario/Scenario.ts'
import { affinity } from './affinity.ts'
import { FLAG } from '../SpaceModel.ts'
import { similarity, TASK_DIMENSIONS } from './tasks.ts'
import { hypot3 } from '../testing/vectors.ts'
import { begun, headingOf, placeOf, put, runSteps, specOf, type Bodies } from '../testing/worlds.ts'

/** Exact tasks and no chance, unless said otherwise. */
const spec = (params: SpaceSpec['params'] = {}, more: Partial<SpaceSpec> = {}): SpaceSpec =>
  specOf('affinity', {
    width: 60,
    height: 60,
    ...more,
    params: { spread: 0, wiggleRad: 0, turnDegrees: 180, ...params },
  })
const taskOf = ({ space }: Bodies): Float32Array => space.array('task') as Float32Array

/** Body 0 (task A) heads along x in the middle; another one stands off it. Its heading after one step. */
function answer(
  other: { readonly off: readonly [number, number]; readonly heading?: readonly number[]; readonly kind: number },
  params: SpaceSpec['params'],
  flags: readonly [number, number] = [0, 0],
): number[] {
  const bodies = begun(affinity, spec(params), 2)
  put(bodies, 0, [30, 30], [1, 0])
  put(bodies, 1, [30 + other.off[0], 30 + other.off[1]], other.heading ?? [1, 0])
  taskOf(bodies).fill(0, TASK_DIMENSIONS)
  taskOf(bodies)[TASK_DIMENSIONS + other.kind] = 1
  bodies.space.flags.set(flags)
  runSteps(bodies, 1)
  return headingOf(bodies, 0)
}
const near = (actual: readonly number[], wanted: readonly number[]): void =>
  actual.forEach((value, axis) => expect(value).toBeCloseTo((wanted[axis] ?? 0) / hypot3(wanted), 5))
const ALIGN = { align: 1, cohere: 0, separate: 0 }
const COHERE = { align: 0, cohere: 1, separate: 0 }
const SEPARATE = { align: 0, cohere: 0, separate: 1 }

describe('a body and its neighbour', () => {
  it('aligns with whom it is alike, and not with whom it is not', () => {
    near(answer({ off: [0, 5], heading: [0, 1], kind: 0 }, ALIGN), [1, 1])
    near(answer({ off: [0, 5], heading: [0, 1], kind: 1 }, ALIGN), [1, 0])
  })

  it('is drawn to whom it is alike, in proportion to the distance within sight', () => {
    near(answer({ off: [0, 3.5], kind: 0 }, COHERE), [1, 0.5])
    near(answer({ off: [0, 3.5], kind: 1 }, COHERE), [1, 0])
    near(answer({ off: [0, 7.1], kind: 0 }, COHERE), [1, 0])
  })

  it('keeps away from whoever is too close, alike or not', () => {
    for (const kind of [0, 1]) near(answer({ off: [0, 1.25], kind }, SEPARATE), [1, -0.5])
    near(answer({ off: [0, 2.6], kind: 1 }, SEPARATE), [1, 0])
  })

  it('takes all for its like at affinity 0, and weighs the unlike by the rest in between', () => {
    near(answer({ off: [0, 5], heading: [0, 1], kind: 1 }, { ...ALIGN, affinity: 0 }), [1, 1])
    near(answer({ off: [0, 5], heading: [0, 1], kind: 1 }, { ...ALIGN, affinity: 0.75 }), [1, 0.25])
  })

  it('blind: goes on as it went; deaf: hears no headings and no tasks, but sees who is there', () => {
    near(answer({ off: [0, 1], heading: [0, 1], kind: 0 }, {}, [FLAG.blind, 0]), [1, 0])
    near(answer({ off: [0, 5], heading: [0, 1], kind: 0 }, ALIGN, [FLAG.deaf, 0]), [1, 0])
    near(answer({ off: [0, 3.5], kind: 1 }, COHERE, [FLAG.deaf, 0]), [1, 0.5])
  })

  it('a rogue shows the opposite of its heading, and seeks those who are unlike it', () => {
    near(answer({ off: [0, 5], heading: [0, -1], kind: 0 }, ALIGN, [0, FLAG.rogue]), [1, 1])
    near(answer({ off: [0, 3.5], kind: 1 }, COHERE, [FLAG.rogue, 0]), [1, 0.5])
    near(answer({ off: [0, 3.5], kind: 0 }, COHERE, [FLAG.rogue, 0]), [1, 0])
  })

  it('turns by turnDegrees at most, then moves by its speed with the new heading; one that is stuck stays', () => {
    const bodies = begun(affinity, spec({ ...ALIGN, align: 1e3, turnDegrees: 30 }), 3)
    put(bodies, 0, [30, 30], [1, 0])
    put(bodies, 1, [30, 34], [0, 1])
    put(bodies, 2, [10, 10], [1, 0])
    taskOf(bodies).copyWithin(TASK_DIMENSIONS, 0, TASK_DIMENSIONS)
    bodies.space.flags[2] = FLAG.stuck
    runSteps(bodies, 1)
    near(headingOf(bodies, 0), [Math.sqrt(0.75), 0.5])
    placeOf(bodies, 0).forEach((x, axis) => expect(x).toBeCloseTo([30 + 0.3 * Math.sqrt(0.75), 30.15, 0][axis]!, 5))
    expect(placeOf(bodies, 2)).toEqual([10, 10, 0])
  })

  it('is called to where its task is done', () => {
    const bodies = begun(affinity, spec({ goal: 1e6 }), 1)
    put(bodies, 0, [30, 30], [0, 1])
    runSteps(bodies, 1)
    near(headingOf(bodies, 0), [1, 0])
    expect(bodies.model.sense!(0)).toMatchObject({ 'Its task': 'Task A', 'Neighbours in sight': 0 })
  })
})

describe('tasks', () => {
  it('are unit vectors, the more alike the smaller the spread, and never below 0 alike', () => {
    const bodies = begun(affinity, spec({ spread: 0.5 }), 80)
    const task = taskOf(bodies)
    for (let row = 0; row < 80; row++) {
      expect(similarity(task, row, row)).toBeCloseTo(1, 5)
      for (let other = 0; other < row; other++) {
        const alike = similarity(task, row, other)
        expect(alike).toBeGreaterThanOrEqual(0)
        expect(alike).toBeLessThan(1.000_01)
        if (row % 4 === other % 4) expect(alike).toBeGreaterThan(0.1)
      }
    }
  })

  it('change for a share of all where newTasks is set, once, each to another kind', () => {
    const bodies = begun(affinity, spec({ kinds: 3, newTaskShare: 0.3 }), 2_000)
    const was = bodies.space.group.slice()
    runSteps(bodies, 1)
    expect(bodies.space.group).toEqual(was)
    bodies.space.params['newTasks'] = 1
    runSteps(bodies, 1, 3)
    const after = bodies.space.group.slice()
    const changed = [...was.keys()].filter((row) => was[row] !== after[row])
    // Four standard errors of a binomial share.
    expect(Math.abs(changed.length / 2_000 - 0.3)).toBeLessThan(4 * Math.sqrt((0.3 * 0.7) / 2_000))
    const up = changed.filter((row) => after[row] === (was[row]! + 1) % 3).length
    expect(Math.abs(up / changed.length - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / changed.length))
    for (const row of changed) expect(taskOf(bodies)[TASK_DIMENSIONS * row + after[row]!]).toBe(1)
    runSteps(bodies, 3)
    expect(bodies.space.group).toEqual(after)
  })
})

describe('whatever happens', () => {
  const world = fc.record({
    dimensions: fc.constantFrom<2 | 3>(2, 3),
    edges: fc.constantFrom<'wrap' | 'walls'>('wrap', 'walls'),
    affinity: fc.double({ min: 0, max: 1, noNaN: true }),
    goal: fc.double({ min: 0, max: 2, noNaN: true }),
    flags: fc.array(fc.constantFrom(0, 0, 0, 1, 2, 4, 8), { minLength: 40, maxLength: 40 }),
    status: fc.array(fc.constantFrom(1, 1, 1, 2), { minLength: 40, maxLength: 40 }),
  })

  it('has the same bits on any number of parts, and stays in the world and out of the rock', () => {
    const state = ['position', 'heading', 'speed', 'group', 'state', 'task', 'dealt']
    fc.assert(
      fc.property(world, fc.integer({ min: 2, max: 5 }), ({ dimensions, edges, flags, status, ...params }, parts) => {
        const rock = { x: 15, y: 15, z: 15, radius: 6 }
        const more = { width: 30, height: 30, depth: 30, dimensions, edges, obstacles: [rock] }
        const [one, many] = [1, parts].map((count) => {
          const bodies = begun(affinity, spec({ ...params, wiggleRad: 0.3, spread: 0.3, turnDegrees: 20 }, more), 40)
          bodies.space.flags.set(flags)
          bodies.space.status.set(status)
          runSteps(bodies, 10, count)
          bodies.space.params['newTasks'] = 1
          runSteps(bodies, 10, count)
          return bodies
        }) as [Bodies, Bodies]
        for (const name of state) expect(many.space.array(name)).toEqual(one.space.array(name))
        for (let row = 0; row < 40; row++) {
          const [x, y, z] = placeOf(one, row)
          for (const c of [x!, y!, z!]) expect(c >= 0 && c <= 30).toBe(true)
          const dz = dimensions === 3 ? z! - 15 : 0
          expect(hypot3([x! - 15, y! - 15, dz])).toBeGreaterThan(6 - 1e-3)
        }
      }),
      { numRuns: 60, seed: 7 },
    )
  })

  it('begins with the same columns when several workers begin, and measures without changing them', () => {
    const bodies = begun(affinity, spec({}, { obstacles: [{ x: 30, y: 30, radius: 20 }] }), 100)
    const was = [bodies.space.position.slice(), bodies.space.heading.slice(), taskOf(bodies).slice()]
    bodies.model.begin()
    const figures: { [name: string]: number } = {}
    bodies.model.measure!(figures)
    expect([bodies.space.position, bodies.space.heading, taskOf(bodies)]).toEqual(was)
    expect(figures['purityByChance']).toBeCloseTo((4 * 25 * 24) / (100 * 99), 12)
  })
})
