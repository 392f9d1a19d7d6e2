import { SPACE_DEFAULTS, paramDefaults } from '../../scenario/spaceParams.ts'
import type { SpaceKind, SpaceSpec } from '../../scenario/Scenario.ts'
import type { BoundModel, SpaceModel } from '../SpaceModel.ts'
import { PlainSpace, runPhases } from './plainSpace.ts'

/** A spec as parsing would fill it in; `params` go over the model's defaults. */
export const specOf = (kind: SpaceKind, more: Partial<SpaceSpec> = {}): SpaceSpec => ({
  ...SPACE_DEFAULTS,
  ...more,
  kind,
  params: { ...paramDefaults(kind), ...more.params },
})

export interface Bodies {
  readonly space: PlainSpace
  readonly model: BoundModel
}

/** A space with `count` bodies as the model begins with them. */
export function begun(model: SpaceModel, spec: SpaceSpec, count: number): Bodies {
  const columns = Math.ceil(spec.width / spec.cell)
  const rows = Math.ceil(spec.height / spec.cell)
  const space = new PlainSpace(spec, count, model.arrays(spec, count, columns, rows))
  const bound = model.bind(space)
  bound.begin()
  return { space, model: bound }
}

/** Puts one body where it is wanted, heading along a unit vector. */
export function put({ space }: Bodies, row: number, place: readonly number[], heading: readonly number[]): void {
  space.position.set([place[0]!, place[1]!, place[2] ?? 0], 3 * row)
  space.heading.set([heading[0]!, heading[1]!, heading[2] ?? 0], 3 * row)
}

export function runSteps({ space, model }: Bodies, steps: number, parts = 1): void {
  for (let k = 0; k < steps; k++) {
    space.tick++
    runPhases(model.phases, parts)
  }
}

export const placeOf = ({ space }: Bodies, row: number): number[] => [...space.position.subarray(3 * row, 3 * row + 3)]
export const headingOf = ({ space }: Bodies, row: number): number[] => [...space.heading.subarray(3 * row, 3 * row + 3)]
