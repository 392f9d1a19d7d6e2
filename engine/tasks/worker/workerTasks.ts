import { threshold } from '../../kernel/philox.ts'
import { NONE, type AgentId, type U32 } from '../../kernel/units.ts'
import { indexId, slotOf, unindexId } from '../../resources/idIndex.ts'
import {
  leavesAfter,
  peek,
  pop,
  push,
  quantumOf,
  rearrange,
  remove,
  size,
  type QueueEntry,
} from '../../resources/PriorityScheduler.ts'
import { childFor, handDown, tellParent } from './delegation.ts'
import type { Done, Loot } from '../messages.ts'
import { bitsOfNeeds, meetsNeed, needOf } from '../needs.ts'
import type { Task } from '../Task.ts'
import { keepAlive, remember } from './workerLeases.ts'
import { growSlots, idleSlots } from './slots.ts'
import { idleSlotFor, warmUp } from './warmth.ts'
import { WORKER_DRAW, type Held, type Out, type Slot, type Worker } from './workerState.ts'

/** What a worker does with tasks: takes them in, works on them, answers. */

/** Neither held here nor remembered as done. */
export const isNew = (w: Worker, id: number): boolean => slotOf(w.holding, id) === -1 && slotOf(w.ends.index, id) === -1

export const heldBy = (w: Worker): number => w.holding.size
export const canDo = ({ meets, range }: Worker, task: Task): boolean => meetsNeed(meets, needOf(range, task))

/** What it meets, as bits: the kinds that it can do (WorkerParams.kinds and .abilities), as wide as it has slots. */
export function meetsOf(w: Worker): U32 {
  const { kinds, slots } = w.params
  const { place, range } = w
  const skilled = skillsOf(w)
  const bits = (can: (kind: number) => boolean): number =>
    bitsOfNeeds(range, slots, (kind) => can(kind) && ((skilled >>> kind) & 1) === 1)
  if (kinds === 'all') return bits(() => true)
  if (kinds === 'one') return bits((kind) => kind === place % range.kinds)
  if (kinds === 'half') return bits((kind) => (kind + place) % 2 === 0)
  const own = kinds[place % Math.max(1, kinds.length)] ?? []
  return bits((kind) => own.includes(kind))
}

function skillsOf(w: Worker): U32 {
  const { abilities } = w.params
  if (w.skilled.of === abilities) return w.skilled.kinds
  const able = abilities[w.place % Math.max(1, abilities.length)]
  let kinds = 0
  for (let kind = 0; kind < w.range.kinds; kind++)
    if (able === undefined || (w.requires[kind] ?? []).every((one) => able.includes(one)))
      kinds = (kinds | (1 << kind)) >>> 0
  w.skilled = { of: abilities, kinds }
  return kinds
}

/** A task has come. It is taken, handed down, or refused to whoever wants to hear how it ends. */
export function receive(w: Worker, { task, leaseUs }: Loot, award: boolean, out: Out): void {
  const { id } = task
  if (slotOf(w.holding, id) !== -1) return accept(w, task, award, out) // it has come twice
  const known = slotOf(w.ends.index, id)
  if (known !== -1) {
    const { end } = w.ends.list[known - w.ends.dropped]!
    return answer(w, task.submitter, end, out)
  }
  const child = childFor(w, task)
  if (child !== -1) return handDown(w, child, { task, leaseUs }, out)
  if (!canDo(w, task)) return refuse(w, task, 'kind', out)
  if (size(w.queue) >= w.params.queueMax && !beginsAtOnce(w, task, out.localUs)) return refuse(w, task, 'full', out)
  accept(w, task, award, out)
  take(w, { task, leaseUs }, out)
}

const accept = (_: Worker, { id, submitter }: Task, award: boolean, out: Out): void => {
  if (award) out.sendTo('distributor', submitter, { type: 'accept', task: id })
}

function refuse(w: Worker, { id, submitter }: Task, why: 'full' | 'kind', out: Out): void {
  out.sendTo('distributor', submitter, { type: 'refuse', task: id, why, held: w.demand })
}

/** Into the queue, whatever its length. */
export function take(w: Worker, { task, leaseUs }: Loot, out: Out): void {
  const { id, priority, deadlineUs, predictedUs, sizeUs } = task
  indexId(w.holding, id, 0)
  if (w.params.verbose) out.mark({ kind: 'queued', task: id })
  count(w, task, 1)
  keepAlive(w, leaseUs, out)
  const enteredUs = out.localUs
  // No spread: this is made for every task.
  push(w.queue, {
    id,
    priority,
    deadlineUs,
    predictedUs,
    enteredUs,
    level: 0,
    task,
    leaseUs,
    leftUs: sizeUs,
    waitedUs: -1,
  })
  work(w, out)
}

/** Nothing waits before it, and there is room; or there would be in the place of worse ones. */
function beginsAtOnce(w: Worker, task: Task, enteredUs: number): boolean {
  const first = peek(w.queue)
  if (first === null && task.demand <= idleSlots(w)) return true
  const entry: QueueEntry = { ...task, enteredUs, level: 0 }
  return (first === null || !leavesAfter(w.queue, entry, first)) && preempts(w, entry, task.demand)
}

/**
 * Idle slots begin what comes next in the queue. What needs more of them than are idle waits, and all behind it with
 * it:
 * if others passed, it might wait for ever.
 */
export function work(w: Worker, out: Out): void {
  growSlots(w)
  for (let held = peek(w.queue); held !== null; held = peek(w.queue)) {
    const { task } = held
    const canBegin = canDo(w, task)
    if (canBegin && task.demand > idleSlots(w) && !preempts(w, held, task.demand)) return
    pop(w.queue)
    if (canBegin) while (task.demand > idleSlots(w)) preempt(w, worstSlot(w, held), out)
    if (canBegin) begin(w, idleSlotFor(w.slots, w.params.slots, task.kind), held, out)
    else giveBack(w, task, out)
  }
}

/** What it could do when it came, and cannot any more. */
function giveBack(w: Worker, task: Task, out: Out): void {
  letGo(w, task, out)
  refuse(w, task, 'kind', out)
}

function begin(w: Worker, k: number, held: Held, out: Out): void {
  const slot = w.slots[k]!
  const coldUs = warmUp(slot, held.task.kind, w.params.warmUpUs, out.localUs)
  slot.warming = coldUs > 0
  if (slot.warming) {
    Object.assign(slot, { held, startedUs: out.localUs, sliceUs: 0, speed: 0 })
    return out.setTimer(timerOf(k), coldUs)
  }
  const waitedUs = Math.max(0, out.localUs - held.task.submittedUs)
  if (w.params.verbose) out.mark({ kind: 'started', task: held.id, waitedUs })
  if (held.waitedUs < 0) held.waitedUs = waitedUs
  slice(w, k, held, out)
}

/** Works on it for a quantum of the discipline, or to its end. */
function slice(w: Worker, k: number, held: Held, out: Out): void {
  const quantumUs = quantumOf(w.queue, held)
  const slot = w.slots[k]!
  slot.held = held
  slot.startedUs = out.localUs
  slot.sliceUs = quantumUs > 0 ? Math.min(quantumUs, held.leftUs) : held.leftUs
  slot.speed = speedOf(w)
  out.setTimer(timerOf(k), Math.max(1, Math.round(slot.sliceUs / slot.speed)))
}

const timerOf = (k: number): string => `work ${k}`
export const slotOfTimer = (name: string): number => (name.startsWith('work ') ? Number(name.slice(5)) : -1)

function speedOf({ params: { speed, speeds }, place }: Worker): number {
  return speeds.length === 0 ? speed : speeds[place % speeds.length]!
}

/**
 * A slice is over: the task is done, or gives way to what comes next. Returns who was told of an end, or NONE.
 */
export function onSlice(w: Worker, k: number, out: Out): AgentId {
  const slot = w.slots[k]
  if (slot === undefined || slot.held === null) return NONE
  const { held, sliceUs } = slot
  if (slot.warming) {
    slot.warmAtUs = Math.min(slot.warmAtUs, out.localUs) // its time is over, whatever the clock was set to meanwhile
    if (canDo(w, held.task) && idleSlots(w) >= 0) begin(w, k, held, out)
    else {
      slot.held = null
      push(w.queue, held) // slots or abilities are gone: it waits, or is given back
      work(w, out)
    }
    return NONE
  }
  const isDone = held.leftUs <= sliceUs
  held.leftUs -= sliceUs
  held.level++
  if (isDone) {
    slot.held = null
    complete(w, held, out)
  } else if (size(w.queue) === 0 || k >= w.params.slots) slice(w, k, held, out)
  else putBack(w, slot, held, out)
  work(w, out)
  return isDone ? held.task.submitter : NONE
}

function putBack(w: Worker, slot: Slot, held: Held, out: Out): void {
  slot.held = null
  if (w.params.verbose) out.mark({ kind: 'preempted', task: held.id })
  push(w.queue, held)
}

/** A task of a better priority, which is first, takes the place of one in work; the other would come after it. */
const givesWay = (w: Worker, held: Held, first: QueueEntry): boolean =>
  held.priority > first.priority && leavesAfter(w.queue, held, first)

/** The place of the worst priority in work that gives way to `first`; −1. */
function worstSlot(w: Worker, first: QueueEntry): number {
  let worst = -1
  for (let k = 0; k < w.params.slots; k++) {
    const held = w.slots[k]?.held ?? null
    if (held === null || !givesWay(w, held, first)) continue
    if (worst === -1 || held.priority > w.slots[worst]!.held!.priority) worst = k
  }
  return worst
}

/** Whether there would be room for `first` in the place of worse ones, where that is done. */
function preempts(w: Worker, first: QueueEntry, demand: number): boolean {
  if (!w.params.preempt) return false
  const worse = ({ held }: Slot): number => (held !== null && givesWay(w, held, first) ? held.task.demand : 0)
  const freed = w.slots.slice(0, w.params.slots).reduce((sum, slot) => sum + worse(slot), 0)
  return freed > 0 && demand <= idleSlots(w) + freed
}

/** What it has worked off counts. */
function preempt(w: Worker, k: number, out: Out): void {
  const slot = w.slots[k]!
  // A clock that was set meanwhile does no work, nor undoes any.
  const workedUs = Math.max(0, Math.min(slot.sliceUs, Math.floor((out.localUs - slot.startedUs) * slot.speed)))
  out.cancelTimer(timerOf(k))
  const held = slot.held!
  held.leftUs = Math.max(1, held.leftUs - workedUs)
  putBack(w, slot, held, out)
}

function complete(w: Worker, held: Held, out: Out): void {
  const { id, submitter } = held.task
  drop(w, held.task)
  const run = w.nextRun++
  if (w.params.failure > 0 && out.draw(WORKER_DRAW.failure) < threshold(w.params.failure)) {
    if (w.params.verbose) out.mark({ kind: 'released', task: id })
    out.sendTo('distributor', submitter, { type: 'failed', task: id, run, held: w.demand })
    return
  }
  w.done++
  w.meanUs += (w.done === 1 ? 1 : NEWEST) * (held.task.sizeUs - w.meanUs)
  const tookUs = out.localUs - held.task.submittedUs
  const workedUs = Math.max(0, tookUs - held.waitedUs)
  if (w.params.verbose) out.mark({ kind: 'worked', task: id, tookUs: workedUs })
  const end: Done = { task: id, run, waitedUs: held.waitedUs, workedUs }
  remember(w, end, submitter, held.leaseUs, out)
  answer(w, submitter, end, out)
  tellParent(w, out)
}

/** Idle slots count as free only where nothing waits for them. */
function answer(w: Worker, to: AgentId, end: Done, out: Out): void {
  const free = Math.max(0, w.params.slots - w.demand)
  out.sendTo('distributor', to, { type: 'done', end, held: w.demand, free })
}

/** Nobody wants these any more: those that wait are dropped, those in work go on and are counted as done again. */
export function onCancel(w: Worker, tasks: readonly number[], out: Out): void {
  for (const id of tasks) {
    const held = remove(w.queue, id)
    if (held !== null) letGo(w, held.task, out)
  }
}

/** A waiting task has left the queue for good. */
export function letGo(w: Worker, task: Task, out: Out): void {
  drop(w, task)
  if (w.params.verbose) out.mark({ kind: 'released', task: task.id })
}

function drop(w: Worker, task: Task): void {
  unindexId(w.holding, task.id)
  count(w, task, -1)
}

function count(w: Worker, { predictedUs, demand }: Task, by: 1 | -1): void {
  w.demand += by * demand
  w.knownUs += by * demand * predictedUs
  if (predictedUs === 0) w.unknown += by * demand
}

/** How long until a task that came now would be done, as far as sizes are known: a bid. */
export function finishUs(w: Worker, { predictedUs, demand }: Task): number {
  const ownUs = demand * (predictedUs > 0 ? predictedUs : w.meanUs)
  return Math.round((w.knownUs + w.unknown * w.meanUs + ownUs) / (speedOf(w) * w.params.slots))
}
/** Weight of the newest size in the mean. */
const NEWEST = 0.1

/** Parameters may have been set. */
export function noticeQueue(w: Worker): void {
  const { discipline, ageUs, levels, quantumUs } = w.params
  const { params } = w.queue
  const same = params.ageUs === ageUs && params.levels === levels && params.quantumUs === quantumUs
  if (discipline !== w.queue.discipline || !same) rearrange(w.queue, discipline, { ageUs, levels, quantumUs })
}
