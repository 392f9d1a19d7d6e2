import type { SpaceKind } from '../scenario/Scenario.ts'
import type { Space } from '../space/SpaceModel.ts'

/** By model: the parameter that says how near bodies must be to be together. Others form no clusters by themselves. */
export const LINKED_WITHIN: { readonly [K in SpaceKind]?: string } = {}

/** Bodies at most so far apart are linked, world units; null where the model's bodies do not keep company. */
export function linkDistance({ spec, params }: Space): number | null {
  const param = LINKED_WITHIN[spec.kind]
  const distance = param === undefined ? undefined : params[param]
  return typeof distance === 'number' ? distance : null
}
