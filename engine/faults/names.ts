import type { Plain } from '../kernel/plain.ts'
import type { AgentSet, Scenario, SpaceKind, Target } from '../scenario/Scenario.ts'

/** How agents and groups are called in captions, bands and menus. */
export interface Names {
  agent(id: number): string
  group(id: number): string
  /** A parameter of a program or of the space that becomes `value`, in words; undefined until those are known. */
  parameter?(program: string, name: string, value: Plain): string | undefined
}

type Parameter = (program: string, name: string, value: Plain, space: SpaceKind | undefined) => string
let parameter: Parameter | null = null
/** The words of the page, fetched with the first parameter that is set: no page needs them before. */
export const knowParameters = (words: Parameter): void => void (parameter = words)

export const PLAIN_NAMES: Names = { agent: (id) => `agent ${id}`, group: (id) => `group ${id + 1}` }

/**
 * Names out of the scenario: a region's head (or its only agents, in turn) is called as the region, members of a
 * region's
 * tree by region and place ("London 7"), everything else by number.
 */
export function namesOf(scenario: Scenario): Names {
  return {
    ...agentNamesOf(scenario),
    parameter: (program, name, value) => parameter?.(program, name, value, scenario.space?.kind),
  }
}

function agentNamesOf({ swarm, topology, network }: Scenario): Names {
  if (network.latency.kind !== 'regions') return PLAIN_NAMES
  const { regions } = network.latency
  const region = (group: number): string => {
    const round = Math.floor(group / regions.length)
    return round === 0 ? regions[group]! : `${regions[group % regions.length]!} ${round + 1}`
  }
  const isComposite = topology.kind === 'mesh-of-trees' || topology.kind === 'ring-of-trees'
  if (!isComposite) return { agent: region, group: region }
  const size = swarm.agents / topology.groups
  const agent = (id: number): string => {
    if (id >= swarm.agents) return `agent ${id}`
    const place = id % size
    return place === 0 ? region(Math.floor(id / size)) : `${region(Math.floor(id / size))} ${place + 1}`
  }
  return { agent, group: region }
}

export const targetName = (target: Target, names: Names): string =>
  target === 'leader' ? 'the leader' : target === 'follower' ? 'the first follower' : names.agent(target)

const LISTED_MAX = 3

export function setName(set: AgentSet, names: Names): string {
  if (set === 'all') return 'everybody'
  if (typeof set === 'number' || typeof set === 'string') return targetName(set, names)
  if ('group' in set) return names.group(set.group)
  if (set.length > LISTED_MAX) return `${set.length} agents`
  const listed = set.map((id) => names.agent(id))
  return listed.length === 1 ? listed[0]! : `${listed.slice(0, -1).join(', ')} and ${listed[listed.length - 1]!}`
}

/** 1,500,000 µs → "1.5 s"; three significant digits, in the unit that reads best. */
export function durationText(us: number): string {
  if (us < 1_000) return `${us} µs`
  const [value, unit] = us < 1_000_000 ? [us / 1_000, 'ms'] : [us / 1_000_000, 's']
  return `${Number(value < 1_000 ? value.toPrecision(3) : Math.round(value))} ${unit}`
}
