import type { AgentView, BootContext, Effects, Input, Program, Surroundings } from '../agents/Program.ts'
import { NONE } from '../kernel/units.ts'
import type { AgentId, U32 } from '../kernel/units.ts'
import { errandMessages, type ErrandMsg } from './errandMessages.ts'
import { peersOf, pickPeer, type Peers } from './gossipPeers.ts'

/**
 * The same few jobs on any topology, one at a time and again and again, so that topologies can be compared by what a
 * job costs: a broadcast from the first agent; a request of the first agent to a random one, and its answer; a report
 * of everybody to the first agent; and keep-alive, one message of each agent to each of its neighbours. What the
 * network carries for a job is counted by the network; when the job begins and ends is marked here.
 */
export const JOBS = ['broadcast', 'request', 'report', 'keep-alive'] as const
export type Job = (typeof JOBS)[number]

export interface ErrandParams {
  /** Done in this order, then from the first again. */
  readonly jobs: readonly Job[]
  /** When the first begins, and the time from one to the next, µs of each agent's own clock. */
  readonly firstAtUs: number
  readonly everyUs: number
  /** Jobs in all; 0 = without end. */
  readonly times: number
  /** In a tree a report waits for those below and goes up as one; else everybody reports straight to the first. */
  readonly aggregate: boolean
}
export const ERRAND_DEFAULTS: ErrandParams = {
  jobs: JOBS,
  firstAtUs: 200_000,
  everyUs: 1_000_000,
  times: 0,
  aggregate: true,
}

export interface Errand {
  readonly self: AgentId
  readonly params: ErrandParams
  /** Whom the others report to: the member with the lowest id. */
  readonly head: AgentId
  /** Members when the run began. */
  readonly size: U32
  readonly others: Peers
  parent: AgentId
  children: AgentId[]
  neighbours: AgentId[]
  /** The how-manieth job this agent is at, from 1; 0 = none yet. */
  errand: U32
  /** It is this agent's turn to report. */
  ready: boolean
  beganUs: number
  /** Agents heard of in this errand, this one among them once it is ready, and the sum of their ids. */
  count: U32
  sum: number
  /** Who was heard in this errand: each counts once. */
  heard: AgentId[]
  /** Waits: the head for an answer or for reports, the others for the reports of those below. */
  busy: boolean
  /** Learned something in this errand. */
  informed: boolean
}

type Out = Effects<ErrandMsg>
const DRAW_TARGET = 1
const ROLE = { idle: 0, spreading: 8, informed: 9 } as const

export const errand: Program<Errand, ErrandMsg, Partial<ErrandParams>> = {
  kind: 'errand',
  messages: errandMessages,
  messageKinds: ['news', 'request', 'answer', 'report', 'beat'],
  kindOf: (msg) => msg.type,
  boot,
  step,
  view,
}

function boot(self: AgentId, _durable: unknown, ctx: BootContext<Partial<ErrandParams>>): Errand {
  const { parent, children, neighbours } = ctx.surroundings
  return {
    ...{ self, params: { ...ERRAND_DEFAULTS, ...ctx.params } },
    ...{ head: ctx.members[0]!, size: ctx.members.length, others: peersOf(ctx.members, self) },
    ...{ parent, children: [...children], neighbours: [...neighbours] },
    ...{ errand: 0, ready: false, beganUs: 0, count: 0, sum: 0, heard: [], busy: false, informed: false },
  }
}

function step(state: Errand, input: Input<ErrandMsg>, out: Out): void {
  switch (input.type) {
    case 'start':
      return wait(state, out)
    case 'timer':
      begin(state, dueBy(state, out.localUs), out)
      return wait(state, out)
    case 'discovery':
      return onDiscovery(state, input.surroundings, out)
    case 'message':
      return onMessage(state, input.from, input.msg, out)
    case 'clientOp':
    case 'diskDone':
      return // jobs come by the clock, and nothing here is durable
  }
}

/** The job that has begun by `localUs`, from 1; 0 before the first. */
const dueBy = ({ params }: Errand, localUs: number): U32 =>
  Math.max(0, Math.floor((localUs - params.firstAtUs) / params.everyUs) + 1)

function wait(state: Errand, out: Out): void {
  const { firstAtUs, everyUs, times } = state.params
  const next = dueBy(state, out.localUs)
  if (times > 0 && next >= times) return
  out.setTimer('next', Math.max(1, firstAtUs + next * everyUs - out.localUs))
}

export const jobOf = ({ jobs }: ErrandParams, errand: U32): Job => jobs[(errand - 1) % jobs.length]!

/** Forgets the job before; what it was still waiting for is not coming any more. */
function enter(state: Errand, errand: U32, out: Out): void {
  const { busy, self, head } = state
  if (busy && self === head)
    out.mark({ kind: 'unfinished', errand: state.errand, job: jobOf(state.params, state.errand), count: state.count })
  Object.assign(state, { errand, ready: false, count: 0, sum: 0, heard: [], busy: false, informed: false })
}

function begin(state: Errand, errand: U32, out: Out): void {
  if (errand < state.errand) return // the others' clocks are ahead
  if (errand > state.errand) enter(state, errand, out)
  const { self, head } = state
  const job = jobOf(state.params, errand)
  state.beganUs = out.localUs
  if (self === head) {
    const to = job === 'request' ? pickPeer(state.others, out.draw(DRAW_TARGET)) : null
    out.mark({ kind: 'began', errand, job, to: to ?? NONE })
    state.busy = to !== null
    if (job === 'broadcast') out.broadcast({ type: 'news', errand })
    if (to !== null) out.send(to, { type: 'request', errand })
  }
  if (job === 'report') {
    state.ready = state.busy = true
    count(state, 1, self)
    reportUp(state, out)
  }
  if (job === 'keep-alive') for (const neighbour of state.neighbours) out.send(neighbour, { type: 'beat', errand })
}

function count(state: Errand, agents: U32, sum: number): void {
  state.count += agents
  state.sum += sum
}

function onMessage(state: Errand, from: AgentId, msg: ErrandMsg, out: Out): void {
  // A clock that runs fast may begin a job before this agent's own.
  if (msg.errand > state.errand) enter(state, msg.errand, out)
  if (msg.errand < state.errand || state.heard.includes(from)) return
  state.heard.push(from)
  state.informed = true
  switch (msg.type) {
    case 'news':
      return out.mark({ kind: 'heard', errand: msg.errand })
    case 'request':
      return out.send(from, { type: 'answer', errand: msg.errand })
    case 'answer':
      return end(state, out)
    case 'report':
      count(state, msg.count, msg.sum)
      return reportUp(state, out)
    case 'beat':
      if (state.heard.length === state.neighbours.length) out.mark({ kind: 'all here', errand: msg.errand })
  }
}

const chained = ({ params, parent, children }: Errand): boolean =>
  params.aggregate && (parent !== NONE || children.length > 0)

/** Once everybody whom this agent waits for has reported; a root of another tree hands on to the head itself. */
function reportUp(state: Errand, out: Out): void {
  const { errand, self, head, parent, children, heard } = state
  if (!state.ready || !state.busy) return
  const chain = chained(state)
  // Counted first: in a star of 10,000 each report would ask for everybody.
  if (chain && (heard.length < children.length || !children.every((child) => heard.includes(child)))) return
  if (self !== head) {
    state.busy = false
    const above = chain && parent !== NONE ? parent : head
    return out.send(above, { type: 'report', errand, count: state.count, sum: state.sum })
  }
  const onlyTree = chain && state.neighbours.length === children.length
  if (onlyTree || state.count >= state.size) end(state, out)
}

function end(state: Errand, out: Out): void {
  if (!state.busy) return
  state.busy = false
  const { errand, count, sum } = state
  out.mark({ kind: 'ended', errand, job: jobOf(state.params, errand), tookUs: out.localUs - state.beganUs, count, sum })
}

/** The routing was repaired. Who is gone is waited for no longer. */
function onDiscovery(state: Errand, { parent, children, neighbours }: Surroundings, out: Out): void {
  state.parent = parent
  state.children = [...children]
  state.neighbours = [...neighbours]
  reportUp(state, out)
}

/** Orange is the head, and who waits for reports; blue who has heard something in this job. */
function view({ self, head, busy, informed }: Errand, view: AgentView): void {
  if (view.role !== 0) return
  view.role = self === head || busy ? ROLE.spreading : informed ? ROLE.informed : ROLE.idle
}
