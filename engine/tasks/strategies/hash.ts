import { buildRing, ownersOf } from '../../resources/hashRing.ts'
import type { Distributor } from '../distributor/distributorState.ts'
import { placeOfWorker } from '../distributor/knownWorkers.ts'
import { isReachable } from '../distributor/LoadTree.ts'
import { kindOfRow } from '../distributor/TaskTable.ts'
import { chooseLeast } from './least.ts'
import type { Strategy } from './Strategy.ts'

const VIRTUAL_NODES = 16
/** Of the ring, tried for a task before it goes to anybody. */
const OWNERS_TRIED = 8

/**
 * Consistent hashing: tasks of one kind go to one worker; where it is closed (breaker, credits) or cannot do it to the
 * next on the ring (Mirrokni, Thorup, Zadimoghaddam 2018, "Consistent hashing with bounded loads"), a few times.
 */
export const hash: Strategy = {
  word: 'hash',
  loadOf: () => 0,
  choose(d, row, out) {
    const { needs, ids } = d.table
    const key = d.params.hashBy === 'kind' ? kindOfRow(d.table, row) : ids[row]!
    for (const owner of ownersOf(ringOf(d), key, OWNERS_TRIED)) {
      const place = placeOfWorker(d, owner)
      if (place !== -1 && isReachable(d.trees[needs[row]!]!, place)) return place
    }
    return chooseLeast(d, row, out)
  },
}

const ringOf = (d: Distributor): NonNullable<Distributor['ring']> =>
  (d.ring ??= buildRing(
    d.workers.map(({ agent }) => agent),
    VIRTUAL_NODES,
  ))
