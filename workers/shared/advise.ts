import { LocalRun } from '../../engine/LocalRun.ts'
import { lookaheadOf } from '../../engine/lookahead.ts'
import { micros } from '../../engine/kernel/units.ts'
import type { Scenario } from '../../engine/scenario/Scenario.ts'
import type { Shard } from '../../engine/Shard.ts'

export interface Advice {
  readonly shards: number
  /** Why not more. */
  readonly note: string
}

/** Work between two meetings below which meeting costs more than the second core brings; measured. */
const WORTHWHILE_US = 150
const TRIAL_MS = 25
/** Meetings of a step beside those before each phase. */
const STEP_MEETINGS = 2

/** How many workers a scenario is worth on `cores` cores, from a short trial of its own events and steps. */
export function advise(scenario: Scenario, cores: number): Advice {
  const most = Math.min(4, cores)
  if (most < 2) return { shards: 1, note: 'one worker: this machine has no second core to spare' }
  const run = new LocalRun(scenario)
  const began = performance.now()
  run.runTo(micros(scenario.untilUs), () => performance.now() - began > TRIAL_MS)
  const spentUs = (performance.now() - began) * 1_000
  const apartUs = (shards: number): number =>
    run.clock / Math.max(1, meetings(new LocalRun(scenario, { shards }).shards[0]!, run.clock))
  for (let shards = most; shards >= 2; shards--) {
    const apart = Math.min(run.clock, apartUs(shards))
    const workUs = (spentUs * apart) / Math.max(1, run.clock) / shards
    if (workUs >= WORTHWHILE_US) return { shards, note: '' }
    if (shards === 2)
      return {
        shards: 1,
        note: `one worker: between two meetings, ${text(apart)} apart, there is ${text(workUs)} of work, and two workers pay from ${WORTHWHILE_US} µs`,
      }
  }
  return { shards: 1, note: '' }
}

/** How often the shards of a run meet up to `untilUs`: for windows of events, and for phases of steps. */
function meetings(shard: Shard, untilUs: number): number {
  const { space, plan } = shard
  const windows = plan.programs.length === 0 ? 0 : untilUs / lookaheadOf(shard)
  if (space === null) return windows
  return windows + (untilUs / space.spec.stepUs) * (space.bound.phases.length + STEP_MEETINGS)
}

const text = (us: number): string => (us < 1_000 ? `${Math.round(us)} µs` : `${(us / 1_000).toFixed(1)} ms`)
