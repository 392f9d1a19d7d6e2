import type { Plain } from '../kernel/plain.ts'
import type { AgentId } from '../kernel/units.ts'
import { memberAt, rowOf, slotCount, STATUS } from './members.ts'
import type { Found, Swim } from './swimState.ts'

/** What a person or the schedule may ask a member: who can do this? */
export interface FindOp {
  readonly find: string
  readonly limit?: number
}

export function isFindOp(op: Plain): op is Plain & FindOp {
  if (typeof op !== 'object' || op === null || !('find' in op) || typeof op.find !== 'string') return false
  const { limit } = op as { limit?: unknown }
  return limit === undefined || (Number.isInteger(limit) && (limit as number) >= 1)
}

/**
 * Members that offer `capability` as far as `swim` has heard, itself left out: a look into its own view and nothing
 * else, so who has died since is still offered until the view hears of it. Those believed alive come before suspects;
 * each asker begins behind its own place, so that not everybody finds the same.
 * Every member offers 'swim'; of all else a founder that has announced nothing offers nothing.
 */
export function findIn(swim: Swim, capability: string, limit: number, localUs: number): Found {
  const { members } = swim
  const alive: AgentId[] = []
  const suspects: AgentId[] = []
  const visit = (id: AgentId): void => {
    const row = rowOf(members, id)
    if (id === swim.self || (row !== null && row.status > STATUS.suspect)) return
    if (capability !== 'swim' && !row?.offers.includes(capability)) return
    if (row?.status === STATUS.suspect) suspects.push(id)
    else alive.push(id)
  }
  const candidates = capability === 'swim' ? allFrom(swim) : rowsFrom(swim)
  for (const id of candidates) {
    if (alive.length >= limit) break
    visit(id)
  }
  const agents = [...alive, ...suspects].slice(0, limit)
  return {
    type: 'found',
    capability,
    agents,
    agesUs: agents.map((id) => localUs - (rowOf(members, id)?.sinceUs ?? swim.bornUs)),
    suspected: agents.map((id) => rowOf(members, id)?.status === STATUS.suspect),
  }
}

/** Every member's slot once, from behind this agent's own. */
function* allFrom({ self, members }: Swim): Generator<AgentId> {
  const slots = slotCount(members)
  let own = 0
  while (own < slots && memberAt(members, own) !== self) own++
  for (let k = 1; k < slots; k++) yield memberAt(members, (own + k) % slots)
}

function* rowsFrom({ self, members: { rows } }: Swim): Generator<AgentId> {
  let first = 0
  while (first < rows.length && rows[first]!.id < self) first++
  for (let k = 0; k < rows.length; k++) yield rows[(first + k) % rows.length]!.id
}
