import { fail, ok, type Result } from '../kernel/result.ts'
import { suggestion } from './nearest.ts'
import { clean, pathText } from './show.ts'

/** A scenario as plain JSON that parsing has yet to check. */
export type Document = { [field: string]: any }

/** `swarm.agents`, `programs.raft.params.preVote`, `faults[0].at` or `faults.0.at`. */
export function splitPath(text: string): string[] {
  return text.replace(/\[(\d+)\]/g, '.$1').split('.')
}

/** Objects whose fields depend on their `kind`: a new kind starts from its own defaults. */
const LAWS = ['latency', 'local', 'fsync']

/**
 * Sets one field of `document` in place. Programs are addressed by kind, list entries by number. The last step may name
 * a field that is not there (parsing knows whether it may be); every step before it must exist.
 */
export function setAt(document: Document, path: readonly string[], value: unknown): Result<Document> {
  let at: any = document
  // Chaos that is off has no fields yet; one that is set switches it on.
  if (path[0] === 'chaos' && path.length > 1 && at.chaos === null) at.chaos = { weights: {} }
  if (path[0] === 'tasks' && path.length > 1 && at.tasks === null) at.tasks = { workload: {} }
  if (path[0] === 'space' && path[1] === 'kind' && path.length === 2) {
    // Another model starts from its own parameters and keeps the world.
    const { params: _, ...world } = at.space ?? {}
    at.space = { ...world, kind: value }
    return ok(document)
  }
  for (const [depth, step] of path.slice(0, -1).entries()) {
    const key = keyIn(at, step, path.slice(0, depth + 1))
    if (!key.ok) return key
    const inner = at[key.value]
    if (typeof inner !== 'object' || inner === null)
      return fail(`${pathText(path.slice(0, depth + 1))}: is a value and has no field "${clean(path[depth + 1]!)}"`)
    at = inner
  }
  const last = path[path.length - 1]!
  if (Array.isArray(at)) {
    const key = keyIn(at, last, path)
    if (!key.ok) return key
    at[key.value as number] = value
  } else if (last === 'kind' && LAWS.includes(path[path.length - 2] ?? '')) {
    for (const field of Object.keys(at)) delete at[field]
    at.kind = value
  } else if (last === '__proto__') {
    return fail(`${pathText(path)}: unknown field`)
  } else {
    at[last] = value
  }
  return ok(document)
}

function keyIn(at: any, step: string, path: readonly string[]): Result<string | number> {
  if (!Array.isArray(at)) {
    if (Object.hasOwn(at, step)) return ok(step)
    return fail(`${pathText(path)}: unknown field${suggestion(step, Object.keys(at))}`)
  }
  if (/^\d{1,9}$/.test(step)) {
    const index = Number(step)
    return index < at.length
      ? ok(index)
      : fail(`${pathText(path)}: is outside 0..${at.length - 1}, the entries of that list`)
  }
  const kinds = at.map((entry) => String(entry?.kind))
  const index = path.length === 2 && path[0] === 'programs' ? kinds.indexOf(step) : -1
  if (index !== -1) return ok(index)
  return fail(`${pathText(path)}: unknown ${path[0] === 'programs' ? 'program' : 'entry'}${suggestion(step, kinds)}`)
}
