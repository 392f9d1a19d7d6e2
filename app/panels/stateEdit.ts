import type { Mark } from '../../engine/agents/Program.ts'
import { paramProblem } from '../../engine/scenario/paramProblem.ts'
import type { Command, Op, Scenario } from '../../engine/scenario/Scenario.ts'
import type { Plain } from '../../engine/kernel/plain.ts'

/** What a person may overwrite in an agent, by its path within a program's state ("log.3.term"), and with what. */

/** Paths that a command can name; nothing below other keys can be changed. */
const PATH = /^[a-zA-Z0-9_-]+(\.[a-zA-Z0-9_-]+){0,7}$/

/**
 * What a new value at `path` is: a parameter (kept by restarts), a variable of the state, or null where it cannot be
 * changed.
 */
export function editKind(scenario: Scenario, program: string, path: string, now: Plain): 'set' | 'edit' | null {
  if (typeof now === 'object' && now !== null) return null
  if (!PATH.test(path)) return null
  const [first, param, ...rest] = path.split('.')
  if (first !== 'params') return 'edit'
  const known = scenario.programs.find((p) => p.kind === program)?.params ?? {}
  const settable = param !== undefined && rest.length === 0 && Object.hasOwn(known, param)
  return settable && paramProblem(scenario, program, param, known[param]!) === null ? 'set' : null
}

/** The value that a command of this very moment gives: the run stands before it until its next event. */
export function awaited(
  log: readonly Command[],
  timeUs: number,
  agent: number,
  program: string,
  path: string,
): Plain | undefined {
  let value: Plain | undefined
  for (const c of log)
    if (c.at === timeUs && (c.op === 'edit' || c.op === 'set') && c.program === program)
      if ((c.agent === agent || c.agent === 'all') && (c.op === 'edit' ? c.path : `params.${c.param}`) === path)
        value = c.value
  return value
}

export type Edited = { readonly ok: true; readonly op: Op } | { readonly ok: false; readonly error: string }

/** The command that gives the variable what was typed; a value keeps its type. The error is one sentence. */
export function editOp(
  scenario: Scenario,
  agent: number,
  program: string,
  path: string,
  now: Plain,
  text: string,
): Edited {
  const kind = editKind(scenario, program, path, now)
  if (kind === null) return { ok: false, error: `${path} cannot be changed by hand.` }
  const value = typed(now, text.trim())
  if (value === undefined) return { ok: false, error: `${path}: ${text.trim() || 'nothing'} is not ${typeWord(now)}.` }
  if (kind === 'edit') return { ok: true, op: { op: 'edit', agent, program, path, value } }
  const param = path.split('.')[1]!
  const problem = paramProblem(scenario, program, param, value)
  if (problem !== null) return { ok: false, error: `${param}: ${problem.replace(/^value: /, '')}.` }
  return { ok: true, op: { op: 'set', agent, program, param, value } }
}

/** What was typed as a value of the type of `now`; undefined where it is none. */
export function typed(now: Plain, text: string): Plain | undefined {
  const number = text === '' ? Number.NaN : Number(text)
  switch (typeof now) {
    case 'number':
      return Number.isFinite(number) && (!Number.isInteger(now) || Number.isInteger(number)) ? number : undefined
    case 'boolean':
      return /^(yes|true)$/i.test(text) ? true : /^(no|false)$/i.test(text) ? false : undefined
    case 'string':
      return text
    default:
      return Number.isFinite(number) ? number : text === '' ? undefined : text
  }
}

const typeWord = (now: Plain): string =>
  typeof now === 'boolean'
    ? 'yes or no'
    : typeof now === 'number'
      ? Number.isInteger(now)
        ? 'a whole number'
        : 'a number'
      : 'a value'

export interface HandNote {
  readonly atUs: number
  readonly sentence: string
  readonly refused: boolean
}

/** What has been asked for at the moment on screen and comes into force with the next event. */
export function pendingNotes(
  log: readonly Command[],
  marks: readonly Mark[],
  agent: number,
  timeUs: number,
): readonly HandNote[] {
  return log.flatMap((c) => {
    if ((c.op !== 'edit' && c.op !== 'set') || c.at !== timeUs) return []
    if (c.agent !== agent && c.agent !== 'all') return []
    if (marks.some((m) => m.key.time === c.at && m.agent === agent && m.program === 'host')) return []
    const what = `${c.op === 'edit' ? c.path : c.param} of ${c.program}`
    return [noteOf(c.at, `${what} becomes ${valueWord(c.value)} when time goes on.`, false)]
  })
}

/** What has been done to an agent by hand up to `timeUs`, newest first, at most `most`. */
export function handNotes(marks: readonly Mark[], agent: number, timeUs: number, most = 4): readonly HandNote[] {
  const notes: HandNote[] = []
  for (let i = marks.length - 1; i >= 0 && notes.length < most; i--) {
    const { key, agent: whose, program, body } = marks[i]!
    if (whose !== agent || program !== 'host' || key.time > timeUs) continue
    const what = `${String(body['path'] ?? body['param'])} of ${String(body['program'])}`
    const value = valueWord(body['value'])
    if (body.kind === 'edited') notes.push(noteOf(key.time, `${what} was overwritten with ${value}.`, false))
    else if (body.kind === 'set') notes.push(noteOf(key.time, `${what} was set to ${value}.`, false))
    else if (body.kind === 'not edited') notes.push(noteOf(key.time, `${what} stays: ${String(body['why'])}.`, true))
  }
  return notes
}

const noteOf = (atUs: number, sentence: string, refused: boolean): HandNote => ({
  atUs,
  sentence: sentence.charAt(0).toUpperCase() + sentence.slice(1),
  refused,
})

export const valueWord = (value: Plain | undefined): string =>
  value === true ? 'yes' : value === false ? 'no' : value === null || value === undefined ? '–' : `${value as string}`
