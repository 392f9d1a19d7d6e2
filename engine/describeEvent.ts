import { EVENT, EVENT_WORDS } from './agents/agentState.ts'
import { describe } from './faults/describe.ts'
import { namesOf } from './faults/names.ts'
import { COMMAND, type HistoryRow } from './History.ts'
import type { Command, Scenario } from './scenario/Scenario.ts'
import { commandOf } from './actions.ts'

/** One event of the history in a few words, agents called by their names. */
export function describeEvent(
  { key, type, kind, heard }: HistoryRow,
  messageKinds: readonly string[],
  log: readonly Command[],
  scenario: Scenario,
): string {
  const names = namesOf(scenario)
  if (type === COMMAND) {
    const { index, begins } = commandOf(kind)
    const command = log[index]
    const what = command === undefined ? 'a command' : describe(command, names)
    return begins ? what : `what follows from “${what}”`
  }
  const at = names.agent(key.dst)
  if (type !== EVENT.arrive) return `${EVENT_WORDS[type]} at ${at}${heard ? '' : ', no longer set'}`
  const from = key.src >= 0 ? ` from ${names.agent(key.src)}` : ''
  return `${messageKinds[kind]}${from} ${heard ? 'reaches' : 'is not heard by'} ${at}`
}
