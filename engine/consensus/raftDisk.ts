import { assert } from '../kernel/assert.ts'
import type { Plain } from '../kernel/plain.ts'
import { NONE } from '../kernel/units.ts'
import type { AgentId, U32 } from '../kernel/units.ts'
import { lastIndex, termAt } from './raftLog.ts'
import type { RaftMsg } from './raftMessages.ts'
import { traceMessage } from './raftTrace.ts'
import { hasBug } from './raftState.ts'
import type { Out, Raft, RaftDisk, RaftRecord } from './raftState.ts'

/** What a crash keeps, and how one synced record changes it. */
export const raftDisk = {
  empty: (): RaftDisk => ({ term: 0, vote: NONE, log: [], commit: 0 }),
  write(disk: RaftDisk, record: RaftRecord): void {
    disk.term = record.term
    disk.vote = record.vote
    disk.log.length = Math.min(disk.log.length, record.from - 1)
    for (const entry of record.entries) disk.log.push(entry)
    disk.commit = record.commit
  },
  clone: (disk: RaftDisk): RaftDisk => ({ ...disk, log: disk.log.slice() }),
}

/** Ends every step: hands what changed to the disk, unless a write is under way. */
export function flush(raft: Raft, out: Out): void {
  const { io } = raft
  if (io.issued !== io.done || !(io.hardDirty || io.logDirty)) return
  const record: RaftRecord = {
    term: raft.term,
    vote: raft.vote,
    from: io.dirtyFrom,
    entries: raft.log.slice(io.dirtyFrom - 1),
    commit: hasBug(raft, 'keep-commit-index') ? raft.commitIndex : 0,
  }
  io.issued++
  if (io.hardDirty) io.hardWrite = io.issued
  io.writingTerm = raft.term
  io.hardDirty = false
  io.logDirty = false
  io.dirtyFrom = lastIndex(raft) + 1
  io.writingTo = lastIndex(raft)
  out.persist(record as unknown as Plain, io.issued)
}

/**
 * Sends `msg` once the present term and vote, and the log up to `upTo`, are on disk: votes and acknowledgements are
 * promises (Raft §5.1, thesis §3.8). Sends at once where they already are.
 */
export function sendDurably(raft: Raft, to: AgentId, msg: RaftMsg, upTo: U32, out: Out): void {
  const { io } = raft
  const hard = io.hardDirty ? io.issued + 1 : io.hardWrite
  const log = upTo <= raft.durableIndex ? 0 : upTo >= io.dirtyFrom ? io.issued + 1 : io.issued
  const after = Math.max(hard, log)
  const early = msg.type === 'vote' && to !== raft.self && hasBug(raft, 'vote-before-fsync')
  if (after <= io.done || early) release(raft, to, msg, out)
  else io.deferred.push({ after, to, msg })
}

function release(raft: Raft, to: AgentId, msg: RaftMsg, out: Out): void {
  if (msg.type === 'vote') out.mark({ kind: 'vote', term: msg.term, for: to })
  traceMessage(raft, out, 'Send', raft.self, to, msg)
  if (to !== raft.self) out.send(to, msg)
}

/**
 * A write is on disk: what waited for it leaves, in order. A message of an earlier term is dropped: whoever it was for
 * no longer needs it, and its entries may have been replaced meanwhile.
 * Returns true where this server's own vote for itself is among what became durable.
 */
export function onWritten(raft: Raft, write: number, out: Out): boolean {
  const { io } = raft
  assert(write === io.issued && io.done === io.issued - 1, 'one write at a time')
  io.done = write
  if (io.hardWrite === write) out.mark({ kind: 'term', term: io.writingTerm })
  if (raft.durableIndex !== io.writingTo) {
    raft.durableIndex = io.writingTo
    out.mark({ kind: 'durable', index: raft.durableIndex, entryTerm: termAt(raft, raft.durableIndex) })
  }
  const ready = io.deferred.filter((item) => item.after <= io.done)
  io.deferred = io.deferred.filter((item) => item.after > io.done)
  let ownVote = false
  for (const { to, msg } of ready) {
    if (msg.type === 'clientRequest' || msg.type === 'clientReply' || msg.term !== raft.term) continue
    release(raft, to, msg, out)
    if (to === raft.self) ownVote = true
  }
  return ownVote
}
