import { assert } from '../kernel/assert.ts'

/** The smallest number of `members` that any two groups of that size share one of: 3 of 5, and 3 of 4 too. */
export const quorum = (members: number): number => Math.floor(members / 2) + 1

/** How many of `members` may be down while a quorum is left. */
export const maxFaulty = (members: number): number => members - quorum(members)

/**
 * The highest index that a quorum has reached, whatever the order of `reached` (one index a member; not changed).
 * With an even membership this is the lower of the two middle values: an entry on exactly half is not on a quorum.
 */
export function quorumIndex(reached: readonly number[], needed = quorum(reached.length)): number {
  assert(1 <= needed && needed <= reached.length, 'a quorum lies within the membership')
  return reached.slice().sort((a, b) => b - a)[needed - 1]!
}
