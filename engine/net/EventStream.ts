import type { Mark } from '../agents/Program.ts'
import { assert } from '../kernel/assert.ts'
import { compareKeys } from '../kernel/key.ts'
import type { Micros } from '../kernel/units.ts'

/** Which facts a listener wants; what is left out matches all. */
export interface FactFilter {
  readonly program?: string
  readonly kind?: string
  readonly agent?: number
}
export type FactListener = (fact: Mark) => void

/**
 * System-wide facts in their total order, as observers hear them: never a fact before one that precedes it, each once.
 * Programs neither hear it nor can tell whether anybody listens.
 */
export class EventStream {
  private readonly all: Mark[] = []
  private readonly listeners = new Set<{ filter: FactFilter; listener: FactListener }>()
  private reached = 0 as Micros

  /** Every fact with time < frontier is here. */
  get frontierUs(): Micros {
    return this.reached
  }

  get facts(): readonly Mark[] {
    return this.all
  }

  /**
   * Takes the facts of a stretch that ended at the cut `clock`, in order. Of a stretch that is run again, what is known
   * already is passed over. Returns how many were new.
   */
  append(facts: readonly Mark[], clock: Micros): number {
    if (clock < this.reached) return 0
    let fresh = 0
    for (const fact of facts) {
      if (fact.key.time < this.reached) continue
      const last = this.all.at(-1)
      assert(last === undefined || inOrder(last, fact), 'facts are told in their total order')
      this.all.push(fact)
      fresh++
      for (const { filter, listener } of this.listeners) if (matches(fact, filter)) listener(fact)
    }
    this.reached = clock
    return fresh
  }

  /** Calls `listener` with every later fact that matches; the result ends it. */
  subscribe(filter: FactFilter, listener: FactListener): () => void {
    const entry = { filter, listener }
    this.listeners.add(entry)
    return () => void this.listeners.delete(entry)
  }

  /** The stream as it was at the cut `t`, without listeners. */
  upTo(t: Micros): EventStream {
    const copy = new EventStream()
    const cut = Math.min(t, this.reached) as Micros
    copy.append(
      this.all.filter((fact) => fact.key.time < cut),
      cut,
    )
    return copy
  }
}

const inOrder = (a: Mark, b: Mark): boolean => (compareKeys(a.key, b.key) || a.index - b.index) < 0

const matches = (fact: Mark, { program, kind, agent }: FactFilter): boolean =>
  (program === undefined || fact.program === program) &&
  (kind === undefined || fact.body.kind === kind) &&
  (agent === undefined || fact.agent === agent)
