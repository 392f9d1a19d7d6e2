import type { Mark } from './agents/Program.ts'
import { checkStatus, createChecks, observe, reach, type Checks, type CheckStatus } from './checks/Checks.ts'
import { Gauges } from './checks/Gauges.ts'
import type { CheckContext } from './checks/Invariant.ts'
import type { Micros } from './kernel/units.ts'
import { EventStream } from './net/EventStream.ts'
import { BUCKET_US } from './Stats.ts'

/**
 * Everything a run has told so far on one lane of history, and the checks that read it. A re-run of what is already
 * known adds nothing; a fork starts from a copy cut at its time.
 */
export class Observer {
  private readonly checks: Checks
  readonly gauges = new Gauges(BUCKET_US)

  constructor(
    private readonly names: readonly string[],
    context: CheckContext,
    readonly stream = new EventStream(),
  ) {
    this.checks = createChecks(names, context)
    const read = (mark: Mark): void => {
      observe(this.checks, mark)
      this.gauges.take(mark)
    }
    stream.facts.forEach(read)
    stream.subscribe({}, read)
  }

  get marks(): readonly Mark[] {
    return this.stream.facts
  }

  /** Every mark with time < frontier is known. */
  get frontierUs(): number {
    return this.stream.frontierUs
  }

  /** Marks of a stretch that ended at the cut `clock`, in order. */
  take(marks: readonly Mark[], clock: Micros): void {
    if (clock < this.frontierUs) return
    this.stream.append(marks, clock)
    reach(this.checks, clock)
  }

  /** What is known up to `t`, under the context of another log: checked anew. */
  forkAt(t: Micros, context: CheckContext): Observer {
    return new Observer(this.names, context, this.stream.upTo(t))
  }

  status(): readonly CheckStatus[] {
    return checkStatus(this.checks)
  }
}
