import type { BootContext, Effects, Input } from '../../agents/Program.ts'
import { assert } from '../../kernel/assert.ts'
import type { AgentId, U32 } from '../../kernel/units.ts'
import { chooseJobs, type WaitingJob } from './backfill.ts'
import type { ClusterMsg } from './clusterMessages.ts'
import { checkLeases, giveUp, isFree, probe, watchLeases } from './clusterLeases.ts'
import { DOWN, FREE, type ClusterDisk, type ClusterParams, type EndRecord, type Scheduler } from './clusterState.ts'
import { countEnd } from './clusterState.ts'
import { estimateUsOf, holdsUsOf, jobCount, processorsOf, rowsOf, sizeUsOf, submitUsOf } from './clusterJobs.ts'

type Out = Effects<ClusterMsg>
/** Attempts of one life of the scheduler. */
const ATTEMPTS_A_LIFE = 4_194_304
/** Run times below ten seconds are taken for ten: bounded slowdown (Feitelson and others 1997). */
const BOUND_US = 10_000_000
const TIMER_MAX_US = 86_400_000_000

export function bootScheduler(
  nodes: readonly AgentId[],
  disk: ClusterDisk,
  ctx: BootContext<unknown>,
  params: ClusterParams,
): Scheduler {
  const { tasks, seed, incarnation } = ctx
  assert(tasks !== null, 'a cluster has tasks: the scenario was checked')
  const firstAttempt = 1 + incarnation * ATTEMPTS_A_LIFE
  const { counts, waitUs, slowdown, nodeUs, open, ended, startUs, next } = disk
  return {
    ...{ role: 'scheduler', params, nodes, workload: tasks.workload, seed, attempt: firstAttempt, firstAttempt },
    ...{ startUs, next, queue: [], running: [], tries: {}, retell: { open: [...open], ended: [...ended] } },
    ...{ holds: nodes.map(() => DOWN), heardUs: nodes.map(() => 0), free: 0, reservedFor: -1, watching: false },
    ...{ unanswered: nodes.map(() => 0), shortJob: -1, shortLeft: 0 },
    ...{ ending: 0, sums: { waitUs, slowdown, nodeUs, counts: { ...counts } } },
  }
}

/** Takes jobs in as the log says, hands them out and hears how they end. Mutates `s`. */
export function stepScheduler(s: Scheduler, input: Input<ClusterMsg>, out: Out): void {
  switch (input.type) {
    case 'start':
      return onStart(s, out)
    case 'timer':
      if (input.name === 'submit') return submit(s, out)
      if (input.name === 'report') return report(s, out)
      return checkLeases(s, out, schedule)
    case 'diskDone':
      return onDurable(s, input.then as Durable, out)
    case 'message':
      return onMessage(s, input.from, input.msg, out)
    case 'clientOp':
    case 'discovery':
      return // jobs come from the log
  }
}

function onStart(s: Scheduler, out: Out): void {
  if (s.startUs === -1) {
    s.startUs = out.localUs
    out.persist({ type: 'begun', startUs: s.startUs }, null)
  }
  retell(s, out)
  for (const node of s.nodes) probe(s, node, out)
  armSubmit(s, out)
  watchLeases(s, out)
  if (s.params.reportEveryUs > 0) out.setTimer('report', s.params.reportEveryUs)
}

/** What the last life may not have told any more, and the jobs that it left unfinished. */
function retell(s: Scheduler, out: Out): void {
  const { open, ended } = s.retell
  s.retell = { open: [], ended: [] }
  if (s.params.verbose) for (const job of open) out.mark({ ...submittedMark(s, job), retold: true })
  for (const end of ended) if (end.end !== 'done' || s.params.verbose) out.mark({ ...endMark(end), retold: true })
  for (const job of open) admit(s, job, out)
}

function armSubmit(s: Scheduler, out: Out): void {
  if (s.next >= jobCount(s)) return
  out.setTimer('submit', Math.min(TIMER_MAX_US, Math.max(1, submitUsOf(s, s.next) - out.localUs)))
}

function submit(s: Scheduler, out: Out): void {
  const end = jobCount(s)
  for (; s.next < end && submitUsOf(s, s.next) <= out.localUs; s.next++) {
    const record = { type: 'submitted', job: s.next } as const
    out.persist(record, record)
  }
  armSubmit(s, out)
}

type Durable = { readonly type: 'submitted'; readonly job: U32 } | EndRecord | null

function onDurable(s: Scheduler, record: Durable, out: Out): void {
  if (record === null) return
  if (record.type === 'ended') {
    s.ending--
    countEnd(s.sums, record)
    if (record.end !== 'done' || s.params.verbose) out.mark(endMark(record))
    return
  }
  const { job } = record
  s.sums.counts.submitted++
  if (s.params.verbose) out.mark(submittedMark(s, job))
  admit(s, job, out)
  schedule(s, out)
}

function admit(s: Scheduler, job: U32, out: Out): void {
  if (rowsOf(s).runUs[job]! < 0) giveUp(s, job, 'unassignable', 'the log does not say how long it ran', out)
  else if (processorsOf(s, job) === 0) giveUp(s, job, 'unassignable', 'the log does not say its processors', out)
  else if (processorsOf(s, job) > s.nodes.length)
    giveUp(s, job, 'unassignable', 'it asks for more than the machine has', out)
  else s.queue.push(job)
}

const submittedMark = (s: Scheduler, job: U32) => ({
  ...{ kind: 'submitted', task: job, taskKind: 0, sizeUs: sizeUsOf(s, job), predictedUs: estimateUsOf(s, job) },
  ...{ priority: 0, processors: processorsOf(s, job) },
})

const endMark = ({ end, job, tookUs, why }: EndRecord) =>
  end === 'done' ? { kind: end, task: job, tookUs } : { kind: end, task: job, why }

/** Everything that may begin now begins. */
export function schedule(s: Scheduler, out: Out): void {
  const { queue, running, params } = s
  if (queue.length === 0 || s.free === 0) return
  const at = (place: number): WaitingJob => {
    const job = queue[place]!
    return { processors: processorsOf(s, job), holdsUs: holdsUsOf(s, job) }
  }
  const { starts, reservation } = chooseJobs(
    ...([params.policy, at, queue.length, s.free, running, out.localUs, params.depthMax] as const),
  )
  if (reservation !== null) {
    const first = queue.find((_, place) => !starts.includes(place))!
    if (first !== s.reservedFor && params.verbose)
      out.mark({ kind: 'reserved', task: first, atUs: reservation.startUs, aheadUs: reservation.startUs - out.localUs })
    s.reservedFor = first
  }
  for (const place of starts) begin(s, queue[place]!, out)
  if (starts.length > 0) s.queue = queue.filter((_, place) => !starts.includes(place))
}

/** On the free nodes of the lowest numbers. */
function begin(s: Scheduler, job: U32, out: Out): void {
  const wanted = processorsOf(s, job)
  const attempt = s.attempt++
  const nodes: number[] = []
  for (let place = 0; nodes.length < wanted; place++) {
    if (!isFree(s, place)) continue
    nodes.push(place)
    s.holds[place] = attempt
    s.heardUs[place] = out.localUs
  }
  s.free -= wanted
  const [sizeUs, submittedUs] = [sizeUsOf(s, job), submitUsOf(s, job)]
  nodes.forEach((place, k) =>
    out.send(s.nodes[place]!, { type: 'start', attempt, job, sizeUs, submittedUs, lead: k === 0 }),
  )
  s.running.push({
    ...{ job, attempt, nodes, ended: nodes.map(() => 0), processors: wanted },
    ...{ beganUs: out.localUs, endsUs: out.localUs + holdsUsOf(s, job) },
  })
  if (s.params.verbose)
    out.mark({ kind: 'assigned', task: job, to: s.nodes[nodes[0]!]!, waitedUs: out.localUs - submittedUs })
  watchLeases(s, out)
}

function onMessage(s: Scheduler, from: AgentId, msg: ClusterMsg, out: Out): void {
  const place = placeOf(s, from)
  if (place === -1) return
  switch (msg.type) {
    case 'ended':
      out.send(from, { type: 'ack', attempt: msg.attempt })
      return onEnded(s, place, msg.attempt, out)
    case 'renew':
      if (s.holds[place] === msg.attempt) s.heardUs[place] = out.localUs
      else out.send(from, { type: 'kill', attempt: msg.attempt })
      return
    case 'here':
      return onHere(s, place, msg, out)
    case 'start':
    case 'kill':
    case 'probe':
    case 'ack':
      return // these are for nodes
  }
}

/** Agents that run this program have ids in a row as a rule. */
function placeOf({ nodes }: Scheduler, id: AgentId): number {
  const guess = id - nodes[0]!
  return nodes[guess] === id ? guess : nodes.indexOf(id)
}

/** The processors of a job come free when its last node is done. */
function onEnded(s: Scheduler, place: number, attempt: U32, out: Out): void {
  const at = s.running.findIndex((job) => job.attempt === attempt)
  if (at === -1) return
  const held = s.running[at]!
  const mine = held.nodes.indexOf(place)
  if (mine === -1) return
  s.heardUs[place] = out.localUs
  held.ended[mine] = 1
  if (held.ended.includes(0)) return
  s.running.splice(at, 1)
  for (const node of held.nodes) s.holds[node] = FREE
  s.free += held.nodes.length
  const submittedUs = submitUsOf(s, held.job)
  const waitUs = held.beganUs - submittedUs
  const sizeUs = sizeUsOf(s, held.job)
  const boundUs = BOUND_US * s.workload.sizeScale
  const slowdown = Math.max(1, (waitUs + sizeUs) / Math.max(sizeUs, boundUs))
  const record: EndRecord = {
    ...{ type: 'ended', job: held.job, end: 'done', why: '', tookUs: out.localUs - submittedUs, waitUs, slowdown },
    nodeUs: sizeUs * held.nodes.length,
  }
  s.ending++
  out.persist({ ...record }, { ...record })
  schedule(s, out)
}

type Here = Extract<ClusterMsg, { type: 'here' }>

/** A node that is here and idle although it holds a job has lost it: it was restarted, or never heard of it. */
function onHere(s: Scheduler, place: number, { attempt, latest }: Here, out: Out): void {
  const holds = s.holds[place]!
  if (attempt !== 0 && attempt !== holds) out.send(s.nodes[place]!, { type: 'kill', attempt })
  if (holds === DOWN) {
    s.holds[place] = FREE
    // Somebody is back: the others are given their time anew, since it may have been this one that heard nobody.
    s.unanswered.fill(0)
    s.free++
    // Whoever says so without having heard of the start said it before.
  } else if (holds !== FREE && attempt === 0 && latest >= holds) checkLeases(s, out, () => {}, place)
  schedule(s, out)
}

function report(s: Scheduler, out: Out): void {
  const { submitted, done, failed, unassignable } = s.sums.counts
  const waiting = s.queue.length
  const outstanding = s.running.length + s.ending
  const elapsedUs = out.localUs - s.startUs
  const mean = (total: number): number => (done > 0 ? total / done : 0)
  out.mark({
    ...{ kind: 'report', submitted, done, failed, unassignable, waiting, outstanding },
    ...{ running: s.running.length, free: s.free },
    ...{ meanWaitUs: mean(s.sums.waitUs), meanSlowdown: mean(s.sums.slowdown) },
    utilisation: elapsedUs > 0 ? s.sums.nodeUs / (elapsedUs * s.nodes.length) : 0,
  })
  if (s.params.reportEveryUs > 0) out.setTimer('report', s.params.reportEveryUs)
}
