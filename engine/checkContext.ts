import type { CheckContext } from './checks/Invariant.ts'
import { RAFT_DEFAULTS } from './consensus/raftParams.ts'
import { NEVER, type AgentId } from './kernel/units.ts'
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

const LASTING = new Set([
  'partition',
  'cut',
  'delay',
  'lose',
  'duplicate',
  'corrupt',
  'reorder',
  'pause',
  'slow',
  'clock',
  'disk',
])
const ON_AGENTS = new Set(['pause', 'slow', 'clock', 'disk'])

/** When the last fault of a log is over; NEVER where one is left in place. A crash for good is over at once. */
function quietFrom(log: readonly Command[]): number {
  let quiet = 0
  const healed = Math.max(0, ...log.filter((c) => c.op === 'heal').map((c) => c.at))
  for (const command of log) {
    const forUs = 'forUs' in command ? command.forUs : undefined
    const network = LASTING.has(command.op) && !ON_AGENTS.has(command.op)
    if (LASTING.has(command.op) && !isCure(command) && forUs === undefined && !(network && healed >= command.at))
      return NEVER
    quiet = Math.max(quiet, command.at + (forUs ?? 0))
  }
  return Math.max(quiet, healed)
}

/** What puts an agent right again. */
function isCure(command: Command): boolean {
  if (command.op === 'slow') return command.factor === 1
  if (command.op === 'clock') return command.driftPpm === 0
  return command.op === 'disk' && command.factor === 1 && !command.forgets
}
