import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Plain } from '../../kernel/plain.ts'
import type { SpaceSpec } from '../../scenario/Scenario.ts'
import { SPACE_PARAMS } from '../../scenario/spaceParams.ts'
import { pheromoneField } from './pheromoneField.ts'
import { FLAG, type BoundModel, type Figures } from '../SpaceModel.ts'
import { PlainSpace, runPhases } from '../testing/plainSpace.ts'

const defaults = Object.fromEntries(Object.entries(SPACE_PARAMS.field).map(([name, rule]) => [name, rule.is]))

interface World {
  readonly space: PlainSpace
  readonly model: BoundModel
  step(parts?: number): void
  figures(): Figures
}

function world(agents: number, params: { readonly [name: string]: Plain }, spec: Partial<SpaceSpec> = {}): World {
  const full: SpaceSpec = {
    ...{ kind: 'field', params: { ...defaults, ...params }, dimensions: 2, width: 40, height: 30, depth: 1 },
    ...{ edges: 'wrap', cell: 1, stepUs: 1, measureEvery: 0, obstacles: [], detectors: [] },
    ...spec,
  }
  const columns = Math.ceil(full.width / full.cell)
  const rows = Math.ceil(full.height / full.cell)
  const space = new PlainSpace(full, agents, pheromoneField.arrays(full, agents, columns, rows))
  const model = pheromoneField.bind(space)
  space.tick = 0
  model.begin()
  return {
    space,
    model,
    step(parts = 1) {
      space.tick++
      runPhases(model.phases, parts)
    },
    figures() {
      const into: Figures = {}
      model.measure!(into)
      return into
    },
  }
}
const SILENT = { sources: 0, emit: 0, puffChance: 0 }

describe('a pheromone field', () => {
  it('holds what was given off: emitters times steps, less what evaporated', () => {
    const { step, figures } = world(7, { sources: 3, sourceEmit: 4, emit: 1.5, puffChance: 0, evaporation: 0.25 })
    let mass = 0
    for (let k = 0; k < 20; k++) {
      step()
      mass = 0.75 * (mass + 3 * 4 + 4 * 1.5)
      expect(figures()['mass']).toBeCloseTo(mass, 3)
    }
  })

  it('the size of a cell changes the numbers, not the law: variance grows by 2D a step in world units', () => {
    for (const cell of [0.5, 1]) {
      const { step, figures } = world(1, { ...SILENT, start: 'spot', diffusion: 0.05, evaporation: 0 }, { cell })
      for (let k = 0; k < 20; k++) step()
      expect(figures()['varianceX']).toBeCloseTo(2 * 0.05 * 20, 4)
      expect(figures()['varianceY']).toBeCloseTo(2 * 0.05 * 20, 4)
    }
  })

  it('gives the same bits on any number of parts, in any weather (property)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 1, max: 40 }), (parts, agents) => {
        const [one, many] = [1, 2].map(() => world(agents, { puffChance: 0.2 })) as [World, World]
        for (let k = 0; k < 12; k++) {
          for (const { space } of [one, many]) {
            if (k === 4) space.obstacles = [{ x: 20, y: 15, radius: 5 }]
            if (k === 6) space.wind = [0.4, -0.2, 0]
          }
          one.step()
          many.step(parts)
        }
        for (const name of ['position', 'heading', 'speed', 'state', 'field'])
          expect(many.space.array(name)).toEqual(one.space.array(name))
      }),
      { numRuns: 25 },
    )
  })

  it('an obstacle pushes out everybody, sources and stuck ones too', () => {
    const { space, step } = world(12, { sources: 6 })
    space.flags[8] = FLAG.stuck
    space.obstacles = [{ x: 20, y: 15, radius: 12 }]
    for (let k = 0; k < 5; k++) {
      step()
      for (let row = 0; row < 12; row++) {
        const [x, y] = [space.position[3 * row]! - 20, space.position[3 * row + 1]! - 15]
        expect(Math.sqrt(x * x + y * y)).toBeGreaterThanOrEqual(12)
      }
    }
  })

  it('wanderers turn away from the alarm, rogues towards it; deaf and blind ones go on', () => {
    const turnOf = (flag: number): number => {
      const { space, step } = world(1, { ...SILENT, wiggle: 0 })
      space.flags[0] = flag
      space.position.set([20.5, 15.5, 0])
      space.heading.set([1, 0, 0])
      // Alarm to its left, some of it under it.
      const alarm = space.array('field').subarray(40 * 30)
      alarm[15 * 40 + 20] = 5
      alarm[16 * 40 + 20] = 9
      step()
      return space.heading[1]!
    }
    expect(turnOf(0)).toBeCloseTo(-0.5, 5)
    expect(turnOf(FLAG.rogue)).toBeCloseTo(0.5, 5)
    for (const flag of [FLAG.deaf, FLAG.blind]) expect(turnOf(flag)).toBe(0)
  })

  it('sources stand, wanderers walk at their pace, the stuck stay and still smell', () => {
    const { space, model, step } = world(3, { sources: 1, puffChance: 0 })
    space.flags[2] = FLAG.stuck
    const before = space.position.slice()
    step()
    expect(space.position.subarray(0, 3)).toEqual(before.subarray(0, 3))
    expect(space.position.subarray(6, 9)).toEqual(before.subarray(6, 9))
    const [dx, dy] = [space.position[3]! - before[3]!, space.position[4]! - before[4]!]
    expect(Math.sqrt(dx * dx + dy * dy)).toBeCloseTo(0.4, 4)
    expect(model.sense!(2)['Scent']).toBeGreaterThan(0)
    expect([...space.group]).toEqual([0, 1, 1])
  })
})
