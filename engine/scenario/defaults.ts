import type { ChaosSpec, LatencyLaw, LocalLaw, Scenario } from './Scenario.ts'

/**
 * What a field means where a scenario file leaves it out: the one table. `{"programs": [{"kind": "raft"}]}` is a whole
 * scenario: five servers on a local network. An omitted `version` means 1, for ever.
 */
export const DEFAULTS = {
  version: 1,
  name: 'custom',
  title: 'Custom scenario',
  group: 'custom',
  seed: 1,
  pace: 0.2,
  untilUs: 10_000_000,
  digestEveryUs: 500_000,
  swarm: {
    agents: 5,
    serviceUs: 0,
    service: 'constant',
    inboxMax: 1_024,
    clocks: { offsetUs: 0, driftPpm: 0 },
  },
  topology: {
    kind: 'mesh',
    branching: 3,
    groups: 1,
    oneWay: false,
    degree: 4,
    rewire: 0.1,
    columns: 0,
    repairUs: 500_000,
    weights: [],
  },
  network: {
    latency: { kind: 'uniform', minUs: 100, maxUs: 1_000 },
    loss: 0,
    duplicate: 0,
    reorder: { probability: 0, extraUs: 1_000 },
    fifo: false,
    corrupt: 0,
    bytesPerSecond: 0,
    credits: 0,
  },
  disk: { fsync: { kind: 'exponential', floorUs: 500, meanUs: 500 }, tornWrites: false },
  space: null,
  tasks: null,
  faults: [],
  chaos: null,
  // `checks` left out means every check that watches one of the scenario's programs (see CHECKS_OF).
  height: 'none',
  layout: 'force',
} as const satisfies Omit<Scenario, 'programs' | 'checks'>

/** By `kind`. Every law has a floor of at least 1 µs. */
export const LAW_DEFAULTS = {
  constant: { kind: 'constant', us: 100 },
  uniform: { kind: 'uniform', minUs: 100, maxUs: 1_000 },
  exponential: { kind: 'exponential', floorUs: 100, meanUs: 1_000 },
  lognormal: { kind: 'lognormal', floorUs: 100, medianUs: 900, sigma: 0.8 },
  regions: {
    kind: 'regions',
    regions: ['Washington DC', 'London', 'Frankfurt', 'Tokyo', 'Sydney'],
    jitter: 0.02,
    local: { kind: 'exponential', floorUs: 100, meanUs: 400 },
  },
} as const satisfies { readonly [K in LatencyLaw['kind']]: Extract<LatencyLaw, { kind: K }> }
/** A chaos profile's fields; weights are its own. */
export const CHAOS_DEFAULTS = {
  weights: {},
  pick: 1,
  perSecond: 0.5,
  fromUs: 1_000_000,
  toUs: 8_000_000,
  meanUs: 500_000,
  budget: 'tolerated',
} as const satisfies ChaosSpec
export const LOCAL_DEFAULT: LocalLaw = LAW_DEFAULTS.regions.local

/**
 * A program's `on` and `params` by kind; the programs' own defaults, compared with them by a test.
 * `client.params.servers`
 * left out means every member of raft, and is filled in.
 */
export const PROGRAM_DEFAULTS = {
  raft: {
    on: 'all',
    params: {
      electionMinUs: 150_000,
      electionMaxUs: 300_000,
      heartbeatUs: 50_000,
      preVote: false,
      checkQuorum: false,
      batchMax: 64,
      queueMax: 4_096,
      machine: 'kv',
      announce: false,
      bugs: [],
    },
  },
  client: {
    on: 'all',
    params: {
      // Closed loop: `thinkUs` between operations. Above 0 an open loop of so many a second instead.
      opsPerSecond: 0,
      thinkUs: 20_000,
      keys: 4,
      readFraction: 0.5,
      casFraction: 0.1,
      timeoutUs: 500_000,
      clientsPerAgent: 1,
      sessions: true,
    },
  },
  'ring-election': { on: 'all', params: {} },
  'tree-sync': { on: 'all', params: { heartbeatUs: 200_000, missedMax: 3, orderEveryUs: 0 } },
  bus: { on: 'all', params: {} },
  survey: {
    on: 'all',
    params: {
      origins: 1,
      floodEveryUs: 100_000,
      settleUs: 500_000,
      neighbourhoods: false,
      rounds: 0,
      roundUs: 20_000,
      gain: 0,
      pauseUs: 0,
    },
  },
  swim: {
    on: 'all',
    params: {
      periodUs: 1_000_000,
      ackTimeoutUs: 200_000,
      proxies: 3,
      targets: 'round-robin',
      suspicionPeriods: 8,
      lambda: 3,
      newsMax: 6,
      reconnectEvery: 10,
      offers: [],
      verbose: false,
    },
  },
  phi: {
    on: 'all',
    params: {
      heartbeatUs: 100_000,
      heartbeats: 'regular',
      model: 'normal',
      threshold: 8,
      windowMax: 200,
      warmUp: 20,
      deviationMinUs: 1_000,
      watchMax: 4,
      reportEvery: 0,
    },
  },
  gossip: {
    on: 'all',
    params: {
      mode: 'push',
      interest: 'feedback',
      stop: 'counter',
      k: 2,
      reset: true,
      roundUs: 100_000,
      aligned: true,
      judgedAt: 'cycle',
      peers: 'members',
      antiEntropyEvery: 0,
      firstAtUs: 50_000,
    },
  },
  errand: {
    on: 'all',
    params: {
      jobs: ['broadcast', 'request', 'report', 'keep-alive'],
      firstAtUs: 200_000,
      everyUs: 1_000_000,
      times: 0,
      aggregate: true,
    },
  },
  rpc: {
    on: 'all',
    params: {
      servers: 1,
      callsPerSecond: 20,
      serviceUs: 5_000,
      failure: 0,
      timeoutUs: 300_000,
      queueMax: 1_000,
      window: 100,
      threshold: 0.5,
      openUs: 1_000_000,
      trials: 3,
    },
  },
  pipeline: {
    on: 'all',
    params: { credits: 8, serviceUs: 20_000, service: 'exponential', timeoutUs: 0, reportEvery: 100 },
  },
} as const
export type ProgramKind = keyof typeof PROGRAM_DEFAULTS
export const PROGRAM_KINDS = Object.keys(PROGRAM_DEFAULTS) as readonly ProgramKind[]
