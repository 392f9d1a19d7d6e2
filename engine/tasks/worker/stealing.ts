import type { AgentId, U32 } from '../../kernel/units.ts'
import { NONE } from '../../kernel/units.ts'
import { below } from '../../resources/LoadBalancer.ts'
import { remove, size } from '../../resources/PriorityScheduler.ts'
import type { Loot } from '../messages.ts'
import { bitsOfNeeds, meetsNeed, needOf } from '../needs.ts'
import { isNew, letGo, take } from './workerTasks.ts'
import { follows } from './policies.ts'
import { idleSlots } from './slots.ts'
import { pickOf } from './workerRuns.ts'
import { WORKER_DRAW, type Out, type Worker } from './workerState.ts'

/**
 * Idle workers look for work: they ask the central queue, or take from another worker (work stealing: a victim at
 * random or among the neighbours gives half of what waits there, oldest first; Blumofe and Leiserson 1999 give one from
 * that end). A question or its answer may be lost: after stealUs without an answer another is asked; after one with
 * empty hands there is a pause, doubled each time.
 */
const PAUSE_MAX = 64

export const isIdle = (w: Worker): boolean => idleSlots(w) > 0 && size(w.queue) === 0

/** Asks for work where there is nothing to do here: for what it could begin at once. Every step ends with this. */
export function seekWork(w: Worker, out: Out): void {
  if (w.asked === NONE && isIdle(w) && follows(w, 'work-stealing')) steal(w, out)
}

function steal(w: Worker, out: Out): void {
  const word = out.draw(WORKER_DRAW.victim)
  const near = w.params.victims === 'neighbours' && w.neighbours.length > 0
  const victim = near ? w.neighbours[below(w.neighbours.length, word)]! : pickOf(w.others, word)
  if (victim < 0) return
  w.asked = victim as AgentId
  const fits = bitsOfNeeds(w.range, idleSlots(w), () => true)
  out.send(w.asked, { type: 'steal', meets: (w.meets & fits) >>> 0, most: w.params.queueMax })
  out.setTimer('steal', w.params.stealUs)
}

/** Half of what waits here goes to the thief, oldest first, as far as it can do it and nobody has begun it. */
export function onSteal(w: Worker, thief: AgentId, meets: U32, most: number, out: Out): void {
  const half = Math.min(most, Math.ceil(size(w.queue) / 2))
  const { entries, newer, oldest } = w.queue
  const tasks: Loot[] = []
  let looked = 0
  for (let at = oldest; at !== -1 && tasks.length < half && looked < half + LOOKED_MAX; at = newer[at]!, looked++) {
    const { task, leaseUs, leftUs } = entries[at]!
    if (meetsNeed(meets, needOf(w.range, task)) && leftUs === task.sizeUs) tasks.push({ task, leaseUs })
  }
  for (const { task } of tasks) {
    remove(w.queue, task.id)
    letGo(w, task, out)
  }
  out.send(thief, { type: 'stolen', tasks })
}
/** Tasks that a thief cannot do are passed over, up to so many. */
const LOOKED_MAX = 64

/** What a thief has taken is its own, whatever the length of its queue. */
export function onStolen(w: Worker, from: AgentId, tasks: readonly Loot[], out: Out): void {
  if (tasks.length === 0) {
    if (w.asked !== from) return
    w.pauseUs = Math.min(PAUSE_MAX * w.params.stealUs, Math.max(Math.ceil(w.params.stealUs / 8), 2 * w.pauseUs))
    return out.setTimer('steal', w.pauseUs)
  }
  const fresh = tasks.filter(({ task }) => isNew(w, task.id))
  if (w.params.verbose && fresh.length > 0) out.mark({ kind: 'stolen', tasks: fresh.map(({ task }) => task.id), from })
  w.pauseUs = 0
  w.asked = NONE
  out.cancelTimer('steal')
  for (const loot of fresh) take(w, loot, out)
}

/**
 * Asks the central queues for work where there is nothing to do here. The answer to a task that is done says as much to
 * the queue that it came from, so `but` is not asked again.
 */
export function pull(w: Worker, but: AgentId, out: Out): void {
  if (!isIdle(w)) return
  for (const { from, strategy } of w.policies)
    if (strategy === 'central' && from !== but) out.sendTo('distributor', from, { type: 'pull', free: idleSlots(w) })
}

/** A question for work may have been lost: it is asked again. */
export function onPullTimer(w: Worker, out: Out): void {
  pull(w, NONE, out)
  if (follows(w, 'central')) out.setTimer('pull', PULLED_AGAIN * w.params.stealUs)
}
export const PULLED_AGAIN = 8
