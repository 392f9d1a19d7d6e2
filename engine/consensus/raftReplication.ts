import { assert } from '../kernel/assert.ts'
import { NONE } from '../kernel/units.ts'
import type { AgentId, U32 } from '../kernel/units.ts'
import { quorum, quorumIndex } from './quorum.ts'
import { applyCommitted } from './raftApply.ts'
import { sendDurably } from './raftDisk.ts'
import { appendEntries, chainAt, firstOfTerm, lastIndex, lastOfTerm, lastTerm, termAt, truncateTo } from './raftLog.ts'
import type { Entry, RaftMsg } from './raftMessages.ts'
import { hasBug } from './raftState.ts'
import type { Out, Raft } from './raftState.ts'
import { trace, traceMessage } from './raftTrace.ts'

type Of<K extends RaftMsg['type']> = Extract<RaftMsg, { type: K }>
/** Batches that may be under way to one follower before it must answer. */
const PIPELINE_BATCHES = 8

/** First acts of a new leader: Raft §5.3 (nextIndex), thesis §6.4 (an entry of its own term, else nothing commits). */
export function startLeading(raft: Raft, out: Out): void {
  raft.leader = raft.self
  raft.progress = raft.members.map(() => ({
    next: lastIndex(raft) + 1,
    match: 0,
    probing: true,
    contactUs: out.localUs,
  }))
  out.mark({
    kind: 'leader',
    term: raft.term,
    index: lastIndex(raft),
    entryTerm: lastTerm(raft),
    votes: raft.votes.length,
    members: raft.members.length,
  })
  trace(raft, out, 'BecomeLeader')
  if (!hasBug(raft, 'no-noop'))
    propose(raft, { term: raft.term, op: { type: 'noop' }, agent: NONE, process: -1, serial: 0 }, out)
  beat(raft, out)
}

/** Appends one entry of this leader's term and sends it on; it counts for the leader when it is on its own disk. */
export function propose(raft: Raft, entry: Entry, out: Out): void {
  assert(raft.role === 'leader' && entry.term === raft.term, 'only a leader appends, and in its own term')
  appendEntries(raft, [entry], out)
  trace(raft, out, 'Replicate')
  for (let i = 0; i < raft.members.length; i++) {
    const progress = raft.progress[i]!
    if (raft.members[i] !== raft.self && !progress.probing) sendPipelined(raft, i, out)
  }
}

/**
 * Every heartbeatUs: to everybody, with entries where some are due. False, and nothing is sent, where the leader has
 * not
 * heard from a quorum for the longest election timeout and must step down (thesis §6.2).
 */
export function beat(raft: Raft, out: Out): boolean {
  if (raft.params.checkQuorum && !hearsQuorum(raft, out)) return false
  for (let i = 0; i < raft.members.length; i++) if (raft.members[i] !== raft.self) sendAppend(raft, i, out)
  out.setTimer('heartbeat', raft.params.heartbeatUs)
  return true
}

function hearsQuorum(raft: Raft, out: Out): boolean {
  let heard = 0
  for (let i = 0; i < raft.members.length; i++) {
    const recent = out.localUs - raft.progress[i]!.contactUs <= raft.params.electionMaxUs
    if (raft.members[i] === raft.self || recent) heard++
  }
  return heard >= quorum(raft.members.length)
}

/** One append message, empty where the follower has everything. While probing, `next` waits for the answer. */
function sendAppend(raft: Raft, position: number, out: Out): void {
  const progress = raft.progress[position]!
  const prevIndex = progress.next - 1
  const waiting = prevIndex - progress.match >= PIPELINE_BATCHES * raft.params.batchMax
  const upTo = waiting ? prevIndex : Math.min(lastIndex(raft), prevIndex + raft.params.batchMax)
  const msg: RaftMsg = {
    type: 'append',
    term: raft.term,
    prevIndex,
    prevTerm: termAt(raft, prevIndex),
    commit: raft.commitIndex,
    entries: raft.log.slice(prevIndex, upTo),
  }
  if (!progress.probing) progress.next = upTo + 1
  const to = raft.members[position]!
  traceMessage(raft, out, 'Send', raft.self, to, msg)
  out.send(to, msg)
}

function sendPipelined(raft: Raft, position: number, out: Out): void {
  const progress = raft.progress[position]!
  while (progress.next <= lastIndex(raft)) {
    const before = progress.next
    if (before - 1 - progress.match >= PIPELINE_BATCHES * raft.params.batchMax) return
    sendAppend(raft, position, out)
    assert(progress.next > before, 'a pipelined append moves on')
  }
}

/** Raft §5.3, receiver. The sender leads this term and the election timer has been restarted. */
export function onAppend(raft: Raft, from: AgentId, msg: Of<'append'>, out: Out): void {
  const { prevIndex, prevTerm, entries } = msg
  if (prevIndex > lastIndex(raft)) return refuse(raft, from, prevIndex, 0, lastIndex(raft) + 1, out)
  if (termAt(raft, prevIndex) !== prevTerm)
    return refuse(raft, from, prevIndex, termAt(raft, prevIndex), firstOfTerm(raft, prevIndex), out)
  if (hasBug(raft, 'stale-append-truncates') && prevIndex < lastIndex(raft)) truncateTo(raft, prevIndex, out)
  // Only a conflict truncates: a delayed append must not remove what came after it.
  let known = 0
  while (known < entries.length && termAt(raft, prevIndex + 1 + known) === entries[known]!.term) known++
  if (known < entries.length) {
    if (prevIndex + known < lastIndex(raft)) truncateTo(raft, prevIndex + known, out)
    appendEntries(raft, entries.slice(known), out)
  }
  const match = prevIndex + entries.length
  const commit = Math.min(msg.commit, match)
  if (commit > raft.commitIndex) setCommit(raft, commit, out)
  const reply: RaftMsg = { type: 'appendReply', term: raft.term, ok: true, match, prevIndex, ...NO_CONFLICT }
  sendDurably(raft, from, reply, match, out)
}

const NO_CONFLICT = { conflictTerm: 0, conflictIndex: 0 } as const

export function refuse(raft: Raft, to: AgentId, prevIndex: U32, term: U32, index: U32, out: Out): void {
  const conflict = { conflictTerm: term, conflictIndex: index }
  const msg: RaftMsg = { type: 'appendReply', term: raft.term, ok: false, match: 0, prevIndex, ...conflict }
  traceMessage(raft, out, 'Send', raft.self, to, msg)
  out.send(to, msg)
}

export function onAppendReply(raft: Raft, from: AgentId, msg: Of<'appendReply'>, out: Out): void {
  const position = raft.members.indexOf(from)
  if (raft.role !== 'leader' || msg.term !== raft.term || position < 0) return
  const progress = raft.progress[position]!
  progress.contactUs = out.localUs
  if (!msg.ok) return retreat(raft, position, msg, out)
  // Replies overtake each other: what was once matched stays matched within a term.
  progress.match = hasBug(raft, 'match-regresses') ? msg.match : Math.max(progress.match, msg.match)
  progress.next = Math.max(progress.next, progress.match + 1)
  progress.probing = false
  advanceCommit(raft, out)
  sendPipelined(raft, position, out)
}

/** The follower's log differs: go back by whole terms (Raft §5.3, end) and probe with one message. */
function retreat(raft: Raft, position: number, msg: Of<'appendReply'>, out: Out): void {
  const progress = raft.progress[position]!
  const stale = progress.probing ? msg.prevIndex !== progress.next - 1 : msg.prevIndex <= progress.match
  if (stale) return
  const shared = msg.conflictTerm > 0 ? lastOfTerm(raft, msg.prevIndex - 1, msg.conflictTerm) : 0
  const hint = shared > 0 ? shared + 1 : msg.conflictIndex
  progress.next = Math.max(progress.match + 1, Math.min(hint, msg.prevIndex))
  progress.probing = true
  // Only a step back is sent at once: otherwise duplicated refusals would multiply. The next heartbeat tries again.
  if (progress.next <= msg.prevIndex) sendAppend(raft, position, out)
}

/**
 * Raft §5.3–5.4.2: the highest index on a quorum commits, if its entry is of this term. `match` never falls within a
 * term and entries of this term lie above everything older, so the commit index cannot fall either.
 */
export function advanceCommit(raft: Raft, out: Out): void {
  const own = raft.members.indexOf(raft.self)
  const { progress } = raft
  if (reached.length !== progress.length) reached = new Float64Array(progress.length)
  for (let i = 0; i < progress.length; i++) reached[i] = i === own ? raft.durableIndex : progress[i]!.match
  const half = Math.max(1, Math.floor((reached.length + 1) / 2))
  const index = quorumIndex(reached, hasBug(raft, 'even-quorum') ? half : quorum(reached.length))
  if (index === raft.commitIndex || index === 0) return
  if (hasBug(raft, 'commit-old-term') ? index > raft.commitIndex : termAt(raft, index) === raft.term)
    setCommit(raft, index, out)
}

/** Scratch of `advanceCommit`. */
let reached = new Float64Array(0)

function setCommit(raft: Raft, index: U32, out: Out): void {
  raft.commitIndex = index
  const place = { index, entryTerm: termAt(raft, index), digest: chainAt(raft, index) }
  out.mark({ kind: 'commit', ...place, term: raft.term, leads: raft.role === 'leader' })
  if (raft.role === 'leader') trace(raft, out, 'Commit')
  applyCommitted(raft, out)
}
