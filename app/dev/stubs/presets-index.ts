const base: any = {
  version: 1,
  name: 'first-swarm',
  title: 'Five regions, one leader',
  group: 'agreement',
  seed: 42,
  pace: 0.2,
  untilUs: 8_000_000,
  digestEveryUs: 100_000,
  swarm: { agents: 200, serviceUs: 0, inboxMax: 64 },
  topology: { kind: 'mesh-of-trees', branching: 3, groups: 5, oneWay: false, repairUs: 500_000, weights: [] },
  network: {
    latency: {
      kind: 'regions',
      regions: ['Washington DC', 'London', 'Frankfurt', 'Tokyo', 'Sydney'],
      jitter: 0.02,
      local: { kind: 'constant', us: 500 },
    },
    loss: 0.01,
    duplicate: 0,
    reorder: { probability: 0, extraUs: 0 },
    fifo: false,
  },
  disk: { fsync: { kind: 'constant', us: 500 }, tornWrites: false },
  programs: [
    { kind: 'raft', on: 'heads', params: { electionMinUs: 400_000, electionMaxUs: 700_000, heartbeatUs: 150_000 } },
  ],
  faults: [{ at: 2_000_000, op: 'crash', agent: 'leader', forUs: 1_500_000 }],
  checks: [],
  height: 'log',
  layout: 'regions',
}
const info = {
  what: 'Five regions agree on one leader.',
  how: 'Each region has a Raft replica that heads a tree of 39 agents.',
  use: 'Press Crash the leader and watch.',
  notice: ['Votes need a majority.'],
  tryThis: ['Crash two leaders.'],
  claims: [{ name: 'leader-back', sentence: 'A new leader within 1 s of the crash', source: 'Raft §9.3' }],
  references: ['Ongaro and Ousterhout, In search of an understandable consensus algorithm, 2014'],
}
const p = (name: string, title: string, group: string) => ({
  scenario: { ...base, name, title, group },
  sizes: { min: 15, default: 200, max: 1000 },
  proofUs: 1e6,
  openAtUs: 1_200_000,
  info,
  withAgents: (n: number) => ({ ...base, name, title, group, swarm: { ...base.swarm, agents: n } }),
})
export const PRESETS = [
  p('first-swarm', 'Five regions, one leader', 'agreement'),
  p('raft-regions', 'A commit crosses the world', 'agreement'),
  p('raft-lan', 'Ten agents on one network', 'agreement'),
  p('raft-partition', 'A minority cannot decide', 'agreement'),
  p('election-timing', 'How long without a leader', 'agreement'),
  p('ring-election', 'The largest name goes round', 'network'),
  p('tree-sync', 'Orders down, reports up', 'coordination'),
]
