import type { Scenario, SpaceKind, SpaceSpec } from '../../engine/scenario/Scenario.ts'
import { SPACE_PARAMS, type ParamRule } from '../../engine/scenario/spaceParams.ts'
import { assignFields } from '../../engine/scenario/set.ts'
import { spaceParamProblem } from '../../engine/scenario/spaceRelations.ts'
import { paramText, SPACE_TEXTS } from '../../engine/scenario/spaceTexts.ts'
import type { Parameter, Range, Setting } from './parameters.ts'
import { ON_OFF, rangeFor } from './programParameters.ts'
import { rough } from './scales.ts'

/** What a model does with them it does before the first step. */
const FROM_START: ReadonlySet<string> = new Set([
  'boids.flocks',
  'couzin.startRadius',
  'affinity.kinds',
  'formation.start',
  'ants.foodRadius',
  'ants.foodMax',
  'field.start',
  'field.pastLimit',
])

type NumberRule = Extract<ParamRule, { min: number }>

/** The model by which bodies move, and the world: by section. Nothing where agents have no place. */
export function spaceSections(scenario: Scenario): readonly { title: string; parameters: readonly Parameter[] }[] {
  const { space } = scenario
  if (space === null) return []
  return [
    { title: SPACE_TEXTS[space.kind].title, parameters: modelParameters(scenario, space) },
    { title: 'World', parameters: worldParameters(space) },
  ]
}

const modelParameters = (scenario: Scenario, { kind }: SpaceSpec): Parameter[] =>
  Object.entries(SPACE_PARAMS[kind]).map(([name, rule]) => control(scenario, kind, name, rule))

function control(scenario: Scenario, kind: SpaceKind, name: string, rule: ParamRule): Parameter {
  const path = `space.params.${name}`
  const [label, unit = '', words = {}] = paramText(kind, name)
  const get = (s: Scenario) => s.space?.params[name] ?? rule.is
  const common = {
    id: path,
    label,
    path,
    fixed: FROM_START.has(`${kind}.${name}`),
    applies: (s: Scenario) => s.space?.kind === kind,
  }
  if (typeof rule.is === 'boolean')
    return {
      ...common,
      type: 'choice',
      options: ON_OFF,
      get: (s) => (get(s) === true ? 'on' : 'off'),
      sets: (_, word) => [[path, word === 'on']],
    }
  if ('of' in rule)
    return {
      ...common,
      type: 'choice',
      options: rule.of.map((value) => ({ value, label: words[value] ?? value })),
      get: (s) => String(get(s)),
      sets: (_, value) => [[path, value]],
    }
  return {
    ...common,
    type: 'slider',
    ...accepted(scenario, name, spaceRange(rule as NumberRule, name, unit, scenario.space!)),
    get: (s) => Number(get(s)),
    sets: (_, value) => [[path, value]],
  }
}

const FULL_TURN = 360

function spaceRange(rule: NumberRule, name: string, unit: string, { width, height, depth }: SpaceSpec): Range {
  const { is, min, max, whole = false } = rule
  if (/^share\b/.test(unit) && min === 0 && max === 1) {
    const percent = (v: number): string => `${Number((100 * v).toPrecision(3))} %`
    if (is > 0 && is < 0.05) return { min: is / 50, max, step: 0, log: true, zero: true, text: percent }
    return { min, max, step: 0.005, text: percent }
  }
  const text = (v: number): string => withUnit(Number(v.toPrecision(4)), unit)
  if (unit === '°' && max <= FULL_TURN) return { min, max, step: whole ? 1 : 0.5, text }
  if (unit.startsWith('%')) return { min, max: Math.min(max, 100), step: 0.5, text }
  const sides = { X: width, Y: height, Z: depth }[name.at(-1)!]
  if (unit === 'units' && sides !== undefined) return { min, max: sides, step: sides / 200, text }
  const range = rangeFor(name, is, { min, max, whole })
  const longest = Math.max(width, height)
  return { ...range, max: unit === 'units' ? Math.max(Math.min(range.max, longest), 2 * range.min) : range.max, text }
}

const withUnit = (value: number, unit: string): string =>
  unit === '' ? `${value}` : `${value}${/^[°%]/.test(unit) ? unit.replace('%', ' %') : ` ${unit}`}`

/** The range as far as the scenario takes it: a reach ends at half its world. */
function accepted(scenario: Scenario, name: string, range: Range): Range {
  // Later commands of the log count with what it starts with.
  const takes = (value: number): boolean =>
    spaceParamProblem(scenario, name, value) === null && assignFields(scenario, [[`space.params.${name}`, value]]).ok
  const edge = (good: number, bad: number): number => {
    for (let k = 0; k < 20; k++) {
      const middle = (good + bad) / 2
      if (takes(middle)) good = middle
      else bad = middle
    }
    return Number(good.toPrecision(3)) <= good ? Number(good.toPrecision(3)) : good
  }
  const now = Number(scenario.space!.params[name])
  if (!takes(now)) return range
  const max = range.max > now && !takes(range.max) ? edge(now, range.max) : range.max
  const min = range.min < now && !takes(range.min) ? edge(now, range.min) : range.min
  const zero = range.zero === true && takes(0)
  return { ...range, min, max: Math.max(max, min), ...(range.zero !== undefined && { zero }) }
}

const SIDES = { min: 5, max: 5_000, step: 0, log: true, text: (v: number) => `${v} units` } as const

function worldParameters({ dimensions }: SpaceSpec): Parameter[] {
  const side = (id: 'width' | 'height' | 'depth', label: string): Parameter => ({
    id: `space.${id}`,
    type: 'slider',
    label,
    path: `space.${id}`,
    ...SIDES,
    applies: (s) => s.space !== null,
    get: (s) => s.space?.[id] ?? 0,
    sets: (_, value): readonly Setting[] => [[`space.${id}`, rough(value)]],
  })
  return [
    {
      id: 'space.edges',
      type: 'choice',
      label: 'At an edge, bodies',
      path: 'space.edges',
      options: [
        { value: 'wrap', label: 'come in opposite' },
        { value: 'walls', label: 'are turned back' },
      ],
      applies: (s) => s.space !== null,
      get: (s) => s.space?.edges ?? 'wrap',
      sets: (_, value) => [['space.edges', value]],
    },
    side('width', 'Width'),
    side('height', 'Height'),
    ...(dimensions === 3 ? [side('depth', 'Depth')] : []),
  ]
}
