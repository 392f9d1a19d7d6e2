import { namesOf, PLAIN_NAMES, type Names as FaultNames } from '../../engine/faults/names.ts'
import type { Scenario } from '../../engine/scenario/Scenario.ts'
import type { StageInfo } from '../../workers/protocol.ts'

/** How agents and groups are called: as the engine's own sentences call them. */
export interface Names extends FaultNames {
  /** Names of the groups that can be chosen from; empty where there is only one. */
  readonly groups: readonly string[]
}

export function namesFor(scenario: Scenario | null, stage: StageInfo | null): Names {
  const names = scenario === null ? PLAIN_NAMES : namesOf(scenario)
  const count = stage === null || stage.groupNames.length < 2 ? 0 : stage.groupNames.length
  return { ...names, groups: Array.from({ length: count }, (_, group) => names.group(group)) }
}

export const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
