import { DEFAULTS, LAW_DEFAULTS, PROGRAM_DEFAULTS, type ProgramKind } from './defaults.ts'
import { withoutImplied } from './implied.ts'
import type { Document } from './paths.ts'
import type { LatencyLaw, Scenario } from './Scenario.ts'
import { WORKLOAD_DEFAULTS } from './tasksSchema.ts'
import { paramDefaults, SPACE_DEFAULTS } from './spaceParams.ts'

/** One assignment of a link or of `--set`: path and plain value. */
export type Assignment = readonly [path: string, value: unknown]

const isObject = (value: unknown): value is Document =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Deep equality of plain data; the order of fields does not matter. */
export function equal(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => equal(item, b[i]))
  if (!isObject(a) || !isObject(b)) return a === b
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]))
}

/**
 * Assignments that turn `from` into `to`, both plain scenario documents. Lists are replaced whole, programs by kind.
 */
export function diff(from: Document, to: Document, path = ''): Assignment[] {
  const keys = Object.keys(to)
  // Assignments cannot remove a field, so an object that lost one is replaced whole.
  if (path !== '' && Object.keys(from).some((key) => !Object.hasOwn(to, key))) return [[path, to]]
  return keys.flatMap((key): Assignment[] => {
    const [before, after] = [from[key], to[key]]
    const at = path === '' ? key : `${path}.${key}`
    if (equal(before, after)) return []
    if (at === 'programs' && sameKinds(before, after))
      return after.flatMap((program: Document, i: number) => diff(before[i], program, `programs.${program.kind}`))
    if (isObject(before) && isObject(after) && (at === 'topology' || before.kind === after.kind))
      return diff(before, after, at)
    return [[at, after]]
  })
}

const sameKinds = (a: unknown, b: unknown): boolean =>
  Array.isArray(a) && Array.isArray(b) && equal(a.map(kindOf), b.map(kindOf))
const kindOf = (program: { kind: string }): string => program.kind

/** The shortest document that parses to `scenario`: without defaults, without what is implied, without faults. */
export function shorten(scenario: Scenario): Document {
  const { programs, space, tasks, faults: _, ...rest } = withoutImplied(scenario)
  return {
    ...minus(rest, DEFAULTS),
    ...(space !== null && {
      space: {
        kind: space.kind,
        ...minus(space, { ...SPACE_DEFAULTS, kind: space.kind, params: paramDefaults(space.kind) }),
      },
    }),
    ...(tasks !== null && { tasks: { workload: minus(tasks.workload, { ...WORKLOAD_DEFAULTS }) } }),
    programs: programs.map(({ kind, ...program }) => ({
      kind,
      ...minus(program, PROGRAM_DEFAULTS[kind as ProgramKind]),
    })),
  }
}

function minus(value: Document, defaults: Document): Document {
  const short: Document = {}
  for (const [key, item] of Object.entries(value)) {
    const normal = defaults[key]
    if (equal(item, normal)) continue
    const isLaw = key === 'latency' || key === 'local' || key === 'fsync'
    if (isLaw) short[key] = { kind: item.kind, ...minus(item, LAW_DEFAULTS[item.kind as LatencyLaw['kind']]) }
    else short[key] = isObject(item) && isObject(normal) ? minus(item, normal) : item
  }
  return short
}
