import { isComposite, placed, raftMembers } from './placement.ts'
import type { AgentSet, ChaosSpec, Command, Scenario } from './Scenario.ts'

/** Programs that write to disk: elsewhere a disk fault would hurt nobody. A test compares them with the programs. */
export const DISK_PROGRAMS: readonly string[] = ['raft', 'auction', 'stealing', 'list', 'cluster', 'distributor']

const NOBODY: Load = { members: 0, others: 0 }

/** Agents that one fault takes out from `fromUs` until just before `toUs`; Infinity: for good. */
interface Hold {
  readonly fromUs: number
  readonly toUs: number
  /** Members of the consensus group, and others; an agent that two faults hold counts twice, so the count is safe. */
  readonly load: Load
  /** Ids that no other fault may aim at meanwhile; a group's agents are only counted. */
  readonly agents: readonly number[]
}

export interface Load {
  readonly members: number
  readonly others: number
}

/** What chaos must know of a run to keep within its budget: who is there, whom faults hold, and how much is left. */
export interface Ground {
  readonly members: readonly number[]
  /** Those of the start who write to disk, ascending. */
  readonly writers: readonly number[]
  readonly groups: number
  readonly composite: boolean
  /** Most that may be faulty at one time. */
  readonly limit: Load & { readonly total: number }
  /** Members that may leave for good, whatever the budget: a minority. */
  readonly leaversMax: number
  readonly start: number
  /** Ids given out by chaos and by scheduled joins so far, those of the start included. */
  nextId: number
  readonly joinedGroup: { [id: number]: number }
  readonly left: number[]
  readonly holds: Hold[]
  /** Scheduled comings and goings that chaos has not passed yet, ascending. */
  readonly ahead: { readonly at: number; come(ground: Ground): void }[]
  /** Who is there now: in each group, and in all. */
  readonly sizes: { members: number; others: number }[]
  readonly present: { members: number; others: number }
}

/** Groups that agents may belong to: those of a composite, else one a region, else a single one. */
const groupCount = ({ topology, network }: Scenario): number =>
  isComposite(topology) ? topology.groups : network.latency.kind === 'regions' ? network.latency.regions.length : 1

/** Group of agent `id`, as the engine's plan places it. */
function groupOf(ground: Ground, id: number): number {
  const known = ground.joinedGroup[id]
  if (known !== undefined) return known
  if (!ground.composite) return id % ground.groups
  if (id >= ground.start) return (id - ground.start) % ground.groups
  return Math.floor((id * ground.groups) / ground.start)
}

/** At time 0, with the scheduled faults as holds. */
export function makeGround(scenario: Scenario, { budget }: ChaosSpec): Ground {
  const members = raftMembers(scenario)
  const { agents } = scenario.swarm
  const groups = groupCount(scenario)
  const tolerated = Math.max(0, Math.floor((members.length - 1) / 2))
  const ground: Ground = {
    writers: writersOf(scenario),
    ...{ members, groups, composite: isComposite(scenario.topology) },
    limit: limitOf(budget, tolerated, Math.floor((agents - members.length) / 3)),
    ...{ leaversMax: tolerated, start: agents, nextId: 0, joinedGroup: {}, left: [], holds: [] },
    ahead: scenario.faults.flatMap((command) => passing(command)).sort((a, b) => a.at - b.at),
    sizes: Array.from({ length: groups }, () => ({ members: 0, others: 0 })),
    present: { members: 0, others: 0 },
  }
  for (let id = 0; id < agents; id++) join(ground, undefined)
  scenario.faults.forEach((command) => schedule(ground, command, scenario.faults))
  return ground
}

function writersOf(scenario: Scenario): readonly number[] {
  const writing = scenario.programs.filter(({ kind }) => DISK_PROGRAMS.includes(kind))
  return [...new Set(writing.flatMap(({ on }) => placed(scenario, on)))].sort((a, b) => a - b)
}

function passing(command: Command): Ground['ahead'][number][] {
  const { at } = command
  if (command.op === 'join') return [{ at, come: (ground) => join(ground, command.group) }]
  if (command.op !== 'leave' || typeof command.agent !== 'number') return []
  const id = command.agent
  return [{ at, come: (ground) => (ground.left.includes(id) ? undefined : leave(ground, id)) }]
}

function limitOf(budget: ChaosSpec['budget'], members: number, others: number): Ground['limit'] {
  if (budget === 'tolerated') return { members, others, total: Infinity }
  return { members: Infinity, others: Infinity, total: budget === 'unlimited' ? Infinity : budget }
}

/** A scheduled fault uses up the budget as well, from its own time on. */
function schedule(ground: Ground, command: Command, faults: readonly Command[]): void {
  const forUs = 'forUs' in command ? command.forUs : undefined
  const until = (ends: (later: Command) => boolean): number =>
    faults.reduce(
      (first, later) => (later.at > command.at && later.at < first && ends(later) ? later.at : first),
      command.at + (forUs ?? Infinity),
    )
  const hold = (set: AgentSet, toUs: number): void => {
    const agents = typeof set === 'number' ? [set] : Array.isArray(set) ? (set as number[]) : []
    const load = agents.length === 0 ? loadOfSet(ground, set) : loadOfAgents(ground, agents)
    ground.holds.push({ fromUs: command.at, toUs, load, agents })
  }
  switch (command.op) {
    case 'crash':
      return hold(
        command.agent,
        until((c) => c.op === 'restart' && c.agent === command.agent),
      )
    case 'pause':
      return hold(
        command.agent,
        until((c) => c.op === 'resume' && c.agent === command.agent),
      )
    case 'slow':
    case 'clock':
    case 'disk':
      return hold(
        command.agent,
        until((c) => c.op === command.op && c.agent === command.agent),
      )
    case 'leave':
      return hold(command.agent, Infinity)
    case 'partition':
      return hold(
        command.side,
        until((c) => c.op === 'heal'),
      )
    case 'cut':
      return hold(
        command.from === 'all' ? command.to : command.from,
        until((c) => c.op === 'heal'),
      )
  }
}

/** The smaller side of a cut between a group, the leader (whoever that is) or everybody, and the rest. */
function loadOfSet(ground: Ground, set: AgentSet): Load {
  if (typeof set === 'object' && 'group' in set) return loadOfGroup(ground, set.group)
  if (set === 'all') return ground.present
  return ground.members.length > 0 ? { members: 1, others: 0 } : { members: 0, others: 1 }
}

export const loadOfGroup = (ground: Ground, group: number): Load =>
  ground.groups === 1 ? NOBODY : smallerSide(ground, ground.sizes[group]!)

export function loadOfAgents(ground: Ground, agents: readonly number[]): Load {
  const members = agents.filter((id) => isMember(ground, id)).length
  return smallerSide(ground, { members, others: agents.length - members })
}

/** The side of a split that is cut off: the one with fewer members, else with fewer agents. */
function smallerSide({ present }: Ground, side: Load): Load {
  const rest = { members: present.members - side.members, others: present.others - side.others }
  const bigger = side.members - rest.members || side.others - rest.others
  return bigger > 0 ? rest : { ...side }
}

export const isMember = ({ members }: Ground, id: number): boolean => isAmong(members, id)
export const isWriter = ({ writers }: Ground, id: number): boolean => isAmong(writers, id)

/** Ascending, so by halving. */
function isAmong(ids: readonly number[], id: number): boolean {
  let low = 0
  let high = ids.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (ids[middle]! < id) low = middle + 1
    else high = middle
  }
  return ids[low] === id
}

/** Whether `more` may be faulty as well from `fromUs` until `toUs`, beside all that is known of that time. */
export function hasRoom({ holds, limit }: Ground, fromUs: number, toUs: number, more: Load): boolean {
  if (more.members + more.others === 0) return true
  const fits = (at: number): boolean => {
    let { members, others } = more
    for (const hold of holds) {
      if (hold.fromUs > at || hold.toUs <= at) continue
      members += hold.load.members
      others += hold.load.others
    }
    return members <= limit.members && others <= limit.others && members + others <= limit.total
  }
  // What chaos did so far only ends later on; scheduled faults may begin within the time.
  return fits(fromUs) && holds.every((hold) => hold.fromUs <= fromUs || hold.fromUs >= toUs || fits(hold.fromUs))
}

/** Whether agent `id` is there and no fault aims at it from `fromUs` until `toUs`. */
export const isFree = ({ holds, left }: Ground, id: number, fromUs: number, toUs: number): boolean =>
  !left.includes(id) && holds.every((h) => h.fromUs >= toUs || h.toUs <= fromUs || !h.agents.includes(id))

/** Mutates `ground`. */
export function take(ground: Ground, fromUs: number, toUs: number, load: Load, agents: readonly number[]): void {
  ground.holds.push({ fromUs, toUs, load, agents })
}

/** Forgets what is over by `at`, and lets scheduled joins take their ids. Mutates `ground`. */
export function advance(ground: Ground, at: number): void {
  const rest = ground.holds.filter((hold) => hold.toUs > at)
  ground.holds.splice(0, ground.holds.length, ...rest)
  while (ground.ahead.length > 0 && ground.ahead[0]!.at <= at) ground.ahead.shift()!.come(ground)
}

/** The next id is given out. Mutates `ground`. */
export function join(ground: Ground, group: number | undefined): void {
  const id = ground.nextId++
  if (group !== undefined) ground.joinedGroup[id] = group
  count(ground, id, 1)
}

/** Agent `id` is gone for good. Mutates `ground`. */
export function leave(ground: Ground, id: number): void {
  ground.left.push(id)
  count(ground, id, -1)
}

function count(ground: Ground, id: number, by: number): void {
  const what = isMember(ground, id) ? 'members' : 'others'
  ground.present[what] += by
  ground.sizes[groupOf(ground, id)]![what] += by
}
