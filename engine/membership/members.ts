import type { AgentId, U32 } from '../kernel/units.ts'

/** What a view holds of a member. Of two statements with one incarnation the later in this list wins. */
export const STATUS = { alive: 0, suspect: 1, dead: 2, left: 3 } as const
export type Status = (typeof STATUS)[keyof typeof STATUS]
export const STATUS_WORDS = ['alive', 'suspect', 'dead', 'left'] as const

/** One statement about a member, as it travels. Only a member itself raises its incarnation. */
export interface Update {
  readonly id: AgentId
  readonly status: Status
  readonly incarnation: U32
  /** What the member can do beside being one; known from its own statements, which are the alive ones. */
  readonly offers: readonly string[]
}

/** What is known of a member that is not simply a founder, alive at incarnation 0. Replaced, never changed. */
export interface Row extends Update {
  /** Own clock when this was learned. */
  readonly sinceUs: number
  /** Observers were told that this agent itself suspects or buries it, so they are told when it turns out alive. */
  readonly told: boolean
}

/**
 * One agent's view of the membership. Founders are a rule, not rows: 10,000 agents that know each other hold 10,000
 * short states instead of 10⁸ rows. The agent itself is one of its founders and has no row.
 */
export interface Members {
  /** Alive at incarnation 0 where no row says otherwise: first id, count, first id, count …, ascending. */
  readonly founders: readonly number[]
  readonly founded: number
  /** Ascending by id. */
  rows: Row[]
  /** Members that are no founders, in the order they were heard of: slots `founded`, `founded` + 1 … */
  joined: AgentId[]
  /** Rows by status. */
  suspects: number
  gone: number
}

const NOTHING: readonly string[] = []

/** @param ids ascending, the agent itself included. */
export function makeMembers(ids: readonly AgentId[]): Members {
  const last = ids.length - 1
  const founders = last >= 0 && ids[last]! - ids[0]! === last ? [ids[0]!, ids.length] : runsOf(ids)
  return { founders, founded: ids.length, rows: [], joined: [], suspects: 0, gone: 0 }
}

function runsOf(ids: readonly AgentId[]): number[] {
  const runs: number[] = []
  for (const id of ids) {
    const top = runs.length - 2
    if (top >= 0 && runs[top]! + runs[top + 1]! === id) runs[top + 1]!++
    else runs.push(id, 1)
  }
  return runs
}

export function isFounder({ founders }: Members, id: AgentId): boolean {
  for (let k = 0; k < founders.length; k += 2)
    if (id >= founders[k]! && id < founders[k]! + founders[k + 1]!) return true
  return false
}

/** Place of the row of `id`, or −1 − the place where it would be. */
function placeOf({ rows }: Members, id: AgentId): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (rows[middle]!.id < id) low = middle + 1
    else high = middle
  }
  return rows[low]?.id === id ? low : -1 - low
}

export function rowOf(members: Members, id: AgentId): Row | null {
  return members.rows[placeOf(members, id)] ?? null
}

/** What is believed of a member; null of a stranger. */
export function statusOf(members: Members, id: AgentId): Status | null {
  return rowOf(members, id)?.status ?? (isFounder(members, id) ? STATUS.alive : null)
}

export const isLive = (status: Status | null): boolean => status === STATUS.alive || status === STATUS.suspect

/** Members believed to be alive or only suspected, the agent itself included. */
export const liveCount = ({ founded, joined, gone }: Members): number => founded + joined.length - gone

/** Every member ever heard of has a slot, which it keeps. */
export const slotCount = ({ founded, joined }: Members): number => founded + joined.length

/** @param slot 0 … slotCount − 1. */
export function memberAt(members: Members, slot: number): AgentId {
  const { founders, founded, joined } = members
  if (slot >= founded) return joined[slot - founded]!
  let rest = slot
  let k = 0
  for (; rest >= founders[k + 1]!; k += 2) rest -= founders[k + 1]!
  return (founders[k]! + rest) as AgentId
}

/**
 * Whether `update` says more than what is known: a higher incarnation, or the same and a graver status. A total order
 * on what is said of one member, so views that have heard the same agree, in whatever order they heard it. SWIM
 * section 4.2, but a member buried by mistake comes back with a higher incarnation, as in memberlist.
 */
export function isNews(members: Members, update: Update): boolean {
  const known = rowOf(members, update.id)
  if (known === null && !isFounder(members, update.id)) return true
  const incarnation = known?.incarnation ?? 0
  if (update.incarnation !== incarnation) return update.incarnation > incarnation
  return update.status > (known?.status ?? STATUS.alive)
}

/** Takes `update` in where it is news. Mutates `members`. Returns whether it was. */
export function learn(members: Members, update: Update, sinceUs: number, told = false): boolean {
  if (!isNews(members, update)) return false
  const place = placeOf(members, update.id)
  const before = place >= 0 ? members.rows[place]! : null
  const { id, status, incarnation } = update
  const offers = status === STATUS.alive ? update.offers : (before?.offers ?? NOTHING)
  const row: Row = { id, status, incarnation, offers, sinceUs, told: told || (before?.told ?? false) }
  if (before !== null) {
    count(members, before.status, -1)
    members.rows[place] = row
  } else {
    members.rows.splice(-1 - place, 0, row)
    if (!isFounder(members, id)) members.joined.push(id)
  }
  count(members, status, 1)
  return true
}

function count(members: Members, status: Status, by: number): void {
  if (status === STATUS.suspect) members.suspects += by
  else if (status !== STATUS.alive) members.gone += by
}

/** Observers have heard the end of what they were told. Mutates `members`. */
export function untell(members: Members, id: AgentId): void {
  const place = placeOf(members, id)
  if (place >= 0) members.rows[place] = { ...members.rows[place]!, told: false }
}

/** The row as a statement; a founder without a row is alive at incarnation 0. */
export function statementOf(members: Members, id: AgentId): Update {
  const row = rowOf(members, id)
  if (row === null) return { id, status: STATUS.alive, incarnation: 0, offers: NOTHING }
  return { id, status: row.status, incarnation: row.incarnation, offers: row.offers }
}

/** Rows are shared: they are replaced, never changed. */
export const cloneMembers = (members: Members): Members => ({
  ...members,
  rows: members.rows.slice(),
  joined: members.joined.slice(),
})
