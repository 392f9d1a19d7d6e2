import type { Frame } from '../../../engine/frame/frame.ts'
import { agentRow, stateWord, type AgentRow } from '../agentRow.ts'

/** One column of the table: what a cell says, and what rows are sorted by. */
export interface AgentColumn {
  readonly id: string
  readonly label: string
  readonly numeric: boolean
  text(row: AgentRow, nameOf: (agent: number) => string, words?: RoleWords): string
  value(row: AgentRow, words?: RoleWords): number | string
}
/** What the roles are called in this scenario, as in the legend. */
export type RoleWords = ReadonlyMap<string, string>

const percent = (share: number): string => `${Math.round(100 * share)} %`
const or = (value: number): string => (value === 0 ? '–' : `${value}`)

/** Behind the agent's name, in this order. */
export const AGENT_COLUMNS: readonly AgentColumn[] = [
  { id: 'state', label: 'State', numeric: false, text: (row, _, words) => stateWord(row, words), value: stateWord },
  { id: 'term', label: 'Term', numeric: true, text: ({ term }) => or(term), value: ({ term }) => term },
  {
    id: 'log',
    label: 'Log',
    numeric: true,
    text: ({ commitIndex, lastIndex }) => (lastIndex === 0 ? '–' : `${commitIndex}/${lastIndex}`),
    value: ({ lastIndex }) => lastIndex,
  },
  { id: 'load', label: 'Load', numeric: true, text: ({ load }) => percent(load), value: ({ load }) => load },
  { id: 'inbox', label: 'Inbox', numeric: true, text: ({ inbox }) => or(inbox), value: ({ inbox }) => inbox },
  {
    id: 'follows',
    label: 'Follows',
    numeric: false,
    text: ({ follows }, nameOf) => (follows < 0 ? '–' : nameOf(follows)),
    value: ({ follows }) => follows,
  },
]

export interface Order {
  /** A column's id; 'agent' sorts by number. */
  readonly column: string
  readonly down: boolean
}

/**
 * Ids of present agents whose name or state has every word of `query`, in order; equal values keep the order of ids.
 */
export function orderedAgents(
  frame: Frame | null,
  agents: number,
  nameOf: (agent: number) => string,
  query: string,
  { column, down }: Order,
  roles?: RoleWords,
): readonly number[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const by = AGENT_COLUMNS.find(({ id }) => id === column)
  const found: { readonly id: number; readonly value: number | string }[] = []
  for (let id = 0; id < agents; id++) {
    const row = agentRow(frame, id)
    if (row === null || row.status === 'absent') continue
    const text = words.length === 0 ? '' : `${nameOf(id)} ${stateWord(row, roles)} ${id}`.toLowerCase()
    if (words.every((word) => text.includes(word)))
      found.push({ id, value: by === undefined ? id : by.value(row, roles) })
  }
  const sign = down ? -1 : 1
  found.sort((a, b) => (a.value < b.value ? -sign : a.value > b.value ? sign : a.id - b.id))
  return found.map(({ id }) => id)
}

/** Every present agent with every column of the frame, for a file. The first row names the columns. */
export function agentRecords(
  frame: Frame | null,
  agents: number,
  nameOf: (agent: number) => string,
  groupOf: (agent: number) => number,
): (string | number)[][] {
  const header = ['agent', 'name', 'group', 'role', 'status', 'term', 'last_index', 'commit_index', 'durable_index']
  const records: (string | number)[][] = [[...header, 'votes', 'follows', 'load', 'inbox', ...bodyHeader(frame)]]
  for (let id = 0; id < agents; id++) {
    const row = agentRow(frame, id)
    if (row === null || row.status === 'absent') continue
    const { role, status, term, lastIndex, commitIndex, durableIndex, votes, follows, load, inbox } = row
    const log = [term, lastIndex, commitIndex, durableIndex]
    records.push([
      id,
      nameOf(id),
      groupOf(id),
      role,
      status,
      ...log,
      votes,
      follows,
      load,
      inbox,
      ...bodyRecord(frame, id),
    ])
  }
  return records
}

const BODY_HEADER = ['x', 'y', 'z', 'heading_x', 'heading_y', 'heading_z', 'speed', 'body_group', 'body_state', 'flags']
const bodyHeader = (frame: Frame | null): readonly string[] => (frame?.bodies ? BODY_HEADER : [])
function bodyRecord(frame: Frame | null, id: number): readonly number[] {
  if (!frame?.bodies) return []
  const { position, heading, speed, group, state, flags } = frame.bodies
  const place = [...position.subarray(3 * id, 3 * id + 3), ...heading.subarray(3 * id, 3 * id + 3)]
  return [...place, speed[id]!, group[id]!, state[id]!, flags[id]!]
}
