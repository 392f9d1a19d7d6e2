import { AssertionError } from './kernel/assert.ts'
import type { Scenario } from './scenario/Scenario.ts'

/** One sentence for a run that stopped on our own bug or a dead worker: scenario, seed, virtual time, what. */
export function crashSentence(error: unknown, scenario: Scenario | undefined, timeUs: number): string {
  const text = error instanceof Error ? error.message : String(error)
  const what = error instanceof AssertionError ? `an assertion failed: ${text}` : text
  return scenario === undefined ? what : `${scenario.name}, seed ${scenario.seed}, stopped at ${timeUs} µs: ${what}`
}
