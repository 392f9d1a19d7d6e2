import { assert } from '../kernel/assert.ts'
import type { HistoryEvent } from './history.ts'

export type Verdict =
  | { readonly verdict: 'linearizable' }
  | { readonly verdict: 'not linearizable'; readonly key: string }
  /** The bound was reached first. */
  | { readonly verdict: 'undecided'; readonly key: string }

/**
 * A register that starts empty; `done` says whether a cas found what it expected. Pending: it may or may not happen.
 */
interface Operation {
  readonly f: HistoryEvent['f']
  readonly value: HistoryEvent['value']
  done: boolean
  /** Position of its completion in the history of its key; −1: never. */
  returned: number
  readonly called: number
  readonly result: { value: HistoryEvent['value'] }
}

/**
 * Whether every key behaves like one register (read, write, cas): Wing & Gong's search with Lowe's memory of visited
 * (set of linearized operations, value) pairs. Keys are independent (Herlihy & Wing 1990, locality).
 * @param stepsMax tried linearization points over all keys; past it the verdict is `undecided`.
 */
export function checkLinearizable(events: readonly HistoryEvent[], stepsMax = 2_000_000): Verdict {
  const byKey = new Map<string, HistoryEvent[]>()
  for (const event of events) {
    const list = byKey.get(event.key)
    if (list) list.push(event)
    else byKey.set(event.key, [event])
  }
  const budget = { steps: stepsMax }
  for (const [key, list] of byKey) {
    const verdict = new Search(operationsOf(list), list.length).run(budget)
    if (verdict !== 'linearizable') return { verdict, key }
  }
  return { verdict: 'linearizable' }
}

/** Pairs invocations with completions. What certainly had no effect is left out. */
function operationsOf(events: readonly HistoryEvent[]): Operation[] {
  const open = new Map<number, Operation>()
  const operations: Operation[] = []
  events.forEach((event, at) => {
    if (event.type === 'invoke') {
      const { f, value } = event
      const operation: Operation = { f, value, done: true, returned: -1, called: at, result: { value } }
      assert(!open.has(event.process), 'a process has one operation open')
      open.set(event.process, operation)
      operations.push(operation)
      return
    }
    const operation = open.get(event.process)
    assert(operation !== undefined, 'a completion has an invocation')
    open.delete(event.process)
    const refused = event.type === 'fail' && event.error === 'precondition-failed'
    if (event.type === 'ok' || refused) {
      operation.returned = at
      operation.done = !refused
      operation.result.value = event.value
    } else if (event.type === 'fail') operations.splice(operations.indexOf(operation), 1)
  })
  return operations.filter(({ f, returned }) => f !== 'read' || returned >= 0)
}

/** The next value of the register, or undefined where `operation` cannot have happened at `held`. */
function effect({ f, value, done, result }: Operation, held: number | null): number | null | undefined {
  if (f === 'read') return result.value === held ? held : undefined
  if (f === 'write') return value as number
  const [from, to] = value as readonly [number, number]
  return (held === from) !== done ? undefined : done ? to : held
}

/** Calls and returns of one key in a doubly linked list; linearized operations are lifted out and put back. */
class Search {
  private readonly next: Int32Array
  private readonly prev: Int32Array
  /** Node → operation; calls and returns share it. */
  private readonly operationAt: Int32Array
  private readonly head: number
  private readonly seen = new Set<string>()

  constructor(
    private readonly operations: readonly Operation[],
    length: number,
  ) {
    this.head = length
    this.next = new Int32Array(length + 1)
    this.prev = new Int32Array(length + 1)
    this.operationAt = new Int32Array(length).fill(-1)
    operations.forEach(({ called, returned }, i) => {
      this.operationAt[called] = i
      if (returned >= 0) this.operationAt[returned] = i
    })
    let last = this.head
    for (let node = 0; node < length; node++) {
      if (this.operationAt[node] === -1) continue
      this.next[last] = node
      this.prev[node] = last
      last = node
    }
    this.next[last] = this.head
    this.prev[this.head] = last
  }

  run(budget: { steps: number }): Verdict['verdict'] {
    const { next, head, operations, operationAt } = this
    const stack: { operation: number; held: number | null; furthest: number }[] = []
    let returns = operations.reduce((sum, { returned }) => sum + (returned >= 0 ? 1 : 0), 0)
    let held: number | null = null
    let furthest = -1
    let node = next[head]!
    while (returns > 0) {
      if (budget.steps-- <= 0) return 'undecided'
      const i = operationAt[node]!
      const operation = operations[i]!
      if (operation.called === node) {
        const after = effect(operation, held)
        if (after !== undefined && this.lift(operation, Math.max(furthest, i), after)) {
          stack.push({ operation: i, held, furthest })
          if (operation.returned >= 0) returns--
          held = after
          furthest = Math.max(furthest, i)
          node = next[head]!
        } else node = next[node]!
        // Past the last return only pending calls are left, and the loop has ended.
      } else {
        const back = stack.pop()
        if (!back) return 'not linearizable'
        const undone = operations[back.operation]!
        this.unlift(undone)
        if (undone.returned >= 0) returns++
        held = back.held
        furthest = back.furthest
        node = next[undone.called]!
      }
    }
    return 'linearizable'
  }

  /** Takes the operation out; puts it back and answers false where that leads to what has been seen. */
  private lift(operation: Operation, furthest: number, held: number | null): boolean {
    this.unlink(operation.called)
    if (operation.returned >= 0) this.unlink(operation.returned)
    // Exact and short: the operations not linearized although a later one is.
    let left = ''
    for (let node = this.next[this.head]!; node !== this.head; node = this.next[node]!) {
      const i = this.operationAt[node]!
      if (this.operations[i]!.called !== node) continue
      if (i > furthest) break
      left += `,${i}`
    }
    const state = `${furthest}${left}=${held}`
    if (!this.seen.has(state)) {
      this.seen.add(state)
      return true
    }
    this.unlift(operation)
    return false
  }
  private unlift(operation: Operation): void {
    if (operation.returned >= 0) this.relink(operation.returned)
    this.relink(operation.called)
  }
  private unlink(node: number): void {
    this.next[this.prev[node]!] = this.next[node]!
    this.prev[this.next[node]!] = this.prev[node]!
  }
  private relink(node: number): void {
    this.next[this.prev[node]!] = node
    this.prev[this.next[node]!] = node
  }
}
