import { PROGRAM_DEFAULTS } from '../../engine/scenario/defaults.ts'
import { paramProblem } from '../../engine/scenario/paramProblem.ts'
import type { Scenario } from '../../engine/scenario/Scenario.ts'
import { assignFields } from '../../engine/scenario/set.ts'
import type { Plain } from '../../engine/kernel/plain.ts'
import { countText, durationText } from './format.ts'
import { labelOf } from './programLabels.ts'
import type { Parameter, Range, Setting } from './parameters.ts'

export { programTitle } from './programLabels.ts'

/**
 * Controls for every parameter of every program a scenario runs, made from its name, its default and the bounds that
 * the scenario's own door gives: a new program has controls without a line here.
 */
export function programParameters(scenario: Scenario, program: string, known: ReadonlySet<string>): Parameter[] {
  const params = scenario.programs.find((p) => p.kind === program)?.params ?? {}
  return Object.entries(params).flatMap(([name, value]) => {
    if (known.has(`programs.${program}.params.${name}`)) return []
    const made = control(scenario, program, name, value)
    return made === null ? [] : [made]
  })
}

function control(scenario: Scenario, program: string, name: string, value: Plain): Parameter | null {
  const path = `programs.${program}.params.${name}`
  const get = (s: Scenario): Plain | undefined => s.programs.find((p) => p.kind === program)?.params[name]
  const fixed = paramProblem(scenario, program, name, value) !== null
  const common = {
    id: path,
    label: labelOf(program, name),
    path,
    fixed,
    applies: (s: Scenario) => get(s) !== undefined,
  }
  const sets = (_: Scenario, next: Plain): readonly Setting[] => [[path, next]]
  switch (typeof value) {
    case 'boolean':
      return {
        ...common,
        type: 'choice',
        options: ON_OFF,
        get: (s) => (get(s) === true ? 'on' : 'off'),
        sets: (s, word) => sets(s, word === 'on'),
      }
    case 'string': {
      const words = wordsOf(scenario, program, name)
      if (words.length < 2) return null
      const options = words.map((word) => ({ value: word, label: word }))
      return { ...common, type: 'choice', options, get: (s) => String(get(s)), sets }
    }
    case 'number': {
      const normal = defaultOf(program, name) ?? value
      const bounds = boundsOf(scenario, program, name)
      return { ...common, type: 'slider', ...rangeFor(name, normal, bounds), get: (s) => Number(get(s)), sets }
    }
    default:
      return null
  }
}

export const ON_OFF = [
  { value: 'off', label: 'off' },
  { value: 'on', label: 'on' },
] as const

export interface Bounds {
  readonly min: number
  readonly max: number
  readonly whole: boolean
}

/** What the scenario's own door says to a value: parameters that tables are built from are asked for with the whole. */
function problem(scenario: Scenario, program: string, name: string, value: Plain): string {
  const said = paramProblem(scenario, program, name, value) ?? ''
  if (!said.startsWith('param:')) return said
  const set = assignFields(scenario, [[`programs.${program}.params.${name}`, value]])
  return set.ok ? '' : set.error
}

/** The door's own words tell the bounds of a number: "is outside 1..4096". */
export function boundsOf(scenario: Scenario, program: string, name: string): Bounds {
  const whole = problem(scenario, program, name, 0.123456789)
  const outside = problem(scenario, program, name, -Number.MAX_SAFE_INTEGER)
  const [, min, max] = /outside (-?[\d.e+]+?)\.\.(-?[\d.e+]+)/.exec(outside) ?? []
  return { min: Number(min ?? 0), max: Number(max ?? Number.MAX_SAFE_INTEGER), whole: whole.includes('whole number') }
}

/** And the words that a parameter may be: "is not one of push, pull". */
function wordsOf(scenario: Scenario, program: string, name: string): readonly string[] {
  return /is not one of (.+)$/.exec(problem(scenario, program, name, '?'))?.[1]?.split(', ') ?? []
}

function defaultOf(program: string, name: string): number | null {
  const all: { readonly [kind: string]: { readonly params: { readonly [name: string]: unknown } } } = PROGRAM_DEFAULTS
  const value = all[program]?.params[name]
  return typeof value === 'number' ? value : null
}

/** How far a slider goes to either side of the default. */
const WIDE = 50
const FEW = 40

export function rangeFor(name: string, normal: number, { min, max, whole }: Bounds): Range {
  if (name.endsWith('Us')) {
    const middle = normal > 0 ? normal : 100_000
    const low = Math.max(min, 1, Math.round(middle / WIDE))
    const zero = min <= 0
    const text = (v: number): string => (v === 0 && zero ? 'none' : durationText(v))
    return { min: low, max: Math.max(low + 1, Math.min(max, middle * WIDE)), step: 1, log: true, zero, text }
  }
  if (!whole && min === 0 && max === 1)
    return { min, max, step: 0.01, text: (v) => `${Number((100 * v).toPrecision(3))} %` }
  const text = (v: number): string => (Number.isInteger(v) ? countText(v) : `${v}`)
  if (whole && Math.min(max, 10 * Math.max(normal, 1)) - min <= FEW)
    return { min, max: Math.min(max, Math.max(10, 4 * normal)), step: 1, text }
  const top = Math.min(max, WIDE * Math.max(normal, min, 1))
  const low = Math.max(min, whole ? 1 : Math.max(normal / WIDE, top / 1e4))
  return { min: low, max: Math.max(low * 2, top), step: whole ? 1 : 0, log: true, zero: min <= 0, text }
}
