import type { EditorState, Text } from '@codemirror/state'
import type { JsonSchema } from '../../../engine/scenario/jsonSchema.ts'
import { childrenOf, rootOf, wordAt, type Node, type Path } from './jsonTree.ts'

/** What the published schema says about a place in a scenario, given what is written there so far. */

const TYPE_OF: { readonly [node: string]: readonly string[] } = {
  Object: ['object'],
  Array: ['array'],
  String: ['string'],
  Number: ['number', 'integer'],
  True: ['boolean'],
  False: ['boolean'],
  Null: ['null'],
}

/** The field by whose word an option of a choice is known, with that word. */
export function wordOf(option: JsonSchema): readonly [key: string, word: string] | null {
  for (const [key, field] of Object.entries(option.properties ?? {}))
    if (typeof field.const === 'string') return [key, field.const]
  return null
}

/** The alternatives of a schema that what is written can still become; all of them where nothing is. */
export function alternatives(schema: JsonSchema, node: Node | null, doc: Text): readonly JsonSchema[] {
  const options = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])]
  if (options.length === 0) return [schema]
  const types = node ? TYPE_OF[node.name] : undefined
  const known = options.flatMap((option) => {
    const word = wordOf(option)
    const written = word && wordAt(node, word[0], doc)
    return word && written !== null && written === word[1] ? [option] : []
  })
  if (known.length > 0) return known
  return options
    .filter((option) => !types || option.type === undefined || types.includes(option.type))
    .flatMap((option) => alternatives(option, node, doc))
}

/** The schemas that may hold at `path`, from the outside in. Empty where the path names nothing known. */
export function schemasAt(schema: JsonSchema, state: EditorState, path: Path): readonly JsonSchema[] {
  let node = rootOf(state)
  let now: readonly JsonSchema[] = [schema]
  for (const step of path) {
    const here: Node | null = node
    now = now
      .flatMap((option) => alternatives(option, here, state.doc))
      .flatMap((option) => (typeof step === 'number' ? option.items : option.properties?.[step]) ?? [])
    node = (here && childrenOf(here, state.doc).find(({ key }) => key === step)?.value) ?? null
  }
  return now
}

/** A value that the schema takes, as JSON: the default where there is one, else the least that is needed. */
export function sample(schema: JsonSchema): unknown {
  if (schema.const !== undefined) return schema.const
  const known = schema.default
  if (known !== undefined && !isEmpty(known)) return known
  const [first] = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])]
  if (first) return sample(first)
  if (schema.enum) return schema.enum[0]
  switch (schema.type) {
    case 'object':
      return Object.fromEntries((schema.required ?? []).map((name) => [name, sample(schema.properties?.[name] ?? {})]))
    case 'array':
      return []
    case 'boolean':
      return true
    case 'string':
      return ''
    case 'null':
      return null
    default:
      return Math.max(0, schema.minimum ?? 0)
  }
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0

const count = (n: number): string => (Number.isInteger(n) ? String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ',') : String(n))

/** What may stand there, in a few words: "whole number, 1 to 1,000,000". */
export function kindText(schema: JsonSchema): string {
  const options = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])]
  if (options.length > 0) {
    const words = options.map((option) => wordOf(option)?.[1]).filter((word) => word !== undefined)
    return words.length > 0 ? `one of ${words.join(', ')}` : [...new Set(options.map(kindText))].join(', or ')
  }
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(', ')
  const bounds =
    schema.minimum === undefined ? '' : `, ${count(schema.minimum)} to ${count(schema.maximum ?? Infinity)}`
  switch (schema.type) {
    case 'integer':
      return schema.maximum === undefined ? `whole number from ${schema.minimum ?? 0} up` : `whole number${bounds}`
    case 'number':
      return `number${bounds}`
    case 'boolean':
      return 'true or false'
    case 'string':
      return schema.maxLength === undefined ? 'text' : `text of at most ${schema.maxLength} characters`
    case 'array':
      return schema.items ? `list of: ${kindText(schema.items)}` : 'list'
    case 'object':
      return schema.properties && wordOf(schema) === null
        ? `{ ${Object.keys(schema.properties).join(', ')} }`
        : 'object'
    case 'null':
      return 'null'
    default:
      return 'any value'
  }
}
