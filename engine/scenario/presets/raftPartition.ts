import { preset } from './Preset.ts'

export const raftPartition = preset({
  sizes: { min: 3, default: 5, max: 31 },
  proofUs: 3_500_000,
  openAtUs: 1_500_000,
  draft: (agents) => ({
    name: 'raft-partition',
    title: 'A leader nobody can hear',
    group: 'agreement',
    seed: 5,
    pace: 0.1,
    untilUs: 10_000_000,
    digestEveryUs: 250_000,
    swarm: { agents },
    topology: { kind: 'mesh' },
    network: { latency: { kind: 'uniform', minUs: 4_000, maxUs: 12_000 } },
    disk: { fsync: { kind: 'exponential', floorUs: 500, meanUs: 500 } },
    programs: [
      { kind: 'raft', params: { electionMinUs: 150_000, electionMaxUs: 300_000, heartbeatUs: 50_000 } },
      { kind: 'client', params: { thinkUs: 40_000, keys: 5, readFraction: 0.2, timeoutUs: 500_000 } },
    ],
    faults: [
      { at: 2_000_000, op: 'partition', side: 'leader', forUs: 2_000_000 },
      { at: 6_000_000, op: 'partition', side: Array.from({ length: agents >> 1 }, (_, id) => id), forUs: 2_000_000 },
    ],
    height: 'log',
    layout: 'ring',
  }),
  info: {
    what: 'The leader is cut off from everybody else and does not know it. It goes on taking orders that can never be carried out, while the others choose a new leader. When the cut heals, one of the two logs has to give way.',
    how: 'Five servers, each with a client of its own, 4 to 12 ms apart. At 2 s the leader is alone on its side for two seconds. At 6 s the first two servers are alone on theirs.',
    use: 'Watch the tops of the columns: solid entries are committed, hollow ones are not. Then try to cut the swarm so that an entry is lost after it was solid.',
    notice: [
      'The isolated leader keeps its title, but its column grows hollow: it cannot reach a majority.',
      'The new leader has a higher term. When the cut heals, the old one steps down at the first message it hears.',
      'The hollow entries of the old leader disappear: they were never promised to anybody. Its client is told by silence and asks again.',
      'The two servers cut off at 6 s go on standing for election, and their term climbs without a winner.',
    ],
    tryThis: [
      'Cut off two servers that do not include the leader: who notices?',
      'Make the cut one way: the leader is heard but cannot hear.',
      'Use four servers and cut them two and two.',
      'Switch on the pre-vote and look at the term after the second cut heals.',
    ],
    claims: [
      {
        name: 'partition-safety',
        sentence:
          'Nothing that one side commits is ever contradicted by the other, and a side without a majority commits nothing.',
        source: 'Ongaro and Ousterhout 2014, section 5.4.3 (State Machine Safety)',
      },
    ],
    references: [
      'D. Ongaro, J. Ousterhout: In Search of an Understandable Consensus Algorithm. USENIX ATC 2014.',
      'S. Gilbert, N. Lynch: Brewer’s Conjecture and the Feasibility of Consistent, Available, Partition-Tolerant Web Services. SIGACT News 2002.',
    ],
  },
})
