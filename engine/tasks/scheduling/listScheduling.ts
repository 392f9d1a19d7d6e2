import type { AgentView, BootContext, Input, Program } from '../../agents/Program.ts'
import { philox, STREAM } from '../../kernel/philox.ts'
import type { AgentId } from '../../kernel/units.ts'
import { begin, newDesk, onMessage, takeBack, type Words } from './listDesk.ts'
import { ask, newMachine, onAnswer, onRepeat, onWorked } from './listMachine.ts'
import { listMessages, type ListMsg } from './listMessages.ts'
import {
  LIST_DEFAULTS,
  type ListDisk,
  type ListParams,
  type ListRecord,
  type ListScheduling,
  type Out,
  type Scheduler,
} from './listState.ts'

/**
 * List scheduling: the first member has a list of jobs and gives the next one to whoever is free; the others are
 * machines, all alike. A machine asks a round trip before it is free, so that messages leave no gaps. Source: R. L.
 * Graham, "Bounds for certain multiprocessing anomalies", Bell System Technical Journal 45(9), 1966.
 *
 * A job whose machine is silent goes to another; done twice, it counts once. What is done is on the scheduler's disk.
 * Marks: those of Task.ts, reclaimed {tasks, from}, and finished {round, jobs, tookUs} when a list is done.
 */
export const listScheduling: Program<ListScheduling, ListMsg, Partial<ListParams>, ListDisk> = {
  kind: 'list',
  messages: listMessages,
  messageKinds: ['ask', 'job', 'done', 'noted'],
  kindOf: (msg) => msg.type,
  disk: { empty: () => ({ round: 0, done: [] }), write },
  boot,
  step,
  view,
}

/** Indices into ROLES of frame/. */
const ROLE = { idle: 0, scheduler: 3, busy: 8 } as const

function write(disk: ListDisk, record: ListRecord): void {
  if ('round' in record) Object.assign(disk, { round: record.round, done: [] })
  else if ('done' in record) disk.done.push(record.done)
}

function boot(self: AgentId, durable: ListDisk, ctx: BootContext<Partial<ListParams>>): ListScheduling {
  const [scheduler, ...machines] = ctx.members
  const desk = self === scheduler ? newDesk() : null
  if (desk !== null) Object.assign(desk, { round: durable.round, done: durable.done })
  return {
    ...{ self, params: { ...LIST_DEFAULTS, ...ctx.params }, scheduler: scheduler!, machines, seed: ctx.seed },
    ...{ desk, machine: desk === null ? newMachine(ctx.incarnation) : null },
  }
}

function step(state: ListScheduling, input: Input<ListMsg>, out: Out): void {
  const { desk, machine } = state
  if (desk !== null) stepDesk(state, desk, input, out)
  if (machine === null) return
  if (input.type === 'start') ask(state, machine, out)
  else if (input.type === 'message') onAnswer(state, machine, input.msg, out)
  else if (input.type === 'timer' && input.name === 'work') onWorked(state, machine, out)
  else if (input.type === 'timer' && input.name === 'ask') ask(state, machine, out)
  else if (input.type === 'timer') onRepeat(state, machine, out)
}

function stepDesk(state: ListScheduling, desk: Scheduler, input: Input<ListMsg>, out: Out): void {
  switch (input.type) {
    case 'start':
      out.setTimer('lease', Math.max(1, Math.ceil(state.params.leaseUs / 4)))
      // After a crash, with the list that was being worked on.
      if (desk.round > 0) {
        desk.beganUs = out.localUs
        begin(state, desk, true, wordsOf(state), out)
        return endIfDone(state, desk, out)
      }
      return out.persist({ round: 1 }, { round: 1 })
    case 'timer':
      if (input.name === 'round') return out.persist({ round: desk.round + 1 }, { round: desk.round + 1 })
      out.setTimer('lease', Math.max(1, Math.ceil(state.params.leaseUs / 4)))
      return takeBack(state, desk, out)
    case 'diskDone':
      return onDurable(state, desk, input.then as Then, out)
    case 'message':
      return onMessage(state, desk, input.from, input.msg, out)
    case 'clientOp':
    case 'discovery':
      return // the list is there from the beginning, and machines are known by name
  }
}

type Then =
  { readonly round: number } | { readonly done: number; readonly sinceUs: number } | { readonly again: number }

function onDurable(state: ListScheduling, desk: Scheduler, then: Then, out: Out): void {
  if ('round' in then) {
    Object.assign(desk, { round: then.round, done: [], durable: 0, beganUs: out.localUs })
    return begin(state, desk, false, wordsOf(state), out)
  }
  if ('again' in then) return out.mark({ kind: 'again', task: then.again })
  desk.durable++
  out.mark({ kind: 'done', task: then.done, tookUs: out.localUs - then.sinceUs })
  endIfDone(state, desk, out)
}

function endIfDone(state: ListScheduling, desk: Scheduler, out: Out): void {
  if (desk.durable < desk.jobs) return
  out.mark({ kind: 'finished', round: desk.round, jobs: desk.jobs, tookUs: out.localUs - desk.beganUs })
  if (state.params.pauseUs > 0) out.setTimer('round', state.params.pauseUs)
}

/** Drawn by address, so that a crash changes nothing about the list. */
const wordsOf = ({ seed, self }: ListScheduling): Words => {
  const words = new Uint32Array(4)
  return (purpose, round, k) => {
    philox(words, seed, STREAM.workload, purpose, self, round, k)
    return words[0]!
  }
}

/** A machine stands as high as the jobs it holds; the scheduler has what is still to be given out. */
function view({ desk, machine, machines, scheduler }: ListScheduling, view: AgentView): void {
  view.follows = -1
  if (desk !== null) {
    view.role = ROLE.scheduler
    view.lastIndex = desk.waiting.length
    view.durableIndex = desk.done.length
    view.load = Math.min(1, desk.waiting.length / Math.max(1, machines.length * machines.length))
    return
  }
  if (machine === null) return
  view.role = machine.working === null ? ROLE.idle : ROLE.busy
  view.commitIndex = machine.working === null ? 0 : 1
  view.lastIndex = machine.queue.length + view.commitIndex
  view.durableIndex = machine.count
  view.load = Math.min(1, view.lastIndex / 2)
  view.follows = scheduler
}
