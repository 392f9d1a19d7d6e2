import type { Mark } from '../agents/Program.ts'
import { assert } from '../kernel/assert.ts'
import type { Key } from '../kernel/key.ts'
import { clonePlain } from '../kernel/plain.ts'
import type { Micros } from '../kernel/units.ts'
import { ENV } from '../kernel/units.ts'
import { durableQuorum, exactlyOnce, oneCompletion, stateMachineSafety } from './commitInvariants.ts'
import { electionSafety, leaderCompleteness, oneVotePerTerm, termMonotone } from './electionInvariants.ts'
import type { CheckContext, Finding, Invariant } from './Invariant.ts'
import { inheritedCommits, leaderElected, operationsAnswered } from './liveness.ts'
import { commitMonotone, commitWithinLog, entryTerms, leaderAppendOnly, logMatching } from './logInvariants.ts'
import { emptyRaftView, observeRaft } from './RaftView.ts'
import type { RaftView } from './RaftView.ts'

export const RAFT_SAFETY: readonly Invariant[] = [
  electionSafety,
  leaderAppendOnly,
  logMatching,
  leaderCompleteness,
  stateMachineSafety,
  commitWithinLog,
  commitMonotone,
  termMonotone,
  oneVotePerTerm,
  entryTerms,
  durableQuorum,
  exactlyOnce,
  oneCompletion,
]
export const RAFT_LIVENESS: readonly Invariant[] = [leaderElected, inheritedCommits, operationsAnswered]

const known = new Map([...RAFT_SAFETY, ...RAFT_LIVENESS].map((invariant) => [invariant.name, invariant]))

/** Every invariant that this thread knows, by name: Raft's, and what came with other programs. */
export const INVARIANTS: ReadonlyMap<string, Invariant> = known

export function knowInvariants(invariants: readonly Invariant[]): void {
  for (const invariant of invariants) known.set(invariant.name, invariant)
}

/** Structurally the CheckStatus of the workers' protocol. */
export interface CheckStatus {
  readonly name: string
  readonly title: string
  readonly ok: boolean
  /** How many times the condition was examined. */
  readonly checked: number
  readonly violation?: { readonly key: Key; readonly sentence: string }
}

interface Watch {
  readonly name: string
  checked: number
  /** The first violation; nothing is examined after it. */
  violation: { key: Key; sentence: string } | null
  state: any
}

/** Checks of one run; plain data, so a checkpoint copies it. */
export interface Checks {
  readonly ctx: CheckContext
  readonly view: RaftView
  /** Agents whose state a person has overwritten so far: what they do since is the person's doing too. */
  edited: readonly number[]
  readonly watches: Watch[]
}

/** Invariants `names` over one run, in that order. Unknown names are our bug: scenarios are checked before. */
export function createChecks(names: readonly string[], ctx: CheckContext): Checks {
  const watches = names.map((name): Watch => {
    const invariant = INVARIANTS.get(name)
    assert(invariant !== undefined, `invariant ${name} exists`)
    return { name, checked: 0, violation: null, state: invariant.init(ctx) }
  })
  return { ctx, view: emptyRaftView(), edited: [], watches }
}

/** The next mark, in total order. Mutates `checks`. Returns the sentences of what it violates, usually none. */
export function observe(checks: Checks, mark: Mark): readonly string[] {
  const found: string[] = []
  if (mark.body.kind === 'edited' && mark.program === 'host' && !checks.edited.includes(mark.agent))
    checks.edited = [...checks.edited, mark.agent]
  for (const watch of checks.watches) {
    if (watch.violation) continue
    const invariant = INVARIANTS.get(watch.name)!
    if (invariant.onTime)
      note(watch, invariant.onTime(watch.state, mark.key.time, checks.view, checks.ctx), mark.key, found, checks.edited)
    if (!watch.violation && invariant.on[mark.program]?.includes(mark.body.kind))
      note(watch, invariant.onMark(watch.state, mark, checks.view, checks.ctx), mark.key, found, checks.edited)
  }
  observeRaft(checks.view, mark)
  return found
}

/** The run has reached `timeUs` without further marks: what was due by then must have happened. Mutates `checks`. */
export function reach(checks: Checks, timeUs: Micros): readonly string[] {
  const found: string[] = []
  const key: Key = { time: timeUs, dst: ENV, src: ENV, seq: 0 }
  for (const watch of checks.watches) {
    const invariant = INVARIANTS.get(watch.name)!
    if (!watch.violation && invariant.onTime)
      note(watch, invariant.onTime(watch.state, timeUs, checks.view, checks.ctx), key, found, checks.edited)
  }
  return found
}

function note(watch: Watch, finding: Finding, key: Key, found: string[], edited: readonly number[]): void {
  if (finding === false) return
  watch.checked++
  if (finding === true) return
  const sentence =
    edited.length === 0 ? finding : `${finding}, after agent ${edited.join(', ')} had been edited by hand`
  watch.violation = { key, sentence }
  found.push(sentence)
}

export const checkStatus = (checks: Checks): readonly CheckStatus[] =>
  checks.watches.map(({ name, checked, violation }) => ({
    name,
    title: INVARIANTS.get(name)!.title,
    ok: violation === null,
    checked,
    ...(violation ? { violation } : {}),
  }))

/** For a checkpoint. */
export const cloneChecks = (checks: Checks): Checks => clonePlain(checks)
