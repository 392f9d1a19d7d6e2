import type { Effects } from '../../agents/Program.ts'
import type { Plain } from '../../kernel/plain.ts'
import { NEVER, type U32 } from '../../kernel/units.ts'
import type { WorkloadSpec } from '../../scenario/Scenario.ts'
import { nextArrivalUs, rowOf } from '../workload/arrivals.ts'
import { begin } from './assignment.ts'
import { idleClients, think } from './clients.ts'
import type { DiskRecord } from './distributorDisk.ts'
import type { Distributor } from './distributorState.ts'
import { addEdge, isBlocked } from './graphEdges.ts'
import { jobRowsOf } from '../jobs/jobSource.ts'
import type { TaskMsg } from '../messages.ts'
import { readOps } from './ops.ts'
import { foresee } from './reservation.ts'
import type { Task } from '../Task.ts'
import { writeDown } from './taskEnds.ts'
import { setTimeTimer } from './times.ts'
import { addRow, NO_ROW, rowOfTask, setStatus, STATUS } from './TaskTable.ts'
import { pop, peek } from '../../resources/PriorityScheduler.ts'
import { graphAt, graphSize, taskAt, taskNumber, type LogRows } from '../workload/workload.ts'

/** How tasks come in: by the workload's own times, from clients of closed loops, or by hand. */

type Out = Effects<TaskMsg>
/** Tasks taken in with one record; more go on 1 µs later. */
const TASKS_AT_ONCE = 1_024

const logOf = ({ workload, seed }: Distributor): LogRows | null =>
  workload?.arrivals === 'log' ? jobRowsOf(workload, seed) : null

/** The stream goes on; at the first start it begins. */
export function startArrivals(d: Distributor, out: Out): void {
  const { workload } = d
  if (workload === null) return
  if (workload.arrivals === 'closed') {
    for (let idle = idleClients(d); idle > 0; idle--) think(d, 0, out)
    return
  }
  if (d.arrivals.count === 0) d.nextUs = nextUsOf(d, workload)
  setArrivalTimer(d, out)
}

/** When the next one comes: gaps of random streams are divided by the factor, whatever the factors before made late. */
function nextUsOf(d: Distributor, workload: WorkloadSpec): number {
  const { arrivals, nextUs, params, seed } = d
  const beforeUs = Math.round(arrivals.atUs)
  const dueUs = nextArrivalUs(arrivals, workload, seed, logOf(d))
  if (workload.arrivals !== 'poisson' && workload.arrivals !== 'bursty') return dueUs
  return nextUs + Math.round((dueUs - beforeUs) / params.rateFactor)
}

function setArrivalTimer(d: Distributor, out: Out): void {
  if (d.nextUs < Infinity) out.setTimer('arrive', Math.max(1, d.nextUs - out.localUs))
}

/** What is due is taken in, and written down in one record. */
export function onArrivals(d: Distributor, out: Out): void {
  const { workload } = d
  if (workload === null) return
  const size = graphSize(workload)
  const most = Math.max(1, Math.floor(TASKS_AT_ONCE / size))
  const first = d.nextGraph
  while (d.nextUs <= out.localUs && d.nextGraph - first < most) {
    d.nextGraph++
    d.nextUs = nextUsOf(d, workload)
  }
  takeIn(d, first, out)
  setArrivalTimer(d, out)
}

export function onThought(d: Distributor, out: Out): void {
  const first = d.nextGraph
  for (let one = peek(d.thinks); one !== null && one.deadlineUs <= out.localUs; one = peek(d.thinks)) {
    pop(d.thinks)
    d.nextGraph++
  }
  takeIn(d, first, out)
  setTimeTimer(d.thinks, 'think', out)
}

function takeIn(d: Distributor, first: U32, out: Out): void {
  const count = d.nextGraph - first
  if (count === 0) return
  const { arrivals, nextUs } = d
  const size = graphSize(d.workload!)
  const words = { first, count, size, atUs: out.localUs, arrivals: { ...arrivals }, nextUs: finite(nextUs) }
  writeDown(d, { what: 'submit', ...words }, out, (record) => settleSubmission(d, record, out))
}

/** On the disk never is a number like any other. */
const finite = (us: number): number => (us < Infinity ? us : NEVER)
export const timeOf = (us: number): number => (us < NEVER ? us : Infinity)

/** Tasks given by hand: see ops.ts. What is wrong with them is told, and nothing is done. */
export function onOperation(d: Distributor, op: Plain, out: Out): void {
  const read = readOps(op, d, out.localUs)
  if (typeof read === 'string') return out.mark({ kind: 'rejected', why: read })
  d.opsCount += read.length
  writeDown(d, { what: 'ops', tasks: read }, out, (record) => settleSubmission(d, record, out))
}

/** The tasks of a record: drawn again from their numbers. */
export function tasksOf(d: Distributor, record: Exclude<DiskRecord, { what: 'end' }>): readonly Task[] {
  if (record.what === 'ops') return record.tasks
  const tasks: Task[] = []
  for (let g = record.first; g < record.first + record.count; g++) tasks.push(...graphOf(d, g, record.atUs))
  return tasks
}

/** Graph number `g` of this submitter; a single task where they come alone. */
export function graphOf(d: Distributor, g: U32, atUs: number): Task[] {
  const workload = d.workload!
  const firstId = taskNumber(d.place, g * graphSize(workload))
  if (workload.dag !== 'none') return graphAt(workload, d.seed, firstId, firstId, d.self, atUs)
  const log = logOf(d)
  return [taskAt(workload, d.seed, firstId, d.self, atUs, log, log === null ? 0 : rowOf(d.arrivals, g))]
}

/** It is durable: it counts from now on. */
export function settleSubmission(d: Distributor, record: DiskRecord, out: Out): void {
  if (record.what === 'end') return
  const tasks = tasksOf(d, record)
  for (const task of tasks) tellSubmitted(d, task, false, out)
  d.tally.submitted += tasks.length
  const rows = tasks.map((task) => addRow(d.table, task))
  for (const { kind } of tasks) foresee(d, kind, out)
  tasks.forEach((task, k) => block(d, rows[k]!, task))
  for (const row of rows) if (d.table.statuses[row] === STATUS.none) begin(d, row, out)
}

export function tellSubmitted(d: Distributor, task: Task, retold: boolean, out: Out): void {
  if (!d.params.verbose) return
  const { id, kind: taskKind, sizeUs, predictedUs, priority, demand } = task
  const mark = { kind: 'submitted', task: id, taskKind, sizeUs, predictedUs, priority }
  out.mark({ ...mark, ...(demand > 1 && { demand }), ...(retold && { retold }) })
}

/** The row waits for those before it that have not ended. */
export function block(d: Distributor, row: number, { after }: Task): void {
  for (const id of after) {
    const earlier = rowOfTask(d.table, id)
    if (earlier !== NO_ROW) addEdge(d, earlier, row)
  }
  if (isBlocked(d, row)) setStatus(d.table, row, STATUS.blocked)
}
