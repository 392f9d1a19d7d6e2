import type { Plain } from '../../kernel/plain.ts'
import type { Distributor } from './distributorState.ts'
import { OPS_FROM, PLACE_MASK } from './distributorDisk.ts'
import type { Task } from '../Task.ts'
import { taskNumber } from '../workload/workload.ts'

/**
 * Tasks given by hand: `{ op: 'submit', tasks: [{ sizeUs, kind?, demand?, priority?, predictedUs?, after? }] }`,
 * `after` being
 * places in that list. Everything has a bound; what is wrong is one sentence.
 */
const TASKS_MAX = 10_000
/** Ids have 32 bits, of which a submitter counts with 24. */
const SUBMITTERS_MAX = 256
const SIZE_MAX_US = 86_400_000_000
type Given = { readonly [field: string]: Plain | undefined }

/** The tasks, or what is wrong with them. */
export function readOps(op: Plain, d: Distributor, nowUs: number): readonly Task[] | string {
  const given = op as Given | null
  const list = typeof given === 'object' && given?.['op'] === 'submit' ? given['tasks'] : undefined
  if (!Array.isArray(list)) return 'an operation is {"op": "submit", "tasks": [...]}'
  if (d.place >= SUBMITTERS_MAX) return `only the first ${SUBMITTERS_MAX} distributors can number tasks`
  const room = Math.min(TASKS_MAX, PLACE_MASK + 1 - OPS_FROM - d.opsCount)
  if (list.length === 0 || list.length > room) return `tasks: ${list.length} tasks are outside 1..${room}`
  const tasks: Task[] = []
  for (const [k, item] of list.entries()) {
    const task = readTask(item as Given, k, list.length, d, nowUs)
    if (typeof task === 'string') return `tasks[${k}].${task}`
    tasks.push(task)
  }
  const cycle = cycleOf(tasks.map(({ after }) => after.map((id) => (id & PLACE_MASK) - OPS_FROM - d.opsCount)))
  return cycle.length === 0 ? tasks : `tasks: ${cycle.join(', ')} wait for each other, so none could ever begin`
}

function readTask(item: Given, k: number, count: number, d: Distributor, nowUs: number): Task | string {
  const number = (name: string, least: number, most: number, left: number): number | string => {
    const value = item?.[name] ?? left
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value
    return `${name}: ${String(value)} is outside ${least}..${most}`
  }
  const numbers = {
    sizeUs: number('sizeUs', 1, SIZE_MAX_US, NaN),
    kind: number('kind', 0, d.table.range.kinds - 1, 0),
    demand: number('demand', 1, d.table.range.demands, 1),
    priority: number('priority', 0, 15, 0),
    predictedUs: number('predictedUs', 0, SIZE_MAX_US, 0),
  }
  const wrong = Object.values(numbers).find((value) => typeof value === 'string')
  if (wrong !== undefined) return wrong as string
  const after = item['after'] ?? []
  const isPlace = (value: Plain): boolean =>
    typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < count
  if (!Array.isArray(after) || !after.every(isPlace)) return `after: is not a list of places 0..${count - 1}`
  const idAt = (place: number): number => taskNumber(d.place, OPS_FROM + d.opsCount + place)
  return {
    ...(numbers as { sizeUs: number; kind: number; demand: number; priority: number; predictedUs: number }),
    ...{ id: idAt(k), deadlineUs: 0, submittedUs: nowUs, submitter: d.self },
    after: [...new Set(after as number[])].sort((x, y) => x - y).map(idAt),
  }
}

/** Places that wait for each other, directly or not; empty where everything can begin (Kahn 1962). */
export function cycleOf(after: readonly (readonly number[])[]): number[] {
  const missing = after.map((places) => places.length)
  const later: number[][] = after.map(() => [])
  after.forEach((places, k) => places.forEach((place) => later[place]!.push(k)))
  const free = missing.flatMap((count, k) => (count === 0 ? [k] : []))
  for (let next = free.pop(); next !== undefined; next = free.pop()) {
    missing[next] = -1
    for (const k of later[next]!) if (--missing[k]! === 0) free.push(k)
  }
  // What only comes after a cycle is none of it: drop what nothing left waits for.
  let left = missing.flatMap((count, k) => (count > 0 ? [k] : []))
  for (let before = -1; before !== left.length;) {
    before = left.length
    left = left.filter((k) => left.some((other) => after[other]!.includes(k)))
  }
  return left
}
