/**
 * The engine as a library: a deterministic swarm under control of another program. No DOM, no Node, no clock of its
 * own.
 *
 * ```ts
 * import { SwarmOrchestrator, presetNamed } from './engine/index.ts'
 *
 * const opened = SwarmOrchestrator.open(presetNamed('raft-lan')!.scenario)
 * if (!opened.ok) throw new Error(opened.error)
 * const swarm = opened.value
 * swarm.events.subscribe({ kind: 'leader' }, ({ agent, body }) => console.log(`${agent} leads term ${body.term}`))
 * swarm.runTo(1_000_000)
 * swarm.inject({ op: 'crash', agent: 'leader' })
 * swarm.runTo(2_000_000)
 * console.log(swarm.digest(), swarm.checks())
 * ```
 */
import './programs.ts'
import './spaceModels.ts'

export { SwarmOrchestrator, type OrchestratorOptions, type Snapshot } from './SwarmOrchestrator.ts'
export { withCapability, isPresent, statusOf, type AgentRegistry } from './agents/AgentRegistry.ts'
export type { AgentState } from './agents/agentState.ts'
export type { Effects, Input, Mark, MarkBody, Program, Surroundings } from './agents/Program.ts'
export type { CheckStatus } from './checks/Checks.ts'
export { ConsensusEngine } from './consensus/ConsensusEngine.ts'
export type { Plain } from './kernel/plain.ts'
export type { Result } from './kernel/result.ts'
export { agentId, micros, millis, seconds, type AgentId, type Micros } from './kernel/units.ts'
export { BroadcastChannel } from './net/BroadcastChannel.ts'
export {
  failureShare,
  newBreaker,
  permit,
  report,
  wake,
  type BreakerParams,
  type CircuitBreaker,
} from './net/CircuitBreaker.ts'
export { DirectChannel } from './net/DirectChannel.ts'
export { EventStream, type FactFilter, type FactListener } from './net/EventStream.ts'
export { MessageBus } from './net/MessageBus.ts'
export { firstDifference, type FirstDifference, type SetUp } from './firstDifference.ts'
export { leastLoaded, sampleDistinct } from './resources/LoadBalancer.ts'
export { dominantShare, maxMinShares, progressiveFilling, taskByTask } from './resources/fairShare.ts'
export { buildRing, ownersOf, type HashRing } from './resources/hashRing.ts'
export { newBucket, take, type BucketParams, type TokenBucket } from './resources/tokenBucket.ts'
export { RULES_VERSION } from './rulesVersion.ts'
export { CHAOS_PROFILES, chaosNamed } from './scenario/chaosProfiles.ts'
export { initialLog } from './scenario/initialLog.ts'
export { parseScenario, parseScenarioText } from './scenario/parse.ts'
export { PRESETS, presetNamed, type Preset } from './scenario/presets/index.ts'
export type { Command, Op, Scenario } from './scenario/Scenario.ts'
export { setField, setFields } from './scenario/set.ts'
export type { Space } from './space/SpaceModel.ts'
export type { Task } from './tasks/Task.ts'
