import type { Mark } from '../../engine/agents/Program.ts'
import { describe } from '../../engine/faults/describe.ts'
import { FAULT_KINDS } from '../../engine/faults/index.ts'
import type { Affliction } from '../../engine/scenario/Scenario.ts'
import { sentenceCase, type Names } from '../state/names.ts'
import { captionOf } from './caption.ts'
import { CAPTIONS } from './captions/index.ts'
import { figureText } from './figureTexts.ts'
import { countText } from './format.ts'
import { figureValue } from './gauge.ts'

export const LOG_FILTERS = ['news', 'all', 'agreement', 'clients', 'hosts'] as const
export type LogFilter = (typeof LOG_FILTERS)[number]
export const FILTER_NAMES: { readonly [F in LogFilter]: string } = {
  news: 'What matters',
  all: 'Everything',
  agreement: 'Agreement',
  clients: 'Clients',
  hosts: 'Faults and restarts',
}

/** Fields in the order they were written, as text. */
function fields(mark: Mark): string {
  return Object.entries(mark.body)
    .filter(([name]) => name !== 'kind')
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join(', ')
}

/** A mark as one line: in plain words where there are some, else its kind and fields. */
export function lineOf(marks: readonly Mark[], at: number, names: Names, electorate: number): string {
  const said = captionOf(marks, at, names, electorate, CAPTIONS)
  if (said) return said.sentence
  const mark = marks[at]!
  const plain = plainWords(mark, names)
  if (plain !== null) return sentenceCase(mark.agent >= 0 ? `${names.agent(mark.agent)} ${plain}` : plain)
  const who = mark.agent >= 0 ? `${names.agent(mark.agent)}: ` : ''
  return sentenceCase(`${who}${mark.body.kind}${Object.keys(mark.body).length > 1 ? ` ${fields(mark)}` : ''}`)
}

/** What befalls bodies, and how it ends. */
const AFFLICTED: { readonly [A in Affliction]: readonly [one: string, many: string, over: string] } = {
  kill: ['falls', 'fall', 'are back up'],
  blind: ['goes blind', 'go blind', 'see again'],
  deaf: ['goes deaf', 'go deaf', 'hear again'],
  stuck: ['is stuck', 'are stuck', 'move again'],
  rogue: ['turns against the others', 'turn against the others', 'work with the others again'],
}
function afflictionText({ active, effect, bodies }: Mark['body']): string {
  const [one, many, over] = AFFLICTED[effect as Affliction]
  if (active !== true) return `they ${over}`
  return bodies === 1 ? `one body ${one}` : `${countText(Number(bodies))} bodies ${many}`
}

/** Figures of one measurement in a line; the charts have all. */
const FIGURES_SHOWN = 5
const figuresText = (body: Mark['body']): string =>
  Object.entries(body)
    .filter(([, value]) => typeof value === 'number')
    .slice(0, FIGURES_SHOWN)
    .map(([name, value]) => `${figureText(name).words.toLowerCase()} ${figureValue(value as number)}`)
    .join(', ')

/** A parameter of the model by which bodies move, in the words of the command that set it. */
const settingText = ({ param, value }: Mark['body'], names: Names): string =>
  describe({ at: 0, op: 'set', agent: 'all', program: 'space', param: String(param), value: value ?? null }, names)

/** What an agent did, for marks that come often and are not news. */
function plainWords({ body }: Mark, names: Names): string | null {
  const text = (field: string): string => String(body[field] ?? '?')
  switch (body.kind) {
    case 'vote':
      return `votes for ${typeof body['for'] === 'number' ? names.agent(body['for']) : '?'} in term ${text('term')}`
    case 'role':
      return body['role'] === 'follower'
        ? `follows in term ${text('term')}`
        : `is ${text('role')} in term ${text('term')}`
    case 'term':
      return `has term ${text('term')} on disk`
    case 'durable':
      return `has its log on disk up to ${text('index')}`
    case 'commit':
      return `knows that ${text('index')} is committed`
    case 'applied':
      return `applies ${text('index')}`
    case 'truncate':
      return `cuts its log back to ${text('index')}`
    case 'attached':
      return typeof body['parent'] === 'number' && body['parent'] >= 0
        ? `now reports to ${names.agent(body['parent'])}`
        : null
    case 'fault': {
      if (body['op'] === 'afflict' && body['missed'] !== true) return afflictionText(body)
      if (body['missed'] !== true && body['active'] !== true) return 'a fault ends'
      const fault = `the fault “${FAULT_KINDS.find(({ op }) => op === body['op'])?.label ?? text('op')}”`
      return body['missed'] === true ? `${fault} finds nobody to hit` : `${fault} begins`
    }
    case 'measure':
      return body['polarisation'] === undefined ? null : `the bodies are measured: ${figuresText(body)}`
    case 'set':
      return body['program'] === 'space' ? settingText(body, names) : null
    case 'asked':
      return `is asked for something (${text('program')})`
    case 'orphaned':
      return 'hears nothing from above'
    default:
      return null
  }
}

/** What hosts tell, and what bodies do, is agreed on by nobody. */
const NO_AGREEMENT = new Set(['host', 'space'])
const CLIENT_KINDS = new Set(['invoke', 'ok', 'fail', 'info'])
export function passes(mark: Mark, filter: LogFilter): boolean {
  if (filter === 'hosts') return mark.program === 'host'
  if (filter === 'clients') return CLIENT_KINDS.has(mark.body.kind)
  if (filter === 'agreement') return !NO_AGREEMENT.has(mark.program) && !CLIENT_KINDS.has(mark.body.kind)
  return true
}

/** Indices into `marks` that pass the filter, have every word of `query`, and are about `agent` where one is given. */
export function selectLines(
  marks: readonly Mark[],
  filter: LogFilter,
  query: string,
  agent: number | null,
  line: (at: number) => string,
): readonly number[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const out: number[] = []
  for (let i = 0; i < marks.length; i++) {
    const mark = marks[i]!
    if (!passes(mark, filter) || (agent !== null && mark.agent !== agent)) continue
    if (words.length > 0) {
      const text = `${line(i)} ${mark.program} ${mark.body.kind}`.toLowerCase()
      if (!words.every((w) => text.includes(w))) continue
    }
    out.push(i)
  }
  return out
}
