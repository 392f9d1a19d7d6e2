import { ROLES, STATUS, type AgentColumns } from '../../engine/frame/frame.ts'
import type { Scenario } from '../../engine/scenario/Scenario.ts'
import { COLUMN, SLICES } from './gl/columns.ts'
import { OUTLINE, STATE_FLAGS, WAITING_SHIFT } from './gl/shared.ts'
import { SOLID, SOLIDS_MAX } from './gl/solids.ts'
import type { Layout } from './layout/Layout.ts'
import { HUE } from './palette.ts'

const LEADER = ROLES.indexOf('leader')
const CANDIDATE = ROLES.indexOf('candidate')
const BYZANTINE = ROLES.indexOf('byzantine')
const MEMBER = ROLES.indexOf('member')
const IDLE = ROLES.indexOf('idle')
/** Outlines by role; every other role that is no solid is a ball. */
const OUTLINES: readonly number[] = ROLES.map(
  (role) =>
    ({ spreading: OUTLINE.diamond, suspect: OUTLINE.triangle, blocked: OUTLINE.square })[role as string] ??
    OUTLINE.ball,
)
const ABSENT = STATUS.indexOf('absent')
const DOWN = STATUS.indexOf('down')
const PAUSED = STATUS.indexOf('paused')
/** Height of full load, world units at headScale 1. */
const LOAD_RISE = 7
const HEAD_LIFT = 0.95

export interface AgentPicture {
  /** 4·n texels: hue, last delivery (kept), lift, flags. */
  readonly state: Float32Array
  /** 4 a major: entries above the base, committed, durable, votes as a share of a majority (−1: none counted). */
  readonly logs: Float32Array
  /** (agent, shape) pairs. */
  readonly wear: Float32Array
  solids: number
  /** Log index below which entries are one block. */
  base: number
}

/** Fills `picture` from a frame. Reads columns only; allocates nothing. */
export function writeAgents(
  agents: AgentColumns,
  count: number,
  layout: Layout,
  height: Scenario['height'],
  picture: AgentPicture,
): void {
  writeLogs(agents, layout.majors, picture)
  const term = leadingTerm(agents, count)
  const { state, wear } = picture
  const load = LOAD_RISE * layout.headScale
  let solids = 0
  for (let agent = 0; agent < count; agent++) {
    const status = agents.status[agent]!
    const role = agents.role[agent]!
    const major = layout.places[4 * agent + 3]! < 0
    let flags = status === DOWN ? STATE_FLAGS.down : status === PAUSED ? STATE_FLAGS.paused : 0
    if (status === ABSENT) flags = STATE_FLAGS.absent
    else {
      const shape = shapeOf(role, status, major)
      if (shape >= 0 && solids < SOLIDS_MAX) {
        wear[2 * solids] = agent
        wear[2 * solids + 1] = shape
        solids++
      } else flags |= STATE_FLAGS.sphere | (status === DOWN ? OUTLINE.ball : OUTLINES[role]!)
    }
    if (status !== ABSENT) flags |= waiting(agents.inbox[agent]!) << WAITING_SHIFT
    state[4 * agent] = status === DOWN ? HUE.down : hueOf(agents, agent, role, term)
    state[4 * agent + 2] =
      height === 'load' ? agents.load[agent]! * load : major && layout.plates ? HEAD_LIFT * layout.headScale : 0
    state[4 * agent + 3] = flags
  }
  picture.solids = solids
  if (height === 'log') liftHeads(layout, picture)
}

/** 0..7 by the logarithm: an agent swells with the messages that wait for it. */
const waiting = (inbox: number): number => (inbox === 0 ? 0 : Math.min(7, 32 - Math.clz32(inbox)))

function shapeOf(role: number, status: number, major: boolean): number {
  if (status === DOWN) return major ? SOLID.broken : -1
  if (role === LEADER) return SOLID.octahedron
  if (role === CANDIDATE) return SOLID.cone
  return role === BYZANTINE ? SOLID.spiked : -1
}

/** A member wears the colour of whoever leads it, through at most four steps of following. */
function hueOf(agents: AgentColumns, agent: number, role: number, term: number): number {
  if (role !== MEMBER && role !== IDLE) return role
  let lead = agents.follows[agent]!
  for (let step = 0; step < 4 && lead >= 0; step++) {
    if (agents.role[lead] === LEADER) {
      if (agents.status[lead] === DOWN || agents.status[lead] === ABSENT) return HUE.stale
      if (agents.term[lead] !== term) return HUE.rival
      // Who has not heard of this term yet does not wear its colour.
      return agents.role[agent] === MEMBER && agents.term[agent]! < term ? HUE.stale : HUE.led
    }
    const next = agents.follows[lead]!
    if (next === lead || next < 0) return HUE.stale
    lead = next
  }
  return lead < 0 ? role : HUE.stale
}

function leadingTerm(agents: AgentColumns, count: number): number {
  let term = 0
  for (let agent = 0; agent < count; agent++)
    if (agents.role[agent] === LEADER && agents.status[agent] !== DOWN) term = Math.max(term, agents.term[agent]!)
  return term
}

/** The base moves in blocks of seven, so that columns grow and only now and then step down. */
function writeLogs(agents: AgentColumns, majors: Int32Array, picture: AgentPicture): void {
  let last = 0
  for (let k = 0; k < majors.length; k++) last = Math.max(last, agents.lastIndex[majors[k]!]!)
  const base = last <= SLICES ? 0 : (Math.floor((last - SLICES - 1) / 7) + 1) * 7
  const majority = Math.floor(majors.length / 2) + 1
  for (let k = 0; k < majors.length; k++) {
    const agent = majors[k]!
    picture.logs[4 * k] = agents.lastIndex[agent]! - base
    picture.logs[4 * k + 1] = agents.commitIndex[agent]! - base
    picture.logs[4 * k + 2] = agents.durableIndex[agent]! - base
    const standing = agents.role[agent] === CANDIDATE && agents.status[agent] !== DOWN
    picture.logs[4 * k + 3] = standing ? Math.min(1, agents.votes[agent]! / majority) : -1
  }
  picture.base = base
}

function liftHeads(layout: Layout, picture: AgentPicture): void {
  for (let k = 0; k < layout.majors.length; k++) {
    const slices = Math.max(0, picture.logs[4 * k]!) + (picture.base > 0 ? 1 : 0)
    picture.state[4 * layout.majors[k]! + 2] = (slices * COLUMN.slice + HEAD_LIFT) * layout.headScale
  }
}

/** Height of the tallest column with its head, world units at headScale 1: what the camera leaves room for. */
export const columnTop = (height: Scenario['height']): number =>
  height === 'log' ? (SLICES + 1) * COLUMN.slice + 2 * HEAD_LIFT : height === 'load' ? LOAD_RISE + 1 : 2 * HEAD_LIFT
