import { NONE, type AgentId } from '../../kernel/units.ts'
import { isAlarmed } from './alarms.ts'
import type { Loot, TaskMsg } from '../messages.ts'
import { epochOf, follows } from './policies.ts'
import type { Out, Worker } from './workerState.ts'

/**
 * Tasks go down the reporting chain, from each worker to the child below that has the least to do, until they come to
 * one without children; what is still to do below goes up the chain whenever it changes. An inner worker keeps nothing
 * of what it hands down: the one who has it answers the submitter itself.
 */

/** Place of the child that a task goes to, or −1: it stays here. */
export function childFor(w: Worker): number {
  if (w.children.length === 0 || !follows(w, 'delegate')) return -1
  let best = 0
  for (let k = 1; k < w.children.length; k++) if (w.childLoads[k]! < w.childLoads[best]!) best = k
  return w.params.managersWork && w.demand <= w.childLoads[best]! ? -1 : best
}

export function handDown(w: Worker, child: number, { task, leaseUs }: Loot, out: Out): void {
  w.childLoads[child]! += task.demand
  if (w.params.verbose) out.mark({ kind: 'assigned', task: task.id, to: w.children[child]! })
  out.send(w.children[child]!, { type: 'assign', task, leaseUs, award: false })
}

/** Held here and, by its word, below, in slots. */
export const loadBelow = ({ demand, childLoads }: Worker): number =>
  childLoads.reduce((sum, load) => sum + load, demand)

/** To whoever is above: a worker, or a distributor that reaches the chain there. */
export function tellParent(w: Worker, out: Out): void {
  if (w.parent === NONE || !follows(w, 'delegate')) return
  const { life, meets, parent } = w
  const alarmed = isAlarmed(w)
  const report: TaskMsg = { type: 'report', life, meets, held: loadBelow(w), epoch: epochOf(w, parent), alarmed }
  if (w.distributors.includes(parent)) out.sendTo('distributor', parent, report)
  else out.send(parent, report)
}

/** A child says what it and those below it hold. */
export function onChildReport(w: Worker, from: AgentId, held: number, out: Out): void {
  const child = w.children.indexOf(from)
  if (child === -1 || w.childLoads[child] === held) return
  w.childLoads[child] = held
  tellParent(w, out)
}

/** The chain has changed: whoever is new below has nothing yet. */
export function onSurroundings(w: Worker, parent: AgentId, children: readonly AgentId[]): void {
  w.childLoads = children.map((child) => w.childLoads[w.children.indexOf(child)] ?? 0)
  w.children = [...children]
  w.parent = parent
}
