import { syntaxTree } from '@codemirror/language'
import type { EditorState, Text } from '@codemirror/state'

/** Finding one's way in the syntax tree of a JSON text, finished or not. */
export type Node = ReturnType<ReturnType<typeof syntaxTree>['resolveInner']>
export type Path = readonly (string | number)[]

const VALUES = ['Object', 'Array', 'String', 'Number', 'True', 'False', 'Null']
export const isValue = (node: Node): boolean => VALUES.includes(node.name)

/** The text within the quotes of a name or a string; of an unfinished one as much as there is. */
export function textIn(node: Node, doc: Text): string {
  const raw = doc.sliceString(node.from, node.to)
  try {
    return String(JSON.parse(raw))
  } catch {
    return raw.replace(/^"|"$/g, '')
  }
}

/** The top value of the text, or null where there is none yet. */
export const rootOf = (state: EditorState): Node | null => syntaxTree(state).topNode.firstChild

const valueOf = (property: Node): Node | null => {
  const last = property.lastChild
  return last && isValue(last) ? last : null
}

/** The properties of an object, or the items of a list, in order. */
export function childrenOf(
  node: Node,
  doc: Text,
): readonly { key: string | number; name: Node | null; value: Node | null }[] {
  if (node.name === 'Object')
    return node.getChildren('Property').map((property) => {
      const name = property.getChild('PropertyName')
      return { key: name ? textIn(name, doc) : '', name, value: valueOf(property) }
    })
  if (node.name !== 'Array') return []
  const items: { key: number; name: null; value: Node }[] = []
  for (let child = node.firstChild; child; child = child.nextSibling)
    if (isValue(child)) items.push({ key: items.length, name: null, value: child })
  return items
}

/** The word in field `key` of an object, or null. */
export function wordAt(node: Node | null, key: string, doc: Text): string | null {
  if (node?.name !== 'Object') return null
  const value = childrenOf(node, doc).find((child) => child.key === key)?.value
  return value?.name === 'String' ? textIn(value, doc) : null
}

/** How one gets from the root to `node`: names of properties and numbers of items. */
export function pathTo(node: Node, doc: Text): Path {
  const path: (string | number)[] = []
  for (let at: Node = node; at.parent; at = at.parent) {
    const { parent } = at
    if (at.name === 'Property') {
      const name = at.getChild('PropertyName')
      path.unshift(name ? textIn(name, doc) : '')
    } else if (parent.name === 'Array') {
      let index = 0
      for (let before = at.prevSibling; before; before = before.prevSibling) if (isValue(before)) index++
      path.unshift(index)
    }
  }
  return path
}

/** What stands at a path: the nodes of its name and value, as far as they are there, and of the object around it. */
export function findPath(
  state: EditorState,
  path: Path,
): { name: Node | null; value: Node | null; around: Node | null } {
  let value = rootOf(state)
  let name: Node | null = null
  let around: Node | null = null
  for (const step of path) {
    around = value ?? around
    const child = value && childrenOf(value, state.doc).find(({ key }) => key === step)
    name = child?.name ?? null
    value = child?.value ?? null
    if (!child) break
  }
  return { name, value, around }
}
