import { antsClaims } from './ants.ts'
import { boidsClaims } from './boids.ts'
import { boids100kClaims } from './boids100k.ts'
import { breakerClaims } from './breaker.ts'
import { bridgeEvaporationClaims } from './bridgeEvaporation.ts'
import { bridgeLengthsClaims } from './bridgeLengths.ts'
import { doubleBridgeClaims } from './doubleBridge.ts'
import { churnClaims } from './churn.ts'
import type { Claim } from './Claim.ts'
import { couzinClaims } from './couzin.ts'
import { creditsClaims } from './credits.ts'
import { electionTimingClaims } from './electionTiming.ts'
import { firstSwarmClaims } from './firstSwarm.ts'
import { formationClaims } from './formation.ts'
import { pheromoneFieldClaims } from './pheromoneField.ts'
import { phiAccrualClaims } from './phiAccrual.ts'
import { physarumClaims } from './physarum.ts'
import { percolationClaims } from './percolation.ts'
import { smallWorldClaims } from './smallWorld.ts'
import { topologyZooClaims } from './topologyZoo.ts'
import { raftLanClaims } from './raftLan.ts'
import { raftPartitionClaims } from './raftPartition.ts'
import { raftRegionsClaims } from './raftRegions.ts'
import { ringElectionClaims } from './ringElection.ts'
import { scentTasksClaims } from './scentTasks.ts'
import { skewedClocksClaims } from './skewedClocks.ts'
import { swimClaims } from './swim.ts'
import { taskAffinityClaims } from './taskAffinity.ts'
import { treeSyncClaims } from './treeSync.ts'
import { vicsekClaims } from './vicsek.ts'
import { meshBroadcastClaims } from './meshBroadcast.ts'
import { pushGossipClaims } from './pushGossip.ts'
import { topologyCostClaims } from './topologyCost.ts'

/** Every claim, in the gallery's order of scenarios. */
export const CLAIMS: readonly Claim[] = [
  ...firstSwarmClaims,
  ...raftRegionsClaims,
  ...raftLanClaims,
  ...raftPartitionClaims,
  ...electionTimingClaims,
  ...ringElectionClaims,
  ...treeSyncClaims,
  ...meshBroadcastClaims,
  ...topologyCostClaims,
  ...topologyZooClaims,
  ...smallWorldClaims,
  ...percolationClaims,
  ...pushGossipClaims,
  ...swimClaims,
  ...phiAccrualClaims,
  ...churnClaims,
  ...skewedClocksClaims,
  ...breakerClaims,
  ...creditsClaims,
  ...boidsClaims,
  ...boids100kClaims,
  ...vicsekClaims,
  ...couzinClaims,
  ...taskAffinityClaims,
  ...formationClaims,
  ...doubleBridgeClaims,
  ...bridgeEvaporationClaims,
  ...bridgeLengthsClaims,
  ...antsClaims,
  ...physarumClaims,
  ...scentTasksClaims,
  ...pheromoneFieldClaims,
]

export const claimNamed = (name: string): Claim | undefined => CLAIMS.find((claim) => claim.name === name)
