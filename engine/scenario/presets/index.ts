import { aimd } from './aimd.ts'
import { ants } from './ants.ts'
import { auction } from './auction.ts'
import { boids } from './boids.ts'
import { boids100k } from './boids100k.ts'
import { breaker } from './breaker.ts'
import { bridgeEvaporation } from './bridgeEvaporation.ts'
import { bridgeLengths } from './bridgeLengths.ts'
import { doubleBridge } from './doubleBridge.ts'
import { churn } from './churn.ts'
import { couzin } from './couzin.ts'
import { credits } from './credits.ts'
import { drf } from './drf.ts'
import { electionTiming } from './electionTiming.ts'
import { erlang } from './erlang.ts'
import { firstSwarm } from './firstSwarm.ts'
import { formation } from './formation.ts'
import { graham } from './graham.ts'
import { jobLog } from './jobLog.ts'
import { meshBroadcast } from './meshBroadcast.ts'
import { pheromoneField } from './pheromoneField.ts'
import { phiAccrual } from './phiAccrual.ts'
import { physarum } from './physarum.ts'
import { predictive } from './predictive.ts'
import type { Preset } from './Preset.ts'
import { priorities } from './priorities.ts'
import { pushGossip } from './pushGossip.ts'
import { topologyCost } from './topologyCost.ts'
import { topologyFit } from './topologyFit.ts'
import { percolation } from './percolation.ts'
import { smallWorld } from './smallWorld.ts'
import { topologyZoo } from './topologyZoo.ts'
import { raftLan } from './raftLan.ts'
import { raftPartition } from './raftPartition.ts'
import { raftRegions } from './raftRegions.ts'
import { ringElection } from './ringElection.ts'
import { rushHour } from './rushHour.ts'
import { scentTasks } from './scentTasks.ts'
import { secondPrice } from './secondPrice.ts'
import { skewedClocks } from './skewedClocks.ts'
import { swim } from './swim.ts'
import { taskAffinity } from './taskAffinity.ts'
import { treeSync } from './treeSync.ts'
import { twoChoices } from './twoChoices.ts'
import { vicsek } from './vicsek.ts'
import { wideTasks } from './wideTasks.ts'
import { workStealing } from './workStealing.ts'

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
  boids,
  boids100k,
  vicsek,
  couzin,
  taskAffinity,
  formation,
  doubleBridge,
  bridgeEvaporation,
  bridgeLengths,
  ants,
  physarum,
  scentTasks,
  pheromoneField,
  auction,
  secondPrice,
  predictive,
  workStealing,
  graham,
  topologyFit,
  jobLog,
  drf,
  aimd,
  erlang,
  priorities,
  twoChoices,
  rushHour,
  wideTasks,
]

export const presetNamed = (name: unknown): Preset | undefined => PRESETS.find(({ scenario }) => scenario.name === name)
