import type { AgentId, U32 } from '../../kernel/units.ts'
import type { Effects, Input } from '../../agents/Program.ts'
import { ALL_FORGOTTEN, type ClusterMsg } from './clusterMessages.ts'
import type { ClusterParams, Node } from './clusterState.ts'

type Out = Effects<ClusterMsg>
/** Renewals in the time of a lease: one of them may be lost. */
const RENEWALS = 3

export const bootNode = (scheduler: AgentId, params: ClusterParams, incarnation: U32): Node => ({
  ...{ role: 'node', params, scheduler, isNew: incarnation === 0, attempt: 0, job: 0, lead: false },
  ...{ submittedUs: 0, beganUs: 0, latest: 0, unheard: [], done: 0 },
})

/** One processor: works on one job at a time, and holds its lease by renewing it. Mutates `node`. */
export function stepNode(node: Node, input: Input<ClusterMsg>, out: Out): void {
  switch (input.type) {
    case 'start':
      if (!node.isNew) out.send(node.scheduler, { type: 'here', attempt: 0, latest: ALL_FORGOTTEN })
      return
    case 'message':
      return onMessage(node, input.msg, out)
    case 'timer':
      return input.name === 'work' ? onWorked(node, out) : onRenew(node, out)
    case 'clientOp':
    case 'diskDone':
    case 'discovery':
      return // nothing of it concerns a node
  }
}

function onMessage(node: Node, msg: ClusterMsg, out: Out): void {
  switch (msg.type) {
    case 'start':
      return onStart(node, msg, out)
    case 'kill':
      node.latest = Math.max(node.latest, msg.attempt)
      if (node.attempt === msg.attempt) drop(node, out)
      return
    case 'probe':
      if (node.attempt !== 0 && node.attempt < msg.since) drop(node, out)
      node.unheard = node.unheard.filter((attempt) => attempt >= msg.since)
      return out.send(node.scheduler, { type: 'here', attempt: node.attempt, latest: node.latest })
    case 'ack':
      node.unheard = node.unheard.filter((attempt) => attempt !== msg.attempt)
      return
    case 'here':
    case 'renew':
    case 'ended':
      return // these are for the scheduler
  }
}

/** A later start says that an earlier job was given up, whether or not that was heard. */
function onStart(node: Node, msg: Extract<ClusterMsg, { type: 'start' }>, out: Out): void {
  if (msg.attempt <= node.latest) return
  if (node.attempt !== 0) drop(node, out)
  node.latest = node.attempt = msg.attempt
  node.job = msg.job
  node.lead = msg.lead
  node.submittedUs = msg.submittedUs
  node.beganUs = out.localUs
  if (node.lead && node.params.verbose) {
    out.mark({ kind: 'queued', task: node.job })
    out.mark({ kind: 'started', task: node.job, waitedUs: out.localUs - msg.submittedUs })
  }
  out.setTimer('work', Math.max(1, msg.sizeUs))
  renewLater(node, out)
}

function drop(node: Node, out: Out): void {
  if (node.lead && node.params.verbose) out.mark({ kind: 'released', task: node.job })
  node.attempt = 0
  out.cancelTimer('work')
}

function onWorked(node: Node, out: Out): void {
  if (node.attempt === 0) return
  const { attempt } = node
  node.done++
  node.attempt = 0
  node.unheard.push(attempt)
  if (node.lead && node.params.verbose) out.mark({ kind: 'worked', task: node.job, tookUs: out.localUs - node.beganUs })
  out.send(node.scheduler, { type: 'ended', attempt })
  renewLater(node, out)
}

function onRenew(node: Node, out: Out): void {
  for (const attempt of node.unheard) out.send(node.scheduler, { type: 'ended', attempt })
  if (node.attempt !== 0) out.send(node.scheduler, { type: 'renew', attempt: node.attempt })
  if (node.attempt !== 0 || node.unheard.length > 0) renewLater(node, out)
}

const renewLater = ({ params }: Node, out: Out): void =>
  out.setTimer('renew', Math.max(1, Math.floor(params.leaseUs / RENEWALS)))
