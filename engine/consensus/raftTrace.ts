import { NONE } from '../kernel/units.ts'
import type { AgentId } from '../kernel/units.ts'
import { lastIndex } from './raftLog.ts'
import type { RaftMsg } from './raftMessages.ts'
import type { Out, Raft, RaftRole } from './raftState.ts'

/**
 * State tracing in the words of etcd's raft (`state_trace.go`): event names, `MsgApp`-style message types, ids as text
 * ("0" = nobody, so agent a is written a + 1). Costs nothing unless the run is traced.
 */
export type TraceName =
  'InitState' | 'BecomeFollower' | 'BecomeCandidate' | 'BecomeLeader' | 'Commit' | 'Replicate' | 'Ready'

const ROLE_NAMES: { readonly [role in RaftRole]: string } = {
  follower: 'StateFollower',
  precandidate: 'StatePreCandidate',
  candidate: 'StateCandidate',
  leader: 'StateLeader',
}
/** Pre-votes change no state and are not part of the traced protocol, as in etcd. */
const MESSAGE_NAMES: { readonly [type: string]: readonly [event: string, type: string] } = {
  requestVote: ['RequestVoteRequest', 'MsgVote'],
  vote: ['RequestVoteResponse', 'MsgVoteResp'],
  append: ['AppendEntriesRequest', 'MsgApp'],
  appendReply: ['AppendEntriesResponse', 'MsgAppResp'],
}

const nodeName = (agent: AgentId): string => (agent === NONE ? '0' : String(agent + 1))

export function trace(raft: Raft, out: Out, name: TraceName): void {
  if (out.trace) out.trace(event(raft, name))
}

export function traceMessage(
  raft: Raft,
  out: Out,
  way: 'Send' | 'Receive',
  from: AgentId,
  to: AgentId,
  msg: RaftMsg,
): void {
  if (!out.trace) return
  const names = MESSAGE_NAMES[msg.type]
  if (!names) return
  out.trace({ ...event(raft, way + names[0]), msg: describe(names[1], from, to, msg) })
}

const event = (raft: Raft, name: string) => ({
  name,
  nid: nodeName(raft.self),
  state: { term: raft.term, vote: nodeName(raft.vote), commit: raft.commitIndex },
  role: ROLE_NAMES[raft.role],
  log: lastIndex(raft),
  conf: [raft.members.map(nodeName), []],
})

function describe(type: string, from: AgentId, to: AgentId, msg: RaftMsg) {
  const base = {
    type,
    term: 'term' in msg ? msg.term : 0,
    from: nodeName(from),
    to: nodeName(to),
    entries: 0,
    logTerm: 0,
    index: 0,
    commit: 0,
    vote: '0',
    reject: false,
    rejectHint: 0,
  }
  switch (msg.type) {
    case 'requestVote':
      return { ...base, index: msg.lastIndex, logTerm: msg.lastTerm }
    case 'vote':
      return { ...base, reject: !msg.granted }
    case 'append': {
      const place = { index: msg.prevIndex, logTerm: msg.prevTerm, commit: msg.commit }
      return { ...base, ...place, entries: msg.entries.length }
    }
    case 'appendReply':
      return { ...base, index: msg.ok ? msg.match : msg.prevIndex, reject: !msg.ok, rejectHint: msg.conflictIndex }
    default:
      return base
  }
}
