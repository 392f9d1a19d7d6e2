import type { Scenario } from '../../../engine/scenario/Scenario.ts'
import { programParameters } from '../programParameters.ts'
import type { ChoiceParameter } from '../parameters.ts'

/** The three that the lab is about, for one click. */
export const MAIN_STRATEGIES = ['work-stealing', 'auction', 'predictive'] as const

/** The parameter that says how a scenario shares its work out; null where there is no choice. */
export function strategyOf(scenario: Scenario): ChoiceParameter | null {
  for (const { kind, params } of scenario.programs) {
    if (typeof params['strategy'] !== 'string') continue
    const known = new Set(
      Object.keys(params).flatMap((p) => (p === 'strategy' ? [] : [`programs.${kind}.params.${p}`])),
    )
    const found = programParameters(scenario, kind, known)[0]
    if (found?.type === 'choice') return found
  }
  return null
}
