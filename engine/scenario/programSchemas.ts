import * as v from 'valibot'
import { PROGRAM_DEFAULTS, PROGRAM_KINDS } from './defaults.ts'
import {
  agent,
  choice,
  durationUs,
  fields,
  flag,
  kebab,
  list,
  object,
  probability,
  published,
  real,
  whole,
  word,
} from './fields.ts'
import { LIMITS } from './limits.ts'
import { RAFT_BUGS } from './names.ts'
import { suggestion } from './nearest.ts'
import type { ProgramSpec } from './Scenario.ts'
import { show } from './show.ts'

const raft = PROGRAM_DEFAULTS.raft.params
const client = PROGRAM_DEFAULTS.client.params
const treeSync = PROGRAM_DEFAULTS['tree-sync'].params
const survey = PROGRAM_DEFAULTS.survey.params
const swim = PROGRAM_DEFAULTS.swim.params
const phi = PROGRAM_DEFAULTS.phi.params
const gossip = PROGRAM_DEFAULTS.gossip.params
const errand = PROGRAM_DEFAULTS.errand.params
const rpc = PROGRAM_DEFAULTS.rpc.params
const pipeline = PROGRAM_DEFAULTS.pipeline.params

/** The parameters of every program that a scenario may name. A new program joins by adding its line here. */
const PARAMS = {
  raft: object({
    electionMinUs: v.optional(durationUs(), raft.electionMinUs),
    electionMaxUs: v.optional(durationUs(), raft.electionMaxUs),
    heartbeatUs: v.optional(durationUs(), raft.heartbeatUs),
    preVote: v.optional(flag(), raft.preVote),
    checkQuorum: v.optional(flag(), raft.checkQuorum),
    batchMax: v.optional(whole(1, 4_096), raft.batchMax),
    queueMax: v.optional(whole(1, 1_048_576), raft.queueMax),
    machine: v.optional(word(['kv']), raft.machine),
    announce: v.optional(flag(), raft.announce),
    bugs: v.optional(list(word(RAFT_BUGS), RAFT_BUGS.length), () => []),
  }),
  client: object({
    servers: v.exactOptional(list(agent(), LIMITS.consensusMembersMax)),
    opsPerSecond: v.optional(real(0, 100_000), client.opsPerSecond),
    thinkUs: v.optional(durationUs(), client.thinkUs),
    keys: v.optional(whole(1, 10_000), client.keys),
    readFraction: v.optional(probability(), client.readFraction),
    casFraction: v.optional(probability(), client.casFraction),
    timeoutUs: v.optional(durationUs(), client.timeoutUs),
    clientsPerAgent: v.optional(whole(1, LIMITS.clientsPerAgentMax), client.clientsPerAgent),
    sessions: v.optional(flag(), client.sessions),
  }),
  'ring-election': object({}),
  'tree-sync': object({
    heartbeatUs: v.optional(durationUs(), treeSync.heartbeatUs),
    missedMax: v.optional(whole(1, 1_000), treeSync.missedMax),
    orderEveryUs: v.optional(durationUs(0), treeSync.orderEveryUs),
  }),
  bus: object({}),
  survey: object({
    origins: v.optional(whole(0, LIMITS.programAgentsMax), survey.origins),
    floodEveryUs: v.optional(durationUs(0), survey.floodEveryUs),
    settleUs: v.optional(durationUs(), survey.settleUs),
    neighbourhoods: v.optional(flag(), survey.neighbourhoods),
    rounds: v.optional(whole(0, 100_000), survey.rounds),
    roundUs: v.optional(durationUs(), survey.roundUs),
    gain: v.optional(real(0, 1), survey.gain),
    pauseUs: v.optional(durationUs(0), survey.pauseUs),
  }),
  swim: object({
    periodUs: v.optional(durationUs(), swim.periodUs),
    ackTimeoutUs: v.optional(durationUs(), swim.ackTimeoutUs),
    proxies: v.optional(whole(0, 100), swim.proxies),
    targets: v.optional(word(['random', 'round-robin']), swim.targets),
    suspicionPeriods: v.optional(whole(0, 1_000_000), swim.suspicionPeriods),
    lambda: v.optional(whole(0, 100), swim.lambda),
    newsMax: v.optional(whole(1, 1_000), swim.newsMax),
    reconnectEvery: v.optional(whole(0, 1_000_000), swim.reconnectEvery),
    offers: v.optional(list(kebab(), 16), () => []),
    verbose: v.optional(flag(), swim.verbose),
  }),
  phi: object({
    heartbeatUs: v.optional(durationUs(), phi.heartbeatUs),
    heartbeats: v.optional(word(['regular', 'exponential']), phi.heartbeats),
    model: v.optional(word(['normal', 'exponential']), phi.model),
    threshold: v.optional(real(0.1, 100), phi.threshold),
    windowMax: v.optional(whole(1, 10_000), phi.windowMax),
    warmUp: v.optional(whole(1, 10_000), phi.warmUp),
    deviationMinUs: v.optional(durationUs(), phi.deviationMinUs),
    watchMax: v.optional(whole(1, 100), phi.watchMax),
    reportEvery: v.optional(whole(0, 1_000_000), phi.reportEvery),
  }),
  gossip: object({
    mode: v.optional(word(['push', 'pull', 'push-pull', 'none']), gossip.mode),
    interest: v.optional(word(['feedback', 'blind']), gossip.interest),
    stop: v.optional(word(['counter', 'coin']), gossip.stop),
    k: v.optional(whole(0, 1_000), gossip.k),
    reset: v.optional(flag(), gossip.reset),
    roundUs: v.optional(durationUs(), gossip.roundUs),
    aligned: v.optional(flag(), gossip.aligned),
    judgedAt: v.optional(word(['cycle', 'contact']), gossip.judgedAt),
    peers: v.optional(word(['members', 'neighbours']), gossip.peers),
    antiEntropyEvery: v.optional(whole(0, 1_000_000), gossip.antiEntropyEvery),
    firstAtUs: v.optional(durationUs(0), gossip.firstAtUs),
  }),
  errand: object({
    jobs: v.optional(list(word(errand.jobs), 64), () => [...errand.jobs]),
    firstAtUs: v.optional(durationUs(), errand.firstAtUs),
    everyUs: v.optional(durationUs(), errand.everyUs),
    times: v.optional(whole(0, 1_000_000), errand.times),
    aggregate: v.optional(flag(), errand.aggregate),
  }),
  rpc: object({
    servers: v.optional(whole(1, LIMITS.programAgentsMax), rpc.servers),
    callsPerSecond: v.optional(real(0, 100_000), rpc.callsPerSecond),
    serviceUs: v.optional(durationUs(), rpc.serviceUs),
    failure: v.optional(probability(), rpc.failure),
    timeoutUs: v.optional(durationUs(), rpc.timeoutUs),
    queueMax: v.optional(whole(1, 1_000_000), rpc.queueMax),
    window: v.optional(whole(1, 10_000), rpc.window),
    threshold: v.optional(real(0.01, 1), rpc.threshold),
    openUs: v.optional(durationUs(), rpc.openUs),
    trials: v.optional(whole(1, 1_000), rpc.trials),
  }),
  pipeline: object({
    credits: v.optional(whole(1, 100_000), pipeline.credits),
    serviceUs: v.optional(durationUs(), pipeline.serviceUs),
    service: v.optional(word(['exponential', 'constant']), pipeline.service),
    timeoutUs: v.optional(durationUs(0), pipeline.timeoutUs),
    reportEvery: v.optional(whole(1, 1_000_000), pipeline.reportEvery),
  }),
}

type On = ProgramSpec['on']
const some = (key: string) => ({
  type: 'object',
  properties: { [key]: { type: 'integer', minimum: 1 } },
  required: [key],
  additionalProperties: false,
})
const on = () =>
  v.pipe(
    v.custom<On>(
      (value) => placementProblem(value) === null,
      (issue) => placementProblem(issue.input)!,
    ),
    published({
      anyOf: [
        { enum: ['all', 'heads', 'leaves'] },
        some('first'),
        some('last'),
        { type: 'array', items: { type: 'integer', minimum: 0 }, minItems: 1, uniqueItems: true },
      ],
    }),
  )

/** What is wrong with a placement, or null. Ids are checked against the swarm afterwards. */
function placementProblem(value: unknown): string | null {
  if (typeof value === 'string') {
    const words = ['all', 'heads', 'leaves']
    return words.includes(value) ? null : `is not one of ${words.join(', ')}${suggestion(value, words)}`
  }
  if (Array.isArray(value)) {
    if (value.length === 0) return 'places the program nowhere'
    const wrong = value.findIndex((id) => !Number.isInteger(id) || id < 0)
    if (wrong !== -1) return `holds ${show(value[wrong])} at place ${wrong}, which is not an agent id`
    return new Set(value).size === value.length ? null : 'names an agent twice'
  }
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : []
  const [key, n] = entries.length === 1 ? entries[0]! : ['', null]
  if (key !== 'first' && key !== 'last')
    return 'is not "all", "heads", "leaves", {"first": n}, {"last": n} or a list of agent ids'
  return Number.isInteger(n) && n >= 1 ? null : `asks for the ${key} ${show(n)}, which is not a count from 1 up`
}

const option = <const K extends keyof typeof PARAMS>(kind: K) =>
  fields({
    kind: v.literal(kind),
    on: v.optional(on(), PROGRAM_DEFAULTS[kind].on),
    params: v.optional(PARAMS[kind], () => ({})),
  })

export const programSchema = choice('kind', PROGRAM_KINDS.map(option))
