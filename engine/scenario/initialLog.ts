import { assert } from '../kernel/assert.ts'
import type { Command, Scenario } from './Scenario.ts'

type Compile = (scenario: Scenario) => readonly Command[]
let compileChaos: Compile | null = null

/** chaos.ts says so itself: most runs have no chaos, and a page need not fetch it before its first picture. */
export const knowChaos = (compile: Compile): void => void (compileChaos = compile)

/** Resolves once the log of a scenario can be told. Rejects where the file cannot be fetched. */
export async function fetchChaos({ chaos }: Pick<Scenario, 'chaos'>): Promise<void> {
  if (chaos !== null && compileChaos === null) await import('./chaos.ts')
}

/** Hosts and panels ask again and again for the log of the very same scenario. */
const compiled = new WeakMap<Scenario, readonly Command[]>()

/**
 * The command log that a run begins with: the scheduled faults, then what its chaos profile draws from the seed. With
 * chaos, after `fetchChaos`.
 */
export function initialLog(scenario: Scenario): readonly Command[] {
  if (scenario.chaos === null) return scenario.faults
  assert(compileChaos !== null, 'chaos was fetched before its log was asked for')
  let log = compiled.get(scenario)
  if (log === undefined) compiled.set(scenario, (log = [...scenario.faults, ...compileChaos(scenario)]))
  return log
}
