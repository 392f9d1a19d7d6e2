import { assert } from '../kernel/assert.ts'
import type { U32 } from '../kernel/units.ts'
import { indexId, newIdIndex, slotOf, unindexId, type IdIndex } from './idIndex.ts'

/**
 * Who comes next out of a queue: a binary heap whose keys never change, so that push, pop and remove cost O(log n) at
 * any age of the entries. Plain state; functions mutate the queue and nothing else.
 *
 * **Ageing without touching the queue.** An entry of priority p that entered at t has, at time now, the urgency
 * p − (now − t) / ageUs: every ageUs of waiting lifts it by one class. Of two entries the order of p·ageUs − now + t
 * is the order of p·ageUs + t, because `now` is the same for both: a key that is fixed when the entry comes.
 *
 * **Starvation bound.** Let an entry have key k. What enters at t' has a key of at least t' (priorities, levels and
 * predictions are ≥ 0, and no deadline lies before its task's submission), and the smallest key leaves first; so
 * nothing that enters later than `overtakableUntilUs` = k ever leaves before it, and it waits no longer than the work
 * that is there at that time. With k = entered + class · ageUs this is class · ageUs after it came; an entry that
 * feedback has preempted has the bound of its new level. Where ageUs = 0 there is no bound except for deadlines, and
 * for fcfs, where nothing overtakes at all.
 */
export type Discipline = 'fcfs' | 'priority' | 'deadline' | 'shortest-predicted' | 'feedback'
export const DISCIPLINES = ['fcfs', 'priority', 'deadline', 'shortest-predicted', 'feedback'] as const

export interface DisciplineParams {
  /** Waiting that outweighs one priority, one level, or `quantumUs` of predicted size; 0 = it counts for nothing. */
  readonly ageUs: number
  /** Levels of feedback. */
  readonly levels: number
  /** Work that the first level of feedback grants before it preempts, µs; every level grants twice the one before. */
  readonly quantumUs: number
}

export interface QueueEntry {
  /** Unique in the queue. */
  readonly id: U32
  /** 0 first. */
  readonly priority: number
  /** 0 = none: after all that have one; with ageing as if it were due ageUs after it entered. */
  readonly deadlineUs: number
  /** 0 = nothing is known: as if it took a day. */
  readonly predictedUs: number
  /** When it first came; stays what it was when a preempted entry returns. */
  readonly enteredUs: number
  /** Quanta of feedback used up; 0 at first. Whoever preempts adds one. */
  readonly level: number
}

export interface TaskQueue<Entry extends QueueEntry = QueueEntry> {
  discipline: Discipline
  params: DisciplineParams
  /** By slot: entries, their keys, and their places in the order of coming (ties, and who is oldest). */
  readonly entries: (Entry | null)[]
  readonly keys: number[]
  readonly turns: number[]
  /** By slot: where in the heap; and the neighbours in the order of coming, −1 at the ends. */
  readonly heapAt: number[]
  readonly older: number[]
  readonly newer: number[]
  /** Slots, smallest (key, turn) first. */
  readonly heap: number[]
  readonly free: number[]
  readonly index: IdIndex
  oldest: number
  newest: number
  nextTurn: number
}

const UNKNOWN_US = 86_400_000_000
const NONE = -1

export function newQueue<Entry extends QueueEntry>(discipline: Discipline, params: DisciplineParams): TaskQueue<Entry> {
  return {
    ...{ discipline, params, entries: [], keys: [], turns: [], heapAt: [], older: [], newer: [], heap: [], free: [] },
    ...{ index: newIdIndex(), oldest: NONE, newest: NONE, nextTurn: 0 },
  }
}

export const size = (queue: TaskQueue<any>): number => queue.heap.length

/** Whether an entry of that id waits here. */
export const has = (queue: TaskQueue<any>, id: U32): boolean => slotOf(queue.index, id) !== NONE

/** The id must not be there already. */
export function push<Entry extends QueueEntry>(queue: TaskQueue<Entry>, entry: Entry): void {
  assert(!has(queue, entry.id), 'an entry waits in a queue only once')
  const slot = queue.free.pop() ?? queue.entries.length
  queue.entries[slot] = entry
  queue.keys[slot] = keyOf(queue.discipline, queue.params, entry)
  queue.turns[slot] = queue.nextTurn++
  queue.older[slot] = queue.newest
  queue.newer[slot] = NONE
  if (queue.newest === NONE) queue.oldest = slot
  else queue.newer[queue.newest] = slot
  queue.newest = slot
  indexId(queue.index, entry.id, slot)
  rise(queue, slot, queue.heap.length)
}

/** The one that comes next; null where nothing waits. */
export function peek<Entry extends QueueEntry>({ heap, entries }: TaskQueue<Entry>): Entry | null {
  return heap.length === 0 ? null : entries[heap[0]!]!
}

export function pop<Entry extends QueueEntry>(queue: TaskQueue<Entry>): Entry | null {
  return queue.heap.length === 0 ? null : takeOut(queue, queue.heap[0]!)
}

/** Takes out the entry of that id; null where it is not there. */
export function remove<Entry extends QueueEntry>(queue: TaskQueue<Entry>, id: U32): Entry | null {
  const slot = slotOf(queue.index, id)
  return slot === NONE ? null : takeOut(queue, slot)
}

/** Everything that waits, oldest first; O(n), for looking and for changes of hands. */
export function listOldest<Entry extends QueueEntry>({ oldest, newer, entries }: TaskQueue<Entry>): Entry[] {
  const all: Entry[] = []
  for (let slot = oldest; slot !== NONE; slot = newer[slot]!) all.push(entries[slot]!)
  return all
}

/** From now on by another discipline, or other parameters; what waits is sorted anew, O(n log n). */
export function rearrange(queue: TaskQueue<any>, discipline: Discipline, params: DisciplineParams): void {
  queue.discipline = discipline
  queue.params = params
  queue.heap.length = 0
  for (let slot = queue.oldest; slot !== NONE; slot = queue.newer[slot]!) {
    queue.keys[slot] = keyOf(discipline, params, queue.entries[slot]!)
    rise(queue, slot, queue.heap.length)
  }
}

/** How much work the entry may do before it is preempted, µs of service; 0 = to its end. */
export function quantumOf({ discipline, params }: TaskQueue<any>, { level }: QueueEntry): number {
  if (discipline !== 'feedback') return 0
  let quantumUs = params.quantumUs
  for (let k = levelIn(params, level); k > 0; k--) quantumUs *= 2
  return quantumUs
}

/** What enters after this time leaves after the entry: see the starvation bound. Infinity where there is no bound. */
export function overtakableUntilUs({ discipline, params }: TaskQueue<any>, entry: QueueEntry): number {
  if (discipline === 'fcfs') return entry.enteredUs
  if (discipline === 'deadline' && entry.deadlineUs > 0) return Math.max(entry.enteredUs, entry.deadlineUs)
  return params.ageUs > 0 ? keyOf(discipline, params, entry) : Infinity
}

/** Whether `entry`, put back into the queue now, would leave after `first`, which is there. */
export function leavesAfter({ discipline, params }: TaskQueue<any>, entry: QueueEntry, first: QueueEntry): boolean {
  return keyOf(discipline, params, first) <= keyOf(discipline, params, entry)
}

/** Smaller leaves first; see the types' comments for what is not known. */
function keyOf(discipline: Discipline, params: DisciplineParams, entry: QueueEntry): number {
  const { ageUs } = params
  const aged = (rank: number): number => (ageUs > 0 ? entry.enteredUs + rank * ageUs : rank)
  switch (discipline) {
    case 'fcfs':
      return 0
    case 'priority':
      return aged(entry.priority)
    case 'deadline':
      if (entry.deadlineUs > 0) return entry.deadlineUs
      return ageUs > 0 ? entry.enteredUs + ageUs : Number.MAX_SAFE_INTEGER
    case 'shortest-predicted':
      return aged((entry.predictedUs > 0 ? entry.predictedUs : UNKNOWN_US) / params.quantumUs)
    case 'feedback':
      return aged(levelIn(params, entry.level))
  }
}

/** The last level takes all that have used up more. */
const levelIn = ({ levels }: DisciplineParams, level: number): number => Math.min(level, levels - 1)

function before({ keys, turns }: TaskQueue<any>, x: number, y: number): boolean {
  return keys[x] !== keys[y] ? keys[x]! < keys[y]! : turns[x]! < turns[y]!
}

/** Puts the slot into the hole `at` of the heap, or above it. */
function rise(queue: TaskQueue<any>, slot: number, at: number): void {
  const { heap, heapAt } = queue
  while (at > 0) {
    const parent = (at - 1) >> 1
    if (!before(queue, slot, heap[parent]!)) break
    heap[at] = heap[parent]!
    heapAt[heap[at]!] = at
    at = parent
  }
  heap[at] = slot
  heapAt[slot] = at
}

/** Puts the slot into the hole `at` of the heap, or below it. */
function sink(queue: TaskQueue<any>, slot: number, at: number): void {
  const { heap, heapAt } = queue
  for (;;) {
    let child = 2 * at + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && before(queue, heap[child + 1]!, heap[child]!)) child++
    if (before(queue, slot, heap[child]!)) break
    heap[at] = heap[child]!
    heapAt[heap[at]!] = at
    at = child
  }
  heap[at] = slot
  heapAt[slot] = at
}

function takeOut<Entry extends QueueEntry>(queue: TaskQueue<Entry>, slot: number): Entry {
  const { entries, heap, heapAt, older, newer } = queue
  const entry = entries[slot]!
  entries[slot] = null
  unindexId(queue.index, entry.id)
  if (older[slot] === NONE) queue.oldest = newer[slot]!
  else newer[older[slot]!] = newer[slot]!
  if (newer[slot] === NONE) queue.newest = older[slot]!
  else older[newer[slot]!] = older[slot]!
  const hole = heapAt[slot]!
  const last = heap.pop()!
  if (last !== slot) {
    // The last one may belong above the hole (another branch) or below it.
    if (hole > 0 && before(queue, last, heap[(hole - 1) >> 1]!)) rise(queue, last, hole)
    else sink(queue, last, hole)
  }
  queue.free.push(slot)
  return entry
}
