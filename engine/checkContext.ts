import type { CheckContext, TaskSetting } from './checks/Invariant.ts'
import { RAFT_DEFAULTS } from './consensus/raftParams.ts'
import { exp } from './kernel/math.ts'
import type { AgentId } from './kernel/units.ts'
import { makePlan, type Plan } from './Plan.ts'
import type { Command, LatencyLaw, Scenario } from './scenario/Scenario.ts'

/** What the checks need to know of a run beforehand. */
export function checkContext(scenario: Scenario, log: readonly Command[]): CheckContext {
  const plan = makePlan(scenario, 1)
  const raft = scenario.programs.findIndex((p) => p.kind === 'raft')
  const electionMaxUs =
    raft < 0 ? 0 : Number(scenario.programs[raft]!.params['electionMaxUs'] ?? RAFT_DEFAULTS.electionMaxUs)
  const known = {
    ...{ members: membersOf(scenario, plan, 'raft'), quietFromUs: quietFrom(log), electionMaxUs },
    programs: scenario.programs.map(({ kind, params }) => ({ kind, params })),
    drift: scenario.swarm.clocks.driftPpm / 1_000_000,
  }
  return scenario.tasks === null ? known : { ...known, tasks: taskSetting(scenario, scenario.tasks, plan) }
}

/** Agents that run a program from the start on, ascending. */
function membersOf({ programs, swarm }: Scenario, plan: Plan, kind: string): AgentId[] {
  const bits = programs.reduce((sum, program, place) => (program.kind === kind ? sum | (1 << place) : sum), 0)
  const members: AgentId[] = []
  for (let id = 0; bits !== 0 && id < swarm.agents; id++)
    if (plan.placement(id, plan.groupOf(id)) & bits) members.push(id as AgentId)
  return members
}

function taskSetting(scenario: Scenario, { workload }: NonNullable<Scenario['tasks']>, plan: Plan): TaskSetting {
  const { network, programs, swarm } = scenario
  const paramsOf = (kind: string) => programs.flatMap((program) => (program.kind === kind ? [program.params] : []))
  return {
    ...{ distributors: paramsOf('distributor'), workers: paramsOf('worker'), workload },
    working: membersOf(scenario, plan, 'worker'),
    lossless: network.loss === 0 && network.corrupt === 0,
    messageUs: messageUs(scenario),
    diskUs: lawUs(scenario.disk.fsync),
    drift: swarm.clocks.driftPpm / 1_000_000,
  }
}

/** Half of the longest round trip on Earth, about: from Europe to Oceania. */
const EARTH_US = 150_000

function lawUs(law: LatencyLaw): number {
  if (law.kind === 'constant') return law.us
  if (law.kind === 'uniform') return law.maxUs
  if (law.kind === 'exponential') return law.floorUs + law.meanUs
  if (law.kind === 'lognormal') return law.floorUs + law.medianUs * exp((law.sigma * law.sigma) / 2)
  return Math.max(EARTH_US * (1 + law.jitter), lawUs(law.local))
}

/** The mean over the slowest link, once for each link of a way through the swarm. */
function messageUs({ network, topology, swarm }: Scenario): number {
  const { kind, weights } = topology
  const links = kind === 'mesh' ? 1 : kind === 'ring' ? swarm.agents / 2 : 2 * Math.sqrt(swarm.agents) + 2
  const slowest = weights.reduce((least, { weight }) => Math.min(least, weight), 1)
  return (links * lawUs(network.latency)) / slowest
}

/**
 * When the last command of a log is over; one without an end is over at once, since the host's marks tell what is still
 * on. So a fault that a person leaves in place and later ends is judged from its end on, whichever lane it is in.
 */
const quietFrom = (log: readonly Command[]): number =>
  log.reduce((quiet, command) => Math.max(quiet, command.at + (('forUs' in command && command.forUs) || 0)), 0)
