import { MESSAGE_KINDS } from './names.ts'
import { suggestion } from './nearest.ts'
import { paramProblem } from './paramProblem.ts'
import { isComposite, placed } from './placement.ts'
import { spaceCommandProblem, spaceParamProblem } from './spaceRelations.ts'
import type { AgentSet, Command, Scenario, Target } from './Scenario.ts'

/** Programs whose agents take the roles that "leader" and "follower" name. */
const ELECTING = ['raft', 'ring-election']

/**
 * Walks a command log and says which entry names an agent, group, program or link that is not there by then; null
 * where all are. Every join takes the next free id, so the count of joins before a command bounds the ids it may name.
 */
export function logProblem(scenario: Scenario, log: readonly Command[], path = 'faults'): string | null {
  let agents = scenario.swarm.agents
  let now = scenario
  const inTimeOrder = log.map((_, i) => i).sort((a, b) => log[a]!.at - log[b]!.at || a - b)
  for (const i of inTimeOrder) {
    const command = log[i]!
    const problem = referenceProblem(now, command, agents)
    if (problem !== null) return `${path}[${i}].${problem}`
    now = afterSet(now, command)
    if (command.op === 'join') agents++
  }
  return null
}

/** The scenario with the parameters of its space as they are after `command`: what is set next has to go with them. */
export function afterSet(scenario: Scenario, command: Command): Scenario {
  const { space } = scenario
  if (space === null || command.op !== 'set' || command.program !== 'space') return scenario
  return { ...scenario, space: { ...space, params: { ...space.params, [command.param]: command.value } } }
}

/** `agents` = ids given out before this command. */
export function referenceProblem(scenario: Scenario, command: Command, agents: number): string | null {
  const target = (field: string, value: Target): string | null => targetProblem(scenario, field, value, agents)
  const set = (field: string, value: AgentSet): string | null => setProblem(scenario, field, value, agents)
  switch (command.op) {
    case 'crash':
    case 'restart':
    case 'pause':
    case 'resume':
    case 'leave':
      return target('agent', command.agent)
    case 'slow':
    case 'clock':
    case 'disk':
      return target('agent', command.agent) ?? bodyAloneProblem(scenario, command.agent, command.op)
    case 'set':
      return setParamProblem(scenario, command, agents)
    case 'edit':
      return target('agent', command.agent) ?? programProblem(scenario, command.program, command.agent)
    case 'join':
      return command.group === undefined ? null : set('group', { group: command.group })
    case 'partition':
      return command.side === 'all' ? 'side: "all" leaves nobody on the other side' : set('side', command.side)
    case 'cut':
      return set('from', command.from) ?? set('to', command.to)
    case 'delay':
    case 'lose':
    case 'duplicate':
    case 'corrupt':
    case 'reorder':
      return set('from', command.from) ?? set('to', command.to) ?? kindProblem(scenario, command.kind)
    case 'heal':
      return null
    case 'dropMessage':
    case 'duplicateMessage':
    case 'delayMessage':
      return target('src', command.src)
    case 'propose':
      return target('agent', command.agent) ?? programProblem(scenario, command.program, command.agent)
    case 'connect':
      if (command.a === command.b) return `b: agent ${command.b} is not connected to itself`
      return target('a', command.a) ?? target('b', command.b)
    case 'afflict':
    case 'obstacle':
    case 'wind':
      return spaceCommandProblem(scenario, command, agents)
  }
}

function targetProblem(scenario: Scenario, field: string, value: Target, agents: number): string | null {
  if (typeof value === 'number')
    return value < agents ? null : `${field}: agent ${value} is outside 0..${agents - 1} at that time`
  return scenario.programs.some(({ kind }) => ELECTING.includes(kind))
    ? null
    : `${field}: "${value}" needs a program that elects one (${ELECTING.join(' or ')})`
}

/** A body that runs no program has no messages to handle, no clock and no disk. */
function bodyAloneProblem(scenario: Scenario, agent: Target, op: string): string | null {
  if (scenario.space === null || typeof agent !== 'number') return null
  return scenario.programs.some(({ on }) => on === 'all' || placed(scenario, on).includes(agent))
    ? null
    : `agent: agent ${agent} runs no program, so "${op}" does nothing to it`
}

function setProblem(scenario: Scenario, field: string, value: AgentSet, agents: number): string | null {
  if (value === 'all') return null
  if (typeof value === 'number' || typeof value === 'string') return targetProblem(scenario, field, value, agents)
  if ('group' in value) {
    const groups = groupCount(scenario)
    return value.group < groups ? null : `${field}: group ${value.group} is outside 0..${groups - 1}`
  }
  const missing = value.find((id) => id >= agents)
  return missing === undefined ? null : `${field}: agent ${missing} is outside 0..${agents - 1} at that time`
}

/** Groups that agents may belong to: those of a composite, else one a region, else a single one. */
export function groupCount({ topology, network }: Scenario): number {
  if (isComposite(topology)) return topology.groups
  return network.latency.kind === 'regions' ? network.latency.regions.length : 1
}

/** A parameter is checked as the scenario's own are: the whole list with this one changed. */
function setParamProblem(scenario: Scenario, command: Extract<Command, { op: 'set' }>, agents: number): string | null {
  const { agent, program, param, value } = command
  if (program === 'space' && scenario.space !== null)
    return agent === 'all' ? spaceParamProblem(scenario, param, value) : 'agent: parameters of the space are for "all"'
  const problem =
    (agent === 'all' ? null : targetProblem(scenario, 'agent', agent, agents)) ??
    programProblem(scenario, program, agent === 'all' ? 'leader' : agent)
  return problem ?? paramProblem(scenario, program, param, value)
}

function programProblem(scenario: Scenario, kind: string, agent: Target): string | null {
  const kinds = scenario.programs.map((program) => program.kind)
  const program = scenario.programs.find((other) => other.kind === kind)
  if (program === undefined) return `program: "${kind}" is not one of ${kinds.join(', ')}${suggestion(kind, kinds)}`
  if (typeof agent !== 'number' || agent >= scenario.swarm.agents) return null
  return placed(scenario, program.on).includes(agent) ? null : `agent: agent ${agent} does not run ${kind}`
}

function kindProblem({ programs }: Scenario, kind: string | undefined): string | null {
  if (kind === undefined || programs.some((program) => MESSAGE_KINDS[program.kind] === undefined)) return null
  const kinds = [...new Set(programs.flatMap((program) => MESSAGE_KINDS[program.kind]!))]
  return kinds.includes(kind) ? null : `kind: "${kind}" is not one of ${kinds.join(', ')}${suggestion(kind, kinds)}`
}
