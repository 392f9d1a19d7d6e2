import { ROLES, STATUS, type Frame } from '../../engine/frame/frame.ts'

export interface AgentRow {
  readonly role: string
  readonly status: string
  readonly term: number
  readonly lastIndex: number
  readonly commitIndex: number
  readonly durableIndex: number
  readonly votes: number
  readonly follows: number
  readonly load: number
  readonly inbox: number
}

/** One agent's columns as a record; null where there is no such row. */
export function agentRow(frame: Frame | null, id: number): AgentRow | null {
  if (!frame || id < 0 || id >= frame.agents.role.length) return null
  const a = frame.agents
  return {
    role: ROLES[a.role[id]!] ?? 'idle',
    status: STATUS[a.status[id]!] ?? 'absent',
    term: a.term[id]!,
    lastIndex: a.lastIndex[id]!,
    commitIndex: a.commitIndex[id]!,
    durableIndex: a.durableIndex[id]!,
    votes: a.votes[id]!,
    follows: a.follows[id]!,
    load: a.load[id]!,
    inbox: a.inbox[id]!,
  }
}

/** Status says more than role where the agent is not simply up. */
export const stateWord = (row: AgentRow, words?: ReadonlyMap<string, string>): string =>
  row.status === 'down' ? 'crashed' : row.status === 'up' ? (words?.get(row.role) ?? row.role) : row.status
