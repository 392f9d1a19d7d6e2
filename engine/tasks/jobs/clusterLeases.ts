import type { Effects } from '../../agents/Program.ts'
import type { AgentId, U32 } from '../../kernel/units.ts'
import type { ClusterMsg } from './clusterMessages.ts'
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
  out.setTimer('leases', Math.max(1, Math.floor(s.params.leaseUs / 2)))
}

/**
 * Takes the jobs of lost nodes back: nodes not heard of for a lease, or `lost` where one says itself that it holds
 * nothing. Then `schedule`s. Those that are gone are asked again whether they are there.
 */
export function checkLeases(s: Scheduler, out: Out, schedule: (s: Scheduler, out: Out) => void, lost = -1): void {
  const isLost = (held: HeldJob, k: number): boolean =>
    held.ended[k] === 0 &&
    (lost === -1 ? out.localUs - s.heardUs[held.nodes[k]!]! > s.params.leaseUs : held.nodes[k] === lost)
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
    s.holds.forEach((attempt, place) => attempt === DOWN && probe(s, s.nodes[place]!, out))
    watchLeases(s, out)
  }
  if (broken.length > 0) schedule(s, out)
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
