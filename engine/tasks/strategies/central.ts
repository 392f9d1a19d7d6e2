import { chooseLeast } from './least.ts'
import type { Strategy } from './Strategy.ts'

/** One queue, here: a worker that is idle asks, and who has been asking longest is served first. */
export const central: Strategy = {
  word: 'central',
  loadOf: (_, worker) => (worker.hungry > 0 ? worker.turn : Infinity),
  choose: chooseLeast,
}
