import { describe, expect, it } from 'vitest'
import { SPACE_MODELS } from '../spaceModels.ts'
import type { Disc, SpaceSpec } from '../scenario/Scenario.ts'
import { cellsOf } from './cells.ts'
import type { Column, Space, SpaceModel } from './SpaceModel.ts'
import { PlainSpace } from './testing/plainSpace.ts'
import { specOf } from './testing/worlds.ts'

const BODIES = 20
const STANDARD = ['position', 'heading', 'speed', 'group', 'state'] as const
/** Large enough that somebody begins in one. */
const DISCS: readonly Disc[] = [
  { x: 5, y: 10, radius: 5 },
  { x: 14, y: 9, radius: 6 },
]

/** A column that tells of every write by which it becomes another than it was. */
function watched(column: Column, name: string, changes: Set<string>): Column {
  const before = column.slice()
  const look = (): void => {
    for (let i = 0; i < column.length; i++) if (!Object.is(column[i], before[i])) changes.add(`${name}[${i}]`)
  }
  return new Proxy(column, {
    get(target, key) {
      const found = Reflect.get(target, key, target) as unknown
      if (typeof found !== 'function') return found
      return (...args: unknown[]) => {
        const result = (found as (...args: unknown[]) => unknown).apply(target, args)
        look()
        return result
      }
    },
    set(target, key, value) {
      Reflect.set(target, key, value, target)
      if (!Object.is(target[Number(key)], before[Number(key)])) changes.add(`${name}[${String(key)}]`)
      return true
    },
  })
}

function begun(model: SpaceModel, spec: SpaceSpec): PlainSpace {
  const { columns, rows } = cellsOf(spec)
  const space = new PlainSpace(spec, BODIES + 2, model.arrays(spec, BODIES + 2, columns, rows))
  space.count = BODIES
  space.status.fill(0, BODIES)
  space.tick = 0
  model.bind(space).begin()
  return space
}

/** What a worker that sets up later changes on the way, over columns in which another has done so. */
function changesOf(space: PlainSpace, model: SpaceModel, work: (bound: ReturnType<SpaceModel['bind']>) => void) {
  const changes = new Set<string>()
  const columns = new Map<string, Column>()
  const array = (name: string): Column => {
    if (!columns.has(name)) columns.set(name, watched(space.array(name), name, changes))
    return columns.get(name)!
  }
  const own = Object.fromEntries(STANDARD.map((name) => [name, { value: array(name) }]))
  work(model.bind(Object.create(space, { ...own, array: { value: array } }) as Space))
  return [...changes]
}

describe.each(SPACE_MODELS.map((model) => [model.kind, model] as const))(
  'workers that set up %s together',
  (kind, model) => {
    const worlds = (['wrap', 'walls'] as const).flatMap((edges) =>
      [[], DISCS].map((obstacles) => specOf(kind, { width: 20, height: 18, edges, obstacles })),
    )

    it('begin by writing final values only, so that nobody reads what another has half done', () => {
      for (const spec of worlds) expect(changesOf(begun(model, spec), model, (bound) => bound.begin())).toEqual([])
    })

    it('place two who join at one cut by final values only', () => {
      for (const spec of worlds) {
        const space = begun(model, spec)
        space.tick = 3
        space.count = BODIES + 2
        space.status.fill(1)
        const join = (bound: ReturnType<SpaceModel['bind']>): void => {
          for (const row of [BODIES, BODIES + 1]) bound.spawn(row)
        }
        join(model.bind(space))
        expect(changesOf(space, model, join)).toEqual([])
      }
    })
  },
)
