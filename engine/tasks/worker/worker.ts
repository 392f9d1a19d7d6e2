import type { AgentView, BootContext, Input, Program, Surroundings } from '../../agents/Program.ts'
import { NONE, type AgentId } from '../../kernel/units.ts'
import { newIdIndex } from '../../resources/idIndex.ts'
import { newQueue, size } from '../../resources/PriorityScheduler.ts'
import { account, onMonitorTimer, tellReading } from './alarms.ts'
import { onChildReport, onSurroundings, reportFor, tellParent } from './delegation.ts'
import { taskMessageKind, taskMessages, TASK_MESSAGE_KINDS, type TaskMsg } from '../messages.ts'
import { bitsOfNeeds, meetsNeed, needRange } from '../needs.ts'
import { learn, policyOf } from './policies.ts'
import { onPullTimer, onSteal, onStolen, pull, PULLED_AGAIN, seekWork } from './stealing.ts'
import { growSlots, inWork } from './slots.ts'
import { onHeard, onRenewTimer } from './workerLeases.ts'
import { warmAhead } from './warmth.ts'
import { isOfRuns, runsOf, sizeOfRuns } from './workerRuns.ts'
import { WORKER_DEFAULTS, type Out, type Worker, type WorkerParams } from './workerState.ts'
import { finishUs, heldBy, meetsOf, noticeQueue, onCancel, onSlice, receive, slotOfTimer, work } from './workerTasks.ts'

/**
 * Works on tasks: a bounded queue in the order of a discipline, and slots in which a task takes its size divided by the
 * worker's speed. It speaks of what it holds a few times a lease, answers what it has done until it is heard, and looks
 * for work where it has none. A crash loses the queue; leases bring its tasks back.
 */
export const worker: Program<Worker, TaskMsg, Partial<WorkerParams>> = {
  kind: 'worker',
  messages: taskMessages,
  messageKinds: TASK_MESSAGE_KINDS,
  kindOf: taskMessageKind,
  boot,
  step,
  view,
}

/** Executions of one life are numbered above those of the lives before. */
const RUNS_A_LIFE = 1_048_576
const HELLO_US = 50_000
const HELLO_MAX_US = 3_200_000
/** Indices into ROLES of frame/. */
const ROLE = { idle: 0, spreading: 8 } as const

function boot(self: AgentId, _durable: unknown, ctx: BootContext<Partial<WorkerParams>>): Worker {
  const params = { ...WORKER_DEFAULTS, ...ctx.params }
  const { discipline, ageUs, levels, quantumUs } = params
  const { parent } = ctx.surroundings
  const w: Worker = {
    ...{ self, params, place: placeOf(self, ctx.members), life: ctx.incarnation },
    distributors: ctx.agentsOf['distributor'] ?? [],
    others: runsOf(ctx.members, self),
    workless: runsOf(worklessOf(ctx), NONE),
    requires: ctx.tasks?.workload.requires ?? [],
    ...{ range: needRange(ctx.tasks?.workload), meets: 0, toldSlots: 0, skilled: { of: [], kinds: 0 } },
    ...{ neighbours: [], children: [], parent, childLoads: [], childMeets: [], policies: [] },
    queue: newQueue(discipline, { ageUs, levels, quantumUs }),
    ...{
      slots: [],
      holding: newIdIndex(),
      demand: 0,
      ends: { index: newIdIndex(), list: [], dropped: 0 },
      leaseUs: 0,
      renewUs: 0,
    },
    ...{
      nextRun: (ctx.incarnation * RUNS_A_LIFE) >>> 0,
      asked: NONE,
      pauseUs: 0,
      helloUs: HELLO_US,
      done: 0,
      monitor: null,
    },
    ...{ knownUs: 0, unknown: 0, meanUs: 0 },
  }
  w.meets = meetsOf(w)
  look(w, ctx.surroundings)
  return w
}

/** Among the workers; whoever joined comes after those of the start. */
function placeOf(self: AgentId, members: readonly AgentId[]): number {
  const place = members.indexOf(self)
  return place === -1 ? self : place
}

function worklessOf({ agentsOf, members }: BootContext<unknown>): AgentId[] {
  const works = new Set(members)
  return [...new Set(Object.values(agentsOf).flat())].filter((agent) => !works.has(agent)).sort((x, y) => x - y)
}

/** Neighbours are kept only where they are few: in a mesh they are the others. */
function look(w: Worker, { neighbours, parent, children }: Surroundings): void {
  const works = (agent: AgentId): boolean => !isOfRuns(w.workless, agent)
  w.neighbours = neighbours.length > sizeOfRuns(w.others) ? [] : neighbours.filter(works)
  onSurroundings(w, parent, children.filter(works))
}

function step(w: Worker, input: Input<TaskMsg>, out: Out): void {
  notice(w, out)
  take(w, input, out)
  // Slots may have been added, or what was too wide to begin may be gone, to a thief and all that waited with it.
  if (size(w.queue) > 0) work(w, out)
  seekWork(w, out)
}

function take(w: Worker, input: Input<TaskMsg>, out: Out): void {
  switch (input.type) {
    case 'start':
      return start(w, out)
    case 'timer':
      return onTimer(w, input.name, out)
    case 'message':
      return onMessage(w, input.from, input.msg, out)
    case 'discovery':
      return look(w, input.surroundings)
    case 'clientOp':
    case 'diskDone':
      return // tasks come from distributors, and nothing here is durable
  }
}

/** Parameters may have been set. */
function notice(w: Worker, out: Out): void {
  if (account(w, out)) report(w, out)
  noticeQueue(w)
  const meets = meetsOf(w)
  const isOther = meets !== w.meets
  w.meets = meets
  if (isOther || (w.toldSlots > 0 && w.toldSlots !== w.params.slots)) tellAble(w, out)
  if (isOther) {
    report(w, out)
    tellParent(w, out)
  }
}

function tellAble(w: Worker, out: Out): void {
  const kinds = Array.from({ length: w.range.kinds }, (_, kind) => kind).filter((kind) => meetsNeed(w.meets, kind))
  w.toldSlots = w.params.slots
  out.mark({ kind: 'able', kinds, slots: w.toldSlots })
}

function start(w: Worker, out: Out): void {
  if (w.range.demands > 1 || w.meets !== bitsOfNeeds(w.range, 1, () => true)) tellAble(w, out)
  report(w, out)
  out.setTimer('hello', w.helloUs)
  if (w.params.reportUs > 0) out.setTimer('report', w.params.reportUs)
}

/** To every distributor: who it is, what it can do, what it holds. */
function report(w: Worker, out: Out): void {
  for (const to of w.distributors) reportTo(w, to, out)
}

function reportTo(w: Worker, to: AgentId, out: Out): void {
  out.sendTo('distributor', to, reportFor(w, to, policyOf(w, to) === 'delegate'))
}

/** Until every distributor has answered, ever more seldom. */
function sayHello(w: Worker, out: Out): void {
  if (w.policies.length >= w.distributors.length) return
  report(w, out)
  w.helloUs = Math.min(HELLO_MAX_US, 2 * w.helloUs)
  out.setTimer('hello', w.helloUs)
}

function onTimer(w: Worker, name: string, out: Out): void {
  switch (name) {
    case 'hello':
      return sayHello(w, out)
    case 'monitor':
      return onMonitorTimer(w, out) ? report(w, out) : undefined
    case 'report':
      report(w, out)
      tellReading(w, out)
      tellParent(w, out)
      if (w.params.reportUs > 0) out.setTimer('report', w.params.reportUs)
      return
    case 'renew':
      return onRenewTimer(w, out)
    case 'steal':
      w.asked = NONE // no answer, or the pause is over
      return
    case 'pull':
      return onPullTimer(w, out)
    default:
      return onSliceTimer(w, slotOfTimer(name), out)
  }
}

/** Whoever was told that a task is done knows that it has room; the other central queues are asked. */
function onSliceTimer(w: Worker, slot: number, out: Out): void {
  const told = onSlice(w, slot, out)
  if (told !== NONE && w.policies.length > 1) pull(w, told, out)
}

function onMessage(w: Worker, from: AgentId, msg: TaskMsg, out: Out): void {
  switch (msg.type) {
    case 'assign':
      return receive(w, msg, msg.award, out)
    case 'policy':
      return onPolicy(w, from, msg.strategy, msg.epoch, out)
    case 'probe':
      return out.sendTo('distributor', from, { type: 'probed', task: msg.task, held: w.demand })
    case 'call':
      return out.sendTo('distributor', from, { type: 'bid', task: msg.task.id, finishUs: finishUs(w, msg.task) })
    case 'heard':
      return onHeard(w, msg.tasks)
    case 'cancel':
      return onCancel(w, msg.tasks, out)
    case 'warm':
      growSlots(w)
      return warmAhead(w.slots, msg.taskKind, w.params.warmUpUs, out.localUs)
    case 'steal':
      return onSteal(w, from, msg.meets, msg.most, out)
    case 'stolen':
      return onStolen(w, from, msg.tasks, out)
    case 'report':
      return onChildReport(w, from, msg.held, msg.meets, out)
    default:
      return // meant for distributors
  }
}

/** A new life of a distributor hears at once what is held of its tasks. */
function onPolicy(w: Worker, from: AgentId, strategy: number, epoch: number, out: Out): void {
  if (!learn(w, from, strategy, epoch)) return
  if (!w.distributors.includes(from)) w.distributors = [...w.distributors, from]
  reportTo(w, from, out)
  tellParent(w, out)
  if (w.leaseUs > 0) onRenewTimer(w, out)
  work(w, out)
  pull(w, NONE, out)
  out.setTimer('pull', PULLED_AGAIN * w.params.stealUs)
}

/** As high as the queue is full; the tasks in work are the solid ones. */
function view(w: Worker, view: AgentView): void {
  const held = heldBy(w)
  view.role = held > 0 ? ROLE.spreading : ROLE.idle
  view.lastIndex = held
  view.commitIndex = inWork(w)
  view.durableIndex = w.done
  view.load = Math.min(1, held / (w.params.queueMax + w.params.slots))
  view.follows = w.policies[0]?.from ?? -1
}
