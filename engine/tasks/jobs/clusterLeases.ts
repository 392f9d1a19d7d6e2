import type { Effects } from '../../agents/Program.ts'
import type { AgentId, U32 } from '../../kernel/units.ts'
import type { ClusterMsg } from './clusterMessages.ts'
import { processorsOf } from './clusterJobs.ts'
import { DOWN, FREE, type End, type HeldJob, type Scheduler } from './clusterState.ts'

/** Who holds a job has to be heard of within its lease; who is not is taken to be lost, and the job begins again. */

type Out = Effects<ClusterMsg>

export const isFree = ({ holds }: Scheduler, place: number): boolean => holds[place] === FREE

export const probe = ({ firstAttempt }: Scheduler, node: AgentId, out: Out): void =>
  out.send(node, { type: 'probe', since: firstAttempt })

/** While anybody holds a job or is gone. */
export function watchLeases(s: Scheduler, out: Out): void {
  if (s.watching || (s.running.length === 0 && !s.holds.includes(DOWN))) return
  s.watching = true
  out.setTimer('leases', lookUs(s))
}

/** From one look at the leases to the next. */
const lookUs = ({ params }: Scheduler): number => Math.max(1, Math.floor(params.leaseUs / LOOKS_A_LEASE))
const LOOKS_A_LEASE = 2

/**
 * Takes the jobs of lost nodes back: nodes not heard of for a lease, or `lost` where one says itself that it holds
 * nothing. Then `schedule`s. Those that are gone are asked again whether they are there.
 */
export function checkLeases(s: Scheduler, out: Out, schedule: (s: Scheduler, out: Out) => void, lost = -1): void {
  const isLost = (held: HeldJob, k: number): boolean =>
    held.ended[k] === 0 &&
    (lost === -1 ? out.localUs - s.heardUs[held.nodes[k]!]! > s.params.leaseUs : held.nodes[k] === lost)
  const waiting = s.queue.length
  const broken = s.running.filter((held) => held.nodes.some((_, k) => isLost(held, k)))
  for (const held of broken) {
    for (const [k, place] of held.nodes.entries()) {
      const gone = isLost(held, k) && lost === -1
      s.holds[place] = gone ? DOWN : FREE
      if (gone) continue
      s.free++
      if (held.ended[k] === 0) out.send(s.nodes[place]!, { type: 'kill', attempt: held.attempt })
    }
    s.running = s.running.filter((other) => other !== held)
    out.mark({ kind: 'broken', job: held.job, attempt: held.attempt, nodes: held.nodes.length })
    again(s, held.job, out)
  }
  if (lost === -1) {
    s.watching = false
    takeStock(s, out)
    s.holds.forEach((attempt, place) => attempt === DOWN && probe(s, s.nodes[place]!, out))
    watchLeases(s, out)
  }
  if (broken.length > 0 || s.queue.length !== waiting) schedule(s, out)
}

/**
 * How many nodes there are. By how many questions one has left unanswered, not by the time since it was heard: a
 * scheduler that stood still has not asked. Who does not answer for a lease is missing; who does not for `goneUs`
 * (two leases at least) is taken to have left, and what asks for more nodes than are left then ends. Where nobody
 * answers it is the scheduler that is cut off.
 */
function takeStock(s: Scheduler, out: Out): void {
  const { holds, unanswered, nodes, params } = s
  const goneUs = params.goneUs > 0 ? Math.max(params.goneUs, 2 * params.leaseUs) : Infinity
  let [missing, gone] = [0, 0]
  for (let place = 0; place < holds.length; place++) {
    if (holds[place] !== DOWN) unanswered[place] = 0
    else {
      if (unanswered[place]! >= LOOKS_A_LEASE) missing++
      if (unanswered[place]! * lookUs(s) >= goneUs) gone++
      unanswered[place]!++
    }
  }
  if (gone > 0 && missing < nodes.length) giveUpLargerThan(s, nodes.length - gone, out)
  tellShort(s, nodes.length - missing, out)
}

function giveUpLargerThan(s: Scheduler, left: number, out: Out): void {
  const tooLarge = s.queue.filter((job) => processorsOf(s, job) > left)
  if (tooLarge.length === 0) return
  s.queue = s.queue.filter((job) => processorsOf(s, job) <= left)
  out.mark({ kind: 'given-up', jobs: tooLarge.length, left })
  for (const job of tooLarge) {
    delete s.tries[job]
    giveUp(s, job, 'unassignable', `it asks for ${processorsOf(s, job)} nodes, and only ${left} are left`, out)
  }
}

/** Of the first that waits, where it cannot begin whatever ends: once for every number of nodes that are left. */
function tellShort(s: Scheduler, left: number, out: Out): void {
  const job = s.queue[0] ?? -1
  const wants = job === -1 ? 0 : processorsOf(s, job)
  const isNew = job !== s.shortJob || left !== s.shortLeft
  s.shortJob = wants > left ? job : -1
  s.shortLeft = left
  if (wants > left && isNew) out.mark({ kind: 'short', job, wants, left })
}

/** Before all that came after it, unless it has had its chances. */
function again(s: Scheduler, job: U32, out: Out): void {
  const tries = (s.tries[job] ?? 0) + 1
  if (tries > s.params.retriesMax) {
    delete s.tries[job]
    return giveUp(s, job, 'failed', `its nodes were lost ${tries} times`, out)
  }
  s.tries[job] = tries
  const at = s.queue.findIndex((other) => other > job)
  s.queue.splice(at === -1 ? s.queue.length : at, 0, job)
}

/** Told to observers once it is durable. Mutates `s`. */
export function giveUp(s: Scheduler, job: U32, end: End, why: string, out: Out): void {
  s.ending++
  const record = { type: 'ended', job, end, why, tookUs: 0, waitUs: 0, slowdown: 0, nodeUs: 0 } as const
  out.persist(record, record)
}
