import type { AgentId, U32 } from '../../kernel/units.ts'
import { indexId, slotOf, unindexId } from '../../resources/idIndex.ts'
import { listOldest } from '../../resources/PriorityScheduler.ts'
import type { Done } from '../messages.ts'
import type { Held, Out, Worker } from './workerState.ts'

/**
 * What a worker says again and again, a few times a lease: what it holds, and the ends that it has not heard confirmed.
 * An end is remembered until it is confirmed and for a lease after that, so that a task which comes once more in that
 * time is answered and not worked on; later it may be done again. An end that nobody confirms is given up after
 * LEASES_MAX leases: its distributor is gone. Without leases nothing is remembered.
 */
const SAID_A_LEASE = 3
const LEASES_MAX = 60

/** Something here is leased: it will be spoken of in time. */
export function keepAlive(w: Worker, leaseUs: number, out: Out): void {
  w.leaseUs = Math.max(w.leaseUs, leaseUs)
  if (leaseUs === 0 || (w.renewUs > 0 && leaseUs >= w.renewUs)) return
  w.renewUs = leaseUs
  setRenewTimer(w, out)
}

const setRenewTimer = (w: Worker, out: Out): void =>
  out.setTimer('renew', Math.max(1, Math.floor(w.renewUs / SAID_A_LEASE)))

export function remember(w: Worker, end: Done, to: AgentId, leaseUs: number, out: Out): void {
  if (leaseUs === 0) return
  indexId(w.ends.index, end.task, w.ends.dropped + w.ends.list.length)
  w.ends.list.push({ end, to, atUs: out.localUs, heard: false })
}

/** Confirmed ends need not be said again. */
export function onHeard(w: Worker, tasks: readonly U32[]): void {
  for (const task of tasks) {
    const place = slotOf(w.ends.index, task)
    if (place !== -1) w.ends.list[place - w.ends.dropped]!.heard = true
  }
}

/** Ends that were confirmed a lease ago. Places count on, so that the index stays true. */
export function forget(w: Worker, nowUs: number): void {
  const { list, index } = w.ends
  let count = 0
  for (; count < list.length; count++) {
    const { heard, atUs, end } = list[count]!
    if (nowUs - atUs <= (heard ? 1 : LEASES_MAX) * w.leaseUs) break
    if (slotOf(index, end.task) === w.ends.dropped + count) unindexId(index, end.task)
  }
  if (count === 0) return
  list.splice(0, count)
  w.ends.dropped += count
}

export function onRenewTimer(w: Worker, out: Out): void {
  forget(w, out.localUs)
  const held: { [to: number]: U32[] } = {}
  const ends: { [to: number]: Done[] } = {}
  let least = Infinity
  const hold = ({ id, leaseUs, task }: Held): void => {
    if (leaseUs === 0) return
    least = Math.min(least, leaseUs)
    ;(held[task.submitter] ??= []).push(id)
  }
  for (const slot of w.slots) if (slot.held !== null) hold(slot.held)
  for (const one of listOldest(w.queue)) hold(one)
  for (const { end, to, heard } of w.ends.list) if (!heard) (ends[to] ??= []).push(end)
  for (const to of w.distributors) {
    if (held[to] === undefined && ends[to] === undefined) continue
    out.sendTo('distributor', to, { type: 'renew', held: held[to] ?? [], done: ends[to] ?? [] })
  }
  if (w.holding.size > 0 || w.ends.list.length > 0) {
    w.renewUs = least < Infinity ? least : w.leaseUs
    return setRenewTimer(w, out)
  }
  w.leaseUs = w.renewUs = 0 // the next lease sets the timer again
}
