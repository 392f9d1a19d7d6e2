import type { Mark } from '../../engine/agents/Program.ts'
import type { Names } from '../state/names.ts'
import { captionOf } from './caption.ts'

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
  const said = captionOf(marks, at, names, electorate)
  if (said) return said.sentence
  const mark = marks[at]!
  const who = mark.agent >= 0 ? `${names.agent(mark.agent)}: ` : ''
  if (mark.body.kind === 'vote' && typeof mark.body['for'] === 'number')
    return `${names.agent(mark.agent)} votes for ${names.agent(mark.body['for'])} in term ${String(mark.body['term'])}`
  return `${who}${mark.body.kind}${Object.keys(mark.body).length > 1 ? ` ${fields(mark)}` : ''}`
}

const CLIENT_KINDS = new Set(['invoke', 'ok', 'fail', 'info'])
export function passes(mark: Mark, filter: LogFilter): boolean {
  if (filter === 'hosts') return mark.program === 'host'
  if (filter === 'clients') return CLIENT_KINDS.has(mark.body.kind)
  if (filter === 'agreement') return mark.program !== 'host' && !CLIENT_KINDS.has(mark.body.kind)
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
