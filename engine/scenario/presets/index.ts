import { electionTiming } from './electionTiming.ts'
import { firstSwarm } from './firstSwarm.ts'
import type { Preset } from './Preset.ts'
import { raftLan } from './raftLan.ts'
import { raftPartition } from './raftPartition.ts'
import { raftRegions } from './raftRegions.ts'
import { ringElection } from './ringElection.ts'
import { treeSync } from './treeSync.ts'

export type { ClaimText, Info } from './Info.ts'
export type { Preset } from './Preset.ts'
export { electionTrial } from './electionTiming.ts'

/** The built-in scenarios in the gallery's order; the first is what the page opens. */
export const PRESETS: readonly Preset[] = [
  firstSwarm,
  raftRegions,
  raftLan,
  raftPartition,
  electionTiming,
  ringElection,
  treeSync,
]

export const presetNamed = (name: unknown): Preset | undefined => PRESETS.find(({ scenario }) => scenario.name === name)
