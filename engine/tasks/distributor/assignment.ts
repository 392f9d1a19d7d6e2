import type { Effects } from '../../agents/Program.ts'
import type { AgentId, U32 } from '../../kernel/units.ts'
import { peek, pop } from '../../resources/PriorityScheduler.ts'
import type { Outcome } from './distributorDisk.ts'
import type { Distributor } from './distributorState.ts'
import { judge, letThrough, placeOfWorker, refresh } from './knownWorkers.ts'
import { reachableCount } from './LoadTree.ts'
import type { TaskMsg } from '../messages.ts'
import { demandOfNeed, kindOfNeed, meetsNeed } from '../needs.ts'
import { UNKNOWN_SIZE_US } from '../Task.ts'
import { ASKED, NOBODY, strategyNamed } from '../strategies/Strategy.ts'
import { pushTime, setTimeTimer } from './times.ts'
import { append, demandOfRow, NO_ROW, rowOfTask, setStatus, STATUS, taskOfRow, unchain } from './TaskTable.ts'
import { firstWaiting, pushWaiting, rankOf, takeWaiting, waitingOf } from './waitingTasks.ts'

/**
 * A task between its submission and its end: it waits, is given to a worker under a lease, and comes back when the
 * worker refuses it, fails or falls silent. Everything is O(log n) a task, with n workers.
 */

type Out = Effects<TaskMsg>
/** Tasks given away in one event; more go on 1 µs later. */
export const GIVEN_AT_ONCE = 512
/** The pause before another try is doubled at most so many times. */
export const DOUBLINGS_MAX = 10

/** The row, in no list, has come to its end; taskEnds.ts settles that before the step is over. */
export function giveUp(d: Distributor, row: number, outcome: Outcome, why: string): void {
  setStatus(d.table, row, STATUS.ending)
  d.givenUp.push({ row, outcome, why })
}

/** In place of attempts, which are fewer: a task before it failed, so that it can never begin. */
export const DOOMED = 255

/** The task can begin now, for the first time: it waits for a worker, or nobody can do it, or too many wait. */
export function begin(d: Distributor, row: number, out: Out): void {
  const { counts, attempts } = d.table
  if (attempts[row] === DOOMED) return giveUp(d, row, 'failed', 'predecessor failed')
  const obstacle = obstacleTo(d, row, out)
  if (obstacle !== null) return giveUp(d, row, 'unassignable', obstacle)
  if (counts[STATUS.waiting]! >= d.params.waitingMax) return giveUp(d, row, 'failed', 'overloaded')
  const before = counts[STATUS.waiting]!
  tryToGive(d, row, out)
  if (counts[STATUS.waiting]! > before) d.tally.delayed++
}

/** It waits for a worker, again or for the first time, and goes to one where one is open. */
export function tryToGive(d: Distributor, row: number, out: Out): void {
  const obstacle = obstacleTo(d, row, out)
  if (obstacle !== null) return giveUp(d, row, 'unassignable', obstacle)
  wait(d, row)
  serve(d, (1 << d.table.needs[row]!) >>> 0, out)
}

/** Every worker has said what it can do, or has had the time to: whoever speaks first is not to get everything. */
const allHeard = (d: Distributor, nowUs: number): boolean => d.unheard === 0 || nowUs >= d.graceUntilUs

/** Nobody can do the task, as far as all have said what they can, or have had the time to. */
export const isImpossible = (d: Distributor, row: number, out: Out): boolean =>
  d.able[d.table.needs[row]!] === 0 && allHeard(d, out.localUs)

/** Why nobody will ever do the task; null where somebody may. */
function obstacleTo(d: Distributor, row: number, out: Out): string | null {
  if (d.table.sizesUs[row] === UNKNOWN_SIZE_US) return 'the log does not say how long it ran'
  return isImpossible(d, row, out) ? lackFor(d, d.table.needs[row]!) : null
}

/** What nobody has who would have to do tasks of this need. */
export function lackFor({ able, table: { range } }: Distributor, need: number): string {
  const [kind, demand] = [kindOfNeed(range, need), demandOfNeed(range, need)]
  // Whoever has room for a task of two slots has room for one of one.
  return demand > 1 && able[kind]! > 0 ? `nobody has ${demand} slots for it` : 'nobody can do this kind'
}

/** Puts the row among those that wait; `serve` follows. */
export function wait(d: Distributor, row: number): void {
  setStatus(d.table, row, STATUS.waiting)
  pushWaiting(d, row)
}

/** Gives away what waits, of the needs in the mask, as far as workers are open: the first in rank first. */
export function serve(d: Distributor, needs: U32, out: Out): void {
  if (!allHeard(d, out.localUs)) return
  const strategy = strategyNamed(d.strategy)
  for (let given = 0; ; given++) {
    const need = nextNeed(d, needs)
    if (need === -1) return
    if (given === GIVEN_AT_ONCE) return out.setTimer('serve', 1)
    const row = firstWaiting(d, need)
    const place = strategy.choose(d, row, out)
    if (place === NOBODY) {
      needs = (needs & ~(1 << need)) >>> 0
      continue
    }
    takeWaiting(d, row)
    if (place !== ASKED) give(d, row, place, false, out)
  }
}

/** Of the needs in the mask that wait and have somebody open: the one whose first is first in rank; −1 of none. */
function nextNeed(d: Distributor, needs: U32): number {
  let best = -1
  for (let need = 0; need < d.waiting.length; need++) {
    if (!meetsNeed(needs, need) || waitingOf(d, need) === 0 || reachableCount(d.trees[need]!) === 0) continue
    if (best === -1 || rankOf(d, need) < rankOf(d, best)) best = need
  }
  return best
}

/** The row goes to the worker at `place`; it is in no list. */
export function give(d: Distributor, row: number, place: number, award: boolean, out: Out): void {
  const { table, params } = d
  const worker = d.workers[place]!
  const task = taskOfRow(table, row, d.self)
  setStatus(table, row, STATUS.assigned)
  table.holders[row] = worker.agent
  table.periods[row] = letThrough(d, worker)
  lease(d, row, out)
  worker.outstanding++
  worker.sentSince += task.demand
  worker.warm = task.kind
  worker.predictedUs += task.demand * task.predictedUs
  worker.turn = ++d.nextTurn
  worker.hungry = Math.max(0, worker.hungry - task.demand)
  refresh(d, place)
  d.tally.assigned++
  if (params.verbose) out.mark({ kind: 'assigned', task: task.id, to: worker.agent })
  out.sendTo('worker', worker.agent, { type: 'assign', task, leaseUs: params.leaseUs, award })
}

/** From now on for leaseUs; the row is in no list. */
export function lease({ table, leases, params }: Distributor, row: number, out: Out): void {
  table.duesUs[row] = out.localUs + params.leaseUs
  append(table, leases, row)
  if (params.leaseUs > 0 && leases.length === 1) out.setTimer('lease', params.leaseUs)
}

/**
 * The row is in its holder's hands no more; `failed`: that was not its end. Returns the holder, or NO_ROW. The row is
 * in no list then.
 */
export function takeBack(d: Distributor, row: number, failed: boolean, out: Out): AgentId {
  const { table } = d
  const holder = table.holders[row]! as AgentId
  unchain(table, d.leases, row)
  table.holders[row] = NO_ROW
  const place = holder === NO_ROW ? -1 : placeOfWorker(d, holder)
  if (place === -1) return holder
  const worker = d.workers[place]!
  worker.outstanding--
  worker.predictedUs = Math.max(0, worker.predictedUs - demandOfRow(table, row) * table.predictedUs[row]!)
  judge(d, worker, table.periods[row]!, failed, out)
  refresh(d, place)
  return holder
}

/** An assignment came to nothing: the task rests and is tried again, or is given up. The row is in no list. */
export function giveAgain(d: Distributor, row: number, why: string, out: Out): void {
  const { table, params } = d
  if (table.attempts[row]! >= params.retriesMax) return giveUp(d, row, 'failed', why)
  const attempt = table.attempts[row]!++
  setStatus(table, row, STATUS.resting)
  pushTime(d.rests, table.ids[row]!, out.localUs + params.retryUs * (1 << Math.min(DOUBLINGS_MAX, attempt)))
  setTimeTimer(d.rests, 'rest', out)
}

export function onRested(d: Distributor, out: Out): void {
  for (let first = peek(d.rests); first !== null && first.deadlineUs <= out.localUs; first = peek(d.rests)) {
    pop(d.rests)
    tryToGive(d, rowOfTask(d.table, first.id), out)
  }
  setTimeTimer(d.rests, 'rest', out)
}
