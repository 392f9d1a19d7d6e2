import { NONE, type AgentId, type U32 } from '../../kernel/units.ts'
import { isAlarmed } from './alarms.ts'
import type { Loot, TaskMsg } from '../messages.ts'
import { meetsNeed, needOf } from '../needs.ts'
import type { Task } from '../Task.ts'
import { epochOf, follows } from './policies.ts'
import { isOfRuns } from './workerRuns.ts'
import type { Out, Worker } from './workerState.ts'

/**
 * Tasks go down the reporting chain, from each worker to the child that has the least to do, of those who meet the task
 * themselves or by somebody below them, until they come to one without such children; what is still to do below, and
 * what
 * is met there, goes up the chain whenever it changes. An inner worker keeps nothing
 * of what it hands down: the one who has it answers the submitter itself.
 */

/** Place of the child that a task goes to, or −1: it stays here. */
export function childFor(w: Worker, task: Task): number {
  if (w.children.length === 0 || !follows(w, 'delegate')) return -1
  const need = needOf(w.range, task)
  let best = -1
  for (let k = 0; k < w.children.length; k++)
    if (meetsNeed(w.childMeets[k]!, need) && (best === -1 || w.childLoads[k]! < w.childLoads[best]!)) best = k
  const isOwn = w.params.managersWork && meetsNeed(w.meets, need)
  return best !== -1 && isOwn && w.demand <= w.childLoads[best]! ? -1 : best
}

export function handDown(w: Worker, child: number, { task, leaseUs }: Loot, out: Out): void {
  w.childLoads[child]! += task.demand
  if (w.params.verbose) out.mark({ kind: 'assigned', task: task.id, to: w.children[child]! })
  out.send(w.children[child]!, { type: 'assign', task, leaseUs, award: false })
}

/** Held here and, by its word, below, in slots. */
export const loadBelow = ({ demand, childLoads }: Worker): number =>
  childLoads.reduce((sum, load) => sum + load, demand)

/** What it or somebody below it meets, as bits. */
const meetsBelow = ({ meets, childMeets }: Worker): U32 =>
  childMeets.reduce((bits, child) => (bits | child) >>> 0, meets)

/** How it stands: for somebody who delegates to it with all below it. */
export function reportFor(w: Worker, to: AgentId, delegates: boolean): TaskMsg {
  const meets = delegates ? meetsBelow(w) : w.meets
  const { life } = w
  return {
    type: 'report',
    life,
    meets,
    held: delegates ? loadBelow(w) : w.demand,
    epoch: epochOf(w, to),
    alarmed: isAlarmed(w),
  }
}

/** To whoever is above: a worker, a distributor that reaches the chain there, or one that is both. */
export function tellParent(w: Worker, out: Out): void {
  if (w.parent === NONE || !follows(w, 'delegate')) return
  const { parent } = w
  const report = reportFor(w, parent, true)
  const hands = w.distributors.includes(parent)
  if (hands) out.sendTo('distributor', parent, report)
  if (!hands || isOfRuns(w.others, parent)) out.send(parent, report)
}

/** A child says what it and those below it hold, and meet. */
export function onChildReport(w: Worker, from: AgentId, held: number, meets: U32, out: Out): void {
  const child = w.children.indexOf(from)
  if (child === -1 || (w.childLoads[child] === held && w.childMeets[child] === meets)) return
  w.childLoads[child] = held
  w.childMeets[child] = meets
  tellParent(w, out)
}

/**
 * The chain has changed: whoever is new below has nothing yet. A worker of the start is taken to meet everything until
 * it
 * speaks; of one that joined nobody knows before whether it works at all.
 */
export function onSurroundings(w: Worker, parent: AgentId, children: readonly AgentId[]): void {
  const before = children.map((child) => w.children.indexOf(child))
  const unheard = (child: AgentId): U32 => (isOfRuns(w.others, child) ? EVERYTHING : 0)
  w.childLoads = before.map((k) => w.childLoads[k] ?? 0)
  w.childMeets = before.map((k, place) => w.childMeets[k] ?? unheard(children[place]!))
  w.children = [...children]
  w.parent = parent
}
const EVERYTHING = 0xffffffff
