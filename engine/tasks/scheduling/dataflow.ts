import type { AgentView, BootContext, Effects, Input, Program } from '../../agents/Program.ts'
import { record, u32, union } from '../../kernel/codec.ts'
import type { AgentId, U32 } from '../../kernel/units.ts'
import type { WorkloadSpec } from '../../scenario/Scenario.ts'
import { stepsAt, type Step } from './dataflowGraph.ts'

/**
 * Tasks that need each other's results, one graph after the other. Everybody knows the graph and where its steps are
 * done, and nobody directs: a step begins when the results that it needs have come, and its result goes in one message
 * to each agent with a step that needs it. What a topology is good for shows in how long that takes. The first member
 * begins a graph and hears of its last steps; one that is not done in time it gives up, says so, and begins the next.
 *
 * Marks: began {graph, steps}, ended {graph, steps, tookUs}, unfinished {graph}; by whoever works, where `verbose`:
 * queued, started {task, needs} and worked {task}.
 */
export interface DataflowParams {
  /** Time that a graph may take before it is given up, µs. */
  readonly patienceUs: number
  /** A mark for each step of every task. */
  readonly verbose: boolean
}
export const DATAFLOW_DEFAULTS: DataflowParams = { patienceUs: 60_000_000, verbose: true }

export type DataflowMsg =
  /** Of the first member: those of your steps that need no result may begin. */
  { type: 'begin'; graph: U32 } | { type: 'result'; graph: U32; step: U32 }

/** A step of this agent's own, with what it still needs. */
interface Own extends Step {
  missing: number
  /** Other agents that need its result, ascending; the first member where it is among the last. */
  readonly tell: readonly AgentId[]
}

export interface Dataflow {
  readonly self: AgentId
  params: DataflowParams
  readonly members: readonly AgentId[]
  readonly workload: WorkloadSpec
  readonly seed: U32
  /** The graph it is at, from 1; 0 = none yet. */
  graph: U32
  own: Own[]
  begun: boolean
  /** Results that have come in this graph: each counts once. */
  heard: U32[]
  /** Own steps that wait for their turn; the first is in work. */
  queue: U32[]
  /** The first member's: last steps of the graph that are not done. */
  open: U32[]
  steps: U32
  beganUs: number
  /** Steps done since the start. */
  count: U32
}

type Out = Effects<DataflowMsg>
/** Indices into ROLES of frame/. */
const ROLE = { idle: 0, busy: 8 } as const
const GRAPHS_A_LIFE = 1_048_576
/** Of steps in marks: graph × 2¹⁶ + place. */
const taskOf = (graph: U32, step: U32): U32 => ((graph % 65_536) * 65_536 + step) >>> 0

export const dataflow: Program<Dataflow, DataflowMsg, Partial<DataflowParams>> = {
  kind: 'dataflow',
  messages: union<DataflowMsg>({ begin: record({ graph: u32 }), result: record({ graph: u32, step: u32 }) }),
  messageKinds: ['begin', 'result'],
  kindOf: (msg) => msg.type,
  boot,
  step,
  view,
}

function boot(self: AgentId, _durable: unknown, ctx: BootContext<Partial<DataflowParams>>): Dataflow {
  return {
    ...{ self, params: { ...DATAFLOW_DEFAULTS, ...ctx.params }, members: ctx.members, seed: ctx.seed },
    workload: ctx.tasks!.workload,
    // What others know of graphs of an earlier life does not fit this one's.
    graph: (ctx.incarnation % 4_096) * (ctx.members[0] === self ? GRAPHS_A_LIFE : 0),
    ...{ own: [], begun: false, heard: [], queue: [], open: [], steps: 0, beganUs: 0, count: 0 },
  }
}

const isFirst = ({ self, members }: Dataflow): boolean => self === members[0]

function step(state: Dataflow, input: Input<DataflowMsg>, out: Out): void {
  switch (input.type) {
    case 'start':
      return isFirst(state) ? nextGraph(state, out) : undefined
    case 'timer':
      if (input.name === 'work') return onWorked(state, out)
      if (input.name === 'patience') out.mark({ kind: 'unfinished', graph: state.graph })
      return nextGraph(state, out)
    case 'message': {
      const { graph } = input.msg
      if (graph < state.graph) return // of a graph that was given up
      if (graph > state.graph) enter(state, graph, out)
      return input.msg.type === 'begin' ? onBegin(state, out) : onResult(state, input.msg.step, out)
    }
    case 'clientOp':
    case 'diskDone':
    case 'discovery':
      return // graphs follow from the workload, and places from the members
  }
}

/** `count` of them, 0 = without end; a pause of `thinkUs` before each. */
function nextGraph(state: Dataflow, out: Out): void {
  const { workload, graph, members } = state
  if (workload.count > 0 && graph % GRAPHS_A_LIFE >= workload.count) return
  enter(state, graph + 1, out)
  const steps = stepsOfGraph(state)
  const needed = new Set(steps.flatMap(({ after }) => after))
  state.open = steps.filter(({ id }) => !needed.has(id)).map(({ id }) => id)
  state.beganUs = out.localUs
  out.mark({ kind: 'began', graph: state.graph, steps: state.steps })
  out.setTimer('patience', state.params.patienceUs)
  const first = new Set(steps.filter(({ after }) => after.length === 0).map(({ at }) => at))
  for (const to of members) if (first.has(to) && to !== state.self) out.send(to, { type: 'begin', graph: state.graph })
  if (first.has(state.self)) onBegin(state, out)
}

const stepsOfGraph = ({ workload, seed, graph, members }: Dataflow): readonly Step[] =>
  stepsAt(workload, seed, graph, members)

/** Forgets the graph before, and looks up what is its own in this one. Mutates `state`. */
function enter(state: Dataflow, graph: U32, out: Out): void {
  out.cancelTimer('work')
  Object.assign(state, { graph, begun: false, heard: [], queue: [] })
  const steps = stepsOfGraph(state)
  state.steps = steps.length
  const followers = steps.map((): AgentId[] => [])
  for (const { at, after } of steps)
    for (const before of after) if (!followers[before]!.includes(at)) followers[before]!.push(at)
  state.own = steps
    .filter(({ at }) => at === state.self)
    .map((one) => {
      const tell = followers[one.id]!.length > 0 ? followers[one.id]! : [state.members[0]!]
      return { ...one, missing: one.after.length, tell: tell.toSorted((a, b) => a - b) }
    })
}

function onBegin(state: Dataflow, out: Out): void {
  if (state.begun) return
  state.begun = true
  for (const own of state.own) if (own.after.length === 0) ready(state, own, out)
}

/** From outside or from here. */
function onResult(state: Dataflow, id: U32, out: Out): void {
  if (state.heard.includes(id)) return
  state.heard.push(id)
  for (const own of state.own) {
    if (!own.after.includes(id)) continue
    own.missing--
    if (own.missing === 0) ready(state, own, out)
  }
  if (isFirst(state) && state.open.includes(id)) onLast(state, id, out)
}

function ready(state: Dataflow, own: Own, out: Out): void {
  state.queue.push(own.id)
  if (state.params.verbose) out.mark({ kind: 'queued', task: taskOf(state.graph, own.id) })
  if (state.queue.length === 1) work(state, out)
}

function work(state: Dataflow, out: Out): void {
  const id = state.queue[0]
  if (id === undefined) return
  const { sizeUs, after } = ownStep(state, id)
  const needs = after.map((before) => taskOf(state.graph, before))
  if (state.params.verbose) out.mark({ kind: 'started', task: taskOf(state.graph, id), waitedUs: 0, needs })
  out.setTimer('work', sizeUs)
}

const ownStep = ({ own }: Dataflow, id: U32): Own => own.find((one) => one.id === id)!

function onWorked(state: Dataflow, out: Out): void {
  const id = state.queue.shift()
  if (id === undefined) return
  const { self, graph } = state
  const { tell, sizeUs } = ownStep(state, id)
  state.count++
  if (state.params.verbose) out.mark({ kind: 'worked', task: taskOf(graph, id), tookUs: sizeUs })
  for (const to of tell) if (to !== self) out.send(to, { type: 'result', graph, step: id })
  // What is in work goes on before anything that this result makes ready.
  work(state, out)
  if (tell.includes(self)) onResult(state, id, out)
}

function onLast(state: Dataflow, id: U32, out: Out): void {
  state.open = state.open.filter((other) => other !== id)
  if (state.open.length > 0) return
  out.mark({ kind: 'ended', graph: state.graph, steps: state.steps, tookUs: out.localUs - state.beganUs })
  out.cancelTimer('patience')
  out.setTimer('next', Math.max(1, state.workload.thinkUs))
}

/** As high as the steps that wait for their turn; those that still need results are not here yet. */
function view(state: Dataflow, view: AgentView): void {
  const held = state.queue.length
  view.role = held > 0 ? ROLE.busy : ROLE.idle
  view.lastIndex = held
  view.commitIndex = Math.min(1, held)
  view.durableIndex = state.count
  view.load = Math.min(1, held / Math.max(1, state.own.length))
  view.follows = -1
}
