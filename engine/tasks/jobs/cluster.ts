import type { AgentView, BootContext, Effects, Input, Program } from '../../agents/Program.ts'
import { clonePlain } from '../../kernel/plain.ts'
import type { AgentId } from '../../kernel/units.ts'
import { CLUSTER_KINDS, clusterMessages, type ClusterMsg } from './clusterMessages.ts'
import { bootNode, stepNode } from './clusterNode.ts'
import { bootScheduler, stepScheduler } from './clusterScheduler.ts'
import { CLUSTER_DEFAULTS, emptyDisk, writeDisk } from './clusterState.ts'
import type { Cluster, ClusterDisk, ClusterParams } from './clusterState.ts'

/**
 * A parallel machine under batch scheduling: the first of its agents takes the jobs of a log in and gives each as many
 * nodes as it needs, all at once, by message; every other agent is a node of one processor. Leases notice nodes that
 * are lost; the submission and the end of every job are durable before anybody is told.
 */
export const cluster: Program<Cluster, ClusterMsg, Partial<ClusterParams>, ClusterDisk> = {
  kind: 'cluster',
  messages: clusterMessages,
  messageKinds: CLUSTER_KINDS,
  kindOf: (msg) => msg.type,
  disk: { empty: emptyDisk, write: writeDisk },
  boot,
  step,
  clone: (state) =>
    state.role === 'node' ? { ...state, unheard: [...state.unheard] } : { ...clonePlain(state), nodes: state.nodes },
  view,
}

function boot(self: AgentId, durable: ClusterDisk, ctx: BootContext<Partial<ClusterParams>>): Cluster {
  const params = { ...CLUSTER_DEFAULTS, ...ctx.params }
  const [scheduler, ...nodes] = ctx.members
  return self === scheduler ? bootScheduler(nodes, durable, ctx, params) : bootNode(scheduler!, params, ctx.incarnation)
}

function step(state: Cluster, input: Input<ClusterMsg>, out: Effects<ClusterMsg>): void {
  if (state.role === 'scheduler') stepScheduler(state, input, out)
  else stepNode(state, input, out)
}

/** Indices into ROLES of frame/. */
const ROLE = { idle: 0, busy: 8, blocked: 11 } as const
/** A queue as long as this is drawn full. */
const QUEUE_SHOWN = 100

function view(state: Cluster, view: AgentView): void {
  if (state.role === 'node') {
    view.role = state.attempt === 0 ? ROLE.idle : ROLE.busy
    view.lastIndex = view.commitIndex = view.load = state.attempt === 0 ? 0 : 1
    view.durableIndex = state.done
    view.follows = state.scheduler
    return
  }
  const { queue, running, sums } = state
  view.role = queue.length > 0 ? ROLE.blocked : running.length > 0 ? ROLE.busy : ROLE.idle
  view.lastIndex = queue.length + running.length
  view.commitIndex = running.length
  view.durableIndex = sums.counts.done
  view.load = Math.min(1, queue.length / QUEUE_SHOWN)
}
