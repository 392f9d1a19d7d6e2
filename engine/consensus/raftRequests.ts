import type { Plain } from '../kernel/plain.ts'
import { NONE } from '../kernel/units.ts'
import type { AgentId } from '../kernel/units.ts'
import type { KvOp } from './kv.ts'
import { answer, remembered, statusOf } from './raftApply.ts'
import { campaign } from './raftElection.ts'
import { lastIndex } from './raftLog.ts'
import type { RaftMsg } from './raftMessages.ts'
import { propose } from './raftReplication.ts'
import type { Out, Raft } from './raftState.ts'

/** Process number of a proposal that nobody waits for. */
const NO_PROCESS = -1

/** Reads go through the log too (thesis §6.4), so every answer is linearizable whatever the clocks do. */
export function onClientRequest(
  raft: Raft,
  from: AgentId,
  msg: Extract<RaftMsg, { type: 'clientRequest' }>,
  out: Out,
): void {
  const { process, serial, op } = msg
  const waits = process !== NO_PROCESS
  if (raft.role !== 'leader') {
    if (waits) answer(out, from, process, serial, 'redirect', null, raft.leader)
    else out.mark({ kind: 'refused', reason: 'the leader changed before the proposal arrived' })
    return
  }
  const done = waits ? remembered(raft, process, serial) : null
  if (done) return answer(out, from, process, serial, statusOf(done), done.value, raft.self)
  if (lastIndex(raft) - raft.commitIndex >= raft.params.queueMax) {
    if (waits) answer(out, from, process, serial, 'busy', null, raft.self)
    else out.mark({ kind: 'refused', reason: 'the queue is full' })
    return
  }
  propose(raft, { term: raft.term, op, agent: waits ? from : NONE, process, serial }, out)
}

/**
 * From outside: `{ op: 'campaign' }`, or `{ op: 'propose', value }` with a number, `{ key, value }` or a whole KvOp.
 */
export function onClientOp(raft: Raft, op: Plain, out: Out): void {
  const { op: verb, value } = (op ?? {}) as { readonly op?: Plain; readonly value?: Plain }
  if (verb === 'campaign') {
    if (raft.role !== 'leader') campaign(raft, true, out)
    return
  }
  const kvOp = verb === 'propose' ? asKvOp(value) : null
  if (!kvOp) return out.mark({ kind: 'refused', reason: 'not an operation of this machine' })
  const request = { type: 'clientRequest', process: NO_PROCESS, serial: 0, op: kvOp } as const
  if (raft.role === 'leader') onClientRequest(raft, raft.self, request, out)
  else if (raft.leader !== NONE) out.send(raft.leader, request)
  else out.mark({ kind: 'refused', reason: 'no leader is known' })
}

/** Whatever is proposed from outside, as an operation on the machine; null where it is none. */
export function asKvOp(value: Plain | undefined): KvOp | null {
  if (typeof value === 'number') return { type: 'write', key: 'proposal', value }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const { type = 'write', key = 'proposal', ...rest } = value as { readonly [field: string]: Plain }
  if (typeof key !== 'string' || key === '__proto__') return null // the one name that a plain object cannot hold
  if (type === 'read') return { type, key }
  if (type === 'write' && typeof rest.value === 'number') return { type, key, value: rest.value }
  if (type === 'cas' && typeof rest.from === 'number' && typeof rest.to === 'number')
    return { type, key, from: rest.from, to: rest.to }
  return null
}
