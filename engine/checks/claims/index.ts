import type { Claim } from './Claim.ts'
import { electionTimingClaims } from './electionTiming.ts'
import { firstSwarmClaims } from './firstSwarm.ts'
import { raftLanClaims } from './raftLan.ts'
import { raftPartitionClaims } from './raftPartition.ts'
import { raftRegionsClaims } from './raftRegions.ts'
import { ringElectionClaims } from './ringElection.ts'
import { treeSyncClaims } from './treeSync.ts'

/** Every claim, in the gallery's order of scenarios. */
export const CLAIMS: readonly Claim[] = [
  ...firstSwarmClaims,
  ...raftRegionsClaims,
  ...raftLanClaims,
  ...raftPartitionClaims,
  ...electionTimingClaims,
  ...ringElectionClaims,
  ...treeSyncClaims,
]

export const claimNamed = (name: string): Claim | undefined => CLAIMS.find((claim) => claim.name === name)
