import { syntaxTree } from '@codemirror/language'
import type { EditorState } from '@codemirror/state'
import type { JsonSchema } from '../../../engine/scenario/jsonSchema.ts'
import { pathTo, type Node } from './jsonTree.ts'
import { alternatives, kindText, schemasAt } from './schemaWalk.ts'

/** What the schema says about the field or entry at a place: for the pointer, and for the line under the text. */
export interface Explained {
  readonly from: number
  readonly to: number
  /** `faults[0].agent` */
  readonly path: string
  readonly text: string
  /** What may stand there, and what does where it is left out. */
  readonly kind: string
}

export function explainField(schema: JsonSchema, state: EditorState, pos: number, side: 1 | -1 = 1): Explained | null {
  const node = syntaxTree(state).resolveInner(pos, side)
  const holder = holderOf(node)
  if (holder === null) return null
  const path = pathTo(holder, state.doc)
  const value = holder.name === 'Property' ? holder.lastChild : holder
  const found = schemasAt(schema, state, path)
  const exact = found.flatMap((option) => alternatives(option, value, state.doc))
  const [field] = found
  if (!field) return null
  const text = field.description ?? exact.find((option) => option.description)?.description ?? ''
  const normal = field.default
  const short = normal !== undefined && (typeof normal !== 'object' || normal === null)
  const kind = kindText(field) + (short ? `; left out: ${JSON.stringify(normal)}` : '')
  return { from: holder.from, to: (holder.firstChild ?? holder).to, path: textOf(path), text, kind }
}

/** The property, or the entry of a list, that a node is in. */
function holderOf(node: Node): Node | null {
  for (let at: Node | null = node; at?.parent; at = at.parent)
    if (at.name === 'Property' || at.parent.name === 'Array') return at
  return null
}

const textOf = (path: readonly (string | number)[]): string =>
  path.map((step, i) => (typeof step === 'number' ? `[${step}]` : i === 0 ? step : `.${step}`)).join('')
