import type { Mark } from '../agents/Program.ts'
import { addId, hasId, type IdRanges } from './idRanges.ts'
import type { Finding, Invariant } from './Invariant.ts'

/** Programs that take tasks in and say how they ended, and those that work on them; one may do both. */
export const SUBMITTERS = ['distributor', 'cluster', 'list'] as const
export const WORKERS = ['worker', 'cluster', 'list'] as const

/** The same kinds of mark by each of several programs, as `Invariant.on` wants them. */
export const saidBy = (programs: readonly string[], ...kinds: readonly string[]): { [program: string]: string[] } =>
  Object.fromEntries(programs.map((program) => [program, [...kinds]]))

/** Both together, where the two lists share a program. */
export function joined(...lists: readonly { readonly [program: string]: readonly string[] }[]) {
  const all: { [program: string]: string[] } = {}
  for (const list of lists)
    for (const [program, kinds] of Object.entries(list)) all[program] = [...(all[program] ?? []), ...kinds]
  return all
}

export const ENDS: readonly string[] = ['done', 'failed', 'unassignable']
const COUNTS = ['submitted', ...ENDS] as const

interface Conserved {
  /** Every task that was submitted so far. */
  readonly seen: IdRanges
  /** Of them those that have not ended, and who submitted them. */
  readonly open: { [task: number]: number }
  /** Who tells of every task, by the place in its tasks' ids; and who was made to begin or stop that during the run. */
  readonly tells: { [place: number]: number }
  readonly changed: { [agent: number]: true }
  /** The latest count report of each agent, in the order of COUNTS. */
  readonly counted: { [agent: number]: readonly number[] }
}

/**
 * Every task that was submitted ends once, as done, failed or unassignable; a second completion is told as such. Count
 * reports add up and never go back. A mark with `retold` repeats what a crash may have kept from being told: it is news
 * where nobody has heard of it, and nothing otherwise. Memory grows with the tasks that have not ended.
 */
export const taskConservation: Invariant<Conserved> = {
  name: 'task-conservation',
  title: 'No task is lost, and none ends twice',
  on: joined(saidBy(SUBMITTERS, 'submitted', ...ENDS, 'again', 'report'), saidBy(WORKERS, 'worked'), { host: ['set'] }),
  init: () => ({ seen: [], open: {}, tells: {}, changed: {}, counted: {} }),
  onMark(state, { agent, program, body }) {
    if (program === 'host') return isTold(body) && changed(state, agent)
    if (body.kind === 'report') return addsUp(state, agent, body)
    const task = body['task'] as number
    if (body.kind === 'submitted') return submitted(state, agent, task, body['retold'] === true)
    const teller = state.tells[placeOf(task)]
    if (teller === undefined || teller in state.changed) return false
    if (!hasId(state.seen, task)) return `task ${task} is ${wordOf(body.kind)}, which nobody has submitted`
    if (body.kind === 'worked') return false
    const isOpen = task in state.open
    if (body.kind === 'again') return !isOpen || `task ${task} is done again before it is done`
    if (!isOpen) return body['retold'] === true || `task ${task} ends a second time: it is ${wordOf(body.kind)}`
    delete state.open[task]
    return true
  },
}

/** The submitter's, see Task.id. */
const placeOf = (task: number): number => Math.floor(task / 16_777_216)

/** Whether a parameter was set that says if single tasks are told. */
export const isTold = ({ program, param }: Mark['body']): boolean =>
  param === 'verbose' && SUBMITTERS.some((one) => one === program)

function changed(state: Conserved, agent: number): false {
  state.changed[agent] = true
  for (const task of Object.keys(state.open).map(Number)) if (state.open[task] === agent) delete state.open[task]
  return false
}

const wordOf = (kind: string): string => (kind === 'again' ? 'done again' : kind === 'worked' ? 'worked on' : kind)

function submitted(state: Conserved, agent: number, task: number, retold: boolean): Finding {
  if (agent in state.changed) return false
  state.tells[placeOf(task)] = agent
  if (!addId(state.seen, task)) return retold || `task ${task} is submitted a second time, by agent ${agent}`
  state.open[task] = agent
  return false
}

function addsUp({ counted }: Conserved, agent: number, body: Mark['body']): Finding {
  if (typeof body['submitted'] !== 'number') return false
  const counts = COUNTS.map((name) => count(body, name))
  const before = counted[agent]
  counted[agent] = counts
  for (let k = 0; before !== undefined && k < counts.length; k++)
    if (counts[k]! < before[k]!)
      return `agent ${agent} has counted ${before[k]} tasks ${COUNTS[k]} and now counts ${counts[k]}`
  const [all, ...ended] = counts
  const kept = count(body, 'waiting') + count(body, 'outstanding')
  const sum = kept + ended.reduce((total, one) => total + one, 0)
  if (sum === all) return true
  return `agent ${agent} counts ${all} tasks submitted, but ${kept} with somebody and ${sum - kept} that have ended`
}

const count = (body: Mark['body'], name: string): number => (body[name] as number | undefined) ?? 0

/** What each worker says it can do when it boots, held against the kinds of the tasks that it starts. */
export const capability: Invariant<{
  readonly kinds: { [task: number]: number }
  readonly able: { [agent: number]: readonly number[] }
}> = {
  name: 'capability',
  title: 'Nobody starts a task of a kind that it cannot do',
  on: joined(saidBy(SUBMITTERS, 'submitted', ...ENDS), saidBy(WORKERS, 'able', 'started')),
  init: () => ({ kinds: {}, able: {} }),
  onMark(state, { agent, body }) {
    const task = body['task'] as number
    if (body.kind === 'able') state.able[agent] = body['kinds'] as readonly number[]
    else if (body.kind === 'submitted') state.kinds[task] = body['taskKind'] as number
    else if (ENDS.includes(body.kind)) delete state.kinds[task]
    else return canDo(state.able[agent], agent, task, state.kinds[task])
    return false
  },
}

/** Not judged: a worker that does everything says nothing, and nobody remembers what a finished task was. */
function canDo(able: readonly number[] | undefined, agent: number, task: number, kind: number | undefined): Finding {
  if (able === undefined || kind === undefined) return false
  return able.includes(kind) || `agent ${agent} starts task ${task} of kind ${kind} and can only do ${able.join(', ')}`
}
