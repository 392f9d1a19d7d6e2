import type { CheckContext, TaskSetting } from './checks/Invariant.ts'
import { RAFT_DEFAULTS } from './consensus/raftParams.ts'
import type { AgentId } from './kernel/units.ts'
import { makePlan, type Plan } from './Plan.ts'
import type { Command, Scenario } from './scenario/Scenario.ts'

/** What the checks need to know of a run beforehand. */
export function checkContext(scenario: Scenario, log: readonly Command[]): CheckContext {
  const plan = makePlan(scenario, 1)
  const raft = scenario.programs.findIndex((p) => p.kind === 'raft')
  const electionMaxUs =
    raft < 0 ? 0 : Number(scenario.programs[raft]!.params['electionMaxUs'] ?? RAFT_DEFAULTS.electionMaxUs)
  const known = { members: membersOf(scenario, plan, 'raft'), quietFromUs: quietFrom(log), electionMaxUs }
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
    drift: swarm.clocks.driftPpm / 1_000_000,
  }
}

/**
 * When the last command of a log is over; one without an end is over at once, since the host's marks tell what is still
 * on. So a fault that a person leaves in place and later ends is judged from its end on, whichever lane it is in.
 */
const quietFrom = (log: readonly Command[]): number =>
  log.reduce((quiet, command) => Math.max(quiet, command.at + (('forUs' in command && command.forUs) || 0)), 0)
