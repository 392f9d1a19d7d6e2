import { describe } from '../../../engine/faults/describe.ts'
import { namesOf } from '../../../engine/faults/names.ts'
import { diff, equal } from '../../../engine/scenario/diff.ts'
import { initialLog } from '../../../engine/scenario/initialLog.ts'
import { withoutImplied } from '../../../engine/scenario/implied.ts'
import type { Command, Scenario, SpaceKind } from '../../../engine/scenario/Scenario.ts'
import { durationText } from '../format.ts'
import { PARAMETERS, type Parameter } from '../parameters.ts'
import { programParameters } from '../programParameters.ts'
import { spaceSections } from '../spaceParameters.ts'
import type { SetUp } from '../../state/compare.ts'
import { sentenceCase } from '../../state/names.ts'

/** What every set-up is called: only that in which it differs from the others. */

/** Fields in which set-ups may differ and yet be the same run, or that follow from others. */
const OUTWARD = ['seed', 'name', 'title', 'group', 'pace', 'faults', 'height', 'layout', 'checks', 'version']
/** More commands than this are counted, not listed. */
const LISTED = 2

type Aspect = (setUp: SetUp) => string

/** One title a set-up, in their order: the first says all in which another differs from it, the others what they do. */
export function titlesOf(setUps: readonly SetUp[]): readonly string[] {
  const [first, ...others] = setUps
  if (first === undefined) return []
  const aspects = others.map((other) => aspectsOf(first.scenario, other.scenario))
  const title = (setUp: SetUp, of: readonly Aspect[]): string => {
    const words = [...of.map((aspect) => aspect(setUp)).filter(Boolean), ...logWords(first, setUp)]
    return words.length === 0 ? (setUp === first ? 'As it is' : 'The same') : sentenceCase(words.join(', '))
  }
  const all = [...new Set(aspects.flat())]
  const scenarioFirst = [
    ...all.filter((a) => a === TITLE || a === NAME),
    ...all.filter((a) => a !== TITLE && a !== NAME),
  ]
  return [title(first, scenarioFirst), ...others.map((other, i) => title(other, aspects[i]!))]
}

const TITLE: Aspect = ({ scenario }) => scenario.title
const AGENTS: Aspect = ({ scenario }) => `${scenario.swarm.agents} agents`
const SEED: Aspect = ({ scenario }) => `seed ${scenario.seed}`

/** In what two scenarios differ; the same functions for the same thing, so that several set-ups share them. */
function aspectsOf(a: Scenario, b: Scenario): readonly Aspect[] {
  if (a.name !== b.name || a.title !== b.title) return a.title === b.title ? [NAME] : [TITLE]
  const seed = a.seed === b.seed ? [] : [SEED]
  // Another size changes who runs what, and how many there are in a group.
  if (a.swarm.agents !== b.swarm.agents) return [AGENTS, ...seed]
  const known = parametersOf(a).filter((p) => p.applies(a) && p.applies(b) && !equal(p.get(a), p.get(b)))
  const covered = known.map(({ path }) => path)
  const paths = diff(withoutImplied(a), withoutImplied(b)).map(([path]) => path)
  const rest = paths.filter(
    (path) => !OUTWARD.includes(path) && !covered.some((c) => path.startsWith(c) || c.startsWith(`${path}.`)),
  )
  return [...known.map((p) => aspectOfParameter(p, a.space?.kind)), ...rest.map(aspectOfPath), ...seed]
}

const NAME: Aspect = ({ scenario }) => scenario.name

const parametersOf = (scenario: Scenario): readonly Parameter[] => {
  const paths = new Set(PARAMETERS.map(({ path }) => path))
  const moving = spaceSections(scenario).flatMap(({ parameters }) => parameters)
  return [
    ...PARAMETERS,
    ...moving,
    ...scenario.programs.flatMap(({ kind }) => programParameters(scenario, kind, paths)),
  ]
}

const made = new Map<string, Aspect>()
/** The same function for the same key. */
function once(key: string, make: () => Aspect): Aspect {
  const aspect = made.get(key) ?? make()
  made.set(key, aspect)
  return aspect
}

/** Models have parameters of the same names. */
const aspectOfParameter = (p: Parameter, model: SpaceKind | undefined): Aspect =>
  once(`parameter ${p.id} of ${model ?? 'none'}`, () => ({ scenario }) => {
    if (!p.applies(scenario)) return ''
    return `${labelOf(p).toLowerCase()}: ${valueText(p, scenario)}`
  })

/** Where the control asks a question, the title has a word. */
export const labelOf = (p: Parameter): string => (p.path === 'topology.kind' ? 'Topology' : p.label)

export function valueText(p: Parameter, scenario: Scenario): string {
  if (p.type === 'slider') return p.text(p.get(scenario))
  const value = p.get(scenario)
  return p.options.find((o) => o.value === value)?.label ?? value
}

const aspectOfPath = (path: string): Aspect =>
  once(`path ${path}`, () => ({ scenario }) => {
    const value = path.split('.').reduce((at: unknown, step) => stepInto(at, step), scenario)
    const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)
    return `${path.split('.').at(-1)}: ${text.length > 40 ? `${text.slice(0, 39)}…` : text}`
  })

/** Programs are named by their kind. */
function stepInto(at: unknown, step: string): unknown {
  if (Array.isArray(at)) return at.find((item) => item?.kind === step)
  return (at as { [field: string]: unknown } | null)?.[step]
}

/** What its log has that the first one's has not, and the other way round. */
function logWords(first: SetUp, { scenario, log }: SetUp): string[] {
  if (first.log === log) return []
  const names = namesOf(scenario)
  // Another scenario, size or seed has a schedule of its own: then only what people did is compared.
  const alike = equal(initialLog(first.scenario), initialLog(scenario))
  const [was, is] = alike ? [first.log, log] : [clicks(first), clicks({ scenario, log })]
  const words = (commands: readonly Command[], how: string): string[] =>
    commands.length > LISTED
      ? [`${how} ${commands.length} commands`]
      : commands.map((c) => `${how} “${describe(c, names)}” at ${durationText(c.at)}`)
  if (log.length === 0 && was.length > 0) return ['without any fault']
  const less = first.scenario.name === scenario.name ? without(was, is) : []
  return [...words(less, 'without'), ...words(without(is, was), 'with')]
}

const clicks = ({ scenario, log }: SetUp): readonly Command[] => without(log, initialLog(scenario))

/** Those of `from` that `others` has not, each counted as often as it is there. */
export function without(from: readonly Command[], others: readonly Command[]): readonly Command[] {
  const left = others.map((command) => JSON.stringify(command))
  return from.filter((command) => {
    const at = left.indexOf(JSON.stringify(command))
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}
