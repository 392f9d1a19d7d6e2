import type { CheckContext } from './checks/Invariant.ts'
import { RAFT_DEFAULTS } from './consensus/raftParams.ts'
import type { AgentId } from './kernel/units.ts'
import { makePlan } from './Plan.ts'
import type { Command, Scenario } from './scenario/Scenario.ts'

/** What the checks need to know of a run beforehand. */
export function checkContext(scenario: Scenario, log: readonly Command[]): CheckContext {
  const plan = makePlan(scenario, 1)
  const raft = scenario.programs.findIndex((p) => p.kind === 'raft')
  const members: AgentId[] = []
  for (let id = 0; raft >= 0 && id < scenario.swarm.agents; id++)
    if ((plan.placement(id, plan.groupOf(id)) >>> raft) & 1) members.push(id as AgentId)
  const electionMaxUs =
    raft < 0 ? 0 : Number(scenario.programs[raft]!.params['electionMaxUs'] ?? RAFT_DEFAULTS.electionMaxUs)
  return { members, quietFromUs: quietFrom(log), electionMaxUs }
}

/**
 * When the last command of a log is over; one without an end is over at once, since the host's marks tell what is still
 * on. So a fault that a person leaves in place and later ends is judged from its end on, whichever lane it is in.
 */
const quietFrom = (log: readonly Command[]): number =>
  log.reduce((quiet, command) => Math.max(quiet, command.at + (('forUs' in command && command.forUs) || 0)), 0)
