import type { AgentId, U32 } from '../../kernel/units.ts'
import { isBelow, type DagNode } from './fibDag.ts'
import { isOrigin, type Out, type Stealing } from './stealingState.ts'

/**
 * What keeps a computation whole when workers fail and messages are lost: whoever gives a node away keeps a copy until
 * its value has come, and takes it back when the thief has not been heard of for a lease. Values are sent again until
 * they are noted. So a node may be worked on twice, its value counts once; after Blumofe and Lisiecki, "Adaptive and
 * reliable parallel computing on networks of workstations", USENIX 1997.
 */
const BEATS_A_LEASE = 4
/** Times that a value is sent before nobody seems to want it. */
const TRIES_MAX = 40

/** Signs of life and repetitions go out while there is something to keep alive. */
export function beatSoon({ params }: Stealing, out: Out): void {
  out.setTimer('beat', Math.max(1, Math.ceil(params.leaseUs / BEATS_A_LEASE)))
}

/** Returns the number of the first loan; the others follow. A node may go to the same thief again: each is a loan. */
export function lend(state: Stealing, nodes: readonly DagNode[], to: AgentId, out: Out): U32 {
  const dueUs = out.localUs + state.params.leaseUs
  const first = state.nextId
  if (isStill(state) && nodes.length > 0) beatSoon(state, out)
  for (const node of nodes) state.loans.push({ id: state.nextId++, node, to, dueUs })
  return first
}

/**
 * Whether the thief has to work on it: not where it is being worked on already. A node that comes back to who had lent
 * it is worked on here, and its value then goes round all who gave it on.
 */
export function borrow(state: Stealing, { call, join }: DagNode, from: AgentId, loan: U32, out: Out): boolean {
  if (isStill(state)) beatSoon(state, out)
  state.borrowed.push({ call, from, loan })
  const { working, ready, frames } = state
  const same = (node: DagNode | null): boolean => node !== null && node.call === call
  return !same(working) && !ready.some(same) && (join || frames[call] === undefined)
}

const isStill = ({ loans, borrowed, answers }: Stealing): boolean =>
  loans.length + borrowed.length + answers.length === 0

/** The value of a call to everybody it was borrowed from. */
export function answer(state: Stealing, call: U32, n: U32, value: number, nodes: number, out: Out): void {
  const debts = state.borrowed.filter((debt) => debt.call === call)
  if (debts.length === 0) return
  const msg = { type: 'done', call, n, value, nodes } as const
  for (const to of new Set(debts.map(({ from }) => from))) {
    state.answers.push({ to, msg, tries: 1 })
    out.send(to, msg)
  }
  state.borrowed = state.borrowed.filter((debt) => debt.call !== call)
}

/** A value came back, so the loan is over; a copy that was taken back and not begun is not needed. */
export function settle(state: Stealing, call: U32): void {
  state.loans = state.loans.filter(({ node }) => node.call !== call)
  state.ready = state.ready.filter((node) => node.call !== call)
}

export function noted(state: Stealing, from: AgentId, call: U32): void {
  state.answers = state.answers.filter(({ to, msg }) => to !== from || msg.call !== call)
}

/** Every quarter of a lease. Mutates `state`; what is taken back is the oldest of what is ready. */
export function onBeat(state: Stealing, out: Out): void {
  sayAlive(state, out)
  repeatAnswers(state, out)
  takeBack(state, out)
  if (!isStill(state)) beatSoon(state, out)
}

function sayAlive({ borrowed }: Stealing, out: Out): void {
  for (const lender of new Set(borrowed.map(({ from }) => from))) {
    const loans = borrowed.filter(({ from }) => from === lender).map(({ loan }) => loan)
    out.send(lender, { type: 'alive', loans })
  }
}

function repeatAnswers(state: Stealing, out: Out): void {
  for (const sent of state.answers) {
    sent.tries++
    if (sent.tries <= TRIES_MAX) out.send(sent.to, sent.msg)
    else out.mark({ kind: 'orphaned', call: sent.msg.call, from: sent.to })
  }
  state.answers = state.answers.filter(({ tries }) => tries <= TRIES_MAX)
}

function takeBack(state: Stealing, out: Out): void {
  const late = state.loans.filter(({ dueUs }) => dueUs <= out.localUs)
  if (late.length === 0) return
  state.loans = state.loans.filter(({ dueUs }) => dueUs > out.localUs)
  state.ready.unshift(...late.map(({ node }) => node))
  state.reclaimed += late.length
  for (const thief of new Set(late.map(({ to }) => to)))
    out.mark({ kind: 'reclaimed', tasks: late.filter(({ to }) => to === thief).length, from: thief })
}

/** The thief is still at these. Of those that nobody here waits for it hears so. */
export function onAlive(state: Stealing, from: AgentId, loans: readonly U32[], out: Out): void {
  const unknown: U32[] = []
  for (const id of loans) {
    const loan = state.loans.find((mine) => mine.id === id)
    if (loan) loan.dueUs = out.localUs + state.params.leaseUs
    else unknown.push(id)
  }
  if (unknown.length > 0) out.send(from, { type: 'drop', loans: unknown })
}

/** Nobody waits for these any more: what belongs to nothing else that is borrowed is given up. */
export function onDrop(state: Stealing, from: AgentId, loans: readonly U32[], out: Out): void {
  state.borrowed = state.borrowed.filter((debt) => debt.from !== from || !loans.includes(debt.loan))
  if (isOrigin(state)) return
  const wanted = (call: U32): boolean => state.borrowed.some((debt) => isBelow(call, debt.call))
  if (state.working !== null && !wanted(state.working.call)) {
    state.working = null
    out.cancelTimer('work')
  }
  state.ready = state.ready.filter(({ call }) => wanted(call))
  state.loans = state.loans.filter(({ node }) => wanted(node.call))
  for (const call of Object.keys(state.frames)) if (!wanted(Number(call))) delete state.frames[Number(call)]
}
