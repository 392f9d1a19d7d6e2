import type { Effects } from '../../agents/Program.ts'
import type { Plain } from '../../kernel/plain.ts'
import type { AgentId, U32 } from '../../kernel/units.ts'
import { graphSize } from '../workload/workload.ts'
import { begin, DOOMED } from './assignment.ts'
import { isLastOfGraph, think } from './clients.ts'
import type { DiskRecord, EndRecord, Outcome } from './distributorDisk.ts'
import { addSums } from './distributorDisk.ts'
import type { Distributor } from './distributorState.ts'
import { isAnother, remember } from './ends.ts'
import { isBlocked, laterTasks, takeEdges } from './graphEdges.ts'
import type { Done, TaskMsg } from '../messages.ts'
import { takeOut } from './leases.ts'
import { learnSize } from './reservation.ts'
import { dropRow, kindOfRow, NO_ROW, rowOfTask, setStatus, STATUS } from './TaskTable.ts'

/** How tasks end: first on the disk, then told, and what comes after them can begin. */

type Out = Effects<TaskMsg>
type Words = DiskRecord extends infer R ? (R extends DiskRecord ? Omit<R, 'n' | 'told'> : never) : never

/** Writes the record down, or takes it for written where nothing is durable; `settle` follows. */
export function writeDown(d: Distributor, words: Words, out: Out, settle: (record: DiskRecord) => void): void {
  const record = { n: d.nextRecord++, told: d.toldRecord, ...words } as DiskRecord
  if (d.params.durable) out.persist(record as unknown as Plain, record as unknown as Plain)
  else settle(record)
}

/** A task has been worked on to its end. */
export function onDone(d: Distributor, from: AgentId, done: Done, out: Out): void {
  const row = rowOfTask(d.table, done.task)
  // Only where a disk forgot what it had promised: what comes before it must be done again first.
  if (row !== NO_ROW && d.table.statuses[row] === STATUS.blocked) return
  if (row === NO_ROW || d.table.statuses[row] === STATUS.ending) {
    if (!isAnother(d.ended, done.task, from, done.run)) return // the same message again, or its end is long ago
    if (row === NO_ROW) tellAgain(d, done.task, out)
    else d.agains.push(done.task)
    return
  }
  takeOut(d, row, out)
  learnSize(d, kindOfRow(d.table, row), done.workedUs)
  remember(d.ended, done.task, from, done.run)
  finish(d, row, 'done', '', done, out)
}

/** Done once more after its end: at-least-once, counted. */
function tellAgain(d: Distributor, task: U32, out: Out): void {
  d.tally.again++
  if (d.params.verbose) out.mark({ kind: 'again', task })
}

/** Ends what was given up in this step, and whatever comes to its end by that. */
export function settleGivenUp(d: Distributor, out: Out): void {
  for (let one = d.givenUp.shift(); one !== undefined; one = d.givenUp.shift())
    finish(d, one.row, one.outcome, one.why, { waitedUs: 0, workedUs: 0 }, out)
}

function finish(
  d: Distributor,
  row: number,
  outcome: Outcome,
  why: string,
  { waitedUs, workedUs }: Pick<Done, 'waitedUs' | 'workedUs'>,
  out: Out,
): void {
  const { table } = d
  setStatus(table, row, STATUS.ending)
  const tookUs = out.localUs - table.submittedUs[row]!
  const words = { task: table.ids[row]!, outcome, why, priority: table.priorities[row]!, tookUs, waitedUs, workedUs }
  const dooms = outcome === 'done' ? [] : laterTasks(d, row)
  const end = { what: 'end', ...words, ...(dooms.length > 0 && { dooms }) } as const
  writeDown(d, end, out, (record) => settleEnd(d, record as EndRecord, out))
}

/** The end is durable: it is told, and what came after the task goes on. */
export function settleEnd(d: Distributor, record: EndRecord, out: Out): void {
  const row = rowOfTask(d.table, record.task)
  tellEnd(d, record, false, out)
  d.tally[record.outcome]++
  addSums(d.tally, record)
  const later = takeEdges(d, row)
  dropRow(d.table, row)
  if (d.agains.includes(record.task)) {
    for (const task of d.agains) if (task === record.task) tellAgain(d, task, out)
    d.agains = d.agains.filter((task) => task !== record.task)
  }
  for (const next of later) release(d, next, record.outcome, out)
  if (d.workload?.arrivals !== 'closed' || !isLastOfGraph(record.task, graphSize(d.workload))) return
  // Who was refused does not come back at once: it would for ever.
  think(d, record.outcome === 'done' ? 0 : d.params.retryUs, out)
}

/** A task that came after one that failed can never begin: it fails when the last of those before it has ended. */
function release(d: Distributor, row: number, outcome: Outcome, out: Out): void {
  if (outcome !== 'done') d.table.attempts[row] = DOOMED
  if (!isBlocked(d, row)) begin(d, row, out)
}

export function tellEnd(d: Distributor, { task, outcome, why, tookUs }: EndRecord, retold: boolean, out: Out): void {
  if (!d.params.verbose) return
  const told = retold ? { retold } : {}
  out.mark(outcome === 'done' ? { kind: 'done', task, tookUs, ...told } : { kind: outcome, task, why, ...told })
}
