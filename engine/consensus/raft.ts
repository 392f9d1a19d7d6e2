import type { AgentView, BootContext, Input, Program } from '../agents/Program.ts'
import { clonePlain } from '../kernel/plain.ts'
import { NONE } from '../kernel/units.ts'
import type { AgentId } from '../kernel/units.ts'
import { EMPTY_CHAIN } from './chain.ts'
import { emptyKv } from './kv.ts'
import { flush, onWritten, raftDisk } from './raftDisk.ts'
import {
  becomeFollower,
  hasLease,
  onElectionTimer,
  onPreVote,
  onPreVoteReply,
  onRequestVote,
  onVote,
  restartElectionTimer,
} from './raftElection.ts'
import { chainAt, extendChain, lastIndex, lastTerm } from './raftLog.ts'
import { RAFT_KINDS, raftMessages } from './raftMessages.ts'
import type { RaftMsg } from './raftMessages.ts'
import { RAFT_DEFAULTS } from './raftParams.ts'
import type { RaftParams } from './raftParams.ts'
import { advanceCommit, beat, onAppend, onAppendReply, refuse } from './raftReplication.ts'
import { onClientOp, onClientRequest } from './raftRequests.ts'
import type { Out, Raft, RaftDisk, RaftRole } from './raftState.ts'
import { trace, traceMessage } from './raftTrace.ts'

/**
 * Raft after Ongaro's thesis, without membership changes and compaction: a step over plain state. Votes and
 * acknowledgements leave when they are on disk; the leader counts its own copy only then. Never throws but on our bugs.
 */
export const raft: Program<Raft, RaftMsg, Partial<RaftParams>, RaftDisk> = {
  kind: 'raft',
  messages: raftMessages,
  messageKinds: RAFT_KINDS,
  kindOf: (msg) => msg.type,
  disk: raftDisk,
  boot,
  step,
  clone,
  view,
}

function boot(self: AgentId, durable: RaftDisk, ctx: BootContext<Partial<RaftParams>>): Raft {
  const params = { ...RAFT_DEFAULTS, ...ctx.params }
  const log = durable.log.slice()
  const chain: number[] = []
  for (const entry of log) chain.push(extendChain(chain.at(-1) ?? EMPTY_CHAIN, entry))
  // Volatile: a leader will tell the commit index again, and the machine is rebuilt by re-applying (thesis §3.8).
  const commitIndex = params.bugs.includes('keep-commit-index') ? durable.commit : 0
  return {
    ...{ self, members: ctx.members, params, incarnation: ctx.incarnation },
    ...{ term: durable.term, vote: durable.vote, role: 'follower', leader: NONE },
    ...{ log, chain, commitIndex, applied: commitIndex, durableIndex: log.length },
    ...{ machine: emptyKv(), sessions: {}, votes: [], progress: [] },
    // No timer runs yet: it rang before any time that a clock, right or wrong, can show.
    ...{ heardUs: 0, electionDueUs: 0, electionTimerUs: Number.MIN_SAFE_INTEGER },
    io: {
      ...{ issued: 0, done: 0, hardDirty: false, hardWrite: 0, writingTerm: durable.term },
      ...{ logDirty: false, dirtyFrom: log.length + 1, writingTo: log.length, deferred: [] },
    },
  }
}

/** One input in; the state moves on; what changed goes to disk at the end. */
function step(raft: Raft, input: Input<RaftMsg>, out: Out): void {
  const ledBy = raft.leader
  const termBefore = raft.term
  switch (input.type) {
    case 'start':
      start(raft, out)
      break
    case 'message':
      onMessage(raft, input.from, input.msg, out)
      break
    case 'timer':
      if (input.name === 'election') onElectionTimer(raft, out)
      else if (raft.role === 'leader') onHeartbeatTimer(raft, out)
      break
    case 'diskDone':
      onDiskDone(raft, input.then as number, out)
      break
    case 'clientOp':
      onClientOp(raft, input.op, out)
      break
    case 'discovery':
      break // members are fixed; which route a message takes is the network's business
  }
  flush(raft, out)
  const moved = raft.leader !== ledBy || raft.term !== termBefore
  if (moved && raft.leader !== NONE && raft.params.announce)
    out.sendTo('tree-sync', raft.self, { type: 'led', leader: raft.leader, term: raft.term })
}

function start(raft: Raft, out: Out): void {
  const index = lastIndex(raft)
  const log = { index, entryTerm: lastTerm(raft), digest: chainAt(raft, index) }
  out.mark({ kind: 'boot', term: raft.term, vote: raft.vote, ...log })
  trace(raft, out, 'InitState')
  restartElectionTimer(raft, out)
}

function onHeartbeatTimer(raft: Raft, out: Out): void {
  if (!beat(raft, out)) becomeFollower(raft, raft.term, NONE, out)
}

function onDiskDone(raft: Raft, write: number, out: Out): void {
  const ownVote = onWritten(raft, write, out)
  trace(raft, out, 'Ready')
  if (ownVote) {
    const msg: RaftMsg = { type: 'vote', term: raft.term, granted: true }
    traceMessage(raft, out, 'Receive', raft.self, raft.self, msg)
    onVote(raft, raft.self, msg, out)
  }
  if (raft.role === 'leader') advanceCommit(raft, out)
}

function onMessage(raft: Raft, from: AgentId, msg: RaftMsg, out: Out): void {
  traceMessage(raft, out, 'Receive', from, raft.self, msg)
  if (msg.type === 'requestVote' && raft.params.checkQuorum && !msg.force && hasLease(raft, out)) return
  adoptTerm(raft, from, msg, out)
  switch (msg.type) {
    case 'requestVote':
      return onRequestVote(raft, from, msg, out)
    case 'vote':
      return onVote(raft, from, msg, out)
    case 'preVote':
      return onPreVote(raft, from, msg, out)
    case 'preVoteReply':
      return onPreVoteReply(raft, from, msg, out)
    case 'append':
      if (msg.term < raft.term) return refuse(raft, from, msg.prevIndex, 0, lastIndex(raft) + 1, out)
      becomeFollower(raft, msg.term, from, out)
      raft.heardUs = out.localUs
      restartElectionTimer(raft, out)
      return onAppend(raft, from, msg, out)
    case 'appendReply':
      return onAppendReply(raft, from, msg, out)
    case 'clientRequest':
      return onClientRequest(raft, from, msg, out)
    case 'clientReply':
      return // answers go to the client program
  }
}

/** Raft §5.1: whoever sees a higher term follows it. A pre-vote's term is only a question, and so is its granting. */
function adoptTerm(raft: Raft, from: AgentId, msg: RaftMsg, out: Out): void {
  if (!('term' in msg) || msg.term <= raft.term) return
  if (msg.type === 'preVote' || (msg.type === 'preVoteReply' && msg.granted)) return
  becomeFollower(raft, msg.term, msg.type === 'append' ? from : NONE, out)
}

/** Entries, sessions and progress reports: what never changes is shared, the rest is copied. */
function clone(raft: Raft): Raft {
  return {
    ...raft,
    log: raft.log.slice(),
    chain: raft.chain.slice(),
    machine: clonePlain(raft.machine),
    sessions: { ...raft.sessions },
    votes: raft.votes.slice(),
    progress: raft.progress.map((row) => ({ ...row })),
    io: { ...raft.io, deferred: raft.io.deferred.slice() },
  }
}

const VIEW_ROLE: { readonly [role in RaftRole]: number } = { follower: 1, precandidate: 2, candidate: 2, leader: 3 }

function view(raft: Raft, view: AgentView): void {
  view.role = VIEW_ROLE[raft.role]
  view.term = raft.term
  view.lastIndex = raft.log.length
  view.commitIndex = raft.commitIndex
  view.durableIndex = raft.durableIndex
  view.follows = raft.leader === NONE ? -1 : raft.leader
  view.votes = raft.role === 'follower' ? 0 : raft.votes.length
}
