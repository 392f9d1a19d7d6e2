import type { Effects } from '../../agents/Program.ts'
import type { AgentId } from '../../kernel/units.ts'
import { remove } from '../../resources/PriorityScheduler.ts'
import { giveAgain, GIVEN_AT_ONCE, lease, takeBack, tryToGive } from './assignment.ts'
import type { Distributor } from './distributorState.ts'
import { placeOfWorker, refresh } from './knownWorkers.ts'
import type { TaskMsg } from '../messages.ts'
import { close } from './questions.ts'
import { demandOfRow, NO_ROW, setStatus, STATUS, unchain } from './TaskTable.ts'
import { takeWaiting } from './waitingTasks.ts'

/** Who has a task, by its own word: leases go on as long as somebody speaks of it. */

type Out = Effects<TaskMsg>

/** Leases that have run out: whoever has the task has not spoken of it. */
export function onLeases(d: Distributor, out: Out): void {
  const { leases, table } = d
  if (d.params.leaseUs === 0) return // set to 0 since: nobody speaks of what was given away after that
  for (let count = 0; leases.first !== NO_ROW && table.duesUs[leases.first]! <= out.localUs; count++) {
    if (count === GIVEN_AT_ONCE) break
    const row = leases.first
    if (table.holders[row] === NO_ROW) {
      // Recovered from the disk, and nobody has spoken of it.
      unchain(table, leases, row)
      tryToGive(d, row, out)
      continue
    }
    takeBack(d, row, true, out)
    d.tally.expired++
    close(d, table.ids[row]!, out)
    giveAgain(d, row, 'no answer', out)
  }
  if (leases.first !== NO_ROW) out.setTimer('lease', Math.max(1, table.duesUs[leases.first]! - out.localUs))
}

/** Takes the row out of whatever it is in; for an end, or for a worker that turns out to have it. */
export function takeOut(d: Distributor, row: number, out: Out): void {
  const { table } = d
  const status = table.statuses[row]
  if (status === STATUS.assigned) takeBack(d, row, false, out)
  else if (status === STATUS.waiting) takeWaiting(d, row)
  else if (status === STATUS.resting) remove(d.rests, table.ids[row]!)
  close(d, table.ids[row]!, out)
}

/** A worker says that it has the task: the lease goes on, under its name. */
export function renew(d: Distributor, row: number, from: AgentId, out: Out): void {
  const { table } = d
  if (table.statuses[row] === STATUS.assigned && table.holders[row] === from) {
    unchain(table, d.leases, row)
    return lease(d, row, out)
  }
  takeOut(d, row, out)
  const place = placeOfWorker(d, from)
  setStatus(table, row, STATUS.assigned)
  table.holders[row] = from
  const worker = d.workers[place]!
  table.periods[row] = worker.breaker.period
  worker.outstanding++
  worker.predictedUs += demandOfRow(table, row) * table.predictedUs[row]!
  lease(d, row, out)
  refresh(d, place)
}
