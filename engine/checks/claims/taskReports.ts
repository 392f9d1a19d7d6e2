import type { Mark } from '../../agents/Program.ts'

/**
 * What distributors counted in a stretch of a run: the differences of two of their reports, which count from the start.
 */
export interface Stretch {
  readonly submitted: number
  readonly done: number
  readonly failed: number
  /** Found nobody to take them at once. */
  readonly delayed: number
  /** Sums over tasks done, µs. */
  readonly waitedUs: number
  readonly tookUs: number
  /** The same by priority. */
  readonly classes: readonly { readonly done: number; readonly waitedUs: number }[]
}

const FIELDS = ['submitted', 'done', 'failed', 'delayed', 'waitedUs', 'tookUs'] as const

/**
 * From each distributor's first report at or after `fromUs` to its last; nothing where there are no two. Sums over
 * distributors are the caller's.
 */
export function stretchesFrom(marks: readonly Mark[], fromUs: number): Stretch[] {
  const first = new Map<number, Mark>()
  const last = new Map<number, Mark>()
  for (const mark of marks) {
    if (mark.program !== 'distributor' || mark.body.kind !== 'report' || mark.key.time < fromUs) continue
    if (!first.has(mark.agent)) first.set(mark.agent, mark)
    last.set(mark.agent, mark)
  }
  return [...first].flatMap(([agent, from]) => {
    const to = last.get(agent)!
    return to === from ? [] : [difference(from, to)]
  })
}

type Classes = readonly { readonly done: number; readonly waitedUs: number }[]

function difference({ body: from }: Mark, { body: to }: Mark): Stretch {
  const counts = Object.fromEntries(FIELDS.map((name) => [name, Number(to[name]) - Number(from[name])]))
  const before = from.classes as unknown as Classes
  const classes = (to.classes as unknown as Classes).map(({ done, waitedUs }, k) => ({
    ...{ done: done - (before[k]?.done ?? 0), waitedUs: waitedUs - (before[k]?.waitedUs ?? 0) },
  }))
  return { ...(counts as unknown as Omit<Stretch, 'classes'>), classes }
}
