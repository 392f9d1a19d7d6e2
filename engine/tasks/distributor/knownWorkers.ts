import type { Effects } from '../../agents/Program.ts'
import type { AgentId, U32 } from '../../kernel/units.ts'
import { newBreaker, permit, report, wake, type Transition } from '../../net/CircuitBreaker.ts'
import type { Distributor, Known } from './distributorState.ts'
import { newLoadTree, setLoad } from './LoadTree.ts'
import { STRATEGIES, type TaskMsg } from '../messages.ts'
import { meetsNeed } from '../needs.ts'
import { strategyNamed } from '../strategies/Strategy.ts'

/** The workers as a distributor knows them: what they said, what it sent there, and the breaker in between. */

type Out = Effects<TaskMsg>

const newKnown = (agent: AgentId): Known => ({
  ...{
    agent,
    heard: false,
    life: 0,
    meets: 0,
    outstanding: 0,
    asked: 0,
    reported: 0,
    sentSince: 0,
    warm: -1,
    predictedUs: 0,
  },
  ...{ hungry: 0, turn: 0, done: 0, alarmed: false, breaker: newBreaker(), open: false },
})

/** Place of the agent in `workers`, or −1; O(log n). */
export function placeOfWorker({ workers }: Distributor, agent: AgentId): number {
  let low = 0
  let high = workers.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (workers[middle]!.agent < agent) low = middle + 1
    else high = middle
  }
  return workers[low]?.agent === agent ? low : -1
}

/** As above, and whoever was not known is from now on: ids are given out in ascending order, so it goes to the end. */
export function meet(d: Distributor, agent: AgentId): number {
  const place = placeOfWorker(d, agent)
  if (place !== -1) return place
  d.unheard++
  d.ring = null
  if (d.below.includes(agent) && !d.children.includes(agent)) d.children = [...d.children, agent]
  if (d.workers.length === 0 || d.workers.at(-1)!.agent < agent) return d.workers.push(newKnown(agent)) - 1
  d.workers.push(newKnown(agent))
  d.workers.sort((x, y) => x.agent - y.agent)
  d.trees.forEach((_, need) => (d.trees[need] = newLoadTree(d.workers.length)))
  d.workers.forEach((worker, k) => {
    worker.open = false
    refresh(d, k)
  })
  return placeOfWorker(d, agent)
}

const isInReach = ({ params, neighbours }: Distributor, agent: AgentId): boolean =>
  params.reach === 'all' || neighbours.includes(agent)

const childMeets = (d: Distributor): U32 =>
  d.children.reduce((bits, child) => (bits | d.workers[placeOfWorker(d, child)]!.meets) >>> 0, 0)

/** Who is near has changed: how many in reach meet each need, and who below this one works. O(workers). */
export function recount(d: Distributor): void {
  d.children = d.below.filter((agent) => placeOfWorker(d, agent) !== -1)
  d.childMeets = childMeets(d)
  const near = d.workers.filter(({ heard, agent }) => heard && isInReach(d, agent))
  d.able.forEach((_, need) => (d.able[need] = near.filter(({ meets }) => meetsNeed(meets, need)).length))
}

/** It may be given a task now, as far as reach, breaker, credits and its own alarm go. */
function isOpen(d: Distributor, { agent, heard, alarmed, breaker, outstanding, asked }: Known): boolean {
  const { creditsPerWorker, trials } = d.params
  if (!heard || (creditsPerWorker > 0 && outstanding + asked >= creditsPerWorker)) return false
  if (alarmed || !isInReach(d, agent)) return false
  return breaker.state === 'closed' || (breaker.state === 'half-open' && breaker.trials < trials)
}

/** Something about a worker has changed: the trees follow. */
export function refresh(d: Distributor, place: number): void {
  const worker = d.workers[place]!
  worker.open = isOpen(d, worker)
  const { loadOf } = strategyNamed(d.strategy)
  d.trees.forEach((tree, need) =>
    setLoad(tree, place, worker.open && meetsNeed(worker.meets, need) ? loadOf(d, worker, need) : Infinity),
  )
}

export function refreshAll(d: Distributor): void {
  for (let place = 0; place < d.workers.length; place++) refresh(d, place)
}

/** A worker speaks of itself. */
export function onReport(d: Distributor, from: AgentId, msg: Extract<TaskMsg, { type: 'report' }>, out: Out): number {
  const place = meet(d, from)
  const worker = d.workers[place]!
  if (!worker.heard || worker.meets !== msg.meets) {
    const counts = isInReach(d, from)
    d.able.forEach((count, need) => {
      const before = worker.heard && meetsNeed(worker.meets, need)
      if (counts) d.able[need] = count + Number(meetsNeed(msg.meets, need)) - Number(before)
    })
    if (!worker.heard) d.unheard--
    d.trees.forEach((tree) => setLoad(tree, place, Infinity))
  }
  if (worker.life !== msg.life) {
    worker.hungry = 0
    worker.warm = -1
  }
  const isNew = !worker.heard || worker.meets !== msg.meets
  worker.heard = true
  worker.life = msg.life
  worker.meets = msg.meets
  if (isNew && d.children.includes(from) && childMeets(d) !== d.childMeets) {
    d.childMeets = childMeets(d)
    refreshAll(d)
  }
  worker.alarmed = msg.alarmed
  hold(worker, msg.held)
  if (msg.epoch !== d.epoch) out.sendTo('worker', from, policyOf(d))
  refresh(d, place)
  return place
}

/** It has said how much it holds, in slots. */
export function hold(worker: Known, held: number): void {
  worker.reported = held
  worker.sentSince = 0
}

export const policyOf = ({ strategy, epoch }: Distributor): TaskMsg => ({
  ...{ type: 'policy', strategy: STRATEGIES.indexOf(strategy), epoch },
})

/** The breaker lets one through to it; returns the breaker's period. The worker must be open. */
export function letThrough(d: Distributor, worker: Known): number {
  permit(worker.breaker, d.params)
  return worker.breaker.period
}

/** How an assignment or a question ended. */
export function judge(d: Distributor, worker: Known, period: number, failed: boolean, out: Out): void {
  tellBreaker(d, worker, report(worker.breaker, d.params, period, failed, out.localUs), out)
}

function tellBreaker(d: Distributor, worker: Known, change: Transition, out: Out): void {
  if (change === null) return
  const { failures, outcomes } = worker.breaker
  out.mark({ kind: change, server: worker.agent, failures, calls: outcomes.length })
  if (change === 'tripped') out.setTimer('wake', nextWakeUs(d, out.localUs))
}

/** Until the first open breaker tries again; O(n), only when one has tripped or woken. */
const nextWakeUs = ({ workers, params }: Distributor, nowUs: number): number =>
  workers.reduce(
    (least, { breaker }) =>
      breaker.state === 'open' ? Math.min(least, Math.max(1, breaker.openedUs + params.openUs - nowUs)) : least,
    Infinity,
  )

/** Open breakers whose time is over try again. */
export function wakeBreakers(d: Distributor, out: Out): void {
  d.workers.forEach((worker, place) => {
    const change = wake(worker.breaker, d.params, out.localUs)
    if (change === null) return
    tellBreaker(d, worker, change, out)
    refresh(d, place)
  })
  const us = nextWakeUs(d, out.localUs)
  if (us < Infinity) out.setTimer('wake', us)
}
