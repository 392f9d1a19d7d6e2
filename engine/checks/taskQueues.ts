import type { Mark } from '../agents/Program.ts'
import { NEVER } from '../kernel/units.ts'
import type { Finding, Invariant } from './Invariant.ts'
import { joined, saidBy, WORKERS } from './taskInvariants.ts'
import { taskTerms } from './taskTerms.ts'

/** What the workers' marks tell of their queues. Memory grows with the tasks that somebody holds. */
interface Held {
  /** In the order in which they came; those that are gone stay until they are first. */
  order: number[]
  first: number
  /** When each came, and whether it waits. */
  readonly tasks: { [task: number]: { readonly cameUs: number; waits: boolean } }
  waiting: number
  running: number
}
const POWER = ['crashed', 'restarted', 'left', 'paused', 'resumed', 'clock set', 'edited', 'set']
const MARKS = joined(saidBy(WORKERS, 'queued', 'started', 'preempted', 'worked', 'released'), { host: POWER })

const holder = (held: { [agent: number]: Held }, agent: number): Held =>
  (held[agent] ??= { order: [], first: 0, tasks: {}, waiting: 0, running: 0 })

/** Mutates `one` by what the worker says of `task`. */
function follow(one: Held, kind: string, task: number, timeUs: number): void {
  const known = one.tasks[task]
  if (known === undefined) {
    if (kind !== 'queued' && kind !== 'started') return
    const waits = kind === 'queued'
    one.order.push(task)
    one.tasks[task] = { cameUs: timeUs, waits }
    one[waits ? 'waiting' : 'running']++
  } else if (kind === 'queued') setWaits(one, known, true)
  else if (kind === 'started' || kind === 'preempted') setWaits(one, known, kind === 'preempted')
  else {
    if (known.waits) one.waiting--
    else one.running--
    delete one.tasks[task]
  }
}

function setWaits(one: Held, known: { waits: boolean }, waits: boolean): void {
  if (known.waits === waits) return
  known.waits = waits
  one.waiting += waits ? 1 : -1
  one.running += waits ? -1 : 1
}

/** The task that has been there longest of those that wait; passes over no more than are in work. */
function longestWaiting(one: Held): number | null {
  while (one.first < one.order.length && !(one.order[one.first]! in one.tasks)) one.first++
  if (one.first > 1_024) {
    one.order = one.order.slice(one.first)
    one.first = 0
  }
  for (let k = one.first; k < one.order.length; k++) if (one.tasks[one.order[k]!]?.waits === true) return one.order[k]!
  return null
}

interface Passing {
  readonly held: { [agent: number]: Held }
  /** Whose clock, queue or memory was changed by hand: they measure waiting in another way. */
  readonly odd: { [agent: number]: true }
  readonly overtakeUs: number | null
}

/**
 * The bound that a discipline states: what comes to a worker more than `overtakeUs` after a task never starts there
 * before it (resources/PriorityScheduler.ts). First come, first served: nothing passes anything.
 */
export const starvationBound: Invariant<Passing> = {
  name: 'starvation-bound',
  title: 'Nobody in a queue is passed by who came much later',
  on: MARKS,
  init: ({ tasks }) => ({ held: {}, odd: {}, overtakeUs: tasks === undefined ? null : taskTerms(tasks).overtakeUs }),
  onMark(state, { program, agent, body, key }) {
    if (program === 'host') return interrupted(state, agent, body)
    if (state.overtakeUs === null || agent in state.odd) return false
    const one = holder(state.held, agent)
    const task = body['task'] as number
    follow(one, body.kind, task, key.time)
    if (body.kind !== 'started' || one.waiting === 0) return false
    const known = one.tasks[task]
    const passed = longestWaiting(one)
    if (known === undefined || passed === null) return false
    const aheadUs = known.cameUs - one.tasks[passed]!.cameUs
    if (aheadUs <= state.overtakeUs) return true
    return `agent ${agent} starts task ${task}, which came ${aheadUs} µs after task ${passed} that still waits there`
  },
}

function interrupted(state: Passing, agent: number, { kind, param }: Mark['body']): Finding {
  if (kind === 'clock set' || kind === 'edited') state.odd[agent] = true
  else if (kind === 'set' && ORDERS.includes(param as string)) state.odd[agent] = true
  else if (kind === 'crashed' || kind === 'left') delete state.held[agent]
  return false
}

/** What the order in a queue hangs on, and whether it is told. */
const ORDERS = ['discipline', 'ageUs', 'levels', 'quantumUs', 'preempt', 'warmUpUs', 'slots', 'verbose']

interface Hoarding {
  readonly held: { [agent: number]: Held }
  /** Who has stood idle beside waiting tasks, and since when. */
  readonly idle: { [agent: number]: number }
  readonly stopped: { [agent: number]: true }
  /** Who was made to tell of single tasks during the run, or not to: nothing is known of its queue. */
  readonly untold: { [agent: number]: true }
  nextDueUs: number
  /** How long an idle worker may take to begin, by its own clock. */
  startUs: number
  /** Whose clock was ever set to go slower than time, and by what factor at worst: it warms up by that clock. */
  readonly slow: { [agent: number]: number }
  /**
   * Tasks that a worker must have in work while others wait: as many as it has slots, where each takes one and nothing
   * has to get ready; else one. And of whom that was set.
   */
  readonly least: number
  readonly slots: { [agent: number]: number }
}

/** Work conservation: who has something to do does something, once it has warmed up. */
export const noIdleHoarding: Invariant<Hoarding> = {
  name: 'no-idle-hoarding',
  title: 'Nobody stands idle beside tasks that wait with it',
  on: MARKS,
  init: ({ tasks }) => ({
    ...{ held: {}, idle: {}, stopped: {}, untold: {}, slow: {}, nextDueUs: NEVER },
    ...{ least: tasks === undefined ? 1 : taskTerms(tasks).inWork, slots: {} },
    startUs: tasks === undefined ? NEVER : taskTerms(tasks).startUs,
  }),
  onMark(state, { program, agent, body, key }) {
    if (program === 'host') return powered(state, agent, body, key.time)
    if (agent in state.untold) return false
    const one = holder(state.held, agent)
    follow(one, body.kind, body['task'] as number, key.time)
    judge(state, agent, key.time)
    return body.kind === 'started'
  },
  onTime(state, timeUs) {
    if (timeUs < state.nextDueUs) return false
    state.nextDueUs = NEVER
    for (const agent of Object.keys(state.idle).map(Number)) {
      const dueUs = state.idle[agent]! + startUsOf(state, agent)
      if (dueUs <= timeUs) return hoarding(state, agent)
      state.nextDueUs = Math.min(state.nextDueUs, dueUs)
    }
    return false
  },
}

function hoarding({ held, idle }: Hoarding, agent: number): string {
  const { running, waiting } = held[agent]!
  const doing = running === 0 ? 'done nothing' : `had only ${running} in work`
  return `agent ${agent} has ${doing} since ${idle[agent]} µs, with ${waiting} tasks in its queue`
}

const startUsOf = ({ startUs, slow }: Hoarding, agent: number): number => startUs * (slow[agent] ?? 1)

const leastOf = ({ least, slots }: Hoarding, agent: number): number => (least > 1 ? (slots[agent] ?? least) : 1)

function judge(state: Hoarding, agent: number, timeUs: number): void {
  const one = state.held[agent]
  if (one === undefined || one.waiting === 0 || one.running >= leastOf(state, agent) || agent in state.stopped)
    delete state.idle[agent]
  else if (!(agent in state.idle)) {
    state.idle[agent] = timeUs
    state.nextDueUs = Math.min(state.nextDueUs, timeUs + startUsOf(state, agent))
  }
}

function powered(state: Hoarding, agent: number, body: Mark['body'], timeUs: number): Finding {
  if (body.kind === 'crashed' || body.kind === 'left') delete state.held[agent]
  if (body.kind === 'set' && body['param'] === 'verbose') {
    state.untold[agent] = true
    delete state.held[agent]
  }
  if (STOPS.includes(body.kind)) state.stopped[agent] = true
  if (STARTS.includes(body.kind)) delete state.stopped[agent]
  // What is added is not asked for: nobody says when the worker hears of it.
  if (body.kind === 'set' && body['param'] === 'slots')
    state.slots[agent] = Math.min(state.slots[agent] ?? state.least, Number(body['value']))
  if (body.kind === 'set' && body['param'] === 'warmUpUs') {
    state.startUs += Number(body['value'])
    state.slots[agent] = 1
  }
  if (body.kind === 'edited') state.slots[agent] = 1
  if (body.kind === 'clock set')
    state.slow[agent] = Math.max(state.slow[agent] ?? 1, 1 / (1 + Number(body['driftPpm'] ?? 0) / 1_000_000))
  delete state.idle[agent]
  judge(state, agent, timeUs)
  return false
}
const STOPS = ['crashed', 'left', 'paused']
const STARTS = ['restarted', 'resumed']
