import type { AgentSet, Op, Target } from '../../engine/scenario/Scenario.ts'
import type { FAULT_KINDS } from '../../engine/faults/index.ts'

export type FaultKind = (typeof FAULT_KINDS)[number]
export type FaultArg = FaultKind['args'][number]
export type ArgValue = number | AgentSet
export type ArgValues = { readonly [name: string]: ArgValue }

export interface Around {
  readonly selected: number | null
  /** Names of groups; empty where there are none. */
  readonly groups: readonly string[]
  groupOf(agent: number): number
}

/** What a form starts with: the selected agent, or its group where a set is asked for; else the leader. */
export function startValues(kind: FaultKind, around: Around): ArgValues {
  const values: { [name: string]: ArgValue } = {}
  let sets = 0
  for (const arg of kind.args) {
    if (arg.kind === 'agent') values[arg.name] = around.selected ?? 'leader'
    else if (arg.kind === 'set') values[arg.name] = sets++ === 0 ? firstSet(around) : 'all'
    else values[arg.name] = Number(arg.default)
  }
  return values
}

const firstSet = ({ selected, groups, groupOf }: Around): AgentSet =>
  groups.length > 1 ? { group: selected === null ? 0 : groupOf(selected) } : (selected ?? 'leader')

/** The command, without the arguments that mean "until it is healed". */
export function buildOp(kind: FaultKind, values: ArgValues): Op {
  const op: { [name: string]: unknown } = { op: kind.op }
  for (const arg of kind.args) {
    const value = values[arg.name]
    if (value === undefined || (arg.name === 'forUs' && !(Number(value) > 0))) continue
    op[arg.name] = value
  }
  return op as unknown as Op
}

/** A set or an agent as the value of a select: one word that says all. */
export function setToken(set: AgentSet): string {
  if (typeof set === 'number') return `agent:${set}`
  if (typeof set === 'string') return set
  return 'group' in set ? `group:${set.group}` : `list:${set.join(',')}`
}

export function tokenSet(token: string): AgentSet {
  const [kind, rest = ''] = token.split(':')
  if (kind === 'agent') return Number(rest)
  if (kind === 'group') return { group: Number(rest) }
  if (kind === 'list') return rest.split(',').map(Number)
  return token as Target | 'all'
}
