import type { Mark } from '../agents/Program.ts'
import type { Micros } from '../kernel/units.ts'
import { checkStatus, createChecks, observe, reach, type Checks, type CheckStatus } from './Checks.ts'
import type { CheckContext } from './Invariant.ts'

/**
 * Everything a run has told so far, on one lane of history: the marks in their total order, and the checks that read
 * them. A re-run of what is already known adds nothing; a fork starts from a copy cut at its time.
 */
export class Observer {
  marks: Mark[] = []
  /** Every mark with time < frontier is here. */
  frontierUs = 0
  private checks: Checks

  constructor(
    private readonly names: readonly string[],
    private readonly context: CheckContext,
  ) {
    this.checks = createChecks(names, context)
  }

  /** Marks of a stretch that ended at the cut `clock`, in order; those before the frontier are known already. */
  take(marks: readonly Mark[], clock: Micros): void {
    if (clock < this.frontierUs) return
    for (const mark of marks) {
      if (mark.key.time < this.frontierUs) continue
      this.marks.push(mark)
      observe(this.checks, mark)
    }
    this.frontierUs = clock
    reach(this.checks, clock)
  }

  /** What is known up to `t` under another log's context: all marks before `t`, checked anew. */
  forkAt(t: Micros, context: CheckContext = this.context): Observer {
    const fork = new Observer(this.names, context)
    const known = Math.min(t, this.frontierUs) as Micros
    fork.take(
      this.marks.filter((mark) => mark.key.time < known),
      known,
    )
    return fork
  }

  status(): readonly CheckStatus[] {
    return checkStatus(this.checks)
  }
}
