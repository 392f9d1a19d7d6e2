import { exp, log } from '../kernel/math.ts'
import type { AgentSet, ChaosKind, LatencyLaw, Op, Scenario } from './Scenario.ts'
import { PURPOSE, type Draw } from './chaosDraws.ts'
import { spaceFault } from './chaosSpace.ts'
import {
  hasRoom,
  isFree,
  isMember,
  isWriter,
  join,
  leave,
  loadOfAgents,
  loadOfGroup,
  take,
  type Ground,
} from './chaosBudget.ts'

/** Times that somebody is looked for before the fault is left out. */
const TRIES = 16
/** Longest list of agents on one side of a partition: a log stays readable. */
const SIDE_MAX = 8

const logUniform = (low: number, high: number, u: number): number => low * exp(u * log(high / low))

/** Rounded to two digits, so that a person can read it; at least 1. */
function tidy(x: number): number {
  let scale = 1
  while (x / scale >= 100) scale *= 10
  return Math.max(1, Math.round(x / scale) * scale)
}
const share = (low: number, high: number, u: number): number => Math.round(100 * (low + (high - low) * u)) / 100

/** A delay that people would call usual on this network, µs. */
function usualUs(law: LatencyLaw): number {
  switch (law.kind) {
    case 'constant':
      return law.us
    case 'uniform':
      return (law.minUs + law.maxUs) / 2
    case 'exponential':
      return law.floorUs + law.meanUs
    case 'lognormal':
      return law.floorUs + law.medianUs
    case 'regions':
      return 50_000
  }
}

/**
 * One fault of `kind` from `at` for `forUs`, on whom the draws say; null where the budget has room for nobody. Mutates
 * `ground`: the fault is in force.
 */
export function makeFault(
  scenario: Scenario,
  ground: Ground,
  kind: ChaosKind,
  at: number,
  forUs: number,
  draw: Draw,
): Op | null {
  switch (kind) {
    case 'crash':
    case 'pause':
    case 'slow':
    case 'clock':
    case 'disk': {
      // Bodies need not run a program: slow or with a wrong clock only who does.
      const atMember = scenario.space !== null && (kind === 'slow' || kind === 'clock')
      const isAsked = kind === 'disk' ? isWriter : atMember ? isMember : anyone
      const agent = claim(ground, draw, at, at + forUs, isAsked)
      // A disk that forgets and a crash meanwhile are more than any protocol tolerates: only without a budget.
      const mayForget = scenario.chaos!.budget === 'unlimited'
      return agent === null ? null : agentFault(kind, agent, forUs, mayForget, draw)
    }
    case 'partition': {
      const side = sideOf(ground, draw, at, at + forUs)
      return side === null ? null : { op: 'partition', side, forUs }
    }
    case 'cut':
      return cut(ground, draw, at, forUs)
    case 'join':
      return joinOf(ground, draw)
    case 'leave': {
      const agent = leaver(ground, draw, at)
      return agent === null ? null : { op: 'leave', agent }
    }
    case 'afflict':
    case 'obstacle':
    case 'wind':
      return spaceFault(scenario, kind, forUs, draw, () => bodiesOf(ground, draw, at, at + forUs))
    default:
      return linkFault(scenario, ground, kind, forUs, draw)
  }
}

const anyone = (): boolean => true

type AgentKind = 'crash' | 'pause' | 'slow' | 'clock' | 'disk'
type LinkKind = 'delay' | 'lose' | 'duplicate' | 'reorder' | 'corrupt'

function agentFault(kind: AgentKind, agent: number, forUs: number, mayForget: boolean, draw: Draw): Op {
  const u = draw(PURPOSE.strength)
  switch (kind) {
    case 'crash':
    case 'pause':
      return { op: kind, agent, forUs }
    case 'slow':
      return { op: 'slow', agent, factor: tidy(logUniform(10, 1_000, u)), forUs }
    case 'clock': {
      const fast = tidy(logUniform(1_000, 500_000, u))
      const driftPpm = draw(PURPOSE.shape) < 0.5 ? fast : -fast
      const offsetMs = Math.round(4_000 * (draw(PURPOSE.second) - 0.5)) + 0 // −0 is none that a file could hold
      return { op: 'clock', agent, offsetUs: offsetMs * 1_000, driftPpm, forUs }
    }
    case 'disk':
      return {
        op: 'disk',
        agent,
        factor: tidy(logUniform(2, 200, u)),
        forgets: mayForget && draw(PURPOSE.shape) < 0.5,
        forUs,
      }
  }
}

/** Weather on everybody's links or on those of one agent or group; it hurts messages, so nobody counts as faulty. */
function linkFault(scenario: Scenario, ground: Ground, kind: LinkKind, forUs: number, draw: Draw): Op {
  const u = draw(PURPOSE.strength)
  const us = Math.max(1, tidy(usualUs(scenario.network.latency) * logUniform(1, 20, draw(PURPOSE.second))))
  const ends = { ...endsOf(ground, draw), forUs }
  switch (kind) {
    case 'delay':
      return { op: 'delay', us, ...ends }
    case 'reorder':
      return { op: 'reorder', probability: share(0.1, 0.7, u), us, ...ends }
    default:
      return { op: kind, probability: share(0.05, 0.6, u), ...ends }
  }
}

function endsOf(ground: Ground, draw: Draw): { from: AgentSet; to: AgentSet } {
  const u = draw(PURPOSE.shape)
  const one = u < 0.5 ? null : anybody(ground, draw)
  if (one === null) return { from: 'all', to: 'all' }
  if (u < 0.7) return { from: one, to: 'all' }
  if (u < 0.9 || ground.groups === 1) return { from: 'all', to: one }
  return { from: { group: groupOf(ground, draw) }, to: 'all' }
}

const groupOf = (ground: Ground, draw: Draw): number => Math.floor(draw(PURPOSE.group) * ground.groups)

/** Half of all aims are at the consensus group, where there is one: a leaf's crash is seldom worth watching. */
function aim({ members, nextId }: Ground, draw: Draw, nth: number): number {
  const u = draw(PURPOSE.who, nth)
  const atMember = members.length > 0 && draw(PURPOSE.aim, nth) < 0.5
  return atMember ? members[Math.floor(u * members.length)]! : Math.floor(u * nextId)
}

function anybody(ground: Ground, draw: Draw): number | null {
  for (let nth = 0; nth < TRIES; nth++) {
    const id = aim(ground, draw, nth)
    if (!ground.left.includes(id)) return id
  }
  return null
}

const one = (ground: Ground, id: number) => ({
  members: Number(isMember(ground, id)),
  others: Number(!isMember(ground, id)),
})

/** Somebody whom the budget can spare, from now on held; a member of the consensus group where only they have disks. */
function claim(
  ground: Ground,
  draw: Draw,
  fromUs: number,
  toUs: number,
  isAsked: (ground: Ground, id: number) => boolean = anyone,
): number | null {
  for (let nth = 0; nth < TRIES; nth++) {
    const id = aim(ground, draw, nth)
    if (!isAsked(ground, id)) continue
    const load = one(ground, id)
    if (!isFree(ground, id, fromUs, toUs) || !hasRoom(ground, fromUs, toUs, load)) continue
    take(ground, fromUs, toUs, load, [id])
    return id
  }
  return null
}

/** A whole group, or a few agents drawn one by one; the smaller side counts as faulty. */
function sideOf(ground: Ground, draw: Draw, fromUs: number, toUs: number): AgentSet | null {
  const present = ground.present.members + ground.present.others
  if (present < 2) return null
  if (ground.groups > 1 && draw(PURPOSE.shape) < 0.6) {
    const group = groupOf(ground, draw)
    const load = loadOfGroup(ground, group)
    if (load.members + load.others === 0 || !hasRoom(ground, fromUs, toUs, load)) return null
    take(ground, fromUs, toUs, load, [])
    return { group }
  }
  const most = Math.max(1, Math.min(SIDE_MAX, Math.floor(present / 2)))
  const wanted = 1 + Math.floor(draw(PURPOSE.size) * most)
  let side: number[] = []
  for (let nth = 0; nth < TRIES && side.length < wanted; nth++) {
    const id = aim(ground, draw, nth)
    const more = [...side, id]
    if (side.includes(id) || !isFree(ground, id, fromUs, toUs)) continue
    if (hasRoom(ground, fromUs, toUs, loadOfAgents(ground, more))) side = more
  }
  if (side.length === 0) return null
  take(ground, fromUs, toUs, loadOfAgents(ground, side), side)
  return side.sort((a, b) => a - b)
}

/** A few bodies whom the budget can spare, from now on held. */
function bodiesOf(ground: Ground, draw: Draw, fromUs: number, toUs: number): number[] {
  const wanted = 1 + Math.floor(draw(PURPOSE.size) * SIDE_MAX)
  let bodies: number[] = []
  for (let nth = 0; nth < TRIES && bodies.length < wanted; nth++) {
    const id = aim(ground, draw, nth)
    const more = [...bodies, id]
    if (bodies.includes(id) || !isFree(ground, id, fromUs, toUs)) continue
    if (hasRoom(ground, fromUs, toUs, loadOfAgents(ground, more))) bodies = more
  }
  if (bodies.length > 0) take(ground, fromUs, toUs, loadOfAgents(ground, bodies), bodies)
  return bodies.sort((a, b) => a - b)
}

/** One agent is not heard, hears nothing, or is not heard by one other. */
function cut(ground: Ground, draw: Draw, at: number, forUs: number): Op | null {
  if (ground.present.members + ground.present.others < 2) return null
  const agent = claim(ground, draw, at, at + forUs)
  if (agent === null) return null
  const u = draw(PURPOSE.shape)
  if (u < 0.4) return { op: 'cut', from: agent, to: 'all', forUs }
  if (u < 0.8) return { op: 'cut', from: 'all', to: agent, forUs }
  const other = Math.floor(draw(PURPOSE.second) * (ground.nextId - 1))
  return { op: 'cut', from: agent, to: other < agent ? other : other + 1, forUs }
}

function joinOf(ground: Ground, draw: Draw): Op {
  const group = ground.groups > 1 ? groupOf(ground, draw) : undefined
  join(ground, group)
  return group === undefined ? { op: 'join' } : { op: 'join', group }
}

/** Members may go for good up to a minority; of the others no more than the budget allows beyond those that came. */
function leaver(ground: Ground, draw: Draw, at: number): number | null {
  const { left, limit, start, nextId, leaversMax, present } = ground
  if (present.members + present.others <= 2) return null
  const membersLeft = left.filter((id) => isMember(ground, id)).length
  const balance = left.length - membersLeft - (nextId - start)
  for (let nth = 0; nth < TRIES; nth++) {
    const id = aim(ground, draw, nth)
    if (!isFree(ground, id, at, Infinity)) continue
    if (isMember(ground, id)) {
      if (membersLeft >= leaversMax || !hasRoom(ground, at, Infinity, one(ground, id))) continue
      take(ground, at, Infinity, one(ground, id), [id])
    } else if (balance >= Math.min(limit.others, limit.total)) continue
    leave(ground, id)
    return id
  }
  return null
}
