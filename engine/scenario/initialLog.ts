import type { Command, Scenario } from './Scenario.ts'

/** The command log that a run begins with: the scheduled faults, then what its chaos profile draws from the seed. */
export const initialLog = (scenario: Scenario): readonly Command[] =>
  scenario.chaos === null ? scenario.faults : [...scenario.faults, ...compileChaos(scenario)]

/** Stub until the helper's. */
function compileChaos(_scenario: Scenario): readonly Command[] {
  return []
}
