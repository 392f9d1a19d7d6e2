import {
  newQueue,
  peek,
  push,
  rearrange,
  remove,
  type DisciplineParams,
  type TaskQueue,
} from '../../resources/PriorityScheduler.ts'
import type { Distributor } from './distributorState.ts'
import { append, deadlineOf, NO_ROW, rowOfTask, unchain, type RowList } from './TaskTable.ts'

/**
 * Tasks that wait at a distributor, a queue for each need: in the order of their coming as a chain through the table,
 * which costs nothing, or by another discipline in a heap (resources/PriorityScheduler.ts).
 */
export interface Waiting {
  readonly list: RowList
  queue: TaskQueue | null
}

const disciplineParams = ({ params: { ageUs, levels, quantumUs } }: Distributor): DisciplineParams => ({
  ...{ ageUs, levels, quantumUs },
})

export function pushWaiting(d: Distributor, row: number): void {
  const { table } = d
  const waiting = d.waiting[table.needs[row]!]!
  if (d.discipline === 'fcfs') return append(table, waiting.list, row)
  waiting.queue ??= newQueue(d.discipline, disciplineParams(d))
  push(waiting.queue, {
    ...{ id: table.ids[row]!, priority: table.priorities[row]!, deadlineUs: deadlineOf(table, row) },
    ...{ predictedUs: table.predictedUs[row]!, enteredUs: table.submittedUs[row]!, level: 0 },
  })
}

/** The row must wait. */
export function takeWaiting(d: Distributor, row: number): void {
  const { list, queue } = d.waiting[d.table.needs[row]!]!
  if (queue === null) unchain(d.table, list, row)
  else remove(queue, d.table.ids[row]!)
}

/** The row that comes next of this need, or NO_ROW. */
export function firstWaiting({ waiting, table }: Distributor, need: number): number {
  const { list, queue } = waiting[need]!
  if (queue === null) return list.first
  const entry = peek(queue)
  return entry === null ? NO_ROW : rowOfTask(table, entry.id)
}

/** What the first of a need is compared by with the first of another: the least goes first. */
export function rankOf({ waiting, table }: Distributor, need: number): number {
  const { list, queue } = waiting[need]!
  return queue === null ? table.submittedUs[list.first]! : queue.keys[queue.heap[0]!]!
}

export const waitingOf = ({ waiting }: Distributor, need: number): number =>
  waiting[need]!.queue?.heap.length ?? waiting[need]!.list.length

/** The discipline was set anew: what waits is sorted anew, O(n log n). */
export function reorder(d: Distributor): void {
  const before = d.discipline
  d.discipline = d.params.discipline
  for (const waiting of d.waiting) {
    if (before !== 'fcfs' && d.discipline !== 'fcfs') {
      if (waiting.queue !== null) rearrange(waiting.queue, d.discipline, disciplineParams(d))
      continue
    }
    const rows: number[] = []
    if (waiting.queue !== null) for (const slot of waiting.queue.heap) rows.push(rowAt(d, waiting.queue, slot))
    rows.sort((x, y) => d.table.submittedUs[x]! - d.table.submittedUs[y]! || d.table.ids[x]! - d.table.ids[y]!)
    for (let row = waiting.list.first; row !== NO_ROW; row = d.table.next[row]!) rows.push(row)
    waiting.queue = null
    Object.assign(waiting.list, { first: NO_ROW, last: NO_ROW, length: 0 })
    for (const row of rows) pushWaiting(d, row)
  }
}

const rowAt = ({ table }: Distributor, queue: TaskQueue, slot: number): number =>
  rowOfTask(table, queue.entries[slot]!.id)
