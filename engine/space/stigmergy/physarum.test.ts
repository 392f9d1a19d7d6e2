import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SpaceSpec } from '../../scenario/Scenario.ts'
import { SPACE_PARAMS } from '../../scenario/spaceParams.ts'
import { physarum } from './physarum.ts'
import { FLAG, type BoundModel, type Figures } from '../SpaceModel.ts'
import { PlainSpace, runPhases } from '../testing/plainSpace.ts'
import { WALL } from '../field/walls.ts'

const params = Object.fromEntries(Object.entries(SPACE_PARAMS.physarum).map(([name, rule]) => [name, rule.is]))
const SIDE = 40

interface World {
  readonly space: PlainSpace
  readonly model: BoundModel
  readonly trail: Float32Array
  step(parts?: number): void
}

function world(agents: number, spec: Partial<SpaceSpec> = {}): World {
  const full: SpaceSpec = {
    ...{ kind: 'physarum', params, dimensions: 2, width: SIDE, height: SIDE, depth: 1, edges: 'wrap', cell: 1 },
    ...{ stepUs: 1, measureEvery: 0, obstacles: [], detectors: [] },
    ...spec,
  }
  const space = new PlainSpace(full, agents, physarum.arrays(full, agents, full.width, full.height))
  const model = physarum.bind(space)
  space.tick = 0
  model.begin()
  return {
    space,
    model,
    trail: space.array('field') as Float32Array,
    step(parts = 1) {
      space.tick++
      runPhases(model.phases, parts)
    },
  }
}

const cells = ({ position, count, columns }: PlainSpace): number[] =>
  Array.from(
    { length: count },
    (_, row) => Math.floor(position[3 * row + 1]!) * columns + Math.floor(position[3 * row]!),
  )

const figures = ({ model }: World): Figures => {
  const into: Figures = {}
  model.measure!(into)
  return into
}

describe('a slime mould', () => {
  it('never has two agents in a cell, nor one in an obstacle (property)', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_200 }),
        fc.constantFrom('wrap', 'walls'),
        fc.double({ min: 1, max: 8, noNaN: true }),
        (agents, edges, radius) => {
          const { space, step } = world(agents, { edges: edges as 'wrap' })
          for (let k = 0; k < 12; k++) {
            if (k === 5) space.obstacles = [{ x: 20, y: 15, radius }]
            step()
            expect(new Set(cells(space)).size).toBe(agents)
          }
          const walls = space.array('walls')
          for (const cell of cells(space)) expect(walls[cell]).toBe(WALL.none)
          for (let row = 0; row < agents; row++) {
            const [x, y] = [space.position[3 * row]! - 20, space.position[3 * row + 1]! - 15]
            expect(Math.sqrt(x * x + y * y)).toBeGreaterThan(radius)
          }
        },
      ),
      { numRuns: 25 },
    )
  })

  it('gives the same bits on any number of parts (property)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 1, max: 800 }), (parts, agents) => {
        const [one, many] = [world(agents), world(agents)]
        for (let k = 0; k < 10; k++) {
          if (k === 4) for (const { space } of [one, many]) space.obstacles = [{ x: 12, y: 20, radius: 6 }]
          one.step()
          many.step(parts)
        }
        for (const name of ['position', 'heading', 'speed', 'state', 'field'])
          expect(many.space.array(name)).toEqual(one.space.array(name))
      }),
      { numRuns: 20 },
    )
  })

  it('the trail follows M ← (M + 5 · moves) · 0.9, and a move is what deposits', () => {
    const made = world(240)
    let mass = 0
    for (let k = 0; k < 60; k++) {
      made.step()
      const now = figures(made)
      expect(now['moves']).toBe(made.space.state.reduce((sum, state) => sum + state, 0))
      mass = 0.9 * (mass + 5 * now['moves']!)
      expect(Math.abs(now['mass']! - mass)).toBeLessThan(1e-6 * mass)
    }
  })

  it('turns to the strongest of its three sensors by 45°, and goes straight on where the middle is strongest', () => {
    const headingAfter = (x: number, y: number): readonly [number, number] => {
      const { space, trail, step } = world(1)
      space.position.set([20.5, 20.5, 0])
      space.heading.set([1, 0, 0])
      trail[Math.floor(y) * SIDE + Math.floor(x)] = 10
      step()
      return [space.heading[0]!, space.heading[1]!]
    }
    const offset = 9
    const [c, s] = [offset * Math.cos(Math.PI / 8), offset * Math.sin(Math.PI / 8)]
    const diagonal = Math.fround(Math.SQRT1_2)
    expect(headingAfter(20.5 + offset, 20.5)).toEqual([1, 0])
    expect(headingAfter(20.5 + c, 20.5 + s)[0]).toBeCloseTo(diagonal, 6)
    expect(headingAfter(20.5 + c, 20.5 + s)[1]).toBeCloseTo(diagonal, 6)
    expect(headingAfter(20.5 + c, 20.5 - s)[1]).toBeCloseTo(-diagonal, 6)
    expect(headingAfter(5, 5)).toEqual([1, 0])
  })

  it('of two that want a cell exactly one gets it, the other looks elsewhere', () => {
    for (let seed = 0; seed < 20; seed++) {
      const { space, step } = world(2)
      space.tick = seed
      space.position.set([10.5, 10.5, 0, 12.5, 10.5, 0])
      space.heading.set([1, 0, 0, -1, 0, 0])
      step()
      expect([...space.state].toSorted()).toEqual([0, 1])
      expect(cells(space)).toContain(10 * SIDE + 11)
      const loser = space.state[0] === 0 ? 0 : 1
      expect(space.position[3 * loser]).toBe(loser === 0 ? 10.5 : 12.5)
      expect(Math.abs(space.heading[3 * loser + 1]!)).toBeGreaterThan(0)
    }
  })

  it('nobody enters a cell that somebody is leaving', () => {
    const { space, step } = world(2)
    space.position.set([10.5, 10.5, 0, 11.5, 10.5, 0])
    space.heading.set([1, 0, 0, 1, 0, 0])
    step()
    expect([...space.state]).toEqual([0, 1])
  })

  it('deaf and blind ones do not turn, stuck ones stay, rogues flee the trail and lay four times as much', () => {
    const after = (flag: number) => {
      const { space, trail, step } = world(1)
      space.flags[0] = flag
      space.position.set([20.5, 20.5, 0])
      space.heading.set([1, 0, 0])
      // Left of the middle, and a little ahead.
      trail[23 * SIDE + 28] = 10
      trail[20 * SIDE + 29] = 5
      step()
      const mass = trail.reduce((sum, value) => sum + value, 0)
      return { turn: space.heading[1]!, x: space.position[0]!, laid: mass / 0.9 - 15 }
    }
    expect(after(0).turn).toBeGreaterThan(0.7)
    expect(after(0).laid).toBeCloseTo(5, 3)
    for (const flag of [FLAG.blind, FLAG.deaf]) expect(after(flag)).toMatchObject({ turn: 0, x: 21.5 })
    expect(after(FLAG.stuck).x).toBe(20.5)
    expect(after(FLAG.stuck).laid).toBeCloseTo(0, 3)
    expect(after(FLAG.rogue).turn).toBeLessThan(0)
    expect(after(FLAG.rogue).laid).toBeCloseTo(20, 3)
  })

  it('the dead lie where they fell and are in nobody’s way', () => {
    const { space, step } = world(2)
    space.status[1] = 2
    space.position.set([10.5, 10.5, 0, 11.5, 10.5, 0])
    space.heading.set([1, 0, 0, 1, 0, 0])
    step()
    expect(space.position[0]).toBe(11.5)
    expect(space.position[3]).toBe(11.5)
    expect(figures({ space, model: physarum.bind(space) } as World)['moves']).toBe(1)
  })

  it('the wind carries it, and a wall of the world turns it back', () => {
    const { space, step } = world(1, { edges: 'walls' })
    space.position.set([39.5, 20.5, 0])
    space.heading.set([1, 0, 0])
    step()
    expect(space.position[0]).toBe(39.5)
    expect(space.state[0]).toBe(0)
    space.heading.set([0, 1, 0])
    space.wind = [-2, 0, 0]
    step()
    expect(space.position[0]).toBe(37.5)
  })

  it('a newcomer finds a cell of its own, even the last one', () => {
    const { space, model } = world(SIDE * SIDE)
    const last = SIDE * SIDE - 1
    const free = cells(space)[last]
    space.tick = 3
    model.spawn(last)
    expect(cells(space)[last]).toBe(free)
  })

  it('senses are those of its cell', () => {
    const { space, model, trail } = world(5)
    space.position.set([8.5, 9.5, 0])
    trail[9 * SIDE + 8] = 7
    trail[9 * SIDE + 9] = 3
    space.heading.set([1, 0, 0])
    trail[9 * SIDE + 17] = 4
    trail[12 * SIDE + 16] = 2
    expect(model.sense!(0)).toEqual({
      'Trail here': 7,
      'Slope of the trail': 1.5,
      'Trail ahead': 4,
      'Trail to the left': 2,
      'Trail to the right': 0,
    })
  })
})
