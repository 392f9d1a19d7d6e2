import { assert } from '../kernel/assert.ts'
import type { U32 } from '../kernel/units.ts'
import { EMPTY_CHAIN, mixNumber, mixWord } from './chain.ts'
import type { Chain } from './chain.ts'
import { mixOp } from './kv.ts'
import { appendMark, truncateMark } from './marks.ts'
import type { Entry } from './raftMessages.ts'
import type { Out, Raft } from './raftState.ts'

export const lastIndex = (raft: Raft): U32 => raft.log.length
export const termAt = (raft: Raft, index: U32): U32 => (index === 0 ? 0 : (raft.log[index - 1]?.term ?? 0))
export const lastTerm = (raft: Raft): U32 => termAt(raft, raft.log.length)
export const chainAt = (raft: Raft, index: U32): Chain => (index === 0 ? EMPTY_CHAIN : raft.chain[index - 1]!)

/** The digest of a log that ends in `entry` after a log with digest `before`. */
export function extendChain(before: Chain, entry: Entry): Chain {
  const head = mixNumber(mixWord(mixWord(before, entry.term), entry.serial), entry.process)
  return entry.op.type === 'noop' ? mixWord(head, 0) : mixOp(head, entry.op)
}

/** Appends in memory; the next write brings it to disk. */
export function appendEntries(raft: Raft, entries: readonly Entry[], out: Out): void {
  if (entries.length === 0) return
  const from = raft.log.length + 1
  for (const entry of entries) {
    raft.chain.push(extendChain(chainAt(raft, raft.log.length), entry))
    raft.log.push(entry)
  }
  raft.io.dirtyFrom = Math.min(raft.io.dirtyFrom, from)
  raft.io.logDirty = true
  out.mark(appendMark(from, raft.log, raft.chain))
}

/** Removes everything after `index`; a write under way no longer counts for what it had of that. */
export function truncateTo(raft: Raft, index: U32, out: Out): void {
  assert(index < raft.log.length, 'a truncation removes something')
  raft.log.length = index
  raft.chain.length = index
  raft.durableIndex = Math.min(raft.durableIndex, index)
  raft.io.writingTo = Math.min(raft.io.writingTo, index)
  raft.io.dirtyFrom = Math.min(raft.io.dirtyFrom, index + 1)
  raft.io.logDirty = true
  out.mark(truncateMark(index))
}

/** Raft §5.4.1: the later last term wins; with equal terms the longer log. */
export function isUpToDate(raft: Raft, index: U32, term: U32): boolean {
  return term !== lastTerm(raft) ? term > lastTerm(raft) : index >= lastIndex(raft)
}

/** Index of the first entry of the term that `index` belongs to. */
export function firstOfTerm(raft: Raft, index: U32): U32 {
  const term = termAt(raft, index)
  let first = index
  while (first > 1 && termAt(raft, first - 1) === term) first--
  return first
}

/** The last index ≤ `from` whose term is `term`, or 0. */
export function lastOfTerm(raft: Raft, from: U32, term: U32): U32 {
  let index = Math.min(from, lastIndex(raft))
  while (index > 0 && termAt(raft, index) > term) index--
  return index > 0 && termAt(raft, index) === term ? index : 0
}
