import type { AgentSet, Command, Disc, Op, Target, Whom } from '../../engine/scenario/Scenario.ts'
import type { FaultArg, FaultKind } from '../../engine/faults/index.ts'
import { durationText } from './format.ts'
import { linear, logarithmic, rough, signed, type Scale } from './scales.ts'
import { firstDisc, firstWind, longestUs, type Vector, type World } from './spaceForm.ts'

export type { FaultArg, FaultKind } from '../../engine/faults/index.ts'
export type NumberArg = Extract<FaultArg, { min: number }>
export type FlagArg = Extract<FaultArg, { kind: 'flag' }>
export type ArgValue = number | boolean | string | AgentSet | Whom | Disc | Vector
export type ArgValues = { readonly [name: string]: ArgValue }

export interface Around {
  readonly selected: number | null
  /** Whether somebody can lead here: else a fault starts at an agent by number. */
  readonly leads: boolean
  /** Names of groups; empty where there are none. */
  readonly groups: readonly string[]
  groupOf(agent: number): number
  /** Where agents are bodies. */
  readonly world: World | null
}

/** Whom a fault is aimed at before anybody has been chosen. */
export const firstTarget = ({ selected, leads }: Around): Target => selected ?? (leads ? 'leader' : 0)

/**
 * What a form starts with: the selected agent, or its group where a set is asked for; else the leader. Places start in
 * the middle of the world.
 */
export function startValues(kind: FaultKind, around: Around): ArgValues {
  const values: { [name: string]: ArgValue } = {}
  let sets = 0
  for (const arg of kind.args)
    values[arg.name] = arg.kind === 'set' ? (sets++ === 0 ? firstSet(around) : 'all') : startOf(arg, around)
  return values
}

function startOf(arg: Exclude<FaultArg, { kind: 'set' }>, around: Around): ArgValue {
  switch (arg.kind) {
    case 'agent':
      return firstTarget(around)
    case 'flag':
    case 'word':
      return arg.default
    case 'whom':
      return around.selected === null ? arg.default : { agents: [around.selected] }
    case 'place':
      return firstDisc(around.world!)
    case 'vector':
      return firstWind(around.world!)
    default:
      return Number(arg.default)
  }
}

const firstSet = (around: Around): AgentSet =>
  around.groups.length > 1
    ? { group: around.selected === null ? 0 : around.groupOf(around.selected) }
    : firstTarget(around)

/** What a form shows of a command in the log; an end that it does not have is 0. */
export function valuesOf(kind: FaultKind, command: Command): ArgValues {
  const given = command as unknown as ArgValues
  return Object.fromEntries(
    kind.args.map((arg) => [arg.name, arg.kind === 'vector' ? vectorOf(given) : (given[arg.name] ?? 0)]),
  )
}

const vectorOf = ({ x, y, z }: { readonly [field: string]: unknown }): Vector => ({
  x: Number(x),
  y: Number(y),
  ...(z !== undefined && { z: Number(z) }),
})

/** The command with the form's values; what the form does not ask for (one kind of message) stays. */
export function withValues(kind: FaultKind, command: Command, values: ArgValues): Command {
  const { forUs: _end, ...kept } = command as Command & { forUs?: number }
  return { ...kept, ...buildOp(kind, values) } as Command
}

/** The command, without the arguments that mean "until it is healed". */
export function buildOp(kind: FaultKind, values: ArgValues): Op {
  const op: { [name: string]: unknown } = { op: kind.op }
  for (const arg of kind.args) {
    const value = values[arg.name]
    if (value === undefined || (arg.name === 'forUs' && !(Number(value) > 0))) continue
    if (arg.kind === 'vector') Object.assign(op, value)
    else op[arg.name] = value
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
/** A quartz clock is some ten parts per million off. */
const LEAST_PPM = 10

const wholeMs = (us: number): number => Math.max(SHORTEST_US, Math.round(us / 1000) * 1000)

/**
 * Between a slider's 0..1 and a value: probabilities evenly, durations and factors by the logarithm, clocks to both
 * sides of none. The far left of how long a fault lasts means "until it is undone", which is 0 here.
 */
export function scaleOf(arg: NumberArg, world: World | null = null): Scale {
  switch (arg.kind) {
    case 'probability':
      return linear(0, 1)
    case 'us':
      return logarithmic(
        Math.max(arg.min, SHORTEST_US),
        Math.min(arg.max, longestUs(world)),
        wholeMs,
        arg.name === 'forUs',
      )
    case 'factor':
      return logarithmic(Math.max(arg.min, 1), Math.min(arg.max, FACTOR_MAX), Math.round)
    case 'signedUs':
      return signed(SHORTEST_US, Math.min(arg.max, LONGEST_US), wholeMs)
    case 'percent':
      return signed(LEAST_PPM, arg.max, rough)
  }
}

/** A value as the form writes it. */
export function valueText(arg: NumberArg, value: number): string {
  switch (arg.kind) {
    case 'us':
      return value <= 0 ? 'until it is undone' : durationText(value)
    case 'probability':
      return `${Math.round(100 * value)} %`
    case 'factor':
      return `${Math.round(value)}×`
    case 'signedUs':
      return value === 0 ? 'none' : `${durationText(Math.abs(value))} ${value > 0 ? 'ahead' : 'back'}`
    case 'percent':
      return value === 0 ? 'runs true' : `${value < 0 ? '−' : ''}${Number((Math.abs(value) / 1e4).toPrecision(3))} %`
  }
}
