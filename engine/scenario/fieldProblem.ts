import type { SpaceSpec } from './Scenario.ts'
import { count } from './show.ts'

/** Courant numbers D/h² up to which a scheme is stable; space/field/stencil.ts derives them, and a test compares. */
export const COURANT_MAX: { readonly [scheme: string]: number } = { fivePoint: 0.25, ninePoint: 0.375 }

/**
 * A diffusion that its scheme cannot follow: past the limit the finest ripple grows without end. Evaporating at the
 * same time takes its share of the limit away. NetLogo's shares are bounded as they are.
 */
export function stabilityProblem({ params, cell }: SpaceSpec): string | null {
  const limit = COURANT_MAX[params['scheme'] as string]
  if (limit === undefined || params['pastLimit'] === 'allowed') return null
  for (const [diffusion, evaporation] of LAYERS) {
    const lost = params['order'] === 'together' ? (params[evaporation] as number) : 0
    const most = limit * (1 - lost / 2) * cell * cell
    const asked = params[diffusion] as number
    if (asked > most)
      return `space.params.${diffusion}: ${asked} is above ${most}, the stability limit of ${String(params['scheme'])}`
  }
  return null
}
const LAYERS = [
  ['diffusion', 'evaporation'],
  ['alarmDiffusion', 'alarmEvaporation'],
] as const

/** No two agents of a slime mould share a cell. */
export function crowdProblem(agents: number, { width, height, cell }: SpaceSpec): string | null {
  const cells = Math.ceil(width / cell) * Math.ceil(height / cell)
  return agents <= cells ? null : `swarm.agents: ${count(agents)} is above ${count(cells)}, the cells of the world`
}
