import { chooseLeast } from './least.ts'
import type { Strategy } from './Strategy.ts'

/**
 * Who holds the least: what it last said, and what was sent there since. With several distributors each knows the
 * others' tasks only by those reports (Mitzenmacher 2000, "How useful is old information?").
 */
export const leastLoaded: Strategy = {
  word: 'least-loaded',
  loadOf: (_, { reported, sentSince }) => reported + sentSince,
  choose: chooseLeast,
}
