import { aimdClaims } from './aimd.ts'
import { antsClaims } from './ants.ts'
import { auctionClaims } from './auction.ts'
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
import { drfClaims } from './drf.ts'
import { electionTimingClaims } from './electionTiming.ts'
import { erlangClaims } from './erlang.ts'
import { firstSwarmClaims } from './firstSwarm.ts'
import { formationClaims } from './formation.ts'
import { grahamClaims } from './graham.ts'
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
import { rushHourClaims } from './rushHour.ts'
import { scentTasksClaims } from './scentTasks.ts'
import { secondPriceClaims } from './secondPrice.ts'
import { skewedClocksClaims } from './skewedClocks.ts'
import { swimClaims } from './swim.ts'
import { taskAffinityClaims } from './taskAffinity.ts'
import { treeSyncClaims } from './treeSync.ts'
import { vicsekClaims } from './vicsek.ts'
import { jobLogClaims } from './jobLog.ts'
import { meshBroadcastClaims } from './meshBroadcast.ts'
import { predictiveClaims } from './predictive.ts'
import { prioritiesClaims } from './priorities.ts'
import { pushGossipClaims } from './pushGossip.ts'
import { topologyCostClaims } from './topologyCost.ts'
import { topologyFitClaims } from './topologyFit.ts'
import { twoChoicesClaims } from './twoChoices.ts'
import { wideTasksClaims } from './wideTasks.ts'
import { workStealingClaims } from './workStealing.ts'

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
  ...auctionClaims,
  ...secondPriceClaims,
  ...predictiveClaims,
  ...workStealingClaims,
  ...grahamClaims,
  ...topologyFitClaims,
  ...jobLogClaims,
  ...drfClaims,
  ...aimdClaims,
  ...erlangClaims,
  ...prioritiesClaims,
  ...twoChoicesClaims,
  ...rushHourClaims,
  ...wideTasksClaims,
]

export const claimNamed = (name: string): Claim | undefined => CLAIMS.find((claim) => claim.name === name)
