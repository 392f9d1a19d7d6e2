import type { U32 } from '../../kernel/units.ts'
import type { Arrivals } from '../workload/arrivals.ts'
import type { Task } from '../Task.ts'

/**
 * What a distributor writes down: which tasks it has taken in, and which have ended. A drawn task is written as its
 * number and time, since it can be drawn again: 8 bytes, in a ring from the oldest unfinished one on.
 *
 * A record is on disk before its news is told, and a crash may come in between. So each record says up to which one all
 * has been told; what lies behind that is told once more after a restart, as `retold`.
 */
export type DiskRecord = { readonly n: U32; readonly told: U32 } & (
  | {
      readonly what: 'submit'
      /** Graphs (tasks, where they come alone) `first` … `first + count − 1` of `size` tasks each. */
      readonly first: U32
      readonly count: U32
      readonly size: U32
      readonly atUs: number
      readonly arrivals: Arrivals
      readonly nextUs: number
    }
  | { readonly what: 'ops'; readonly tasks: readonly Task[] }
  | EndRecord
)
export type Outcome = 'done' | 'failed' | 'unassignable'
export interface EndRecord {
  readonly what: 'end'
  readonly task: U32
  readonly outcome: Outcome
  readonly why: string
  readonly priority: U32
  readonly tookUs: number
  readonly waitedUs: number
  readonly workedUs: number
  /** Tasks that come right after this one, which did not come to a good end: they never can either. */
  readonly dooms?: readonly U32[]
}

export interface DistributorDisk {
  /**
   * Places count from this one on; times[k & mask] is when place k was submitted: a whole number, and half a µs more
   * where a task before it failed. ENDED where it has ended.
   */
  base: U32
  next: U32
  times: Float64Array
  /** Tasks given by hand that have not ended. */
  ops: Task[]
  /** Of those: after one that failed. */
  doomedOps: U32[]
  opsCount: U32
  arrivals: Arrivals | null
  nextUs: number
  nextRecord: U32
  submitted: U32
  readonly ended: { done: U32; failed: U32; unassignable: U32 }
  readonly sums: EndSums
  /** Records whose news may not have been told. */
  unsure: DiskRecord[]
}

/** No time: any clock may be set below 0. */
const ENDED = -Infinity
const DOOMED_US = 0.5

/** Sums over ends since the first start. `overloaded`: failed since too many waited; all else is of tasks done, µs. */
export interface EndSums {
  overloaded: U32
  tookUs: number
  waitedUs: number
  workedUs: number
  /** By priority. */
  readonly classes: { done: U32; waitedUs: number; tookUs: number }[]
}

export const noSums = (): EndSums => ({ overloaded: 0, tookUs: 0, waitedUs: 0, workedUs: 0, classes: [] })

/** Mutates `sums`. */
export function addSums(sums: EndSums, { outcome, why, priority, tookUs, waitedUs, workedUs }: EndRecord): void {
  if (why === 'overloaded') sums.overloaded++
  if (outcome !== 'done') return
  sums.tookUs += tookUs
  sums.waitedUs += waitedUs
  sums.workedUs += workedUs
  while (sums.classes.length <= priority) sums.classes.push({ done: 0, waitedUs: 0, tookUs: 0 })
  const one = sums.classes[priority]!
  one.done++
  one.waitedUs += waitedUs
  one.tookUs += tookUs
}

/** A submitter's own count is the low bits of an id; the last of them are tasks given by hand. */
export const PLACE_MASK = 0xffffff
export const OPS_FROM = 0xff0000

export const emptyDisk = (): DistributorDisk => ({
  ...{ base: 0, next: 0, times: new Float64Array(16), ops: [], doomedOps: [], opsCount: 0, arrivals: null, nextUs: 0 },
  ...{ nextRecord: 1, submitted: 0, ended: { done: 0, failed: 0, unassignable: 0 }, sums: noSums(), unsure: [] },
})

/** Folds a record into the disk. Mutates it. */
export function writeDisk(disk: DistributorDisk, record: DiskRecord): void {
  disk.nextRecord = record.n + 1
  let told = 0
  while (told < disk.unsure.length && disk.unsure[told]!.n <= record.told) told++
  if (told > 0) disk.unsure.splice(0, told)
  disk.unsure.push(record)
  if (record.what === 'submit') {
    // What was taken in while nothing was durable is no concern of the disk's.
    while (disk.next < record.first * record.size) addTime(disk, ENDED)
    for (let k = 0; k < record.count * record.size; k++) addTime(disk, record.atUs)
    disk.submitted += record.count * record.size
    disk.arrivals = { ...record.arrivals }
    disk.nextUs = record.nextUs
  } else if (record.what === 'ops') {
    disk.ops = [...disk.ops, ...record.tasks]
    disk.opsCount += record.tasks.length
    disk.submitted += record.tasks.length
  } else {
    addSums(disk.sums, record)
    for (const task of record.dooms ?? []) doom(disk, task)
    ended(disk, record.task, record.outcome)
  }
}

/** A task may have been doomed by several before it. */
function doom(disk: DistributorDisk, task: U32): void {
  const count = task & PLACE_MASK
  if (count >= OPS_FROM) {
    if (!disk.doomedOps.includes(task)) disk.doomedOps = [...disk.doomedOps, task]
    return
  }
  const place = count & (disk.times.length - 1)
  if (isDrawnOpen(disk, count)) disk.times[place] = Math.floor(disk.times[place]!) + DOOMED_US
}

/** Taken in, and not ended as far as the disk knows. */
const isDrawnOpen = ({ base, next, times }: DistributorDisk, count: U32): boolean =>
  count >= base && count < next && times[count & (times.length - 1)] !== ENDED

function addTime(disk: DistributorDisk, atUs: number): void {
  const { length } = disk.times
  if (disk.next - disk.base === length) {
    const grown = new Float64Array(2 * length)
    for (let k = disk.base; k < disk.next; k++) grown[k & (2 * length - 1)] = disk.times[k & (length - 1)]!
    disk.times = grown
  }
  disk.times[disk.next++ & (disk.times.length - 1)] = atUs
}

function ended(disk: DistributorDisk, task: U32, outcome: Outcome): void {
  disk.ended[outcome]++
  const count = task & PLACE_MASK
  if (count >= OPS_FROM) {
    disk.ops = disk.ops.filter(({ id }) => id !== task)
    if (disk.doomedOps.length > 0) disk.doomedOps = disk.doomedOps.filter((id) => id !== task)
    return
  }
  const mask = disk.times.length - 1
  if (isDrawnOpen(disk, count)) disk.times[count & mask] = ENDED
  while (disk.base < disk.next && disk.times[disk.base & mask] === ENDED) disk.base++
}

/** Calls `each` for every place that was submitted and has not ended, in order; `isDoomed`: a task before it failed. */
export function forUnfinished(
  disk: DistributorDisk,
  each: (count: U32, atUs: number, isDoomed: boolean) => void,
): void {
  const mask = disk.times.length - 1
  for (let k = disk.base; k < disk.next; k++) {
    const atUs = disk.times[k & mask]!
    if (atUs !== ENDED) each(k, Math.floor(atUs), atUs % 1 !== 0)
  }
}
