import type { AgentId, U32 } from '../kernel/units.ts'
import type { Invariant } from './Invariant.ts'
import { holds } from './RaftView.ts'

/** Raft §5.2. */
export const electionSafety: Invariant<{ leaders: { [term: U32]: AgentId } }> = {
  name: 'election-safety',
  title: 'At most one leader a term, ever',
  on: { raft: ['leader'] },
  init: () => ({ leaders: {} }),
  onMark(state, { agent, body }) {
    const term = body.term as U32
    const other = (state.leaders[term] ??= agent)
    return other === agent || `agents ${other} and ${agent} both lead term ${term}`
  },
}

/** Raft §5.2 and thesis §3.8: the promise outlives a crash. */
export const oneVotePerTerm: Invariant<{ last: { [agent: number]: { term: U32; for: AgentId } } }> = {
  name: 'one-vote-per-term',
  title: 'A server votes for one candidate a term, restarts included',
  on: { raft: ['vote'] },
  init: () => ({ last: {} }),
  onMark(state, { agent, body }) {
    const vote = { term: body.term as U32, for: body.for as AgentId }
    const last = state.last[agent]
    if (last && vote.term < last.term)
      return `agent ${agent} votes in term ${vote.term} after its vote in term ${last.term}`
    if (last && vote.term === last.term && vote.for !== last.for)
      return `agent ${agent} votes for ${last.for} and for ${vote.for} in term ${vote.term}`
    state.last[agent] = vote
    return true
  },
}

/** Thesis §3.8: what was on disk comes back; within one life terms only grow. */
export const termMonotone: Invariant<{ onDisk: { [agent: number]: U32 } }> = {
  name: 'term-monotone',
  title: 'A server’s term never falls, restarts included',
  on: { raft: ['boot', 'role', 'term'] },
  init: () => ({ onDisk: {} }),
  onMark(state, { agent, body }, view) {
    const term = body.term as U32
    const onDisk = state.onDisk[agent] ?? 0
    if (body.kind === 'role') {
      const before = view.nodes[agent]?.term ?? 0
      return term >= before || `agent ${agent} goes from term ${before} back to term ${term}`
    }
    if (term < onDisk) return `agent ${agent} has term ${term} after term ${onDisk} was on its disk`
    state.onDisk[agent] = term
    return true
  },
}

/** Raft §5.4.3. A commit that a leader learns late must be in the logs of the leaders after it as well. */
export const leaderCompleteness: Invariant<Record<string, never>> = {
  name: 'leader-completeness',
  title: 'A new leader has every committed entry',
  on: { raft: ['leader', 'commit'] },
  init: () => ({}),
  onMark(_state, { agent, body }, view) {
    const term = body.term as U32
    const index = body.index as U32
    const entryTerm = body.entryTerm as U32
    if (body.kind === 'leader') {
      const last = view.committed.length
      const lastTerm = view.committed[last - 1] ?? 0
      return (
        holds(view, index, entryTerm, last, lastTerm) ||
        `agent ${agent} leads term ${term} without entry ${last} of term ${lastTerm}, which is committed`
      )
    }
    for (let k = view.leaders.length - 1; k >= 0 && view.leaders[k]!.term > term; k--) {
      const later = view.leaders[k]!
      if (!holds(view, later.index, later.entryTerm, index, entryTerm))
        return `agent ${agent} commits entry ${index} in term ${term}, but the leader of term ${later.term} lacks it`
    }
    return true
  },
}
