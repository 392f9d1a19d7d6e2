import type { AgentView, BootContext, Effects, Input, Program } from '../../agents/Program.ts'
import type { AgentId, U32 } from '../../kernel/units.ts'
import { newArrivals, type Arrivals } from '../workload/arrivals.ts'
import {
  begin,
  DOOMED,
  giveAgain,
  giveUp,
  isImpossible,
  lackFor,
  lease,
  onRested,
  serve,
  takeBack,
} from './assignment.ts'
import { emptyDisk, forUnfinished, writeDisk, type DiskRecord, type DistributorDisk } from './distributorDisk.ts'
import { DISTRIBUTOR_DEFAULTS, type Distributor, type DistributorParams } from './distributorState.ts'
import { newEnded } from './ends.ts'
import { newEdges } from './graphEdges.ts'
import {
  hold,
  meet,
  onReport,
  placeOfWorker,
  policyOf,
  recount,
  refresh,
  refreshAll,
  wakeBreakers,
} from './knownWorkers.ts'
import { newForecast } from './forecast.ts'
import { onLeases, renew, takeOut } from './leases.ts'
import { newLoadTree } from './LoadTree.ts'
import { taskMessageKind, taskMessages, TASK_MESSAGE_KINDS, type TaskMsg } from '../messages.ts'
import { needCount, needRange } from '../needs.ts'
import { nextBest, onAccept, onAnswer, onAskTimer } from './questions.ts'
import { newIdIndex } from '../../resources/idIndex.ts'
import { onForecast, startForecast } from './reservation.ts'
import '../strategies/all.ts'
import {
  block,
  graphOf,
  onArrivals,
  onOperation,
  onThought,
  settleSubmission,
  startArrivals,
  timeOf,
  tasksOf,
  tellSubmitted,
} from './submission.ts'
import { onDone, settleEnd, settleGivenUp, tellEnd } from './taskEnds.ts'
import { addRow, newRowList, newTaskTable, NO_ROW, rowOfTask, setStatus, sizeOf, STATUS } from './TaskTable.ts'
import type { Task } from '../Task.ts'
import { firstWaiting, reorder, waitingOf } from './waitingTasks.ts'
import { newTimes } from './times.ts'
import { graphSize } from '../workload/workload.ts'

/**
 * Takes tasks in, shares them out among workers by a strategy, and knows of each how it ends. What is submitted is on
 * disk before it counts, and ends are before they are told, so that a crash loses nothing. A task given to a worker is
 * leased: whoever has it speaks of it in time, or it is given to somebody else. So work may be done twice
 * (at-least-once), but a task ends once, and the second time is told as `again`.
 */
export const distributor: Program<Distributor, TaskMsg, Partial<DistributorParams>, DistributorDisk> = {
  kind: 'distributor',
  messages: taskMessages,
  messageKinds: TASK_MESSAGE_KINDS,
  kindOf: taskMessageKind,
  disk: { empty: emptyDisk, write: writeDisk },
  boot,
  step,
  view,
}

type Out = Effects<TaskMsg>
/** How long members may take to say what they can do, before tasks are given out without them, µs. */
const GRACE_US = 500_000
const NO_ARRIVALS: Arrivals = { place: 0, of: 1, count: 0, atUs: 0, phase: 0, phaseEndUs: 0 }
/** Role words of frame/: out of work, at work, and with every breaker that matters open. */
const ROLE = { idle: 0, member: 6, blocked: 11 } as const

function boot(self: AgentId, disk: DistributorDisk, ctx: BootContext<Partial<DistributorParams>>): Distributor {
  const params = { ...DISTRIBUTOR_DEFAULTS, ...ctx.params }
  // Those of the start share the workload; who joins later takes in what it is given by hand.
  const workload = ctx.agentsOf['distributor']!.includes(self) ? (ctx.tasks?.workload ?? null) : null
  const place = placeOf(self, ctx)
  const of = Math.max(1, ctx.agentsOf['distributor']!.length)
  const workers = ctx.agentsOf['worker'] ?? []
  const range = needRange(ctx.tasks?.workload)
  const needs = Array.from({ length: needCount(range) }, (_, need) => need)
  const d: Distributor = {
    ...{ self, params, seed: ctx.seed, workload, place, of, life: ctx.incarnation, epoch: epochOf(ctx.incarnation) },
    ...{ strategy: params.strategy, discipline: params.discipline, reach: params.reach, leaseUs: params.leaseUs },
    ...{
      creditsPerWorker: params.creditsPerWorker,
      table: newTaskTable(range),
      workers: [],
      unheard: 0,
      graceUntilUs: 0,
    },
    ...{ neighbours: ctx.surroundings.neighbours, below: ctx.surroundings.children, children: [], childMeets: 0 },
    trees: needs.map(() => newLoadTree(workers.length)),
    ...{ able: needs.map(() => 0), ring: null, nextTurn: 0, leases: newRowList(), rests: newTimes() },
    waiting: needs.map(() => ({ list: newRowList(), queue: null })),
    ...{ thinks: newTimes(), nextThink: 0, questions: [], freeQuestions: [], questionOf: newIdIndex(), asked: [] },
    ...{ edges: newEdges(), givenUp: [] },
    forecast: newForecast(range.kinds, params.binUs, params.seasonUs),
    arrivals: disk.arrivals ?? (workload === null ? NO_ARRIVALS : newArrivals(workload, ctx.seed, place, of)),
    ...{
      nextUs: disk.arrivals === null ? 0 : timeOf(disk.nextUs),
      nextGraph: 0,
      opsCount: disk.opsCount,
      retell: disk.unsure,
    },
    ...{ nextRecord: disk.nextRecord, toldRecord: disk.nextRecord - 1, ended: newEnded(), agains: [] },
    tally: {
      ...{ submitted: disk.submitted, assigned: 0, ...disk.ended, ...disk.sums, again: 0, delayed: 0, refused: 0 },
      expired: 0,
      classes: Array.from(
        { length: Math.max(workload?.priorities ?? 1, disk.sums.classes.length) },
        (_, k) => disk.sums.classes[k] ?? { done: 0, waitedUs: 0, tookUs: 0 },
      ),
    },
  }
  for (const agent of workers) meet(d, agent)
  recount(d)
  recover(d, disk)
  return d
}

/**
 * Among the distributors, without two alike: those of the start come first, and after them whoever joined, by how far
 * its id lies behind the last of the start that does anything.
 */
function placeOf(self: AgentId, { agentsOf }: Pick<BootContext<unknown>, 'agentsOf'>): number {
  const place = agentsOf['distributor']!.indexOf(self)
  if (place !== -1) return place
  const last = Object.values(agentsOf).reduce((most, agents) => Math.max(most, agents.at(-1) ?? -1), -1)
  return agentsOf['distributor']!.length + self - last - 1
}

/** Epochs of one life are above those of the lives before. */
const epochOf = (life: U32): U32 => (life * EPOCHS_A_LIFE + 1) >>> 0
const EPOCHS_A_LIFE = 65_536

/** Rows for what the disk holds; they stand in no list until the start. Mutates `d`. */
function recover(d: Distributor, disk: DistributorDisk): void {
  const tasks: Task[] = [...disk.ops]
  const doomed: U32[] = [...disk.doomedOps]
  if (d.workload !== null) {
    const size = graphSize(d.workload)
    d.nextGraph = Math.floor(disk.next / size)
    let graph: Task[] = []
    let drawn = -1
    forUnfinished(disk, (count, atUs, isDoomed) => {
      const g = Math.floor(count / size)
      if (g !== drawn) graph = graphOf(d, (drawn = g), atUs)
      const task = graph[count % size]!
      tasks.push(task)
      if (isDoomed) doomed.push(task.id)
    })
  }
  const rows = tasks.map((task) => addRow(d.table, task))
  tasks.forEach((task, k) => block(d, rows[k]!, task))
  for (const task of doomed) d.table.attempts[rowOfTask(d.table, task)] = DOOMED
}

function step(d: Distributor, input: Input<TaskMsg>, out: Out): void {
  notice(d, out)
  take(d, input, out)
  settleGivenUp(d, out)
  // Whatever happened, somebody may have come open; O(needs) where nobody has.
  serve(d, ALL_NEEDS, out)
  settleGivenUp(d, out)
}

function take(d: Distributor, input: Input<TaskMsg>, out: Out): void {
  switch (input.type) {
    case 'start':
      return start(d, out)
    case 'timer':
      return onTimer(d, input.name, out)
    case 'message':
      return onMessage(d, input.from, input.msg, out)
    case 'diskDone':
      return onDurable(d, input.then as unknown as DiskRecord, out)
    case 'clientOp':
      return onOperation(d, input.op, out)
    case 'discovery':
      d.neighbours = input.surroundings.neighbours
      d.below = input.surroundings.children
      return lookAgain(d, out)
  }
}
const ALL_NEEDS = 0xffffffff

/** Parameters may have been set: what waits goes the new way from now on, and workers are told. */
function notice(d: Distributor, out: Out): void {
  const { strategy, discipline, reach, creditsPerWorker, leaseUs } = d.params
  if (discipline !== d.discipline) reorder(d)
  if (leaseUs !== d.leaseUs) {
    d.leaseUs = leaseUs
    if (leaseUs > 0) out.setTimer('lease', leaseUs)
  }
  if (strategy === d.strategy && reach === d.reach && creditsPerWorker === d.creditsPerWorker) return
  const isOther = strategy !== d.strategy
  Object.assign(d, { strategy, reach, creditsPerWorker })
  if (isOther) {
    d.epoch++
    d.workers.forEach((worker) => (worker.hungry = 0))
    tellPolicy(d, out)
    out.mark({ kind: 'strategy', strategy })
    if (strategy === 'predictive') startForecast(d, out)
  }
  lookAgain(d, out)
}

/** Who is near has changed, or how far this one reaches: all that counts workers is counted anew. */
function lookAgain(d: Distributor, out: Out): void {
  recount(d)
  refreshAll(d)
  startWithout(d, out)
}

function tellPolicy(d: Distributor, out: Out): void {
  for (const { agent } of d.workers) out.sendTo('worker', agent, policyOf(d))
}

function start(d: Distributor, out: Out): void {
  d.graceUntilUs = out.localUs + GRACE_US
  out.setTimer('grace', GRACE_US)
  if (d.params.reportEveryUs > 0) out.setTimer('report', d.params.reportEveryUs)
  if (d.strategy === 'predictive') startForecast(d, out)
  tellPolicy(d, out)
  for (const record of d.retell)
    if (record.what === 'end') tellEnd(d, record, true, out)
    else for (const task of tasksOf(d, record)) tellSubmitted(d, task, true, out)
  d.retell = []
  // Workers may have these and will say so; what nobody speaks of within a lease is given away anew.
  const { table } = d
  for (let row = 0; row < table.rows; row++) {
    if (table.statuses[row] !== STATUS.none) continue
    if (d.params.leaseUs === 0 || table.attempts[row] === DOOMED) begin(d, row, out)
    else {
      setStatus(table, row, STATUS.assigned)
      lease(d, row, out)
    }
  }
  startArrivals(d, out)
}

function onTimer(d: Distributor, name: string, out: Out): void {
  switch (name) {
    case 'arrive':
      return onArrivals(d, out)
    case 'think':
      return onThought(d, out)
    case 'serve':
      return // every step ends with that
    case 'lease':
      return onLeases(d, out)
    case 'rest':
      return onRested(d, out)
    case 'ask':
      return onAskTimer(d, out)
    case 'forecast':
      return onForecast(d, out)
    case 'wake':
      return wakeBreakers(d, out)
    case 'grace':
      return startWithout(d, out)
    case 'report':
      report(d, out)
      if (d.params.reportEveryUs > 0) out.setTimer('report', d.params.reportEveryUs)
  }
}

/** What waits and nobody can do ends here, as far as all have said what they can, or have had the time to. */
function startWithout(d: Distributor, out: Out): void {
  for (let need = 0; need < d.waiting.length; need++) {
    if (d.able[need]! > 0) continue
    for (let row = firstWaiting(d, need); row !== NO_ROW && isImpossible(d, row, out); row = firstWaiting(d, need)) {
      takeOut(d, row, out)
      giveUp(d, row, 'unassignable', lackFor(d, need))
    }
  }
}

function onDurable(d: Distributor, record: DiskRecord, out: Out): void {
  d.toldRecord = record.n
  if (record.what === 'end') settleEnd(d, record, out)
  else settleSubmission(d, record, out)
}

function onMessage(d: Distributor, from: AgentId, msg: TaskMsg, out: Out): void {
  switch (msg.type) {
    case 'report':
      onReport(d, from, msg, out)
      return startWithout(d, out)
    case 'pull':
      return onPull(d, from, msg.free)
    case 'probed':
      return onAnswer(d, from, msg.task, msg.held, out)
    case 'bid':
      return onAnswer(d, from, msg.task, msg.finishUs, out)
    case 'accept':
      return onAccept(d, from, msg.task, out)
    case 'refuse':
    case 'failed':
      return onRefused(d, from, msg, out)
    case 'done': {
      const worker = d.workers[meet(d, from)]!
      hold(worker, msg.held)
      onDone(d, from, msg.end, out)
      worker.done++
      if (msg.free > 0) return onPull(d, from, msg.free)
      refresh(d, placeOfWorker(d, from))
      return
    }
    case 'renew':
      return onRenew(d, from, msg, out)
    default:
      return // meant for workers
  }
}

function onPull(d: Distributor, from: AgentId, free: U32): void {
  const place = meet(d, from)
  const worker = d.workers[place]!
  if (worker.hungry === 0) worker.turn = ++d.nextTurn
  worker.hungry = d.strategy === 'central' ? free : 0
  refresh(d, place)
}

/** It has not been taken, or the worker has failed at it: to the next best bidder, or again after a rest. */
function onRefused(
  d: Distributor,
  from: AgentId,
  msg: Extract<TaskMsg, { type: 'refuse' | 'failed' }>,
  out: Out,
): void {
  hold(d.workers[meet(d, from)]!, msg.held)
  const row = rowOfTask(d.table, msg.task)
  // Down a chain it is not the one it was given to who refuses it, nor who fails at what was stolen. Where nothing is
  // leased nobody else would ever speak of it.
  const movesOn = d.strategy === 'delegate' || d.strategy === 'work-stealing' || d.params.leaseUs === 0
  const isHolder = row !== NO_ROW && (d.table.holders[row] === from || movesOn)
  if (isHolder && d.table.statuses[row] === STATUS.assigned) {
    d.tally.refused++
    takeBack(d, row, true, out)
    const why = msg.type === 'failed' ? 'failed at it' : msg.why === 'full' ? 'refused' : 'not able'
    if (!nextBest(d, msg.task, out)) giveAgain(d, row, why, out)
  }
  refresh(d, placeOfWorker(d, from))
}

/** A worker speaks of what it has, and of ends that it has heard no answer about. */
function onRenew(d: Distributor, from: AgentId, { held, done }: Extract<TaskMsg, { type: 'renew' }>, out: Out): void {
  meet(d, from)
  for (const end of done) onDone(d, from, end, out)
  const isOver = (task: U32): boolean => rowOfTask(d.table, task) === NO_ROW
  const over = done.map(({ task }) => task).filter(isOver)
  if (over.length > 0) out.sendTo('worker', from, { type: 'heard', tasks: over })
  const cancelled: U32[] = []
  for (const task of held) {
    const row = rowOfTask(d.table, task)
    if (row === NO_ROW || d.table.statuses[row] === STATUS.ending) cancelled.push(task)
    else if (d.table.statuses[row] !== STATUS.blocked) renew(d, row, from, out)
  }
  if (cancelled.length > 0) out.sendTo('worker', from, { type: 'cancel', tasks: cancelled })
}

/** Sums since the start; `waiting`: all that nobody works on, `outstanding`: given away, or its end not yet written. */
function report(d: Distributor, out: Out): void {
  const { counts } = d.table
  const outstanding = counts[STATUS.assigned]! + counts[STATUS.ending]!
  const { classes, ...sums } = d.tally
  const mark = { waiting: sizeOf(d.table) - outstanding, outstanding, queued: counts[STATUS.waiting]!, ...sums }
  out.mark({ kind: 'report', ...mark, classes: classes.map((one) => ({ ...one })) })
}

/** As high as tasks wait; blocked where somebody has work for nobody. */
function view(d: Distributor, view: AgentView): void {
  const { table, params, tally } = d
  const outstanding = table.counts[STATUS.assigned]! + table.counts[STATUS.ending]!
  const waiting = sizeOf(table) - outstanding
  const broken = d.workers.reduce((count, { breaker }) => count + Number(breaker.state === 'open'), 0)
  view.role = waitingNow(d) > 0 && broken > 0 ? ROLE.blocked : waiting + outstanding > 0 ? ROLE.member : ROLE.idle
  view.lastIndex = waiting
  view.commitIndex = 0
  view.durableIndex = tally.done
  view.load = Math.min(1, waiting / Math.min(params.waitingMax, FULL))
  view.votes = broken
}
const FULL = 100

const waitingNow = (d: Distributor): number => d.waiting.reduce((sum, _, need) => sum + waitingOf(d, need), 0)
