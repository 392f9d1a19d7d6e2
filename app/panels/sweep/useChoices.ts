import { useMemo } from 'react'
import type { Scenario } from '../../../engine/scenario/Scenario.ts'
import { usePresets } from '../Gallery.tsx'
import { choicesOf, type Choice } from './sweepForm.ts'

const NOTHING: readonly Choice[] = []

/** The parameters of a scenario that can be chosen by name. */
export function useChoices(scenario: Scenario | null): readonly Choice[] {
  const all = usePresets()
  return useMemo(() => {
    if (scenario === null) return NOTHING
    const preset = all.find((p) => p.scenario.name === scenario.name)
    const now = scenario.swarm.agents
    const sizes = [now / 2, now, 2 * now].map(
      (n) => preset?.withAgents(Math.round(n)).swarm.agents ?? Math.max(1, Math.round(n)),
    )
    return choicesOf(scenario, [...new Set(sizes)])
  }, [all, scenario])
}
