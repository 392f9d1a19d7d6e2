import { syntaxTree } from '@codemirror/language'
import type { Diagnostic } from '@codemirror/lint'
import type { EditorState } from '@codemirror/state'
import { parseScenarioText } from '../../../engine/scenario/parse.ts'
import type { Scenario } from '../../../engine/scenario/Scenario.ts'
import { childrenOf, findPath, rootOf, wordAt, type Path } from './jsonTree.ts'

/** What the parser that runs scenarios says about the text: the scenario, or one sentence and where it belongs. */
export type Checked =
  | { readonly ok: true; readonly value: Scenario }
  | { readonly ok: false; readonly error: string; readonly from: number; readonly to: number }

export function checkScenario(state: EditorState): Checked {
  const parsed = parseScenarioText(state.doc.toString())
  if (parsed.ok) return parsed
  const range = rangeOf(state, parsed.error)
  const line = state.doc.lineAt(range.from).number
  return { ok: false, error: parsed.error.replace(/(: not valid JSON).*$/, `$1, see line ${line}`), ...range }
}

export function diagnosticsOf(checked: Checked): readonly Diagnostic[] {
  if (checked.ok) return []
  return [{ from: checked.from, to: checked.to, severity: 'error', message: checked.error }]
}

/** `faults[2].agent` → ['faults', 2, 'agent']; the sentence's part before its colon. */
export function pathIn(sentence: string): Path {
  const text = /^([\w$.[\]-]+): /.exec(sentence)?.[1]
  if (text === undefined || text === 'scenario') return []
  return text
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.')
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step))
}

function rangeOf(state: EditorState, sentence: string): { from: number; to: number } {
  const size = state.doc.length
  if (/: not valid JSON/.test(sentence)) {
    const at = Number(/from character (\d+)/.exec(sentence)?.[1] ?? firstBreak(state))
    const from = Math.max(0, Math.min(at, size - 1))
    return { from, to: Math.min(size, from + 1) }
  }
  const { name, value, around } = findPath(state, byPlace(state, pathIn(sentence)))
  // A name that is wrong, a value that is, or the start of the object that lacks something.
  if (name && (/: unknown /.test(sentence) || !value)) return { from: name.from, to: name.to }
  if (value && value.name !== 'Object' && value.name !== 'Array') return { from: value.from, to: value.to }
  const start = name ?? value ?? around
  return start === null
    ? { from: 0, to: 0 }
    : name
      ? { from: name.from, to: name.to }
      : { from: start.from, to: start.from + 1 }
}

/** Programs are called by their kind in sentences; in the text they stand in a list. */
function byPlace(state: EditorState, path: Path): Path {
  const [field, kind, ...rest] = path
  if (field !== 'programs' || typeof kind !== 'string') return path
  const list = findPath(state, ['programs']).value
  const index = list
    ? childrenOf(list, state.doc).findIndex(({ value }) => wordAt(value, 'kind', state.doc) === kind)
    : -1
  return index === -1 ? [field] : [field, index, ...rest]
}

/** Where the syntax tree first has something that is not JSON. */
function firstBreak(state: EditorState): number {
  let at = rootOf(state)?.to ?? 0
  syntaxTree(state).iterate({
    enter: (node) => {
      if (node.type.isError) at = Math.min(at, node.from)
    },
  })
  return at
}
