import { assert } from '../../kernel/assert.ts'
import { parseScenario } from '../parse.ts'
import type { Command, ProgramSpec, Scenario, SpaceKind, WorkloadSpec } from '../Scenario.ts'
import type { Info } from './Info.ts'

/** A built-in scenario. */
export interface Preset {
  /** At its default size. */
  readonly scenario: Scenario
  /** Agents; every size that `withAgents` returns lies in here, and the first, default and last are tested. */
  readonly sizes: { readonly min: number; readonly default: number; readonly max: number }
  /** A horizon past the first fault that runs in at most one second of wall time. */
  readonly proofUs: number
  /** Where the page opens: a moment at which there is something to see. */
  readonly openAtUs: number
  readonly info: Info
  /** The same scenario with the nearest size to `agents` that it has. */
  withAgents(agents: number): Scenario
}

/** Ids of one member a group, at `place` within it. */
export const onePerGroup = (groups: number, size: number, place: number): number[] =>
  Array.from({ length: groups }, (_, group) => group * size + Math.min(place, size - 1))

type Part<T> = { readonly [K in keyof T]?: T[K] extends object ? { readonly [field: string]: unknown } : T[K] }
/** A scenario file as written by hand: defaults are left out. */
export type Draft = Omit<Part<Scenario>, 'programs' | 'space' | 'tasks' | 'faults' | 'checks'> & {
  readonly name: string
  readonly title: string
  readonly programs?: readonly { kind: string; on?: ProgramSpec['on']; params?: { readonly [name: string]: unknown } }[]
  readonly space?: { readonly kind: SpaceKind; readonly [field: string]: unknown }
  readonly tasks?: { readonly workload: Partial<WorkloadSpec> }
  readonly faults?: readonly Command[]
  readonly checks?: readonly string[]
}

/** `draft(agents)` writes the scenario for one of its sizes; `step` is what sizes are multiples of. */
export function preset(
  parts: Omit<Preset, 'scenario' | 'withAgents'> & { step?: number; draft(agents: number): Draft },
): Preset {
  const { draft, step = 1, ...rest } = parts
  const { min, max } = rest.sizes
  const withAgents = (agents: number): Scenario => {
    const wanted = Number.isFinite(agents) ? Math.max(min, Math.min(max, agents)) : rest.sizes.default
    const input = draft(Math.max(min, Math.min(max, Math.round(wanted / step) * step)))
    const parsed = parseScenario(input)
    assert(parsed.ok, `built-in scenario ${input.name} parses${parsed.ok ? '' : `: ${parsed.error}`}`)
    return parsed.value
  }
  return { ...rest, withAgents, scenario: withAgents(rest.sizes.default) }
}
