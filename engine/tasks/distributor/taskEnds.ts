import type { Effects } from '../../agents/Program.ts'
import type { Plain } from '../../kernel/plain.ts'
import type { AgentId, U32 } from '../../kernel/units.ts'
import { graphSize } from '../workload/workload.ts'
import { begin, giveUp } from './assignment.ts'
import { think } from './clients.ts'
import type { DiskRecord, EndRecord, Outcome } from './distributorDisk.ts'
import { OPS_FROM, PLACE_MASK } from './distributorDisk.ts'
import type { Distributor } from './distributorState.ts'
import { isAnother, remember } from './ends.ts'
import { isBlocked, takeEdges } from './graphEdges.ts'
import type { Done, TaskMsg } from '../messages.ts'
import { takeOut } from './leases.ts'
import { learnSize } from './reservation.ts'
import { dropRow, NO_ROW, rowOfTask, setStatus, STATUS } from './TaskTable.ts'

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
  if (row === NO_ROW || d.table.statuses[row] === STATUS.ending) {
    if (!isAnother(d.ended, done.task, from, done.run)) return // the same message again, or its end is long ago
    if (row === NO_ROW) tellAgain(d, done.task, out)
    else d.agains.push(done.task)
    return
  }
  takeOut(d, row, out)
  learnSize(d, d.table.kinds[row]!, done.workedUs)
  remember(d.ended, done.task, from, done.run)
  finish(d, row, 'done', '', done, out)
}

/** Done once more after its end: at-least-once, counted. */
function tellAgain(d: Distributor, task: U32, out: Out): void {
  d.tally.again++
  out.mark({ kind: 'again', task })
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
  writeDown(d, { what: 'end', ...words }, out, (record) => settleEnd(d, record as EndRecord, out))
}

/** The end is durable: it is told, and what came after the task goes on. */
export function settleEnd(d: Distributor, record: EndRecord, out: Out): void {
  const row = rowOfTask(d.table, record.task)
  tellEnd(d, record, false, out)
  addUp(d, record)
  const later = takeEdges(d, row)
  dropRow(d.table, row)
  if (d.agains.includes(record.task)) {
    for (const task of d.agains) if (task === record.task) tellAgain(d, task, out)
    d.agains = d.agains.filter((task) => task !== record.task)
  }
  for (const next of later) release(d, next, record.outcome, out)
  if (d.workload?.arrivals === 'closed' && isLast(d, record.task)) think(d, out)
}

/** A client of a closed loop waits for its task, or for the last one of its graph. */
const isLast = (d: Distributor, task: U32): boolean => {
  const count = task & PLACE_MASK
  return count < OPS_FROM && (count + 1) % graphSize(d.workload!) === 0
}

/** A task that came after one that failed can never begin: it fails when the last of those before it has ended. */
function release(d: Distributor, row: number, outcome: Outcome, out: Out): void {
  if (outcome !== 'done') d.table.attempts[row] = DOOMED
  if (isBlocked(d, row)) return
  if (d.table.attempts[row] === DOOMED) return giveUp(d, row, 'failed', 'a task before it failed')
  begin(d, row, out)
}
const DOOMED = 255

export function tellEnd(d: Distributor, { task, outcome, why, tookUs }: EndRecord, retold: boolean, out: Out): void {
  if (!d.params.verbose) return
  const told = retold ? { retold } : {}
  out.mark(outcome === 'done' ? { kind: 'done', task, tookUs, ...told } : { kind: outcome, task, why, ...told })
}

function addUp({ tally }: Distributor, { outcome, why, priority, tookUs, waitedUs, workedUs }: EndRecord): void {
  tally[outcome]++
  if (why === 'overloaded') tally.overloaded++
  if (outcome !== 'done') return
  tally.tookUs += tookUs
  tally.waitedUs += waitedUs
  tally.workedUs += workedUs
  const one = (tally.classes[priority] ??= { done: 0, waitedUs: 0, tookUs: 0 })
  one.done++
  one.waitedUs += waitedUs
  one.tookUs += tookUs
}
