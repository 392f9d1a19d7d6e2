import type { Mark } from '../agents/Program.ts'
import type { AgentId, U32 } from '../kernel/units.ts'

/**
 * A raft cluster as its marks tell it; plain data. Logs that agree at (index, term) agree before it, so all logs
 * together form a tree of entries, and one server's log is the path to its tip.
 */
export interface RaftView {
  nodes: { [agent: number]: NodeView }
  /** entries[index]: the different entries seen there, one a term. entries[0] is empty. */
  entries: LogEntry[][]
  /** committed[i]: term of the entry known to be committed at index i + 1. */
  committed: U32[]
  /** Every leader, in the order of their elections, with the log it was elected with. */
  leaders: { term: U32; agent: AgentId; index: U32; entryTerm: U32; timeUs: number }[]
}

export interface LogEntry {
  readonly term: U32
  /** Chained digest of the log up to here. */
  readonly digest: number
  /** Term of the entry before. */
  readonly prevTerm: U32
}

export interface NodeView {
  up: boolean
  role: string
  term: U32
  /** Tip of the log in memory, and of what is known to be on disk. */
  index: U32
  entryTerm: U32
  durableIndex: U32
  durableEntryTerm: U32
  commitIndex: U32
}

export const emptyRaftView = (): RaftView => ({ nodes: {}, entries: [[]], committed: [], leaders: [] })

/** The row of `agent`, made on first sight. */
export function nodeOf(view: RaftView, agent: AgentId): NodeView {
  return (view.nodes[agent] ??= {
    ...{ up: true, role: 'follower', term: 0, index: 0, entryTerm: 0 },
    ...{ durableIndex: 0, durableEntryTerm: 0, commitIndex: 0 },
  })
}

export const entryAt = (view: RaftView, index: U32, term: U32): LogEntry | undefined =>
  view.entries[index]?.find((entry) => entry.term === term)

/** Term at `index` of the log that ends in (tipIndex, tipTerm); 0 at index 0. Walks tipIndex − index entries. */
export function termBelow(view: RaftView, tipIndex: U32, tipTerm: U32, index: U32): U32 {
  let term = tipTerm
  for (let i = tipIndex; i > index; i--) term = entryAt(view, i, term)?.prevTerm ?? 0
  return term
}

/** Whether the log that ends in (tipIndex, tipTerm) holds the entry (index, term). */
export const holds = (view: RaftView, tipIndex: U32, tipTerm: U32, index: U32, term: U32): boolean =>
  index === 0 || (index <= tipIndex && termBelow(view, tipIndex, tipTerm, index) === term)

/** Brings `view` up to and including `mark`. Mutates `view`. */
export function observeRaft(view: RaftView, mark: Mark): void {
  if (mark.program === 'host') return observeHost(view, mark)
  if (mark.program !== 'raft') return
  const node = nodeOf(view, mark.agent)
  const body = mark.body as any
  switch (mark.body.kind) {
    case 'boot':
      Object.assign(node, { up: true, role: 'follower', term: body.term, commitIndex: 0 })
      Object.assign(node, { index: body.index, entryTerm: body.entryTerm })
      Object.assign(node, { durableIndex: body.index, durableEntryTerm: body.entryTerm })
      return
    case 'role':
      node.role = body.role
      node.term = body.term
      return
    case 'leader':
      view.leaders.push({
        ...{ term: body.term, agent: mark.agent, index: body.index, entryTerm: body.entryTerm },
        timeUs: mark.key.time,
      })
      return
    case 'append':
      return observeAppend(view, node, body)
    case 'truncate':
      return observeTruncate(view, node, body.index)
    case 'durable':
      node.durableIndex = body.index
      node.durableEntryTerm = body.entryTerm
      return
    case 'commit':
      return observeCommit(view, node, body)
  }
}

function observeHost(view: RaftView, mark: Mark): void {
  const { kind } = mark.body
  const node = view.nodes[mark.agent]
  if (!node) return
  if (kind === 'crashed' || kind === 'left' || kind === 'paused') node.up = false
  if (kind === 'restarted' || kind === 'joined' || kind === 'resumed') node.up = true
  if (kind === 'crashed' || kind === 'left') node.role = 'follower'
}

function observeAppend(view: RaftView, node: NodeView, body: { from: U32; terms: U32[]; digests: number[] }): void {
  for (let k = 0; k < body.terms.length; k++) {
    const index = body.from + k
    const term = body.terms[k]!
    const variants = (view.entries[index] ??= [])
    if (!variants.some((entry) => entry.term === term))
      variants.push({ term, digest: body.digests[k]!, prevTerm: node.entryTerm })
    node.index = index
    node.entryTerm = term
  }
}

function observeTruncate(view: RaftView, node: NodeView, index: U32): void {
  node.entryTerm = termBelow(view, node.index, node.entryTerm, index)
  node.index = index
  if (node.durableIndex > index) {
    node.durableEntryTerm = termBelow(view, node.durableIndex, node.durableEntryTerm, index)
    node.durableIndex = index
  }
}

function observeCommit(view: RaftView, node: NodeView, body: { index: U32; entryTerm: U32 }): void {
  node.commitIndex = body.index
  const path: U32[] = []
  let term = body.entryTerm
  for (let i = body.index; i > view.committed.length; i--) {
    path.push(term)
    term = entryAt(view, i, term)?.prevTerm ?? 0
  }
  for (let k = path.length - 1; k >= 0; k--) view.committed.push(path[k]!)
}
