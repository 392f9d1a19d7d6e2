import type { Mark } from '../../engine/agents/Program.ts'
import type { CheckStatus } from '../../engine/checks/Checks.ts'
import { initialLog } from '../../engine/scenario/initialLog.ts'
import type { Scenario } from '../../engine/scenario/Scenario.ts'
import type { ShardTotals, Trace } from '../shared/ShardWorker.ts'
import { openCluster } from './cluster.ts'

export interface HeadlessRun {
  readonly scenario: Scenario
  readonly untilUs: number
  readonly workers: number
  readonly digest: string
  readonly totals: ShardTotals
  readonly wallMs: number
  readonly invariants: readonly CheckStatus[]
  readonly marks: readonly Mark[]
  readonly latency: Uint32Array
}

export interface HeadlessOptions {
  readonly untilUs: number
  readonly workers: number
  readonly codecAlways?: boolean
  readonly onTraces?: (traces: Trace[]) => void
  /** Asked about once a second of wall time. */
  readonly onProgress?: (timeUs: number, events: number) => void
}

const SLICE_MS = 500

/** Runs a scenario to `untilUs` without a page. Rejects with one sentence where a worker dies. */
export async function runHeadless(scenario: Scenario, options: HeadlessOptions): Promise<HeadlessRun> {
  const { untilUs, workers } = options
  const began = performance.now()
  const { conductor, death, close } = await openCluster(scenario, initialLog(scenario), options)
  try {
    while (!(await Promise.race([conductor.slice(untilUs, -1, SLICE_MS), death])) && !conductor.halted)
      options.onProgress?.(conductor.clock, conductor.lane.totals.events)
    return {
      scenario,
      untilUs: conductor.halted ? conductor.clock : untilUs,
      workers,
      digest: await conductor.digest(),
      totals: conductor.lane.totals,
      wallMs: performance.now() - began,
      invariants: conductor.lane.observer.status(),
      marks: conductor.lane.observer.marks,
      latency: await conductor.latency(),
    }
  } finally {
    await close()
  }
}
