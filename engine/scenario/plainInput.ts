import { fail, ok, type Result } from '../kernel/result.ts'
import { LIMITS } from './limits.ts'
import { count, pathText, show } from './show.ts'

interface Place {
  readonly parent: Place | null
  readonly step: string | number
  readonly depth: number
}

/**
 * The first look at anything from outside: a copy made of objects, lists, strings, finite numbers, booleans and null
 * only, at most `nodesMax` values and `depthMax` deep. Everything after it may recurse and enumerate freely. Fields
 * that
 * hold `undefined` are left out, as JSON does. Iterative, so that depth cannot exhaust the stack.
 */
export function plainInput(input: unknown): Result<unknown> {
  const root: { value?: unknown } = {}
  const todo: { source: unknown; into: any; place: Place }[] = [
    { source: input, into: root, place: { parent: null, step: 'value', depth: 0 } },
  ]
  for (let nodes = 0; todo.length > 0; nodes++) {
    const { source, into, place } = todo.pop()!
    if (nodes >= LIMITS.nodesMax) return fail(`scenario: holds more than ${count(LIMITS.nodesMax)} values`)
    const problem = leafProblem(source)
    if (problem !== null) return fail(`${where(place)}: ${show(source)} ${problem}`)
    if (typeof source !== 'object' || source === null) {
      into[place.step] = source === 0 ? 0 : source // −0 is a different state to the digest, and nobody means it
      continue
    }
    if (place.depth >= LIMITS.depthMax) return fail(`${where(place)}: nested deeper than ${LIMITS.depthMax} levels`)
    const keys = Array.isArray(source) ? source.length : Object.keys(source)
    const size = typeof keys === 'number' ? keys : keys.length
    if (nodes + todo.length + size > LIMITS.nodesMax)
      return fail(`${where(place)}: holds more than ${count(LIMITS.nodesMax)} values`)
    const copy: any = typeof keys === 'number' ? new Array(size) : {}
    into[place.step] = copy
    for (let i = 0; i < size; i++) {
      const step = typeof keys === 'number' ? i : keys[i]!
      // Assigning to it would set a prototype instead of a field.
      if (step === '__proto__') return fail(`${where(place)}: "__proto__" is not a field name`)
      const value = (source as any)[step]
      if (value === undefined && typeof step === 'string') continue
      todo.push({ source: value, into: copy, place: { parent: place, step, depth: place.depth + 1 } })
    }
  }
  return ok(root.value)
}

function leafProblem(value: unknown): string | null {
  switch (typeof value) {
    case 'string':
      return value.length <= LIMITS.scenarioBytesMax
        ? null
        : `is longer than ${count(LIMITS.scenarioBytesMax)} characters`
    case 'boolean':
      return null
    case 'number':
      return Number.isFinite(value) ? null : 'is not a finite number'
    case 'object': {
      const tag = Object.prototype.toString.call(value)
      return value === null || tag === '[object Object]' || tag === '[object Array]' ? null : 'is not plain data'
    }
    default:
      return 'is not plain data'
  }
}

function where(place: Place): string {
  const path: (string | number)[] = []
  for (let at: Place | null = place; at !== null && at.parent !== null; at = at.parent) path.push(at.step)
  return pathText(path.reverse())
}
