import { exp } from '../kernel/math.ts'
import { LIMITS } from './limits.ts'
import { hasTrees, isComposite, linked, placed, raftMembers } from './placement.ts'
import type { LatencyLaw, ProgramSpec, Scenario, WorkloadSpec } from './Scenario.ts'
import { count } from './show.ts'
import { spaceProblem } from './spaceRelations.ts'

/** What the schema cannot say because it spans fields: the first problem as a sentence, or null. */
export function relationProblem(scenario: Scenario): string | null {
  return (
    timeProblem(scenario) ??
    topologyProblem(scenario) ??
    lawProblems(scenario) ??
    programsProblem(scenario) ??
    spaceProblem(scenario) ??
    chaosProblem(scenario)
  )
}

function timeProblem({ untilUs, digestEveryUs }: Scenario): string | null {
  return untilUs / digestEveryUs <= LIMITS.digestPointsMax
    ? null
    : `digestEveryUs: ${digestEveryUs} gives more than ${count(LIMITS.digestPointsMax)} digest points up to untilUs ${untilUs}`
}

function topologyProblem(scenario: Scenario): string | null {
  const { swarm, topology } = scenario
  const { kind, groups, weights } = topology
  if (kind === 'mesh' && swarm.agents > LIMITS.meshAgentsMax)
    return `swarm.agents: a full mesh of ${count(swarm.agents)} agents is outside 1..${count(LIMITS.meshAgentsMax)}; use a tree, a ring or mesh-of-trees`
  if (groups > swarm.agents) return `topology.groups: ${groups} is outside 1..${swarm.agents}, the number of agents`
  if (isComposite(topology) && swarm.agents % groups !== 0) {
    const below = Math.max(1, Math.floor(swarm.agents / groups)) * groups
    return `swarm.agents: ${swarm.agents} does not divide into ${groups} groups of equal size (topology.groups); ${below} or ${below + groups} would`
  }
  if (topology.oneWay && kind !== 'ring') return `topology.oneWay: true needs topology.kind ring, not ${kind}`
  const graph = graphProblem(scenario)
  if (graph !== null) return graph
  const seen = new Set<number>()
  for (const [i, { a, b }] of weights.entries()) {
    const path = `topology.weights[${i}]`
    const far = Math.max(a, b)
    if (far >= swarm.agents) return `${path}: agent ${far} is outside 0..${swarm.agents - 1}`
    if (a === b) return `${path}: ${a} is not connected to itself`
    if (!linked(scenario, a, b)) return `${path}: ${a} and ${b} are not connected in a ${kind}`
    const pair = Math.min(a, b) * LIMITS.agentsMax + far
    if (seen.has(pair)) return `${path}: ${a} and ${b} are named twice`
    seen.add(pair)
  }
  return null
}

/** Torus, small-world, random: sides that fit, degrees that exist, links that routes can be made for. */
function graphProblem({ swarm: { agents }, topology }: Scenario): string | null {
  const { kind, degree, columns } = topology
  if (kind === 'torus' && columns > 0 && agents % columns !== 0) {
    const below = Math.max(1, Math.floor(agents / columns)) * columns
    return `topology.columns: ${count(agents)} agents do not fill rows of ${columns}; ${below} or ${below + columns} would (0 columns fit any number)`
  }
  if (kind === 'small-world' && !(degree % 2 === 0 && degree >= 2 && degree < agents))
    return `topology.degree: ${degree} is not an even number from 2 to ${count(agents - 1)}, below the number of agents`
  if (kind === 'random' && degree > Math.max(0, agents - 1))
    return `topology.degree: ${degree} is outside 0..${count(agents - 1)}, the number of other agents`
  if ((kind === 'small-world' || kind === 'random') && (agents * degree) / 2 > LIMITS.graphLinksMax)
    return `topology.degree: ${degree} gives ${count(agents)} agents ${count((agents * degree) / 2)} connections, more than ${count(LIMITS.graphLinksMax)}`
  return null
}

function lawProblems({ network, disk }: Scenario): string | null {
  return lawProblem('network.latency', network.latency) ?? lawProblem('disk.fsync', disk.fsync)
}

function lawProblem(path: string, law: LatencyLaw): string | null {
  if (law.kind === 'uniform' && law.maxUs < law.minUs) return `${path}.maxUs: ${law.maxUs} is below minUs ${law.minUs}`
  if (law.kind === 'lognormal') return tailProblem(path, law)
  if (law.kind !== 'regions') return null
  if (law.regions.length === 0) return `${path}.regions: an empty list places nobody; name at least one region`
  const twice = law.regions.find((name, i) => law.regions.indexOf(name) !== i)
  return twice === undefined ? lawProblem(`${path}.local`, law.local) : `${path}.regions: "${twice}" is named twice`
}

/** z of the last quantile of the log-normal table (net/latency.ts), rounded up. */
const LAST_QUANTILE = 3.9

function tailProblem(path: string, { medianUs, sigma }: Extract<LatencyLaw, { kind: 'lognormal' }>): string | null {
  const longest = medianUs * exp(LAST_QUANTILE * sigma)
  return longest <= LIMITS.durationUsMax
    ? null
    : `${path}.sigma: ${sigma} makes a median of ${medianUs} µs into delays above ${LIMITS.durationUsMax} µs, a day`
}

function programsProblem(scenario: Scenario): string | null {
  const { programs } = scenario
  if (programs.length === 0 && scenario.space !== null) return null
  if (programs.length === 0)
    return 'programs: none is named and there is no space, so nothing happens; name at least one program'
  const busy = new Set<number>()
  for (const [i, program] of programs.entries()) {
    if (programs.findIndex((other) => other.kind === program.kind) !== i)
      return `programs[${i}].kind: "${program.kind}" is named twice; an agent runs a program once`
    const problem = placementProblem(scenario, program)
    if (problem !== null) return `programs.${program.kind}.on: ${problem}`
    for (const id of placed(scenario, program.on)) busy.add(id)
    if (busy.size > LIMITS.programAgentsMax)
      return `programs.${program.kind}.on: programs on ${count(busy.size)} or more agents are outside 1..${count(LIMITS.programAgentsMax)}`
  }
  for (const program of programs) {
    const problem = NEEDS[program.kind]?.(scenario, program)
    if (problem) return `programs.${program.kind}.${problem}`
  }
  return null
}

function placementProblem(scenario: Scenario, { on }: ProgramSpec): string | null {
  const { agents } = scenario.swarm
  if (typeof on === 'string')
    return on === 'leaves' && !hasTrees(scenario.topology)
      ? `"leaves" needs a topology with trees, not ${scenario.topology.kind}`
      : null
  const wanted = 'first' in on ? on.first : 'last' in on ? on.last : Math.max(...on) + 1
  if (wanted <= agents) return null
  return Array.isArray(on)
    ? `agent ${wanted - 1} is outside 0..${agents - 1}`
    : `${wanted} agents are outside 1..${agents}`
}

function chaosProblem({ chaos, faults, swarm }: Scenario): string | null {
  if (chaos === null) return null
  const { weights, perSecond, fromUs, toUs, budget } = chaos
  if (!Object.values(weights).some((weight) => weight! > 0))
    return 'chaos.weights: none is above 0, so nothing could go wrong; name a kind, such as {"crash": 1}'
  if (toUs <= fromUs) return `chaos.toUs: ${toUs} is not after fromUs ${fromUs}`
  if (typeof budget === 'number' && budget > swarm.agents)
    return `chaos.budget: ${budget} is outside 0..${swarm.agents}, the number of agents`
  const mean = Math.round((perSecond * (toUs - fromUs)) / 1_000_000)
  const most = LIMITS.commandsMax - faults.length
  return mean <= most
    ? null
    : `chaos.perSecond: ${perSecond} means about ${count(mean)} faults from fromUs to toUs, above the ${count(most)} for which the log has room`
}

/** Benefits are one number for each person and object: 10⁶ of them. */
const AUCTION_AGENTS_MAX = 2_000

/** What workers meet of tasks' kinds and demands is told in as many bits. */
const NEEDS_MAX = 32
/** A distributor numbers its tasks with 24 bits, the last of them for tasks given by hand. */
const TASKS_OF_A_DISTRIBUTOR_MAX = 0xff0000
/** The other bits of a number are its own place. */
const DISTRIBUTORS_MAX = 256

function workloadProblem(workload: WorkloadSpec): string | null {
  const { arrivals, count: tasks, dag, demands, depth, kinds, requires, width } = workload
  if (requires.length > kinds)
    return `kind: tasks.workload.requires has ${requires.length} lists for tasks.workload.kinds ${kinds}`
  if (arrivals === 'batch' && tasks === 0)
    return 'kind: takes a batch from tasks.workload, whose count 0 is no end; a batch needs one'
  if (kinds * demands > NEEDS_MAX)
    return `kind: tasks.workload.demands ${demands} times kinds ${kinds} are more than ${NEEDS_MAX} unlike tasks`
  if (arrivals === 'log' && dag !== 'none') return `kind: tasks of a log come alone, not as tasks.workload.dag ${dag}`
  const size = dag === 'none' ? 1 : dag === 'fork-join' ? width + 2 : dag === 'pipeline' ? depth : width * depth
  return tasks * size <= TASKS_OF_A_DISTRIBUTOR_MAX
    ? null
    : `kind: ${count(tasks)} graphs of ${count(size)} tasks are more than ${count(TASKS_OF_A_DISTRIBUTOR_MAX)}`
}

/** Every agent looks up each graph of a dataflow as a whole. */
const STEPS_MAX = 10_000

type Need = (scenario: Scenario, program: ProgramSpec) => string | null

/** What a program needs of the rest of the scenario. */
const NEEDS: { readonly [kind: string]: Need } = {
  raft(scenario, { on, params }) {
    const members = placed(scenario, on).length
    const { electionMinUs, electionMaxUs, heartbeatUs } = params as { [name: string]: number }
    if (members > LIMITS.consensusMembersMax)
      return `on: ${count(members)} members are outside 1..${LIMITS.consensusMembersMax}`
    if (electionMaxUs! < electionMinUs!)
      return `params.electionMaxUs: ${electionMaxUs} is below electionMinUs ${electionMinUs}`
    if (heartbeatUs! >= electionMinUs!)
      return `params.heartbeatUs: ${heartbeatUs} is not below electionMinUs ${electionMinUs}, so followers would time out between heartbeats`
    return null
  },
  client(scenario, { params }) {
    const { readFraction, casFraction } = params as { [name: string]: number }
    const members = new Set(raftMembers(scenario))
    const servers = params.servers as readonly number[] | undefined
    if (members.size === 0) return 'kind: needs a program "raft" to talk to'
    if (servers?.length === 0) return 'params.servers: an empty list; leave it out for every raft member'
    const stranger = servers?.find((id) => !members.has(id))
    if (stranger !== undefined) return `params.servers: agent ${stranger} does not run raft`
    return readFraction! + casFraction! <= 1
      ? null
      : `params.casFraction: ${casFraction} plus readFraction ${readFraction} is above 1`
  },
  'ring-election'(scenario, { on }) {
    const { kind, oneWay } = scenario.topology
    if (kind !== 'ring') return `kind: needs topology.kind ring, not ${kind}`
    if (!oneWay) return 'kind: needs topology.oneWay true'
    return placed(scenario, on).length === scenario.swarm.agents ? null : 'on: every agent of the ring takes part'
  },
  'tree-sync'(scenario, { on }) {
    if (!hasTrees(scenario.topology)) return `kind: needs a topology with trees, not ${scenario.topology.kind}`
    return placed(scenario, on).length === scenario.swarm.agents ? null : 'on: every agent of the tree takes part'
  },
  bus: () => null,
  rpc(scenario, { on, params }) {
    const members = placed(scenario, on).length
    const servers = params.servers as number
    return servers < members
      ? null
      : `params.servers: ${count(servers)} servers of ${count(members)} agents leave nobody to call them`
  },
  auction(scenario, { on, params }) {
    const members = placed(scenario, on).length
    const { retryUs, leaseUs } = params as { [name: string]: number }
    if (members % 2 !== 0)
      return `on: ${count(members)} agents are not as many persons as objects; an even number would be`
    if (members > AUCTION_AGENTS_MAX)
      return `on: ${count(members)} agents are outside 2..${count(AUCTION_AGENTS_MAX)}: every person values every object`
    return retryUs! < leaseUs! ? null : `params.retryUs: ${retryUs} is not below leaseUs ${leaseUs}`
  },
  'sealed-bid'(scenario, { on, params }) {
    const members = placed(scenario, on).length
    if (members < 3) return `on: ${members} agents are an auctioneer and too few bidders; 3 or more would do`
    return (params.factors as readonly number[]).length > 0
      ? null
      : 'params.factors: an empty list says nothing of how to bid; [1] is the truth'
  },
  allocator(_scenario, { params }) {
    const kinds = (params.capacities as readonly number[]).length
    const demands = params.demands as readonly (readonly number[])[]
    const { askEveryUs, leaseUs, alarmAt, clearAt } = params as { [name: string]: number }
    if (kinds === 0) return 'params.capacities: an empty list; name at least one resource'
    if (demands.length === 0) return 'params.demands: an empty list; say what a task takes'
    const wrong = demands.findIndex((bundle) => bundle.length !== kinds)
    if (wrong !== -1)
      return `params.demands[${wrong}]: ${demands[wrong]!.length} amounts for ${kinds} resources (capacities)`
    if (askEveryUs! * 2 > leaseUs!)
      return `params.askEveryUs: ${askEveryUs} is above half of leaseUs ${leaseUs}, so one lost message would end a lease`
    return clearAt! < alarmAt! ? null : `params.clearAt: ${clearAt} is not below alarmAt ${alarmAt}`
  },
  aimd(_scenario, { params }) {
    const { rateMin, rateMax } = params as { [name: string]: number }
    if ((params.rates as readonly number[]).length === 0) return 'params.rates: an empty list; name at least one rate'
    return rateMin! <= rateMax! ? null : `params.rateMin: ${rateMin} is above rateMax ${rateMax}`
  },
  pipeline: () => null,
  distributor(scenario, { on }) {
    const { tasks, programs } = scenario
    const desks = placed(scenario, on).length
    if (desks > DISTRIBUTORS_MAX)
      return `on: ${count(desks)} agents give out tasks, and no more than ${DISTRIBUTORS_MAX} can number them`
    if (!programs.some(({ kind }) => kind === 'worker')) return 'kind: needs a program "worker" to give tasks to'
    return tasks === null ? null : workloadProblem(tasks.workload)
  },
  worker(scenario, { params }) {
    if (!scenario.programs.some(({ kind }) => kind === 'distributor'))
      return 'kind: needs a program "distributor" that gives it tasks'
    const { alarmAt, clearAt, reportUs } = params as { [name: string]: number }
    if (alarmAt! > 0 && clearAt! >= alarmAt!) return `params.clearAt: ${clearAt} is not below alarmAt ${alarmAt}`
    if (alarmAt! > 0 && reportUs === 0)
      return `params.alarmAt: ${alarmAt} needs reportUs above 0, or an alarm whose end is lost would stay for ever`
    const kinds = scenario.tasks?.workload.kinds ?? 1
    const own = params.kinds as string | readonly (readonly number[])[]
    const wrong = typeof own === 'string' ? -1 : own.findIndex((list) => list.some((kind) => kind >= kinds))
    return wrong === -1
      ? null
      : `params.kinds[${wrong}]: ${own[wrong]!} is outside 0..${kinds - 1}, the kinds of tasks.workload.kinds`
  },
  cluster(scenario, { on }) {
    const members = placed(scenario, on).length
    if (members < 2) return `on: ${count(members)} agents are a scheduler without nodes; 2 or more would do`
    return scenario.tasks?.workload.arrivals === 'log'
      ? null
      : 'kind: needs tasks.workload.arrivals log: jobs come from a job log, or one made from the seed'
  },
  dataflow({ tasks }) {
    const workload = tasks?.workload
    if (workload === undefined || workload.dag === 'none')
      return 'kind: works on graphs of tasks; set tasks.workload.dag to random, fork-join or pipeline'
    if (workload.arrivals !== 'closed')
      return `kind: needs tasks.workload.arrivals closed, not ${workload.arrivals}: a graph begins when one is done`
    const steps = workload.dag === 'random' ? workload.width * workload.depth : workload.depth
    return workload.dag === 'fork-join' || steps <= STEPS_MAX
      ? null
      : `kind: graphs of ${count(steps)} tasks are larger than ${count(STEPS_MAX)}, which every agent can keep`
  },
  list(scenario, { on, params }) {
    const machines = placed(scenario, on).length - 1
    if (machines < 1) return 'on: one agent has the list and the others are machines, so it needs at least two agents'
    // A job's place in its list has 16 bits.
    return params.instance === 'random' || machines <= 255
      ? null
      : `on: ${count(machines)} machines are outside 1..255, for which a list ${String(params.instance)} has room`
  },
  stealing(_scenario, { params }) {
    const { timeoutUs, leaseUs } = params as { [name: string]: number }
    return timeoutUs! < leaseUs!
      ? null
      : `params.timeoutUs: ${timeoutUs} is not below leaseUs ${leaseUs}: work would be taken back while it comes`
  },
  swim(_scenario, { params }) {
    const { periodUs, ackTimeoutUs } = params as { [name: string]: number }
    return ackTimeoutUs! < periodUs!
      ? null
      : `params.ackTimeoutUs: ${ackTimeoutUs} is not below periodUs ${periodUs}, so nobody else would be asked in time`
  },
  phi(_scenario, { params }) {
    const { warmUp, windowMax } = params as { [name: string]: number }
    return warmUp! <= windowMax! ? null : `params.warmUp: ${warmUp} is above windowMax ${windowMax}`
  },
  gossip: () => null,
  survey(scenario, { on, params }) {
    const { origins, rounds, gain } = params as { [name: string]: number }
    const members = placed(scenario, on).length
    return rounds === 0 || gain! > 0 || origins! >= members
      ? null
      : `params.origins: ${origins} of ${count(members)} agents tell too few degrees for a gain of 0; let everybody start a flood, or set gain`
  },
  errand: (_, { params }) =>
    (params.jobs as readonly string[]).length > 0
      ? null
      : 'params.jobs: an empty list does nothing; name at least one job',
}
