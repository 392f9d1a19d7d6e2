import { checkContext } from '../../engine/checkContext.ts'
import type { StopWhen } from '../../engine/checks/claims/Claim.ts'
import { POLL_US, STOPS } from '../../engine/checks/claims/stops.ts'
import type { CheckStatus } from '../../engine/checks/Checks.ts'
import { micros } from '../../engine/kernel/units.ts'
import { LocalRun } from '../../engine/LocalRun.ts'
import { Observer } from '../../engine/Observer.ts'
import { initialLog } from '../../engine/scenario/initialLog.ts'
import type { Scenario } from '../../engine/scenario/Scenario.ts'
import { linkFloors } from '../claims/runJob.ts'
import type { RunFigures } from '../shared/metrics.ts'

/** One finished run, as the columns of a sweep see it. */
export interface MeasuredRun extends RunFigures {
  readonly seed: number
  readonly digest: string
  readonly invariants: readonly CheckStatus[]
}

/** Runs a scenario on this thread, to `untilUs` or until `stop` has happened. The same run always measures the same. */
export function measureRun(scenario: Scenario, untilUs: number, stop: StopWhen | null): MeasuredRun {
  const run = new LocalRun(scenario)
  const observer = new Observer(scenario.checks, checkContext(scenario, initialLog(scenario)))
  const floorUs = linkFloors(scenario)
  const everyUs = stop === null ? untilUs : POLL_US
  while (run.clock < untilUs) {
    run.runTo(micros(Math.min(untilUs, run.clock + everyUs)))
    observer.take(run.takeMarks(), run.clock)
    const { marks } = observer
    const { messages, transmissions } = run.shards[0]!.stats
    if (
      stop !== null &&
      STOPS[stop]({ scenario, marks, untilUs: run.clock, messages, transmissions, violated: [], floorUs })
    )
      break
  }
  const { stats, queue } = run.shards[0]!
  const { events, messages, transmissions, deliveries, losses, latency } = stats
  return {
    seed: scenario.seed,
    digest: run.digestText(),
    untilUs: run.clock,
    totals: { events, messages, transmissions, deliveries, losses, pending: queue.size },
    latency,
    marks: observer.marks,
    invariants: observer.status(),
  }
}
