import { preset } from './Preset.ts'

export const raftLan = preset({
  sizes: { min: 3, default: 10, max: 101 },
  proofUs: 1_500_000,
  openAtUs: 600_000,
  draft: (agents) => ({
    name: 'raft-lan',
    title: 'Servers in one room',
    group: 'agreement',
    seed: 10,
    pace: 0.1,
    untilUs: 6_000_000,
    digestEveryUs: 250_000,
    swarm: { agents },
    topology: { kind: 'mesh' },
    network: { latency: { kind: 'uniform', minUs: 100, maxUs: 1_000 } },
    disk: { fsync: { kind: 'exponential', floorUs: 200, meanUs: 300 } },
    programs: [
      { kind: 'raft', params: { electionMinUs: 150_000, electionMaxUs: 300_000, heartbeatUs: 50_000 } },
      { kind: 'client', on: { last: 2 }, params: { thinkUs: 10_000, keys: 4, timeoutUs: 500_000 } },
    ],
    faults: [
      { at: 1_000_000, op: 'crash', agent: 'leader', forUs: 1_000_000 },
      { at: 3_000_000, op: 'lose', probability: 0.2, from: 'all', to: 'all', forUs: 1_000_000 },
      { at: 4_500_000, op: 'pause', agent: 'leader', forUs: 500_000 },
    ],
    height: 'log',
    layout: 'ring',
  }),
  info: {
    what: 'Ten servers on a local network keep one log. Ten is an even number: six of them make a majority, five do not.',
    how: 'Every pair is connected directly with a delay between 0.1 and 1 ms; a write to disk takes about half a millisecond. The leader sends a heartbeat every 50 ms, and a server that hears none for 150 to 300 ms stands for election. Two clients keep it busy.',
    use: 'Crash, pause or slow any server. Set the number of servers from 3 to 101 and watch the messages per operation grow with it.',
    notice: [
      'Nearly all of the time without a leader is spent noticing that it is gone; the vote itself takes a few milliseconds.',
      'A paused leader believes it still leads when it wakes up, until the first answer tells it of a newer term.',
      'With one message in five lost, operations slow down, but the log never disagrees.',
    ],
    tryThis: [
      'Pause five of the ten: no majority is left. Resume one.',
      'Compare 9, 10 and 11 servers: how many failures does each survive?',
      'Switch on the deliberate mistake "even-quorum" and see which check reports it.',
    ],
    claims: [
      {
        name: 'lan-recovery',
        sentence:
          'In 95 of 100 runs ten servers have a new leader and commit under it less than 500 ms after the old one fails.',
        source: 'The budget this lab was given: consensus below 500 ms for 10 agents, here in virtual time',
      },
    ],
    references: ['D. Ongaro, J. Ousterhout: In Search of an Understandable Consensus Algorithm. USENIX ATC 2014.'],
  },
})
