import type { ClaimRun, StopWhen } from './Claim.ts'
import { recoveries } from './raftMeasures.ts'

/** How often a run that may end early is looked at, virtual µs. */
export const POLL_US = 50_000

export const STOPS: { readonly [stop in StopWhen]: (run: ClaimRun) => boolean } = {
  elected: ({ marks }) => (recoveries(marks)[0]?.electedUs ?? -1) >= 0,
  recovered: ({ marks }) => (recoveries(marks)[0]?.committedUs ?? -1) >= 0,
}
