import type { AgentSet, Op, Target } from '../../engine/scenario/Scenario.ts'
import type { FaultArg, FaultKind } from '../../engine/faults/index.ts'

export type { FaultArg, FaultKind } from '../../engine/faults/index.ts'
export type NumberArg = Exclude<FaultArg, { kind: 'agent' | 'set' }>
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

/** Durations a person can see on the stage, µs; a factor beyond 1,000 looks like a pause. */
const SHORTEST_US = 1_000
const LONGEST_US = 60_000_000
const FACTOR_MAX = 1_000

/**
 * Between a slider's 0..1 and a value: probabilities evenly, durations and factors by the logarithm. The far left of
 * how long a fault lasts means "until it is undone", which is 0 here.
 */
export function scaleOf(arg: NumberArg): { position(value: number): number; value(position: number): number } {
  if (arg.kind === 'probability') return { position: (v) => v, value: (x) => x }
  const low = arg.kind === 'us' ? Math.max(arg.min, SHORTEST_US) : Math.max(arg.min, 1)
  const high = Math.min(arg.max, arg.kind === 'us' ? LONGEST_US : FACTOR_MAX)
  const round = arg.kind === 'us' ? (v: number) => Math.round(v / 1000) * 1000 : Math.round
  const endless = arg.name === 'forUs'
  return {
    position: (v) => (v <= 0 ? 0 : Math.log(Math.min(high, Math.max(low, v)) / low) / Math.log(high / low)),
    value: (x) => (endless && x <= 0 ? 0 : round(low * (high / low) ** x)),
  }
}
