import { compileChaos } from './chaos.ts'
import type { Command, Scenario } from './Scenario.ts'

/** Hosts and panels ask again and again for the log of the very same scenario. */
const compiled = new WeakMap<Scenario, readonly Command[]>()

/** The command log that a run begins with: the scheduled faults, then what its chaos profile draws from the seed. */
export function initialLog(scenario: Scenario): readonly Command[] {
  if (scenario.chaos === null) return scenario.faults
  let log = compiled.get(scenario)
  if (log === undefined) compiled.set(scenario, (log = [...scenario.faults, ...compileChaos(scenario)]))
  return log
}
