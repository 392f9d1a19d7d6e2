import { jainIndex } from '../kernel/jainIndex.ts'
import type { AgentId, U32 } from '../kernel/units.ts'
import { fits, policyShare, type Bundle } from './fairShare.ts'
import type { AllocatorMsg, AllocatorParams, Ledger, Out, Sharer } from './allocatorMessages.ts'

/** The allocator's side: it hears what users ask for, and grants task by task. Every function mutates the ledger. */
type Ask = Extract<AllocatorMsg, { type: 'ask' }>

export const newLedger = (first: U32): Ledger => ({
  ...{ sharers: [], line: [], nextGrant: first, nextVersion: first, quietUntilUs: 0, told: '' },
})

export function onAsk(ledger: Ledger, params: AllocatorParams, from: AgentId, ask: Ask, out: Out): void {
  const sharer = sharerOf(ledger, from)
  if (ask.session < sharer.session) return
  if (ask.session > sharer.session) forget(sharer)
  else if (ask.number <= sharer.number) return
  const { session, number, wanted, demand, weight, leaseUs, alarmed, returned } = ask
  Object.assign(sharer, { session, number, wanted, demand, weight, alarmed })
  sharer.untilUs = Math.max(sharer.untilUs, out.localUs + leaseUs)
  for (const id of returned) remove(sharer, id)
  const refused = !demand.some((amount) => amount > 0) || !fits(demand, params.capacities)
  if (refused && !sharer.refused) out.mark({ kind: 'refused', to: from, demand: [...demand] })
  sharer.refused = refused
  queueUp(ledger, sharer)
  answer(ledger, sharer, out)
}

/** Rows ascending by agent: ties go to the smaller id, whoever asked first. */
function sharerOf(ledger: Ledger, agent: AgentId): Sharer {
  const at = ledger.sharers.findIndex((one) => one.agent >= agent)
  const found = ledger.sharers[at]
  if (found?.agent === agent) return found
  const fresh: Sharer = {
    ...{ agent, session: 0, number: 0, wanted: 0, demand: [], weight: 1, alarmed: false, refused: false },
    ...{ served: 0, untilUs: 0, grants: [], back: [] },
  }
  ledger.sharers.splice(at === -1 ? ledger.sharers.length : at, 0, fresh)
  return fresh
}

function forget(sharer: Sharer): void {
  sharer.grants.length = 0
  sharer.back = []
  sharer.number = 0
}

function remove(sharer: Sharer, id: U32): void {
  const at = sharer.grants.findIndex((grant) => grant.id === id)
  if (at !== -1) sharer.grants.splice(at, 1)
  sharer.back = sharer.back.filter((other) => other !== id)
}

const pending = ({ wanted, grants, refused }: Sharer): number => (refused ? 0 : Math.max(0, wanted - grants.length))

/** What it wants more than before goes to the end of the line; what it wants less is taken from its latest requests. */
function queueUp(ledger: Ledger, sharer: Sharer): void {
  const { agent } = sharer
  let more = pending(sharer)
  for (const entry of ledger.line) {
    if (entry.agent !== agent) continue
    entry.tasks = Math.min(entry.tasks, more)
    more -= entry.tasks
  }
  if (more > 0) ledger.line.push({ agent, tasks: more })
  ledger.line = ledger.line.filter(({ tasks }) => tasks > 0)
}

/** Shares out what is free; everybody who was given something, or is to give something back, hears of it. */
export function shareOut(ledger: Ledger, params: AllocatorParams, out: Out): void {
  if (out.localUs < ledger.quietUntilUs) return
  const free = freeOf(ledger, params.capacities)
  const given = new Array<number>(ledger.sharers.length).fill(0)
  for (;;) {
    const next = nextInTurn(ledger, params, free)
    if (next === -1) break
    const sharer = ledger.sharers[next]!
    sharer.served = ledger.nextGrant++
    sharer.grants.push({ id: sharer.served, bundle: sharer.demand })
    for (let r = 0; r < free.length; r++) free[r]! -= sharer.demand[r] ?? 0
    queueUp(ledger, sharer)
    given[next]!++
  }
  const asked = takeBack(ledger, params, free)
  for (const [at, sharer] of ledger.sharers.entries()) {
    if (given[at]! > 0) out.mark({ kind: 'granted', to: sharer.agent, tasks: given[at]!, has: sharer.grants.length })
    if (asked[at]! > 0) out.mark({ kind: 'taken-back', from: sharer.agent, tasks: asked[at]! })
    if (given[at]! + asked[at]! > 0) answer(ledger, sharer, out)
  }
}

/** What nobody holds; below 0 where the capacity was lowered. */
export function freeOf(ledger: Ledger, capacities: Bundle): number[] {
  const free = [...capacities]
  for (const { grants } of ledger.sharers)
    for (const { bundle } of grants) for (let r = 0; r < free.length; r++) free[r]! -= bundle[r] ?? 0
  return free
}

/** By how much a sharer is ahead, if it had `more` tasks more than it has, or is left with. */
function standing({ grants, back, demand, weight, alarmed }: Sharer, params: AllocatorParams, more: number): number {
  const counts = weight * (alarmed ? params.alarmWeight : 1)
  const used = params.capacities.map((_, r) => {
    const held = grants.reduce((sum, { id, bundle }) => sum + (back.includes(id) ? 0 : (bundle[r] ?? 0)), 0)
    return held + more * (demand[r] ?? 0)
  })
  return policyShare(params.policy, used, params.capacities, counts)
}

/** Place of the sharer that is given the next task, or −1. See `taskByTask` in fairShare.ts for the rule. */
function nextInTurn(ledger: Ledger, params: AllocatorParams, free: Bundle): number {
  const { sharers, line } = ledger
  if (params.policy === 'first-come') {
    const places = line.map(({ agent }) => sharers.findIndex((one) => one.agent === agent))
    const fitting = params.overtake ? places : places.slice(0, 1)
    return fitting.find((at) => fits(sharers[at]!.demand, free)) ?? -1
  }
  let best = -1
  let least = Infinity
  for (const [at, sharer] of sharers.entries()) {
    if (pending(sharer) === 0 || (params.overtake && !fits(sharer.demand, free))) continue
    const share = standing(sharer, params, 0)
    if (share < least || (share === least && sharer.served < sharers[best]!.served)) {
      least = share
      best = at
    }
  }
  return best !== -1 && fits(sharers[best]!.demand, free) ? best : -1
}

/**
 * Asks tasks back for the one in turn, from whoever is ahead most and stays at or ahead of where the other gets to.
 * Returns how many it asks of each. What is free already, or on its way back, counts for it first.
 */
function takeBack(ledger: Ledger, params: AllocatorParams, free: readonly number[]): number[] {
  const { sharers } = ledger
  const asked = sharers.map(() => 0)
  if (params.takeBack === 'never' || params.policy === 'first-come') return asked
  const coming = [...free]
  for (const { grants, back } of sharers)
    for (const { id, bundle } of grants)
      if (back.includes(id)) for (let r = 0; r < coming.length; r++) coming[r]! += bundle[r] ?? 0
  const inNeed = sharers
    .filter((one) => pending(one) > 0 && (params.takeBack === 'fairness' || one.alarmed))
    .map((one) => ({ one, share: standing(one, params, 0) }))
    .sort((a, b) => a.share - b.share || a.one.agent - b.one.agent)[0]?.one
  if (inNeed === undefined) return asked
  const target = standing(inNeed, params, 1)
  while (!fits(inNeed.demand, coming)) {
    let from = -1
    let most = -Infinity
    for (const [at, one] of sharers.entries()) {
      if (one === inNeed || one.grants.length === one.back.length) continue
      const left = standing(one, params, -1)
      if (left >= target && left > most) {
        most = left
        from = at
      }
    }
    if (from === -1) return asked
    const giver = sharers[from]!
    const grant = giver.grants.findLast(({ id }) => !giver.back.includes(id))!
    giver.back.push(grant.id)
    asked[from]!++
    for (let r = 0; r < coming.length; r++) coming[r]! += grant.bundle[r] ?? 0
  }
  return asked
}

/** Leases that have run out: what they held is free again. */
export function expire(ledger: Ledger, out: Out): void {
  for (const sharer of ledger.sharers) {
    if (sharer.untilUs > out.localUs || (sharer.grants.length === 0 && sharer.wanted === 0)) continue
    if (sharer.grants.length > 0) out.mark({ kind: 'expired', of: sharer.agent, tasks: sharer.grants.length })
    sharer.grants.length = 0
    sharer.back = []
    sharer.wanted = 0
    queueUp(ledger, sharer)
  }
}

function answer(ledger: Ledger, sharer: Sharer, out: Out): void {
  const { agent, session, number, grants, back, refused } = sharer
  const version = ledger.nextVersion++
  out.send(agent, { type: 'grant', session, number, version, granted: [...grants], back: [...back], refused })
}

/** Says what there is, where that is news. */
export function tellRules(ledger: Ledger, { policy, capacities }: AllocatorParams, out: Out): void {
  const told = [policy, ...capacities].join()
  if (told === ledger.told) return
  out.mark({ kind: 'shared-by', policy, capacities: [...capacities] })
  ledger.told = told
}

/** Everybody's tasks and share by the policy in force, how even they are, and how much of each resource is in use. */
export function report(ledger: Ledger, params: AllocatorParams, out: Out): void {
  const { sharers } = ledger
  const free = freeOf(ledger, params.capacities)
  const dominant = { ...params, policy: 'drf' } as const
  const shares = sharers.map((one) => standing({ ...one, weight: 1, alarmed: false, back: [] }, dominant, 0))
  out.mark({
    kind: 'shares',
    users: sharers.map(({ agent }) => agent),
    tasks: sharers.map(({ grants }) => grants.length),
    shares,
    fairness: jainIndex(shares),
    inUse: params.capacities.map((amount, r) => (amount === 0 ? 0 : 1 - free[r]! / amount)),
  })
}
