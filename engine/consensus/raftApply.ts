import { NONE } from '../kernel/units.ts'
import type { AgentId } from '../kernel/units.ts'
import { applyKv } from './kv.ts'
import type { KvReply } from './kv.ts'
import { isClientEntry } from './raftMessages.ts'
import type { ClientStatus, Entry, RaftMsg } from './raftMessages.ts'
import { hasBug } from './raftState.ts'
import type { Out, Raft, Session } from './raftState.ts'

/** Applies everything committed and not yet applied, in log order; the leader answers the clients that wait. */
export function applyCommitted(raft: Raft, out: Out): void {
  while (raft.applied < raft.commitIndex) {
    raft.applied++
    applyEntry(raft, raft.log[raft.applied - 1]!, out)
  }
}

function applyEntry(raft: Raft, entry: Entry, out: Out): void {
  if (entry.op.type === 'noop') return
  const reply = applyOnce(raft, entry, out)
  if (raft.role === 'leader' && isClientEntry(entry))
    answer(out, entry.agent, entry.process, entry.serial, statusOf(reply), reply.value, raft.leader)
}

/** Thesis §6.3: a session remembers its latest operation and the answer, so a retry has no second effect. */
function applyOnce(raft: Raft, entry: Entry, out: Out): KvReply {
  const session = raft.sessions[entry.process]
  const inSession = entry.process >= 0 && !hasBug(raft, 'no-session')
  if (inSession && session && session.serial >= entry.serial) return session
  const reply = applyKv(raft.machine, entry.op as Exclude<Entry['op'], { type: 'noop' }>)
  if (entry.process >= 0) raft.sessions[entry.process] = { serial: entry.serial, ...reply }
  const { process, serial } = entry
  out.mark({ kind: 'applied', index: raft.applied, process, serial, digest: raft.machine.digest })
  return reply
}

/** The answer of an operation that this process has already had applied, if it is that one. */
export function remembered(raft: Raft, process: number, serial: number): Session | null {
  const session = raft.sessions[process]
  return session && session.serial === serial && !hasBug(raft, 'no-session') ? session : null
}

export const statusOf = (reply: KvReply): ClientStatus => (reply.ok ? 'ok' : 'precondition-failed')

export function answer(
  out: Out,
  to: AgentId,
  process: number,
  serial: number,
  status: ClientStatus,
  value: number | null = null,
  leader: AgentId = NONE,
): void {
  const msg: RaftMsg = { type: 'clientReply', process, serial, status, value, leader }
  out.sendTo('client', to, msg)
}
