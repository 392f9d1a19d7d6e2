import * as v from 'valibot'
import { commandSchema } from './commandSchema.ts'
import { CHAOS_DEFAULTS, DEFAULTS, LAW_DEFAULTS, LOCAL_DEFAULT } from './defaults.ts'
import {
  agent,
  budget,
  choice,
  durationUs,
  fields,
  flag,
  kebab,
  list,
  object,
  probability,
  real,
  title,
  whole,
  word,
} from './fields.ts'
import { CHECK_NAMES } from './implied.ts'
import { LIMITS } from './limits.ts'
import { CHAOS_KINDS, REGION_NAMES, TOPOLOGY_KINDS } from './names.ts'
import { programSchema } from './programSchemas.ts'
import { spaceSchema } from './spaceSchema.ts'
import { tasksSchema } from './tasksSchema.ts'

/** Scenario.ts, field by field, with bounds and defaults. What spans two fields is in relations.ts. */
const localLaws = [
  fields({ kind: v.literal('constant'), us: v.optional(durationUs(), LAW_DEFAULTS.constant.us) }),
  fields({
    kind: v.literal('uniform'),
    minUs: v.optional(durationUs(), LAW_DEFAULTS.uniform.minUs),
    maxUs: v.optional(durationUs(), LAW_DEFAULTS.uniform.maxUs),
  }),
  fields({
    kind: v.literal('exponential'),
    floorUs: v.optional(durationUs(), LAW_DEFAULTS.exponential.floorUs),
    meanUs: v.optional(durationUs(0), LAW_DEFAULTS.exponential.meanUs),
  }),
  fields({
    kind: v.literal('lognormal'),
    floorUs: v.optional(durationUs(), LAW_DEFAULTS.lognormal.floorUs),
    medianUs: v.optional(durationUs(), LAW_DEFAULTS.lognormal.medianUs),
    sigma: v.optional(real(0, LIMITS.sigmaMax), LAW_DEFAULTS.lognormal.sigma),
  }),
] as const
const localLaw = choice('kind', [...localLaws])
const latencyLaw = choice('kind', [
  ...localLaws,
  fields({
    kind: v.literal('regions'),
    regions: v.optional(list(word(REGION_NAMES), REGION_NAMES.length), () => [...LAW_DEFAULTS.regions.regions]),
    jitter: v.optional(real(0, 10), LAW_DEFAULTS.regions.jitter),
    local: v.optional(localLaw, LOCAL_DEFAULT),
  }),
])

const { swarm, topology, network, disk } = DEFAULTS
const swarmSchema = object({
  agents: v.optional(whole(1, LIMITS.agentsMax), swarm.agents),
  serviceUs: v.optional(durationUs(0), swarm.serviceUs),
  service: v.optional(word(['constant', 'exponential']), swarm.service),
  inboxMax: v.optional(whole(1, LIMITS.inboxMax), swarm.inboxMax),
  clocks: v.optional(
    object({
      offsetUs: v.optional(durationUs(0), swarm.clocks.offsetUs),
      driftPpm: v.optional(real(0, LIMITS.driftPpmMax), swarm.clocks.driftPpm),
    }),
    swarm.clocks,
  ),
})
const weight = object({ a: agent(), b: agent(), weight: real(LIMITS.weightMin, LIMITS.weightMax) })
const topologySchema = object({
  kind: v.optional(word(TOPOLOGY_KINDS), topology.kind),
  branching: v.optional(whole(1, LIMITS.branchingMax), topology.branching),
  groups: v.optional(whole(1, LIMITS.meshAgentsMax), topology.groups),
  oneWay: v.optional(flag(), topology.oneWay),
  degree: v.optional(real(0, LIMITS.degreeMax), topology.degree),
  rewire: v.optional(probability(), topology.rewire),
  columns: v.optional(whole(0, LIMITS.agentsMax), topology.columns),
  repairUs: v.optional(durationUs(0), topology.repairUs),
  weights: v.optional(list(weight, LIMITS.programAgentsMax), () => []),
})
const networkSchema = object({
  latency: v.optional(latencyLaw, network.latency),
  loss: v.optional(probability(), network.loss),
  duplicate: v.optional(probability(), network.duplicate),
  reorder: v.optional(
    object({
      probability: v.optional(probability(), network.reorder.probability),
      extraUs: v.optional(durationUs(0), network.reorder.extraUs),
    }),
    network.reorder,
  ),
  fifo: v.optional(flag(), network.fifo),
  corrupt: v.optional(probability(), network.corrupt),
  bytesPerSecond: v.optional(real(0, LIMITS.bytesPerSecondMax), network.bytesPerSecond),
  credits: v.optional(whole(0, LIMITS.creditsMax), network.credits),
})
const diskSchema = object({
  fsync: v.optional(localLaw, disk.fsync),
  tornWrites: v.optional(flag(), disk.tornWrites),
})
const weights = Object.fromEntries(CHAOS_KINDS.map((kind) => [kind, v.exactOptional(real(0, 1_000))]))
const chaosSchema = object({
  weights: object(weights),
  pick: v.optional(probability(), CHAOS_DEFAULTS.pick),
  perSecond: v.optional(real(0, LIMITS.faultsPerSecondMax), CHAOS_DEFAULTS.perSecond),
  fromUs: v.optional(durationUs(0), CHAOS_DEFAULTS.fromUs),
  toUs: v.optional(durationUs(0), CHAOS_DEFAULTS.toUs),
  meanUs: v.optional(durationUs(), CHAOS_DEFAULTS.meanUs),
  budget: v.optional(budget(), CHAOS_DEFAULTS.budget),
})

export const scenarioSchema = object({
  version: v.optional(v.literal(1), DEFAULTS.version),
  name: v.optional(kebab(), DEFAULTS.name),
  title: v.optional(title(), DEFAULTS.title),
  group: v.optional(word(['agreement', 'coordination', 'network', 'movement', 'work', 'custom']), DEFAULTS.group),
  seed: v.optional(whole(0, 0xffffffff), DEFAULTS.seed),
  pace: v.optional(real(LIMITS.paceMin, LIMITS.paceMax), DEFAULTS.pace),
  untilUs: v.optional(whole(1, LIMITS.untilUsMax), DEFAULTS.untilUs),
  digestEveryUs: v.optional(whole(1, LIMITS.untilUsMax), DEFAULTS.digestEveryUs),
  swarm: v.optional(swarmSchema, () => ({})),
  topology: v.optional(topologySchema, () => ({})),
  network: v.optional(networkSchema, () => ({})),
  disk: v.optional(diskSchema, () => ({})),
  programs: v.optional(list(programSchema, 16), () => []),
  space: v.optional(v.nullable(spaceSchema), DEFAULTS.space),
  tasks: v.optional(v.nullable(tasksSchema), DEFAULTS.tasks),
  faults: v.optional(list(commandSchema, LIMITS.commandsMax), () => []),
  chaos: v.optional(v.nullable(chaosSchema), DEFAULTS.chaos),
  checks: v.optional(list(word(CHECK_NAMES), LIMITS.checksMax), () => []),
  height: v.optional(word(['log', 'level', 'load', 'none']), DEFAULTS.height),
  layout: v.optional(word(['regions', 'ring', 'tree', 'force']), DEFAULTS.layout),
})
