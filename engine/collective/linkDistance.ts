import type { SpaceKind } from '../scenario/Scenario.ts'
import type { Space } from '../space/SpaceModel.ts'

/** By model: the parameters whose sum says how near bodies are that heed each other. Others keep no company. */
export const LINKED_WITHIN: { readonly [K in SpaceKind]?: readonly string[] } = {
  boids: ['vision'],
  vicsek: ['radius'],
  couzin: ['repulsionRadius', 'orientationWidth', 'attractionWidth'],
  affinity: ['vision'],
}

/** Bodies at most so far apart are linked, world units; 0 where the model's bodies keep no company. */
export function linkDistance({ spec, params }: Space): number {
  let distance = 0
  for (const param of LINKED_WITHIN[spec.kind] ?? []) {
    const value = params[param]
    if (typeof value === 'number') distance += value
  }
  return distance
}
