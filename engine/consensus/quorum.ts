import { assert } from '../kernel/assert.ts'

/** The smallest number of `members` that any two groups of that size share one of: 3 of 5, and 3 of 4 too. */
export const quorum = (members: number): number => Math.floor(members / 2) + 1

/** How many of `members` may be down while a quorum is left. */
export const maxFaulty = (members: number): number => members - quorum(members)

/**
 * The highest index that a quorum has reached, whatever the order of `reached` (one index a member; not changed).
 * With an even membership this is the lower of the two middle values: an entry on exactly half is not on a quorum.
 */
export function quorumIndex(reached: ArrayLike<number>, needed = quorum(reached.length)): number {
  const { length } = reached
  assert(1 <= needed && needed <= length, 'a quorum lies within the membership')
  if (descending.length < length) descending = new Float64Array(2 * length)
  // By insertion and in place: it runs on every acknowledgement, and members are few and nearly in order.
  for (let i = 0; i < length; i++) {
    const index = reached[i]!
    let at = i
    for (; at > 0 && descending[at - 1]! < index; at--) descending[at] = descending[at - 1]!
    descending[at] = index
  }
  return descending[needed - 1]!
}
let descending = new Float64Array(16)
