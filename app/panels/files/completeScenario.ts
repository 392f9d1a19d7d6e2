import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { syntaxTree } from '@codemirror/language'
import type { EditorView } from '@codemirror/view'
import type { JsonSchema } from '../../../engine/scenario/jsonSchema.ts'
import { prettyJson } from '../../../engine/scenario/scenarioFile.ts'
import { childrenOf, isValue, pathTo, type Node } from './jsonTree.ts'
import { alternatives, kindText, sample, schemasAt, wordOf } from './schemaWalk.ts'

/** Names of fields, words and whole entries, as the schema has them at the cursor. */
export const completeScenario =
  (schema: JsonSchema) =>
  (context: CompletionContext): CompletionResult | null => {
    const place = placeOf(context)
    if (place === null) return null
    const isName = place.around.name === 'Object' && place.field === null
    const options = isName ? fieldOptions(schema, context, place) : valueOptions(schema, context, place)
    return options.length === 0 ? null : { from: place.from, options, validFor: /^"?[\w $-]*$/ }
  }

interface Spot {
  /** Where the word begins that a completion takes the place of. */
  readonly from: number
  /** How much of that word is behind the cursor: its closing quote at least. */
  readonly rest: number
  /** The object or list that the cursor is in. */
  readonly around: Node
  /** The property whose value it is; null where a name is wanted, or in a list. */
  readonly field: Node | null
  /** The property whose name is being written. */
  readonly inName: Node | null
}

/** Where the cursor is, or null where nothing can be completed: outside, within a number, right behind a value. */
function placeOf({ state, pos, explicit }: CompletionContext): Spot | null {
  const node = syntaxTree(state).resolveInner(pos, -1)
  const word = /[\w$"-]*$/.exec(state.doc.lineAt(pos).text.slice(0, pos - state.doc.lineAt(pos).from))![0]
  const typed = { from: pos - word.length, rest: 0 }
  if (node.name === 'PropertyName' && node.parent?.parent)
    return { from: node.from, rest: node.to - pos, around: node.parent.parent, field: null, inName: node.parent }
  if (isValue(node) && node.name !== 'Object' && node.name !== 'Array') {
    const { parent } = node
    if (!parent) return null
    const end = { from: node.from, rest: node.to - pos }
    if (parent.name === 'Property') return { ...end, around: parent.parent!, field: parent, inName: null }
    return parent.name === 'Array' ? { ...end, around: parent, field: null, inName: null } : null
  }
  if (word === '' && !explicit) return null
  // Something can stand behind an opening bracket, a comma or a colon, and nowhere else.
  if (!/[{[,:]\s*$/.test(state.doc.sliceString(0, typed.from))) return null
  for (let at: Node | null = node; at; at = at.parent) {
    if (at.name === 'Property') {
      const colon = state.doc.sliceString(at.from, pos).includes(':')
      const value = at.lastChild
      if (colon && value && isValue(value) && value.to <= typed.from) continue
      return { ...typed, around: at.parent!, field: colon ? at : null, inName: colon ? null : at }
    }
    if (at.name === 'Object' || at.name === 'Array') {
      // A value that is not yet one ("on": |) stands behind its property in the unfinished tree.
      const before = at.childBefore(typed.from)
      const open = before?.name === 'Property' && state.doc.sliceString(before.from, typed.from).trimEnd().endsWith(':')
      return { ...typed, around: at, field: open ? before : null, inName: null }
    }
  }
  return null
}

function fieldOptions(schema: JsonSchema, { state, pos }: CompletionContext, spot: Spot): Completion[] {
  const { around, inName, rest } = spot
  const behind = state.doc.sliceString(pos + rest, pos + rest + 200)
  const hasValue = /^\s*:/.test(behind)
  const comma = /^\s*"/.test(behind) ? ',' : '' // another field follows
  const present = childrenOf(around, state.doc)
    .filter(({ name }) => name?.from !== inName?.from)
    .map(({ key }) => key)
  const schemas = schemasAt(schema, state, pathTo(around, state.doc)).flatMap((s) => alternatives(s, around, state.doc))
  const fields = new Map<string, JsonSchema>()
  for (const option of schemas)
    for (const [name, field] of Object.entries(option.properties ?? {}))
      if (!present.includes(name) && !fields.has(name)) fields.set(name, field)
  const required = new Set(schemas.flatMap((option) => option.required ?? []))
  return [...fields].map(([name, field]) => ({
    label: `"${name}"`,
    displayLabel: name,
    detail: kindText(field).slice(0, 40),
    info: field.description ?? '',
    type: 'property',
    boost: required.has(name) ? 1 : 0,
    apply: apply(hasValue ? `"${name}"` : `"${name}": ${prettyJson(sample(field), '  ')}${comma}`, rest),
  }))
}

function valueOptions(schema: JsonSchema, context: CompletionContext, { around, field, rest }: Spot): Completion[] {
  const { state } = context
  const path = field ? pathTo(field, state.doc) : [...pathTo(around, state.doc), 0]
  const schemas = field
    ? schemasAt(schema, state, path)
    : schemasAt(schema, state, pathTo(around, state.doc)).flatMap((s) => s.items ?? [])
  const value = field?.lastChild && isValue(field.lastChild) ? field.lastChild : null
  const options = new Map<string, Completion>()
  const add = (label: string, json: unknown, info = ''): void => {
    if (!options.has(label))
      options.set(label, {
        label,
        displayLabel: label.replace(/^"|"$/g, ''),
        info,
        type: 'enum',
        apply: apply(prettyJson(json, '  '), rest),
      })
  }
  // A string that is being typed may become any word, so its type decides nothing yet.
  for (const option of schemas.flatMap((s) => alternatives(s, value?.name === 'String' ? null : value, state.doc)))
    for (const [json, info] of suggestions(option)) add(labelOf(option, json), json, info)
  const text = context.state.sliceDoc(context.pos - 1, context.pos)
  return text === '}' || text === ']' ? [] : [...options.values()]
}

const labelOf = (option: JsonSchema, json: unknown): string => {
  const word = wordOf(option)
  return word && typeof json === 'object' ? `"${word[1]}"` : JSON.stringify(json)
}

function suggestions(option: JsonSchema): readonly (readonly [json: unknown, info: string])[] {
  const info = option.description ?? ''
  if (option.const !== undefined) return [[option.const, info]]
  if (option.enum) return option.enum.map((value) => [value, ''] as const)
  if (option.type === 'boolean')
    return [
      [true, info],
      [false, info],
    ]
  if (option.type === 'object' || option.type === 'array' || option.type === 'null') return [[sample(option), info]]
  return option.default === undefined ? [] : [[option.default, info]]
}

/**
 * Puts the text in place of the word and of the `rest` of it behind the cursor, and selects the value that was made up,
 * so that one goes on there.
 */
function apply(
  text: string,
  rest: number,
): (view: EditorView, completion: Completion, from: number, to: number) => void {
  const [, value, comma = ''] = /: ("[^"]*"|[\d.]+|true|false|null|\[\]|\{\})(,?)$/.exec(text) ?? []
  const quoted = value !== undefined && /^["[{]/.test(value)
  return (view, _, from, to) => {
    const indent = /^\s*/.exec(view.state.doc.lineAt(from).text)![0]
    const insert = text.replace(/\n {2}/g, `\n${indent}`)
    const end = from + insert.length - comma.length
    const head = quoted ? end - 1 : end
    const anchor = value === undefined ? end : quoted ? end - value.length + 1 : end - value.length
    view.dispatch({
      changes: { from, to: to + rest, insert },
      selection: { anchor, head },
      userEvent: 'input.complete',
    })
  }
}
