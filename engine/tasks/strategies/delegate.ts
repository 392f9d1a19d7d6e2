import { meetsNeed } from '../needs.ts'
import { chooseLeast } from './least.ts'
import type { Strategy } from './Strategy.ts'

/**
 * Down the reporting chain: to the child with the least to do, by its own word for all below it, which hands it on in
 * the same way until it comes to a worker without children (delegation.ts). What no child can do goes to anybody.
 */
export const delegate: Strategy = {
  word: 'delegate',
  loadOf: ({ children, childMeets }, { agent, reported, sentSince }, need) =>
    !meetsNeed(childMeets, need) || children.includes(agent) ? reported + sentSince : Infinity,
  choose: chooseLeast,
}
