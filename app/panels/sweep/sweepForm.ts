import type { Command, Scenario, SpaceKind } from '../../../engine/scenario/Scenario.ts'
import { equal } from '../../../engine/scenario/diff.ts'
import { assignFields } from '../../../engine/scenario/set.ts'
import { withoutImplied } from '../../../engine/scenario/implied.ts'
import { withLog } from '../../../engine/scenario/scenarioFile.ts'
import { parseValues, textOf, type Axis, type SweepSpec } from '../../../workers/sweep/sweepClient.ts'
import { countText, durationText } from '../format.ts'
import { PARAMETERS, type Parameter, type SliderParameter } from '../parameters.ts'
import { spaceSections } from '../spaceParameters.ts'
import { figureText } from '../figureTexts.ts'

/** One parameter as the person is filling it in: everything as typed. */
export interface AxisForm {
  readonly path: string
  /** Named by its path, not chosen from the list. */
  readonly other: boolean
  readonly mode: 'range' | 'list'
  readonly from: string
  readonly to: string
  readonly step: string
  readonly list: string
}

export interface SweepForm {
  readonly axes: readonly AxisForm[]
  readonly repeat: string
  /** Virtual seconds of a run. */
  readonly seconds: string
  readonly stop: SweepSpec['stop']
}

/** What can be chosen by name. */
export interface Choice {
  readonly path: string
  readonly label: string
  /** What a value means to a person. */
  text(value: unknown): string
  /** What to begin with. */
  readonly values: string
}

export const AXES_MAX = 3
/** Longest that a sweep's run is suggested to be, virtual s, or steps of what moves; a person may ask for more. */
const SECONDS_SUGGESTED = 10
const STEPS_SUGGESTED = 1_000
/** The parameter that changes most of what a model does: the one to begin with. */
const TELLING: { readonly [K in SpaceKind]: string } = {
  boids: 'vision',
  vicsek: 'noiseRad',
  couzin: 'orientationWidth',
  affinity: 'affinity',
  formation: 'gain',
  bridge: 'k',
  ants: 'evaporation',
  physarum: 'sensorOffset',
  scent: 'evaporation',
  field: 'evaporation',
}

type Leaf = string | number | boolean | null

/** Fields of a scenario by their paths, as `--set` names them; lists of faults and checks are no parameters. */
export function leaves(scenario: Scenario): readonly (readonly [path: string, value: Leaf])[] {
  const found: [string, Leaf][] = []
  const walk = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) found.push([path, value as Leaf])
    else if (Array.isArray(value)) value.forEach((item, i) => walk(item, `${path}.${i}`))
    else for (const [key, item] of Object.entries(value)) walk(item, path === '' ? key : `${path}.${key}`)
  }
  const plain = withoutImplied(scenario)
  const { faults: _faults, checks: _checks, name: _name, title: _title, seed: _seed, programs, ...rest } = plain
  walk(rest, '')
  for (const { kind, ...program } of programs) walk(program, `programs.${kind}`)
  return found.filter(([path]) => !/^(version|group|height|layout)/.test(path))
}

/** The value of a field by its path; undefined where it has none. */
export const valueAt = (scenario: Scenario, path: string): Leaf | undefined =>
  leaves(scenario).find(([at]) => at === path)?.[1]

/** Parameters of the panel that are one field of one value, with the number of agents first. */
export function choicesOf(scenario: Scenario, sizes: readonly number[]): readonly Choice[] {
  const agents: Choice = {
    path: 'swarm.agents',
    label: 'Agents',
    text: (value) => countText(Number(value)),
    values: sizes.length > 1 ? sizes.join(', ') : `${scenario.swarm.agents}`,
  }
  const moving = spaceSections(scenario).flatMap(({ parameters }) => parameters.filter(isPlain(scenario)))
  const named = [...moving, ...PARAMETERS].filter((p) => p.applies(scenario) && valueAt(scenario, p.path) !== undefined)
  return [
    agents,
    ...named.filter((p, i) => named.findIndex(({ path }) => path === p.path) === i).map(choiceOf(scenario)),
  ]
}

/** What it is shown as is what is set: a number or a word, not a switch. */
const isPlain =
  (scenario: Scenario) =>
  (p: Parameter): boolean =>
    p.type === 'slider' || p.options.every(({ value }) => p.sets(scenario, value)[0]![1] === value)

/** A parameter's name inside a sentence, its path where it has no other. */
export function labelOf(choices: readonly Choice[], path: string): string {
  const label = choices.find((c) => c.path === path)?.label
  return label === undefined ? path : label[0]!.toLowerCase() + label.slice(1)
}

const choiceOf =
  (scenario: Scenario) =>
  (parameter: Parameter): Choice => {
    const { path, label } = parameter
    if (parameter.type === 'choice') {
      const { options } = parameter
      const text = (value: unknown): string => options.find((o) => o.value === value)?.label ?? String(value)
      // Not every swarm can have every shape: what this one cannot is left out of what to begin with.
      const possible = options.filter(({ value }) => assignFields(scenario, parameter.sets(scenario, value)).ok)
      return { path, label, text, values: possible.map(({ value }) => value).join(', ') }
    }
    const now = Number(valueAt(scenario, path))
    return {
      path,
      label,
      text: (value) => parameter.text(Number(value)),
      values: path.startsWith('space.')
        ? aroundBodies(scenario, parameter, now)
        : around(now, parameter.min, parameter.max),
    }
  }

/** A range that is worth a first look: shares from 0 up, everything else from half to twice what it is now. */
function around(now: number, min: number, max: number): string {
  if (max <= 1) return '0:0.2:0.05'
  if (now === 0)
    return min <= 0 ? `0:${round(max / 5)}:${round(max / 20)}` : `${round(min)}:${round(max)}:${round((max - min) / 4)}`
  const step = round(now / 2)
  return `${step}:${4 * step}:${step}`
}

/** The same as a list of what the scenario takes: a model has whole numbers and bounds that no range knows of. */
function aroundBodies(scenario: Scenario, parameter: SliderParameter, now: number): string {
  const { min, max, step } = parameter
  const wanted = now > 0 ? [now / 2, now, 1.5 * now, 2 * now] : [0, max / 20, max / 10, max / 5]
  const isWhole = Number.isInteger(step) && step > 0
  const values = wanted
    .map((value) => Math.min(max, Math.max(min, value)))
    .map((value) => (value === now ? now : isWhole ? Math.round(value) : Number(value.toPrecision(2))))
    .filter((value) => assignFields(scenario, parameter.sets(scenario, value)).ok)
  return [...new Set(values)].join(', ')
}

/** One significant digit, so that steps are numbers a person would choose. */
const round = (value: number): number => Number(value.toPrecision(1))

/** A row of the form with a text of values put into its fields. */
export function axisForm(path: string, values: string, other = false): AxisForm {
  const [, from = '', to = '', step = ''] = /^\s*([^:,]+):([^:,]+):([^:,]+)\s*$/.exec(values) ?? []
  const isRange = from !== ''
  return { path, other, mode: isRange ? 'range' : 'list', from, to, step, list: isRange ? '' : values }
}

/** The form as it opens for a scenario: message loss, or what tells most of what moves; five seeds. */
export function firstForm(scenario: Scenario, choices: readonly Choice[]): SweepForm {
  const { space } = scenario
  const telling = space === null ? 'network.loss' : `space.params.${TELLING[space.kind]}`
  const first = choices.find(({ path }) => path === telling) ?? choices[0]!
  const longest = space === null ? SECONDS_SUGGESTED : (STEPS_SUGGESTED * space.stepUs) / 1e6
  return {
    axes: [axisForm(first.path, first.values)],
    repeat: '5',
    seconds: `${Math.min(longest, scenario.untilUs / 1e6)}`,
    stop: null,
  }
}

export const valuesText = ({ mode, from, to, step, list }: AxisForm): string =>
  mode === 'list' ? list : [from, to, step].map((part) => part.trim()).join(':')

type Made<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: string }

/** The values of one row, or one sentence. */
export function axisOf(form: AxisForm): Made<Axis> {
  const path = form.path.trim()
  if (path === '') return { ok: false, error: 'Name the field that is to change, by its path.' }
  if (form.mode === 'range')
    for (const [name, text] of [
      ['From', form.from],
      ['To', form.to],
      ['Step', form.step],
    ] as const)
      if (text.trim() === '' || !Number.isFinite(Number(text)))
        return { ok: false, error: `${name}: ${text.trim() || 'nothing'} is not a number.` }
  const values = parseValues(path, valuesText(form))
  return values.ok ? { ok: true, value: { path, values: values.value } } : values
}

/** What the form asks for of the run on screen, with everything that was done to it. */
export function specOf(form: SweepForm, scenario: Scenario, log: readonly Command[]): Made<SweepSpec> {
  const axes: Axis[] = []
  for (const row of form.axes) {
    const axis = axisOf(row)
    if (!axis.ok) return axis
    axes.push(axis.value)
  }
  const repeat = Number(form.repeat)
  if (!/^\d+$/.test(form.repeat.trim()) || repeat < 1)
    return { ok: false, error: `Seeds: ${form.repeat || 'nothing'} is not a whole number from 1 on.` }
  const untilUs = Math.round(Number(form.seconds) * 1e6)
  if (!(untilUs >= 1 && untilUs <= Number.MAX_SAFE_INTEGER) || form.seconds.trim() === '')
    return { ok: false, error: `Length: ${form.seconds || 'nothing'} is not a number of virtual seconds above 0.` }
  return { ok: true, value: { scenario: withLog(scenario, log), axes, repeat, untilUs, stop: form.stop } }
}

export const isUntouched = (scenario: Scenario, log: readonly Command[]): boolean => withLog(scenario, log) === scenario

/** The same sweep without a page; a scenario of one’s own as the file that Share saves. */
export function commandText({ scenario, axes, repeat, untilUs, stop }: SweepSpec, builtIn: Scenario | null): string {
  const isBuiltIn = builtIn !== null && equal({ ...builtIn, seed: 0 }, { ...scenario, seed: 0 })
  const words = [isBuiltIn ? scenario.name : `${scenario.name}.json`]
  for (const { path, values } of axes) words.push(`--over ${quoted(`${path}=${values.map(textOf).join(',')}`)}`)
  if (repeat > 1) words.push(`--repeat ${repeat}`)
  if (isBuiltIn && builtIn.seed !== scenario.seed) words.push(`--seed ${scenario.seed}`)
  if (untilUs !== null) words.push(`--until ${untilText(untilUs)}`)
  if (stop !== null) words.push(`--stop ${stop}`)
  return `npm run -s lab -- sweep ${words.join(' ')} --out rows.csv`
}

const untilText = (us: number): string =>
  us % 1e6 === 0 ? `${us / 1e6}s` : us % 1e3 === 0 ? `${us / 1e3}ms` : `${us}us`

const quoted = (word: string): string => (/^[\w.,:=+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)

const WORDS: { readonly [measure: string]: string } = {
  ended_us: 'end of the run',
  latency_p50_us: 'message latency, median',
  latency_p99_us: 'message latency, 99 %',
  leaderless_mean_us: 'time without a leader, mean',
  commit_latency_mean_us: 'commit latency, mean',
  operation_latency_mean_us: 'operation latency, mean',
  operations_ok: 'operations answered',
}
/** A measure in words. */
export function measureName(measure: string): string {
  const [, figure, how] = /^([a-z][A-Za-z]*)_(last|mean)$/.exec(measure) ?? []
  if (figure !== undefined)
    return `${figureText(figure).words}, ${how === 'last' ? 'at the end' : 'mean of the later half'}`
  return WORDS[measure] ?? measure.replace(/_us$/, '').replaceAll('_', ' ')
}

/** A measure's value with its unit. */
export function measureText(measure: string, value: number): string {
  if (!Number.isFinite(value)) return '–'
  if (measure.endsWith('_us')) return durationText(value)
  return Math.abs(value) >= 1000 ? countText(value) : `${Number(value.toPrecision(3))}`
}

const STOP_WORDS: { readonly [stop: string]: string } = {
  elected: 'once a new leader stands after a crash',
  recovered: 'once a new leader has committed after a crash',
}
export const stopName = (stop: string): string => STOP_WORDS[stop] ?? stop
