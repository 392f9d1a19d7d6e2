import type { Effects } from '../../agents/Program.ts'
import { shareOf, thinkUsOf } from '../workload/arrivals.ts'
import type { U32 } from '../../kernel/units.ts'
import type { Distributor } from './distributorState.ts'
import { OPS_FROM, PLACE_MASK } from './distributorDisk.ts'
import type { TaskMsg } from '../messages.ts'
import { STATUS } from './TaskTable.ts'
import { pushTime, setTimeTimer } from './times.ts'
import { graphSize } from '../workload/workload.ts'

/** Clients of closed loops: each thinks, submits a task (or a graph), waits for its end, and thinks again. */

type Out = Effects<TaskMsg>

/** A client thinks, `pauseUs` at least, and submits then. */
export function think(d: Distributor, pauseUs: number, out: Out): void {
  const { workload, seed, place, of } = d
  if (d.nextGraph + d.thinks.heap.length >= shareOf(workload!, place, of)) return
  const n = d.nextThink++
  pushTime(d.thinks, n, out.localUs + Math.max(pauseUs, thinkUsOf(workload!, seed, place, n)))
  setTimeTimer(d.thinks, 'think', out)
}

/** A client waits for its task, or for the last one of its graph; for none of those that were given by hand. */
export function isLastOfGraph(task: U32, size: number): boolean {
  const count = task & PLACE_MASK
  return count < OPS_FROM && (count + 1) % size === 0
}

/** Clients of this submitter that wait for nothing. */
export function idleClients(d: Distributor): number {
  const { clients } = d.workload!
  return Math.max(0, Math.ceil((clients - d.place) / d.of) - unansweredClients(d))
}

/** Closed loops: graphs that have not ended, each of which a client waits for. */
function unansweredClients({ workload, table }: Distributor): number {
  const size = graphSize(workload!)
  let count = 0
  for (let row = 0; row < table.rows; row++)
    if (table.statuses[row] !== STATUS.none && isLastOfGraph(table.ids[row]!, size)) count++
  return count
}
