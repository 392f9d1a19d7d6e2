import { equal } from '../../engine/scenario/diff.ts'
import { initialLog } from '../../engine/scenario/initialLog.ts'
import type { Command, Scenario } from '../../engine/scenario/Scenario.ts'

/** Named by transmission, so that they mean a message of this very run and no other. */
const OF_ONE_RUN = new Set(['dropMessage', 'duplicateMessage', 'delayMessage'])

/**
 * The set-up as it is under another seed: the scenario with what a chaos profile draws from that seed, and what people
 * did to the run, at the same times. What they did to single messages stays out. A log whose schedule was edited is
 * taken as it stands.
 * @param by how far the seed is from the run's own
 */
export function repetition(scenario: Scenario, log: readonly Command[], by: number): Scenario {
  const seeded = { ...scenario, seed: (scenario.seed + by) >>> 0 }
  const scheduled = initialLog(scenario)
  const untouched = equal(log.slice(0, scheduled.length), scheduled)
  const base = untouched ? initialLog(seeded) : []
  const done = (untouched ? log.slice(scheduled.length) : log).filter(({ op }) => !OF_ONE_RUN.has(op))
  return { ...seeded, faults: [...base, ...done], chaos: null }
}

/** Whether something was done to single messages, which repetitions leave out. */
export const touchesMessages = (log: readonly Command[]): boolean => log.some(({ op }) => OF_ONE_RUN.has(op))
