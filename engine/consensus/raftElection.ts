import { assert } from '../kernel/assert.ts'
import { NONE } from '../kernel/units.ts'
import type { AgentId, U32 } from '../kernel/units.ts'
import { quorum } from './quorum.ts'
import { sendDurably } from './raftDisk.ts'
import { isUpToDate, lastIndex, lastTerm } from './raftLog.ts'
import type { RaftMsg } from './raftMessages.ts'
import { startLeading } from './raftReplication.ts'
import { hasBug } from './raftState.ts'
import type { Out, Raft, RaftRole } from './raftState.ts'
import { trace } from './raftTrace.ts'

const DRAW_ELECTION = 1
const TWO_32 = 4_294_967_296
type Of<K extends RaftMsg['type']> = Extract<RaftMsg, { type: K }>

/** A new random wait without a leader, in [electionMinUs, electionMaxUs] (Raft §5.2). */
export function restartElectionTimer(raft: Raft, out: Out): void {
  const { electionMinUs, electionMaxUs } = raft.params
  const width = electionMaxUs - electionMinUs + 1
  const waitUs = electionMinUs + Math.floor((out.draw(DRAW_ELECTION) / TWO_32) * width)
  raft.electionDueUs = out.localUs + waitUs
  const willRing = raft.electionTimerUs > out.localUs && raft.electionTimerUs <= raft.electionDueUs
  if (!willRing) setElectionTimer(raft, waitUs, out)
}

function setElectionTimer(raft: Raft, afterUs: number, out: Out): void {
  raft.electionTimerUs = out.localUs + Math.max(1, afterUs)
  out.setTimer('election', Math.max(1, afterUs))
}

export function onElectionTimer(raft: Raft, out: Out): void {
  if (raft.role === 'leader') return
  const leftUs = raft.electionDueUs - out.localUs
  if (leftUs > 0) setElectionTimer(raft, leftUs, out)
  else if (raft.params.preVote) preCampaign(raft, out)
  else campaign(raft, false, out)
}

/** The only place where the term and the role go back to follower. `leader` is NONE while nobody is known to lead. */
export function becomeFollower(raft: Raft, term: U32, leader: AgentId, out: Out): void {
  assert(term >= raft.term, 'terms only grow')
  const ledBefore = raft.role === 'leader'
  const before = raft.role
  const newTerm = term > raft.term
  if (newTerm) {
    raft.term = term
    raft.vote = NONE
    raft.io.hardDirty = true
  }
  raft.leader = leader
  if (before === 'follower' && !newTerm) return
  setRole(raft, 'follower', out)
  trace(raft, out, 'BecomeFollower')
  if (ledBefore) {
    out.cancelTimer('heartbeat')
    raft.progress = []
    restartElectionTimer(raft, out)
  }
}

/** Asks whether it could win before disturbing anybody with a higher term (thesis §9.6). Nothing durable changes. */
function preCampaign(raft: Raft, out: Out): void {
  setRole(raft, 'precandidate', out)
  raft.leader = NONE
  raft.votes = [raft.self]
  restartElectionTimer(raft, out)
  if (raft.votes.length >= quorum(raft.members.length)) return campaign(raft, false, out)
  const msg: RaftMsg = { type: 'preVote', term: raft.term + 1, lastIndex: lastIndex(raft), lastTerm: lastTerm(raft) }
  for (const peer of raft.members) if (peer !== raft.self) out.send(peer, msg)
}

/** Raft §5.2. The requests and the candidate's vote for itself leave when the new term is on disk. */
export function campaign(raft: Raft, force: boolean, out: Out): void {
  assert(raft.role !== 'leader', 'a leader does not campaign')
  raft.term++
  raft.vote = raft.self
  raft.io.hardDirty = true
  raft.leader = NONE
  setRole(raft, 'candidate', out)
  trace(raft, out, 'BecomeCandidate')
  restartElectionTimer(raft, out)
  const place = { lastIndex: lastIndex(raft), lastTerm: lastTerm(raft) }
  const msg: RaftMsg = { type: 'requestVote', term: raft.term, ...place, force }
  sendDurably(raft, raft.self, { type: 'vote', term: raft.term, granted: true }, 0, out)
  for (const peer of raft.members) if (peer !== raft.self) sendDurably(raft, peer, msg, 0, out)
}

/** True while a live leader protects the server from candidates: thesis §4.2.3 (votes), §9.6 (pre-votes). */
export function hasLease(raft: Raft, out: Out): boolean {
  if (raft.role === 'leader') return true
  return raft.leader !== NONE && out.localUs - raft.heardUs < raft.params.electionMinUs
}

export function onPreVote(raft: Raft, from: AgentId, msg: Of<'preVote'>, out: Out): void {
  const granted = msg.term > raft.term && !hasLease(raft, out) && isUpToDate(raft, msg.lastIndex, msg.lastTerm)
  out.send(from, { type: 'preVoteReply', term: granted ? msg.term : raft.term, granted })
}

export function onPreVoteReply(raft: Raft, from: AgentId, msg: Of<'preVoteReply'>, out: Out): void {
  if (raft.role !== 'precandidate' || !msg.granted || msg.term !== raft.term + 1) return
  countVote(raft, from)
  if (raft.votes.length >= quorum(raft.members.length)) campaign(raft, false, out)
}

/** The term has already been adopted where it is newer. At most one vote a term, and only for an up-to-date log. */
export function onRequestVote(raft: Raft, from: AgentId, msg: Of<'requestVote'>, out: Out): void {
  const free = raft.vote === NONE || raft.vote === from
  const granted = msg.term === raft.term && free && isUpToDate(raft, msg.lastIndex, msg.lastTerm)
  if (!granted) return out.send(from, { type: 'vote', term: raft.term, granted: false })
  if (raft.vote !== from) {
    raft.vote = from
    raft.io.hardDirty = true
  }
  restartElectionTimer(raft, out)
  sendDurably(raft, from, { type: 'vote', term: raft.term, granted: true }, 0, out)
}

export function onVote(raft: Raft, from: AgentId, msg: Of<'vote'>, out: Out): void {
  if (raft.role !== 'candidate' || !msg.granted || msg.term !== raft.term) return
  countVote(raft, from)
  if (raft.votes.length >= quorum(raft.members.length)) {
    setRole(raft, 'leader', out)
    startLeading(raft, out)
  }
}

function countVote(raft: Raft, from: AgentId): void {
  if (!raft.votes.includes(from) || hasBug(raft, 'duplicate-vote')) raft.votes.push(from)
}

function setRole(raft: Raft, role: RaftRole, out: Out): void {
  raft.role = role
  if (role !== 'leader') raft.votes = []
  out.mark({ kind: 'role', role, term: raft.term })
}
