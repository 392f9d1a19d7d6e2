import type { AgentId, U32 } from '../../kernel/units.ts'
import { placesIn, sizesOf, type Draw } from './listInstances.ts'
import type { ListMsg } from './listMessages.ts'
import type { ListScheduling, Out, Scheduler } from './listState.ts'
import type { Task } from '../Task.ts'

const TWO_32 = 4_294_967_296
/** First words of counters of STREAM.workload, apart from those of workload.ts. */
const DRAW = { size: 0x6c01, order: 0x6c02 } as const
/** Jobs have the numbers round × 2¹⁶ + place. */
const JOBS_A_ROUND = 65_536

export const newDesk = (): Scheduler => ({
  ...{ round: 0, waiting: [], open: [], done: [], durable: 0, jobs: 0, beganUs: 0, idle: [], answered: {} },
})

/** The list of the desk's round, without what is done. After a crash it is told again: nobody may have heard. */
export function begin(state: ListScheduling, desk: Scheduler, again: boolean, words: Words, out: Out): void {
  const { params, machines, self } = state
  const from =
    (purpose: U32): Draw =>
    (k, below) =>
      Math.floor((words(purpose, desk.round, k) / TWO_32) * below)
  const sizes = sizesOf(params.instance, machines.length, params.jobs, from(DRAW.size))
  const tasks = placesIn(params.order, sizes, from(DRAW.order)).map((place): Task => {
    const sizeUs = sizes[place]! * params.unitUs
    return {
      ...{ id: desk.round * JOBS_A_ROUND + place, kind: 0, sizeUs, predictedUs: sizeUs, priority: 0, deadlineUs: 0 },
      ...{ demand: 1, submittedUs: out.localUs, submitter: self, after: [] },
    }
  })
  Object.assign(desk, { jobs: tasks.length, open: [], durable: desk.done.length })
  desk.waiting = tasks.filter(({ id }) => !desk.done.includes(id))
  const retold = again ? { retold: true } : {}
  for (const { id, kind, sizeUs, predictedUs, priority } of tasks)
    out.mark({ kind: 'submitted', task: id, taskKind: kind, sizeUs, predictedUs, priority, ...retold })
  for (const id of desk.done) out.mark({ kind: 'done', task: id, tookUs: 0, retold: true })
  giveOut(state, desk, out)
}
/** The random word of a purpose, a round and a count. */
export type Words = (purpose: U32, round: U32, k: U32) => number

export function onMessage(state: ListScheduling, desk: Scheduler, from: AgentId, msg: ListMsg, out: Out): void {
  if (msg.type === 'done') return onDone(desk, from, msg.tasks, out)
  if (msg.type !== 'ask') return
  const answered = desk.answered[from]
  if (answered?.request === msg.request) return out.send(from, { type: 'job', ...answered })
  desk.idle = desk.idle.filter(({ machine }) => machine !== from)
  desk.idle.push({ machine: from, request: msg.request })
  giveOut(state, desk, out)
}

/** Who asked first gets the first job of the list, or of those that are its own. */
function giveOut(state: ListScheduling, desk: Scheduler, out: Out): void {
  for (let k = 0; k < desk.idle.length && desk.waiting.length > 0;) {
    const { machine, request } = desk.idle[k]!
    const at = state.params.rule === 'in-turn' ? ownJob(state, desk, machine) : 0
    if (at === -1) k++
    else {
      desk.idle.splice(k, 1)
      give(state, desk, machine, request, desk.waiting.splice(at, 1)[0]!, out)
    }
  }
}

const ownJob = ({ machines }: ListScheduling, desk: Scheduler, machine: AgentId): number =>
  desk.waiting.findIndex(({ id }) => machines[(id % JOBS_A_ROUND) % machines.length] === machine)

function give({ params }: ListScheduling, desk: Scheduler, to: AgentId, request: U32, task: Task, out: Out): void {
  desk.answered[to] = { request, task }
  // It may have to wait for the end of the one before; what is known of sizes is exact.
  desk.open.push({ task, to, dueUs: out.localUs + params.aheadUs + task.sizeUs + params.leaseUs })
  out.mark({ kind: 'assigned', task: task.id, to })
  out.send(to, { type: 'job', request, task })
}

/** A job that is done twice counts once. What is done is written down first, and told then. */
function onDone(desk: Scheduler, from: AgentId, tasks: readonly U32[], out: Out): void {
  out.send(from, { type: 'noted', tasks })
  for (const id of tasks) {
    if (Math.floor(id / JOBS_A_ROUND) !== desk.round) continue
    const open = desk.open.find(({ task, to }) => task.id === id && to === from)
    desk.open = desk.open.filter((given) => given !== open)
    if (!desk.done.includes(id)) {
      desk.done.push(id)
      desk.open = desk.open.filter(({ task }) => task.id !== id)
      desk.waiting = desk.waiting.filter((task) => task.id !== id)
      out.persist({ done: id }, { done: id, sinceUs: open?.task.submittedUs ?? out.localUs })
    } else if (open !== undefined) out.persist({ again: id }, { again: id }) // behind the first, so told after it
  }
}

/** Jobs that are too late go to somebody else, before all others. Called at every quarter of a lease. */
export function takeBack(state: ListScheduling, desk: Scheduler, out: Out): void {
  const late = desk.open.filter(({ dueUs }) => dueUs <= out.localUs)
  desk.open = desk.open.filter(({ dueUs }) => dueUs > out.localUs)
  desk.waiting.unshift(...late.map(({ task }) => task))
  for (const { task, to } of late) {
    if (desk.answered[to]?.task.id === task.id) delete desk.answered[to]
    out.mark({ kind: 'reclaimed', tasks: 1, from: to })
  }
  giveOut(state, desk, out)
}
