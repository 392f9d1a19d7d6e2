import type { Mark } from '../agents/Program.ts'
import { NEVER } from '../kernel/units.ts'
import type { CheckContext, Invariant, TaskSetting } from './Invariant.ts'
import { DISTURBANCES, disturb, quietSince, type Quiet } from './liveness.ts'
import { ENDS, isTold, joined, saidBy, SUBMITTERS } from './taskInvariants.ts'
import { taskTerms, type TaskTerms } from './taskTerms.ts'

interface Waiting {
  readonly task: number
  readonly sinceUs: number
  /** Work of all that had come until then, µs. */
  readonly cameUs: number
}

interface Answers {
  /** As set during the run, and the loosest that came of it. */
  setting: TaskSetting | null
  terms: TaskTerms | null
  readonly quiet: Quiet
  /** Of each submitter in the order of submission; those that have ended stay until they are first. */
  readonly queues: { [agent: number]: { list: Waiting[]; first: number } }
  readonly sizeUs: { [task: number]: number }
  /** Work of all unfinished tasks, the most that it was since the latest disturbance, and the largest task ever, µs. */
  openUs: number
  openMaxUs: number
  sizeMaxUs: number
  /** Unfinished tasks, and the most that there were since the latest disturbance. */
  open: number
  openMax: number
  /** Speeds that single workers were set to; what all together lack by it, the slowest now, and the slowest ever. */
  readonly speeds: { [agent: number]: number }
  lack: number
  slowest: number
  slowestEver: number
  /** Work of all that ever came: until now, and until the latest disturbance ended, µs. */
  cameUs: number
  cameUntilQuietUs: number
  readonly down: { [agent: number]: true }
  /** Who was made to tell of single tasks during the run, or not to. */
  readonly changed: { [agent: number]: true }
  /** Workers of the start that have power. */
  up: number
  /** Nothing can be overdue before. */
  nextDueUs: number
}

/**
 * Once faults have ended every task is answered. The bound: leases, pauses and breakers that must close first; and in
 * each round all work there is, by all workers together, then a full queue at the slowest. Where the discipline lets
 * later tasks pass, what came later counts as well. Judged while its submitter is up, and who can do it.
 */
export const tasksAnswered: Invariant<Answers> = {
  name: 'tasks-answered',
  title: 'Once faults stop, every task is answered within its leases, retries and queue',
  on: joined(saidBy(SUBMITTERS, 'submitted', ...ENDS), { host: DISTURBANCES }),
  init: (ctx) => ({
    ...{ setting: ctx.tasks ?? null, terms: ctx.tasks === undefined ? null : taskTerms(ctx.tasks) },
    ...{ quiet: quietSince(ctx), queues: {}, sizeUs: {} },
    ...{ openUs: 0, openMaxUs: 0, sizeMaxUs: 0, open: 0, openMax: 0, cameUs: 0, cameUntilQuietUs: 0 },
    ...{
      speeds: {},
      lack: 0,
      slowest: 1,
      slowestEver: 1,
      down: {},
      changed: {},
      up: ctx.tasks?.working.length ?? 0,
      nextDueUs: NEVER,
    },
  }),
  onMark(state, mark, _view, ctx) {
    if (mark.program === 'host') disturbed(state, mark, ctx)
    else if (mark.body.kind === 'submitted') came(state, mark, ctx)
    else {
      if (!forget(state, mark.body['task'] as number)) return false
    }
    if (mark.key.time <= state.quiet.fromUs) {
      const { cameUs, openUs, open } = state
      Object.assign(state, { cameUntilQuietUs: cameUs, openMaxUs: openUs, openMax: open })
    }
    return mark.program !== 'host' && mark.body.kind !== 'submitted'
  },
  onTime(state, timeUs, _view, ctx) {
    if (timeUs < state.nextDueUs) return false
    state.nextDueUs = NEVER
    if (state.up === 0 || (state.terms?.alike === false && state.up < ctx.tasks!.working.length)) return false
    for (const agent of Object.keys(state.queues).map(Number)) {
      const waiting = agent in state.down ? null : oldest(state, agent)
      if (waiting === null) continue
      const due = dueUs(state, waiting, ctx)
      if (due <= timeUs) return `task ${waiting.task} has waited since ${waiting.sinceUs} µs for an answer`
      state.nextDueUs = Math.min(state.nextDueUs, due)
    }
    return false
  },
}

/** The task waits no more; whether it did. Mutates `state`. */
function forget(state: Answers, task: number): boolean {
  if (!(task in state.sizeUs)) return false
  state.open--
  state.openUs -= state.sizeUs[task]!
  return delete state.sizeUs[task]
}

function came(state: Answers, { agent, body, key }: Mark, ctx: CheckContext): void {
  const task = body['task'] as number
  if (task in state.sizeUs || agent in state.changed) return
  const sizeUs = Number(body['sizeUs'] ?? 0)
  state.sizeUs[task] = sizeUs
  state.openUs += sizeUs
  state.cameUs += sizeUs
  state.openMax = Math.max(state.openMax, ++state.open)
  state.openMaxUs = Math.max(state.openMaxUs, state.openUs)
  state.sizeMaxUs = Math.max(state.sizeMaxUs, sizeUs)
  const waiting = { task, sinceUs: key.time, cameUs: state.cameUs }
  ;(state.queues[agent] ??= { list: [], first: 0 }).list.push(waiting)
  state.nextDueUs = Math.min(state.nextDueUs, dueUs(state, waiting, ctx))
}

function disturbed(state: Answers, mark: Mark, ctx: CheckContext): void {
  disturb(state.quiet, mark, ctx)
  const { agent, body } = mark
  const wasDown = agent in state.down
  if (body.kind === 'crashed' || body.kind === 'left') state.down[agent] = true
  if (body.kind === 'restarted') delete state.down[agent]
  if (isWorker(agent, ctx)) state.up += Number(wasDown) - Number(agent in state.down)
  if (body.kind === 'set') loosen(state, agent, body)
  // Whose tasks are not all told, before or after: nothing is known of what waits.
  if (body.kind === 'set' && isTold(body)) {
    for (const { task } of state.queues[agent]?.list ?? []) forget(state, task)
    state.changed[agent] = true
  }
  state.nextDueUs = 0
}

/** Ascending, so by halving. */
function isWorker(agent: number, { tasks }: CheckContext): boolean {
  const workers = tasks?.working ?? []
  let low = 0
  let high = workers.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (workers[middle]! < agent) low = middle + 1
    else high = middle
  }
  return workers[low] === agent
}

/** The submitter's first task that has not ended. Mutates its queue. */
function oldest(state: Answers, agent: number): Waiting | null {
  const queue = state.queues[agent]!
  while (queue.first < queue.list.length && !(queue.list[queue.first]!.task in state.sizeUs)) queue.first++
  if (queue.first > 1_024) {
    queue.list = queue.list.slice(queue.first)
    queue.first = 0
  }
  return queue.list[queue.first] ?? null
}

/** When the task must have been answered, as things are now; later work moves it where that may pass. */
function dueUs({ terms, quiet, up, ...state }: Answers, { sinceUs, cameUs }: Waiting, { tasks }: CheckContext): number {
  if (tasks === undefined || terms === null || quiet.faults.length > 0 || quiet.fromUs >= NEVER) return NEVER
  const slowest = Math.min(terms.slowest, state.slowest)
  const together = Math.max(slowest, terms.together - state.lack)
  const passesUs = terms.inOrder ? 0 : state.cameUs - (sinceUs >= quiet.fromUs ? cameUs : state.cameUntilQuietUs)
  const aheadUs = ((state.openMaxUs + passesUs) * tasks.working.length) / (together * up)
  const besideUs =
    Math.min(state.openMaxUs, terms.places * state.sizeMaxUs) / slowest + (terms.perTaskUs * state.openMax) / up
  // What is in work goes on at the speed at which it was begun.
  const begunUs = state.slowestEver < slowest ? state.sizeMaxUs / state.slowestEver : 0
  return Math.max(sinceUs, quiet.fromUs) + terms.patienceUs + terms.rounds * (aheadUs + besideUs) + begunUs
}

/** A parameter that was set during the run: what is on its way was given other terms, so the loosest count. */
function loosen(state: Answers, agent: number, { program, param, value }: Mark['body']): void {
  const { setting, terms } = state
  if (setting === null || terms === null || (program !== 'distributor' && program !== 'worker')) return
  if (program === 'worker' && param === 'speed') {
    state.speeds[agent] = Number(value)
    const speeds = Object.values(state.speeds)
    state.lack = speeds.reduce((sum, speed) => sum + Math.max(0, 1 - speed), 0)
    state.slowest = speeds.reduce((least, speed) => Math.min(least, speed), 1)
    state.slowestEver = Math.min(state.slowestEver, state.slowest)
    return
  }
  const which = program === 'worker' ? 'workers' : 'distributors'
  state.setting = { ...setting, [which]: setting[which].map((params) => ({ ...params, [param as string]: value! })) }
  const now = taskTerms(state.setting)
  state.terms = {
    ...now,
    patienceUs: Math.max(terms.patienceUs, now.patienceUs),
    rounds: Math.max(terms.rounds, now.rounds),
    slowest: Math.min(terms.slowest, now.slowest),
    together: Math.min(terms.together, now.together),
    places: Math.max(terms.places, now.places),
    perTaskUs: Math.max(terms.perTaskUs, now.perTaskUs),
    inOrder: terms.inOrder && now.inOrder,
  }
}
