import type { AgentId, U32 } from '../../kernel/units.ts'
import { indexId, newIdIndex, slotOf, unindexId } from '../../resources/idIndex.ts'
import type { Ended } from './distributorState.ts'

/**
 * What a distributor remembers of ends, so that a `done` that comes twice is told from a task that was done twice: the
 * newest ENDED_MAX of them.
 */
const ENDED_MAX = 65_536

export const newEnded = (): Ended => ({
  ...{ index: newIdIndex(), ids: new Uint32Array(16), by: new Int32Array(16), runs: new Uint32Array(16) },
  ...{ length: 0, at: 0 },
})

/** Mutates `ended`. */
export function remember(ended: Ended, task: U32, by: AgentId, run: U32): void {
  const { length } = ended.ids
  if (ended.length === length && length < ENDED_MAX) {
    for (const name of ['ids', 'by', 'runs'] as const) {
      const column = ended[name]
      const grown = new (column.constructor as new (n: number) => Uint32Array)(2 * length)
      grown.set(column as Uint32Array)
      Object.assign(ended, { [name]: grown })
    }
  }
  let place = ended.length
  if (place < ended.ids.length) ended.length++
  else {
    place = ended.at
    ended.at = (ended.at + 1) % ENDED_MAX
    unindexId(ended.index, ended.ids[place]!)
  }
  ended.ids[place] = task
  ended.by[place] = by
  ended.runs[place] = run
  indexId(ended.index, task, place)
}

/** Whether this is another execution than the one that ended the task; false where nobody remembers. */
export function isAnother({ index, by, runs }: Ended, task: U32, from: AgentId, run: U32): boolean {
  const place = slotOf(index, task)
  return place !== -1 && (by[place] !== from || runs[place] !== run)
}
