import type { U32 } from '../kernel/units.ts'
import type { Invariant } from './Invariant.ts'
import { entryAt, nodeOf } from './RaftView.ts'

type None = Record<string, never>

/** Raft §5.3. */
export const leaderAppendOnly: Invariant<None> = {
  name: 'leader-append-only',
  title: 'A leader never changes or removes what its log holds',
  on: { raft: ['truncate', 'append'] },
  init: () => ({}),
  onMark(_state, { agent, body }, view) {
    const node = nodeOf(view, agent)
    if (node.role !== 'leader') return false
    if (body.kind === 'truncate') return `agent ${agent} leads term ${node.term} and cuts its log to ${body.index}`
    return body.from === node.index + 1 || `agent ${agent} leads term ${node.term} and rewrites entry ${body.from}`
  },
}

/** Raft §5.3: entries with equal index and term are equal, and so is everything before them. */
export const logMatching: Invariant<None> = {
  name: 'log-matching',
  title: 'Logs that agree at one entry agree before it',
  on: { raft: ['append', 'boot'] },
  init: () => ({}),
  onMark(_state, { agent, body }, view) {
    const mark = body as any
    if (mark.kind === 'boot') {
      if (mark.index === 0) return false
      const known = entryAt(view, mark.index, mark.entryTerm)
      return known?.digest === mark.digest || `agent ${agent} boots with a log up to ${mark.index} that nobody wrote`
    }
    const node = nodeOf(view, agent)
    let prevTerm: U32 = node.entryTerm
    for (let k = 0; k < mark.terms.length; k++) {
      const index = mark.from + k
      const known = entryAt(view, index, mark.terms[k])
      if (known && (known.digest !== mark.digests[k] || known.prevTerm !== prevTerm))
        return `agent ${agent} has another entry ${index} of term ${mark.terms[k]}, or another log before it`
      prevTerm = mark.terms[k]
    }
    return true
  },
}

export const entryTerms: Invariant<None> = {
  name: 'entry-terms',
  title: 'Terms never fall along a log',
  on: { raft: ['append'] },
  init: () => ({}),
  onMark(_state, { agent, body }, view) {
    const { from, terms } = body as unknown as { from: U32; terms: readonly U32[] }
    const node = nodeOf(view, agent)
    let before = node.entryTerm
    for (let k = 0; k < terms.length; k++) {
      if (terms[k]! < before) return `agent ${agent} has term ${terms[k]} at ${from + k} after term ${before}`
      before = terms[k]!
    }
    return before <= node.term || `agent ${agent} is in term ${node.term} and holds an entry of term ${before}`
  },
}

/** Raft §5.3: what is committed is in the log, and stays. */
export const commitWithinLog: Invariant<None> = {
  name: 'commit-within-log',
  title: 'Nothing committed lies beyond the log',
  on: { raft: ['commit', 'truncate'] },
  init: () => ({}),
  onMark(_state, { agent, body }, view) {
    const node = nodeOf(view, agent)
    const index = body.index as U32
    if (body.kind === 'truncate')
      return index >= node.commitIndex || `agent ${agent} cuts its log to ${index}, committed up to ${node.commitIndex}`
    return index <= node.index || `agent ${agent} commits ${index} with a log that ends at ${node.index}`
  },
}

export const commitMonotone: Invariant<None> = {
  name: 'commit-monotone',
  title: 'A server’s commit index never falls while it is up',
  on: { raft: ['commit'] },
  init: () => ({}),
  onMark(_state, { agent, body }, view) {
    const before = nodeOf(view, agent).commitIndex
    const index = body.index as U32
    return index > before || `agent ${agent} goes from commit index ${before} to ${index}`
  },
}
