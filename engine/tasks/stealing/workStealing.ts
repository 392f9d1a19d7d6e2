import type { AgentView, BootContext, Input, Program } from '../../agents/Program.ts'
import type { AgentId, U32 } from '../../kernel/units.ts'
import { callNode, type DagNode, rootOf, taskOf } from './fibDag.ts'
import { answer, borrow, lend, noted, onAlive, onBeat, onDrop, settle } from './stealingLoans.ts'
import { stealingMessages, type StealingMsg } from './stealingMessages.ts'
import { isIdle, isOrigin, STEALING_DEFAULTS, type Out, type Stealing, type StealingParams } from './stealingState.ts'

/**
 * Randomised work stealing: every worker keeps the ready nodes of a computation as a stack and works at its end, so
 * depth first; one that has none asks a victim by message, who gives its oldest. A call that has forked stays with the
 * worker that forked it, and its values come there by message. Source: Blumofe and Leiserson 1999.
 *
 * Marks: began {n, attempt}, finished {n, value, nodes, tookUs, workers} by the first member; stolen {tasks, from} by
 * the thief; reclaimed {tasks, from} where a lease ran out; orphaned {call, from} where nobody takes a value; tally
 * {worked, steals, requests, reclaimed} by everybody who hears that all is done; started {task, waitedUs, from?} and
 * worked {task, tookUs} for every stretch of work without a break, whose task is the node that it begins with, taken
 * from `from`, or where `verbose` for every node; released {task} where others were faster.
 */
export const workStealing: Program<Stealing, StealingMsg, Partial<StealingParams>, StealingDisk> = {
  kind: 'stealing',
  messages: stealingMessages,
  messageKinds: ['steal', 'loot', 'no', 'done', 'noted', 'alive', 'drop', 'over'],
  kindOf: (msg) => (msg.type === 'loot' && msg.nodes.length === 0 ? 'no' : msg.type),
  disk: {
    empty: () => ({ finished: false }),
    write: (disk) => void (disk.finished = true),
  },
  boot,
  step,
  view,
}

/** The first member's: the result is known, and a restart begins nothing. */
export interface StealingDisk {
  finished: boolean
}

const DRAW_VICTIM = 1
const TWO_32 = 4_294_967_296
const REQUESTS_A_LIFE = 1_048_576
/** Rounds of refusals after which the pause doubles, and how often it may. */
const PATIENT_ROUNDS = 4
const DOUBLINGS_MAX = 10
/** Indices into ROLES of frame/. */
const ROLE = { idle: 0, busy: 8 } as const

function boot(self: AgentId, durable: StealingDisk, ctx: BootContext<Partial<StealingParams>>): Stealing {
  const { members, surroundings, incarnation } = ctx
  return {
    ...{ self, params: { ...STEALING_DEFAULTS, ...ctx.params }, members, neighbours: surroundings.neighbours },
    ...{
      attempt: incarnation,
      ready: [],
      working: null,
      stretch: null,
      frames: {},
      borrowed: [],
      loans: [],
      answers: [],
    },
    // Requests of an earlier life may still be answered: this life's have numbers of their own.
    ...{ asking: 0, nextId: 1 + (incarnation % (TWO_32 / REQUESTS_A_LIFE)) * REQUESTS_A_LIFE, refusals: 0 },
    ...{ beganUs: 0, computed: false, finished: durable.finished, worked: 0, steals: 0, requests: 0, reclaimed: 0 },
  }
}

function step(state: Stealing, input: Input<StealingMsg>, out: Out): void {
  switch (input.type) {
    case 'start':
      if (isOrigin(state) && !state.finished) begin(state, out)
      return next(state, out)
    case 'timer':
      if (state.finished) return
      if (input.name === 'work') onWorked(state, out)
      else if (input.name === 'beat') onBeat(state, out)
      else onSilence(state)
      return next(state, out)
    case 'message':
      return onMessage(state, input.from, input.msg, out)
    case 'discovery':
      state.neighbours = input.surroundings.neighbours
      return next(state, out)
    case 'diskDone':
      out.broadcast({ type: 'over' })
      return over(state, out)
    case 'clientOp':
      return // the work is there from the beginning
  }
}

function begin(state: Stealing, out: Out): void {
  const { n } = state.params
  state.beganUs = out.localUs
  state.ready.push(rootOf(n))
  out.mark({ kind: 'began', n, attempt: state.attempt })
}

function onMessage(state: Stealing, from: AgentId, msg: StealingMsg, out: Out): void {
  if (msg.type === 'noted') return noted(state, from, msg.call)
  if (state.finished) return onLate(from, msg, out)
  switch (msg.type) {
    case 'steal':
      return onSteal(state, from, msg.id, out)
    case 'loot':
      onLoot(state, from, msg, out)
      break
    case 'done':
      out.send(from, { type: 'noted', call: msg.call })
      settle(state, msg.call)
      complete(state, msg.call, msg.n, msg.value, msg.nodes, out)
      break
    case 'alive':
      onAlive(state, from, msg.loans, out)
      break
    case 'drop':
      onDrop(state, from, msg.loans, out)
      if (isIdle(state)) rest(state, 'released', out)
      break
    case 'over':
      if (!isOrigin(state)) over(state, out)
  }
  next(state, out)
}

/** Who still asks or answers when all is done has not heard of it. */
function onLate(from: AgentId, msg: StealingMsg, out: Out): void {
  if (msg.type === 'done') out.send(from, { type: 'noted', call: msg.call })
  if (msg.type === 'steal' || msg.type === 'alive' || msg.type === 'done') out.send(from, { type: 'over' })
}

/** The newest of what is ready, or else somebody else's oldest. */
function next(state: Stealing, out: Out): void {
  if (state.finished || state.working !== null) return
  const node = state.ready.pop()
  if (node === undefined) {
    rest(state, 'worked', out)
    return seek(state, out)
  }
  state.working = node
  if (state.params.verbose) out.mark({ kind: 'started', task: taskOf(node), waitedUs: 0 })
  else if (state.stretch === null) goOn(state, node, out)
  out.setTimer('work', state.params.nodeUs)
}

function goOn(state: Stealing, node: DagNode, out: Out): void {
  const task = taskOf(node)
  state.stretch = { task, beganUs: out.localUs }
  const from = node.join ? undefined : state.borrowed.find(({ call }) => call === node.call)?.from
  out.mark({ kind: 'started', task, waitedUs: 0, ...(from !== undefined && { from }) })
}

function rest(state: Stealing, kind: 'worked' | 'released', out: Out): void {
  if (state.stretch === null) return
  const { task, beganUs } = state.stretch
  state.stretch = null
  out.mark(kind === 'worked' ? { kind, task, tookUs: out.localUs - beganUs } : { kind, task })
}

function onWorked(state: Stealing, out: Out): void {
  const node = state.working
  if (node === null) return
  state.working = null
  state.worked++
  if (state.params.verbose) out.mark({ kind: 'worked', task: taskOf(node), tookUs: state.params.nodeUs })
  const { call, n, join } = node
  if (join) return complete(state, call, n, node.value, node.nodes, out)
  if (n < 2) return complete(state, call, n, n, 1, out)
  state.frames[call] = { n, value: 0, nodes: 2, done: 0 }
  state.ready.push(callNode(2 * call + 1, n - 2), callNode(2 * call, n - 1))
}

/** The value of a call is known: whoever waits for it hears, and two values of one call make its join ready. */
function complete(state: Stealing, call: U32, n: U32, value: number, nodes: number, out: Out): void {
  answer(state, call, n, value, nodes, out)
  if (call === 1) return isOrigin(state) ? finish(state, n, value, nodes, out) : undefined
  const above = Math.floor(call / 2)
  const side = call % 2
  const frame = state.frames[above]
  if (frame === undefined || frame.n - 1 - side !== n || ((frame.done >> side) & 1) === 1) return
  frame.value += value
  frame.nodes += nodes
  frame.done += 1 << side
  if (frame.done !== 3) return
  delete state.frames[above]
  state.ready.push({ call: above, n: frame.n, join: true, value: frame.value, nodes: frame.nodes })
}

function finish(state: Stealing, n: U32, value: number, nodes: number, out: Out): void {
  if (state.computed) return
  state.computed = true
  const tookUs = out.localUs - state.beganUs
  out.mark({ kind: 'finished', n, value, nodes, tookUs, workers: state.members.length })
  out.persist({}, null)
}

/** Nothing is left to do; what was still open belongs to copies. */
function over(state: Stealing, out: Out): void {
  const { worked, steals, requests, reclaimed, working, params } = state
  rest(state, 'released', out)
  if (working !== null && params.verbose) out.mark({ kind: 'released', task: taskOf(working) })
  Object.assign(state, { finished: true, working: null, ready: [], frames: {}, borrowed: [], loans: [], answers: [] })
  for (const timer of ['work', 'ask', 'beat']) out.cancelTimer(timer)
  out.mark({ kind: 'tally', worked, steals, requests, reclaimed })
}

function seek(state: Stealing, out: Out): void {
  const { params } = state
  const victim = state.asking === 0 ? victimOf(state, out) : null
  if (victim === null) return
  state.asking = state.nextId++
  state.requests++
  out.send(victim, { type: 'steal', id: state.asking })
  out.setTimer('ask', params.timeoutUs)
}

/** Uniform over the others, or over the neighbours. */
function victimOf({ self, params, members, neighbours }: Stealing, out: Out): AgentId | null {
  if (params.victims === 'none') return null
  const others = params.victims === 'neighbours' ? neighbours.length : members.length - 1
  if (others <= 0) return null
  const k = Math.floor((out.draw(DRAW_VICTIM) / TWO_32) * others)
  if (params.victims === 'neighbours') return neighbours[k]!
  return members[k]! < self ? members[k]! : members[k + 1]!
}

function onSteal(state: Stealing, thief: AgentId, id: U32, out: Out): void {
  const { ready, params } = state
  const count = Math.min(ready.length, params.amount === 'half' ? Math.ceil(ready.length / 2) : 1)
  const nodes = ready.splice(params.take === 'oldest' ? 0 : ready.length - count, count)
  out.send(thief, { type: 'loot', id, loan: lend(state, nodes, thief, out), nodes })
}

type Loot = Extract<StealingMsg, { type: 'loot' }>

/** What comes too late is left to the lender's lease. */
function onLoot(state: Stealing, from: AgentId, { id, loan, nodes }: Loot, out: Out): void {
  if (id !== state.asking) return
  state.asking = 0
  if (nodes.length === 0) return onRefusal(state, out)
  out.cancelTimer('ask')
  state.refusals = 0
  state.steals++
  out.mark({ kind: 'stolen', tasks: nodes.length, from })
  state.ready.push(...nodes.filter((node, k) => borrow(state, node, from, loan + k, out)))
}

function onRefusal(state: Stealing, out: Out): void {
  state.refusals++
  const rounds = Math.floor(state.refusals / (PATIENT_ROUNDS * state.members.length))
  let pauseUs = state.params.retryUs
  for (let k = 0; k < Math.min(rounds, DOUBLINGS_MAX); k++) pauseUs *= 2
  state.asking = PAUSED
  out.setTimer('ask', pauseUs)
}

/** No request: a pause before the next. */
const PAUSED = -1

function onSilence(state: Stealing): void {
  if (state.asking > 0) state.refusals++
  state.asking = 0
}

/** As high as what lies here: the boxes are nodes, the one in work solid. */
function view(state: Stealing, view: AgentView): void {
  const { working, ready, params, borrowed } = state
  view.role = isIdle(state) || state.finished ? ROLE.idle : ROLE.busy
  view.commitIndex = working === null ? 0 : 1
  view.lastIndex = ready.length + view.commitIndex
  view.durableIndex = state.worked
  view.load = Math.min(1, view.lastIndex / (params.n + 1))
  view.follows = borrowed.at(-1)?.from ?? -1
}
