import type { AgentView, BootContext, Effects, Input, Program } from '../agents/Program.ts'
import { record, u32, union } from '../kernel/codec.ts'
import { log } from '../kernel/math.ts'
import type { AgentId, U32 } from '../kernel/units.ts'

/**
 * Stages in a row, each working on one item at a time. The first always has new work, but begins an item only with a
 * credit; the last stage sends the credit back when the item is done. So at most `credits` items are under way, and no
 * queue grows without bound: back-pressure from end to end (Kung, Blackwell, Chapman, SIGCOMM 1994).
 */
export type PipelineMsg =
  | { type: 'item'; id: U32 }
  /** From the last stage to the first: the item is done. */
  | { type: 'credit'; id: U32 }

export interface PipelineParams {
  /** Items that may be under way at one time, in the whole row. */
  readonly credits: number
  /** Mean time that a stage works on an item, µs. */
  readonly serviceUs: number
  readonly service: 'exponential' | 'constant'
  /** A credit that has not come back by then was lost with its item: the item begins again. 0 = never, µs. */
  readonly timeoutUs: number
  /** Items that the last stage finishes between two marks. */
  readonly reportEvery: number
}

export const PIPELINE_DEFAULTS: PipelineParams = {
  credits: 8,
  serviceUs: 20_000,
  service: 'exponential',
  timeoutUs: 0,
  reportEvery: 100,
}

export interface Pipeline {
  readonly self: AgentId
  params: PipelineParams
  /** Agents of the row in order. */
  readonly stages: readonly AgentId[]
  /** This stage's place in it. */
  readonly place: number
  /** Items that wait here, the one in work first. */
  queue: U32[]
  /** The first stage's: items under way, oldest first, and when they began, local µs. */
  open: { readonly id: U32; beganUs: number }[]
  nextId: U32
  /** Items that this stage has finished. */
  done: U32
  /** The last stage's: local time of the latest mark. */
  reportedUs: number
}

const messages = union<PipelineMsg>({ item: record({ id: u32 }), credit: record({ id: u32 }) })
const DRAW_SERVICE = 1
/** Indices into ROLES of frame/. */
const ROLE = { idle: 0, busy: 8, blocked: 11 } as const
type Out = Effects<PipelineMsg>

export const pipeline: Program<Pipeline, PipelineMsg, Partial<PipelineParams>> = {
  kind: 'pipeline',
  messages,
  messageKinds: ['item', 'credit'],
  kindOf: (msg) => msg.type,
  boot,
  step,
  view,
}

function boot(self: AgentId, _durable: unknown, ctx: BootContext<Partial<PipelineParams>>): Pipeline {
  const params = { ...PIPELINE_DEFAULTS, ...ctx.params }
  const place = ctx.members.indexOf(self)
  // Numbers of an earlier life are still under way: a restarted source begins far above them.
  const nextId = 1 + ctx.incarnation * 16_777_216
  return {
    ...{ self, params, stages: ctx.members, place, queue: [], open: [], nextId, done: 0, reportedUs: 0 },
  }
}

function step(pipeline: Pipeline, input: Input<PipelineMsg>, out: Out): void {
  switch (input.type) {
    case 'start':
      pipeline.reportedUs = out.localUs
      if (pipeline.place === 0) {
        release(pipeline, out)
        watch(pipeline, out)
      }
      return
    case 'timer':
      return input.name === 'serve' ? onServed(pipeline, out) : onWatch(pipeline, out)
    case 'message':
      return input.msg.type === 'item' ? arrive(pipeline, input.msg.id, out) : onCredit(pipeline, input.msg.id, out)
    case 'clientOp':
    case 'diskDone':
    case 'discovery':
      return // the row is what it was at the start
  }
}

function arrive(pipeline: Pipeline, id: U32, out: Out): void {
  pipeline.queue.push(id)
  if (pipeline.queue.length === 1) serve(pipeline, out)
}

function serve({ params }: Pipeline, out: Out): void {
  const { serviceUs, service } = params
  const factor = service === 'constant' ? 1 : -log((out.draw(DRAW_SERVICE) + 1) / 4_294_967_296)
  out.setTimer('serve', Math.max(1, Math.round(serviceUs * factor)))
}

function onServed(pipeline: Pipeline, out: Out): void {
  const id = pipeline.queue.shift()
  if (id === undefined) return
  const { stages, place } = pipeline
  pipeline.done++
  if (place + 1 < stages.length) out.send(stages[place + 1]!, { type: 'item', id })
  else finish(pipeline, id, out)
  if (pipeline.queue.length > 0) serve(pipeline, out)
}

/** The last stage: the credit goes back, and every so many items it says how fast it is. */
function finish(pipeline: Pipeline, id: U32, out: Out): void {
  const { params, stages } = pipeline
  out.send(stages[0]!, { type: 'credit', id })
  if (pipeline.done % params.reportEvery !== 0) return
  const tookUs = out.localUs - pipeline.reportedUs
  out.mark({ kind: 'throughput', items: pipeline.done, last: params.reportEvery, tookUs })
  pipeline.reportedUs = out.localUs
}

/** A credit that was counted as lost already, or came twice, is worth nothing. */
function onCredit(pipeline: Pipeline, id: U32, out: Out): void {
  const at = pipeline.open.findIndex((item) => item.id === id)
  if (at === -1) return
  pipeline.open.splice(at, 1)
  release(pipeline, out)
}

/** As many new items as there are credits. */
function release(pipeline: Pipeline, out: Out): void {
  const { open, params } = pipeline
  while (open.length < params.credits) {
    const id = pipeline.nextId++
    open.push({ id, beganUs: out.localUs })
    arrive(pipeline, id, out)
  }
}

function watch({ params }: Pipeline, out: Out): void {
  out.setTimer('watch', params.timeoutUs > 0 ? Math.ceil(params.timeoutUs / 4) : 1_000_000)
}

/** Items that are gone begin again; one that only waits here is not gone. */
function onWatch(pipeline: Pipeline, out: Out): void {
  const { timeoutUs } = pipeline.params
  if (timeoutUs > 0) {
    const late = pipeline.open.filter(({ beganUs }) => out.localUs - beganUs > timeoutUs)
    const gone = late.filter(({ id }) => !pipeline.queue.includes(id))
    for (const item of gone) {
      item.beganUs = out.localUs
      arrive(pipeline, item.id, out)
    }
    if (gone.length > 0) out.mark({ kind: 'reclaimed', items: gone.length })
  }
  release(pipeline, out) // the number of credits may have been set higher
  watch(pipeline, out)
}

/** A stage stands as high as the items that wait at it; the source is blocked where no credit is left. */
function view(pipeline: Pipeline, view: AgentView): void {
  const { queue, place, params } = pipeline
  view.role = queue.length > 0 ? ROLE.busy : place === 0 ? ROLE.blocked : ROLE.idle
  view.load = Math.min(1, queue.length / Math.max(1, params.credits))
  // As a column: one box an item, the one in work solid.
  view.lastIndex = queue.length
  view.commitIndex = view.durableIndex = Math.min(1, queue.length)
}
