import { indexId, newIdIndex, slotOf, unindexId, type IdIndex } from '../../resources/idIndex.ts'
import type { AgentId, U32 } from '../../kernel/units.ts'
import { demandOfNeed, kindOfNeed, needOf, type NeedRange } from '../needs.ts'
import type { Task } from '../Task.ts'

/**
 * Unfinished tasks at a distributor, as columns: a row a task, free rows chained, ids found by an index. Rows stand in
 * at most one list at a time (waiting, or leased), doubly chained, so that everything is O(1). A row costs 56 bytes (64
 * with deadlines) and 16 to 32 in the index; columns grow by half and do not shrink. Measured with a million waiting:
 * 97 bytes a task, and 9 on the disk. Plain state; functions mutate the table only.
 */
export interface TaskTable {
  readonly index: IdIndex
  readonly range: NeedRange
  ids: Uint32Array
  /** What each asks of a worker: its kind and its demand, see needs.ts. */
  needs: Uint8Array
  priorities: Uint8Array
  /** STATUS. */
  statuses: Uint8Array
  /** Assignments that came to nothing. */
  attempts: Uint8Array
  sizesUs: Float64Array
  predictedUs: Float64Array
  /** Empty until a task has one. */
  deadlinesUs: Float64Array
  submittedUs: Float64Array
  /** When the lease runs out. */
  duesUs: Float64Array
  /** Agent that has it; of an asking task the place of its question. */
  holders: Int32Array
  /** Of the holder's breaker, when it was assigned. */
  periods: Uint32Array
  previous: Int32Array
  next: Int32Array
  /** First free row, chained by `next`. */
  free: number
  /** Rows ever used: the ones from here on are blank. */
  rows: number
  /** Rows by status. */
  readonly counts: number[]
}

/**
 * blocked: by tasks that come before it. waiting: for a worker. asking: workers have been asked. resting: until it is
 * tried again. assigned: in a worker's hands. ending: its end is on the way to the disk.
 */
export const STATUS = { none: 0, blocked: 1, waiting: 2, asking: 3, resting: 4, assigned: 5, ending: 6 } as const

/** A list of rows in the order of their coming. */
export interface RowList {
  first: number
  last: number
  length: number
}

export const NO_ROW = -1
const COLUMNS = [
  ...['ids', 'needs', 'priorities', 'statuses', 'attempts', 'sizesUs', 'predictedUs', 'deadlinesUs', 'submittedUs'],
  ...['duesUs', 'holders', 'periods', 'previous', 'next'],
] as const

export const newRowList = (): RowList => ({ first: NO_ROW, last: NO_ROW, length: 0 })

export const newTaskTable = (range: NeedRange): TaskTable => ({
  ...{ index: newIdIndex(), range, ids: new Uint32Array(0), needs: new Uint8Array(0), priorities: new Uint8Array(0) },
  ...{ statuses: new Uint8Array(0), attempts: new Uint8Array(0), sizesUs: new Float64Array(0) },
  ...{ predictedUs: new Float64Array(0), deadlinesUs: new Float64Array(0), submittedUs: new Float64Array(0) },
  ...{ duesUs: new Float64Array(0), holders: new Int32Array(0), periods: new Uint32Array(0) },
  ...{ previous: new Int32Array(0), next: new Int32Array(0), free: NO_ROW, rows: 0, counts: [0, 0, 0, 0, 0, 0, 0] },
})

export const sizeOf = ({ index }: TaskTable): number => index.size
export const rowOfTask = ({ index }: TaskTable, id: U32): number => slotOf(index, id)

/** A new row with the task in it; its id must not be there. Status none. */
export function addRow(table: TaskTable, task: Task): number {
  let row = table.free
  if (row !== NO_ROW) table.free = table.next[row]!
  else {
    if (table.rows === table.ids.length) grow(table)
    row = table.rows++
  }
  table.ids[row] = task.id
  table.needs[row] = needOf(table.range, task)
  table.priorities[row] = task.priority
  table.statuses[row] = STATUS.none
  table.attempts[row] = 0
  table.sizesUs[row] = task.sizeUs
  table.predictedUs[row] = task.predictedUs
  if (task.deadlineUs > 0 && table.deadlinesUs.length === 0) table.deadlinesUs = new Float64Array(table.ids.length)
  if (table.deadlinesUs.length > 0) table.deadlinesUs[row] = task.deadlineUs
  table.submittedUs[row] = task.submittedUs
  table.holders[row] = NO_ROW
  table.previous[row] = table.next[row] = NO_ROW
  table.counts[STATUS.none]!++
  indexId(table.index, task.id, row)
  return row
}

function grow(table: TaskTable): void {
  const rows = Math.max(16, Math.ceil(table.ids.length * 1.5))
  for (const name of COLUMNS) {
    const column = table[name]
    if (name === 'deadlinesUs' && column.length === 0) continue
    const grown = new (column.constructor as new (n: number) => Uint8Array)(rows)
    grown.set(column as Uint8Array)
    Object.assign(table, { [name]: grown })
  }
}

/** The row must be in no list. */
export function dropRow(table: TaskTable, row: number): void {
  unindexId(table.index, table.ids[row]!)
  table.counts[table.statuses[row]!]!--
  table.statuses[row] = STATUS.none
  table.next[row] = table.free
  table.free = row
}

export function setStatus(table: TaskTable, row: number, status: number): void {
  table.counts[table.statuses[row]!]!--
  table.statuses[row] = status
  table.counts[status]!++
}

export const kindOfRow = ({ range, needs }: TaskTable, row: number): number => kindOfNeed(range, needs[row]!)
export const demandOfRow = ({ range, needs }: TaskTable, row: number): number => demandOfNeed(range, needs[row]!)

/** 0 = none. */
export const deadlineOf = ({ deadlinesUs }: TaskTable, row: number): number => deadlinesUs[row] ?? 0

/** The task as it goes into messages. */
export const taskOfRow = (table: TaskTable, row: number, submitter: AgentId): Task => ({
  id: table.ids[row]!,
  kind: kindOfRow(table, row),
  demand: demandOfRow(table, row),
  sizeUs: table.sizesUs[row]!,
  predictedUs: table.predictedUs[row]!,
  priority: table.priorities[row]!,
  deadlineUs: deadlineOf(table, row),
  submittedUs: table.submittedUs[row]!,
  submitter,
  after: NO_TASKS,
})
const NO_TASKS: readonly U32[] = Object.freeze([])

export function append(table: TaskTable, list: RowList, row: number): void {
  table.previous[row] = list.last
  table.next[row] = NO_ROW
  if (list.last === NO_ROW) list.first = row
  else table.next[list.last] = row
  list.last = row
  list.length++
}

export function unchain(table: TaskTable, list: RowList, row: number): void {
  const previous = table.previous[row]!
  const next = table.next[row]!
  if (previous === NO_ROW) list.first = next
  else table.next[previous] = next
  if (next === NO_ROW) list.last = previous
  else table.previous[next] = previous
  list.length--
}
