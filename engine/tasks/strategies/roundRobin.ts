import { chooseLeast } from './least.ts'
import type { Strategy } from './Strategy.ts'

/** Whose latest turn is longest ago; at first in the order of their ids. */
export const roundRobin: Strategy = {
  word: 'round-robin',
  loadOf: (_, worker) => (worker.turn > 0 ? worker.turn : (worker.agent - 0x80000000) | 0),
  choose: chooseLeast,
}
