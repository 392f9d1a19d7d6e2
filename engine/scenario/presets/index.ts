import { breaker } from './breaker.ts'
import { bridgeEvaporation } from './bridgeEvaporation.ts'
import { bridgeLengths } from './bridgeLengths.ts'
import { doubleBridge } from './doubleBridge.ts'
import { churn } from './churn.ts'
import { credits } from './credits.ts'
import { electionTiming } from './electionTiming.ts'
import { firstSwarm } from './firstSwarm.ts'
import { meshBroadcast } from './meshBroadcast.ts'
import { phiAccrual } from './phiAccrual.ts'
import type { Preset } from './Preset.ts'
import { pushGossip } from './pushGossip.ts'
import { topologyCost } from './topologyCost.ts'
import { percolation } from './percolation.ts'
import { smallWorld } from './smallWorld.ts'
import { topologyZoo } from './topologyZoo.ts'
import { raftLan } from './raftLan.ts'
import { raftPartition } from './raftPartition.ts'
import { raftRegions } from './raftRegions.ts'
import { ringElection } from './ringElection.ts'
import { skewedClocks } from './skewedClocks.ts'
import { swim } from './swim.ts'
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
  meshBroadcast,
  topologyCost,
  topologyZoo,
  smallWorld,
  percolation,
  pushGossip,
  swim,
  phiAccrual,
  churn,
  skewedClocks,
  breaker,
  credits,
  doubleBridge,
  bridgeEvaporation,
  bridgeLengths,
]

export const presetNamed = (name: unknown): Preset | undefined => PRESETS.find(({ scenario }) => scenario.name === name)
