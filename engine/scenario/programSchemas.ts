import * as v from 'valibot'
import { PROGRAM_DEFAULTS, PROGRAM_KINDS } from './defaults.ts'
import {
  abilities,
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
import { DISCIPLINE_NAMES, RAFT_BUGS, STRATEGY_NAMES } from './names.ts'
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
const auction = PROGRAM_DEFAULTS.auction.params
const sealedBid = PROGRAM_DEFAULTS['sealed-bid'].params
const allocator = PROGRAM_DEFAULTS.allocator.params
const aimd = PROGRAM_DEFAULTS.aimd.params
const rpc = PROGRAM_DEFAULTS.rpc.params
const pipeline = PROGRAM_DEFAULTS.pipeline.params
const stealing = PROGRAM_DEFAULTS.stealing.params
const listed = PROGRAM_DEFAULTS.list.params
const dataflow = PROGRAM_DEFAULTS.dataflow.params
const cluster = PROGRAM_DEFAULTS.cluster.params
const distributor = PROGRAM_DEFAULTS.distributor.params
const worker = PROGRAM_DEFAULTS.worker.params

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
  auction: object({
    benefitMax: v.optional(whole(1, 1_000_000), auction.benefitMax),
    epsilon: v.optional(real(0, 1_000_000), auction.epsilon),
    epsilonFirst: v.optional(real(0, 1_000_000), auction.epsilonFirst),
    epsilonStep: v.optional(real(1.1, 1_000_000), auction.epsilonStep),
    bidding: v.optional(word(['margin', 'everything']), auction.bidding),
    retryUs: v.optional(durationUs(), auction.retryUs),
    leaseUs: v.optional(durationUs(), auction.leaseUs),
    phaseUs: v.optional(durationUs(), auction.phaseUs),
  }),
  'sealed-bid': object({
    price: v.optional(word(['second', 'first']), sealedBid.price),
    factors: v.optional(list(real(0, 100), 64), () => [...sealedBid.factors]),
    closeUs: v.optional(durationUs(), sealedBid.closeUs),
    pauseUs: v.optional(durationUs(0), sealedBid.pauseUs),
    reportEvery: v.optional(whole(1, 1_000_000), sealedBid.reportEvery),
  }),
  allocator: object({
    policy: v.optional(word(['drf', 'max-min', 'asset', 'first-come']), allocator.policy),
    capacities: v.optional(list(whole(0, 1_000_000_000), 16), () => [...allocator.capacities]),
    demands: v.optional(list(list(whole(0, 1_000_000_000), 16), 64), () => allocator.demands.map((d) => [...d])),
    tasks: v.optional(list(whole(0, 100_000), 64), () => [...allocator.tasks]),
    weights: v.optional(list(real(0.001, 1_000), 64), () => [...allocator.weights]),
    perSecond: v.optional(list(real(0, 10_000), 64), () => [...allocator.perSecond]),
    holdUs: v.optional(durationUs(0), allocator.holdUs),
    hold: v.optional(word(['exponential', 'constant']), allocator.hold),
    roundUs: v.optional(durationUs(0), allocator.roundUs),
    overtake: v.optional(flag(), allocator.overtake),
    takeBack: v.optional(word(['never', 'alarm', 'fairness']), allocator.takeBack),
    askEveryUs: v.optional(durationUs(), allocator.askEveryUs),
    leaseUs: v.optional(durationUs(10), allocator.leaseUs),
    backlogMax: v.optional(whole(1, 100_000), allocator.backlogMax),
    alarmAt: v.optional(real(0, 1_000), allocator.alarmAt),
    clearAt: v.optional(real(0, 1_000), allocator.clearAt),
    alarmWeight: v.optional(real(1, 1_000), allocator.alarmWeight),
    reportEveryUs: v.optional(durationUs(0), allocator.reportEveryUs),
  }),
  aimd: object({
    perSecond: v.optional(whole(1, 100_000), aimd.perSecond),
    depth: v.optional(whole(1, 100_000), aimd.depth),
    shaping: v.optional(word(['bucket', 'none']), aimd.shaping),
    queueMax: v.optional(whole(1, 100_000), aimd.queueMax),
    signalAt: v.optional(whole(1, 100_000), aimd.signalAt),
    restUs: v.optional(durationUs(), aimd.restUs),
    signals: v.optional(word(['all', 'sender']), aimd.signals),
    rates: v.optional(list(real(0.1, 10_000), 64), () => [...aimd.rates]),
    roundUs: v.optional(durationUs(1_000), aimd.roundUs),
    increase: v.optional(word(['add', 'multiply']), aimd.increase),
    decrease: v.optional(word(['multiply', 'subtract']), aimd.decrease),
    step: v.optional(real(0, 10_000), aimd.step),
    minus: v.optional(real(0, 10_000), aimd.minus),
    growth: v.optional(real(1, 10), aimd.growth),
    beta: v.optional(real(0.01, 1), aimd.beta),
    rateMin: v.optional(real(0.1, 10_000), aimd.rateMin),
    rateMax: v.optional(real(0.1, 10_000), aimd.rateMax),
    reportEveryUs: v.optional(durationUs(0), aimd.reportEveryUs),
    verbose: v.optional(flag(), aimd.verbose),
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
  distributor: object({
    strategy: v.optional(word(STRATEGY_NAMES), distributor.strategy),
    reach: v.optional(word(['all', 'neighbours']), distributor.reach),
    choices: v.optional(whole(1, 100), distributor.choices),
    bidders: v.optional(whole(1, 100), distributor.bidders),
    askUs: v.optional(durationUs(), distributor.askUs),
    hashBy: v.optional(word(['kind', 'task']), distributor.hashBy),
    reserve: v.optional(word(['ahead', 'never', 'shuffled']), distributor.reserve),
    binUs: v.optional(durationUs(1_000), distributor.binUs),
    seasonUs: v.optional(durationUs(0), distributor.seasonUs),
    gain: v.optional(real(0.001, 1), distributor.gain),
    warmUpUs: v.optional(durationUs(0), distributor.warmUpUs),
    discipline: v.optional(word(DISCIPLINE_NAMES), distributor.discipline),
    ageUs: v.optional(durationUs(0), distributor.ageUs),
    levels: v.optional(whole(1, 32), distributor.levels),
    quantumUs: v.optional(durationUs(), distributor.quantumUs),
    durable: v.optional(flag(), distributor.durable),
    leaseUs: v.optional(durationUs(0), distributor.leaseUs),
    retriesMax: v.optional(whole(0, 250), distributor.retriesMax),
    retryUs: v.optional(durationUs(), distributor.retryUs),
    creditsPerWorker: v.optional(whole(0, 1_000_000), distributor.creditsPerWorker),
    waitingMax: v.optional(whole(0, LIMITS.tasksMax), distributor.waitingMax),
    rateFactor: v.optional(real(0.001, 1_000), distributor.rateFactor),
    reportEveryUs: v.optional(durationUs(0), distributor.reportEveryUs),
    verbose: v.optional(flag(), distributor.verbose),
    window: v.optional(whole(1, 10_000), distributor.window),
    threshold: v.optional(real(0.01, 1), distributor.threshold),
    openUs: v.optional(durationUs(), distributor.openUs),
    trials: v.optional(whole(1, 1_000), distributor.trials),
  }),
  worker: object({
    slots: v.optional(whole(1, 1_000), worker.slots),
    speed: v.optional(real(0.001, 1_000), worker.speed),
    speeds: v.optional(list(real(0.001, 1_000), 1_024), () => []),
    warmUpUs: v.optional(durationUs(0), worker.warmUpUs),
    kinds: v.optional(abilities(), worker.kinds),
    abilities: v.optional(list(list(kebab(), 16), 1_024), () => []),
    queueMax: v.optional(whole(0, 1_000_000), worker.queueMax),
    discipline: v.optional(word(DISCIPLINE_NAMES), worker.discipline),
    ageUs: v.optional(durationUs(0), worker.ageUs),
    levels: v.optional(whole(1, 32), worker.levels),
    quantumUs: v.optional(durationUs(), worker.quantumUs),
    preempt: v.optional(flag(), worker.preempt),
    failure: v.optional(probability(), worker.failure),
    reportUs: v.optional(durationUs(0), worker.reportUs),
    alarmAt: v.optional(real(0, 1), worker.alarmAt),
    clearAt: v.optional(real(0, 1), worker.clearAt),
    victims: v.optional(word(['all', 'neighbours']), worker.victims),
    stealUs: v.optional(durationUs(), worker.stealUs),
    managersWork: v.optional(flag(), worker.managersWork),
    verbose: v.optional(flag(), worker.verbose),
  }),
  cluster: object({
    policy: v.optional(word(['fcfs', 'easy', 'first-fit']), cluster.policy),
    leaseUs: v.optional(durationUs(10), cluster.leaseUs),
    goneUs: v.optional(durationUs(0), cluster.goneUs),
    retriesMax: v.optional(whole(0, 1_000), cluster.retriesMax),
    marginUs: v.optional(durationUs(0), cluster.marginUs),
    estimateFactor: v.optional(real(0.001, 1_000), cluster.estimateFactor),
    depthMax: v.optional(whole(0, 1_000_000), cluster.depthMax),
    reportEveryUs: v.optional(durationUs(0), cluster.reportEveryUs),
    verbose: v.optional(flag(), cluster.verbose),
  }),
  stealing: object({
    n: v.optional(whole(0, 30), stealing.n),
    nodeUs: v.optional(durationUs(), stealing.nodeUs),
    victims: v.optional(word(['random', 'neighbours', 'none']), stealing.victims),
    take: v.optional(word(['oldest', 'newest']), stealing.take),
    amount: v.optional(word(['one', 'half']), stealing.amount),
    retryUs: v.optional(durationUs(), stealing.retryUs),
    timeoutUs: v.optional(durationUs(), stealing.timeoutUs),
    leaseUs: v.optional(durationUs(), stealing.leaseUs),
    verbose: v.optional(flag(), stealing.verbose),
  }),
  dataflow: object({
    patienceUs: v.optional(durationUs(), dataflow.patienceUs),
    verbose: v.optional(flag(), dataflow.verbose),
  }),
  list: object({
    instance: v.optional(word(['worst-list', 'worst-longest', 'striped', 'random']), listed.instance),
    order: v.optional(word(['listed', 'longest-first', 'shuffled']), listed.order),
    rule: v.optional(word(['first-free', 'in-turn']), listed.rule),
    jobs: v.optional(whole(1, 50_000), listed.jobs),
    unitUs: v.optional(durationUs(), listed.unitUs),
    aheadUs: v.optional(durationUs(0), listed.aheadUs),
    pauseUs: v.optional(durationUs(0), listed.pauseUs),
    retryUs: v.optional(durationUs(), listed.retryUs),
    leaseUs: v.optional(durationUs(), listed.leaseUs),
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
