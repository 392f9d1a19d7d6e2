import { preset } from './Preset.ts'

/** Nearest first, as seen from the east of North America; a swarm of n takes the first n. */
const REGIONS = [
  'Washington DC',
  'London',
  'Frankfurt',
  'Tokyo',
  'Sydney',
  'Sao Paulo',
  'Dallas',
  'Osaka',
  'Madrid',
  'Toronto',
]

export const raftRegions = preset({
  sizes: { min: 3, default: 5, max: 31 },
  proofUs: 8_000_000,
  openAtUs: 3_000_000,
  draft: (agents) => ({
    name: 'raft-regions',
    title: 'A log that spans the world',
    group: 'agreement',
    seed: 7,
    pace: 0.2,
    untilUs: 20_000_000,
    swarm: { agents },
    topology: { kind: 'mesh' },
    network: {
      latency: {
        kind: 'regions',
        regions: REGIONS.slice(0, agents),
        jitter: 0.02,
        local: { kind: 'exponential', floorUs: 100, meanUs: 400 },
      },
    },
    programs: [
      { kind: 'raft', params: { electionMinUs: 1_000_000, electionMaxUs: 2_000_000, heartbeatUs: 150_000 } },
      { kind: 'client', params: { thinkUs: 200_000, keys: 5, timeoutUs: 2_000_000 } },
    ],
    faults: [
      { at: 6_000_000, op: 'crash', agent: 'leader', forUs: 4_000_000 },
      { at: 12_000_000, op: 'cut', from: 'all', to: [agents - 1], forUs: 5_000_000 },
    ],
    height: 'log',
    layout: 'regions',
  }),
  info: {
    what: 'A replicated log with one server in each of several regions, and a client beside every server. It shows what distance costs: an operation is as slow as the majority nearest to the leader is far.',
    how: 'One-way delays are half the round-trip times measured between the regions, with a little jitter. Time-outs of one to two seconds are several times the longest round trip, so elections are rare and seldom split.',
    use: 'Watch the commit latency in the chart, then crash the leader and see it change with the place of the next one. Choose more servers: the majority grows, and so does the distance it spans.',
    notice: [
      'A leader in Washington commits in one round trip to Frankfurt; a leader in Sydney needs twice as long for the same log.',
      'A client far from the leader waits for its own way to the leader on top.',
      'At 12 s the last server is heard but hears nothing. It stands for election again and again, and its rising term unseats whoever leads. If it leads itself, it never learns that anything was stored, and nothing commits until the cut heals.',
    ],
    tryThis: [
      'Three servers instead of five: is a commit faster or slower?',
      'Switch on the pre-vote and repeat the one-way cut. Does the term still rise?',
      'Set the election time-out to 200 to 300 ms, below the longest round trip.',
    ],
    claims: [
      {
        name: 'quorum-distance',
        sentence:
          'No entry commits faster than the round trip from the leader to the region that completes its majority and one write there.',
        source: 'Theorem: a majority, the leader among it, must have the entry',
      },
      {
        name: 'commit-latency',
        sentence:
          'Without faults the median commit takes that round trip, two tails of jitter and one write, to a quarter of a per cent.',
        source: 'Closed form: median of the sum of the round trip, two exponential tails and the write',
      },
    ],
    references: [
      'D. Ongaro: Consensus: Bridging Theory and Practice. Dissertation, Stanford University 2014, chapters 3, 6 and 9.',
      'IBM Cloud VPC documentation: Network latency, averages of 27 July to 25 August 2024.',
    ],
  },
})
