import { preset } from './Preset.ts'

export const ringElection = preset({
  sizes: { min: 3, default: 60, max: 1_000 },
  proofUs: 1_500_000,
  openAtUs: 0,
  draft: (agents) => ({
    name: 'ring-election',
    title: 'The largest number goes all the way round',
    group: 'agreement',
    seed: 3,
    pace: 0.1,
    untilUs: Math.max(2_000_000, agents * 30_000),
    digestEveryUs: 100_000,
    swarm: { agents },
    topology: { kind: 'ring', oneWay: true },
    network: { latency: { kind: 'uniform', minUs: 5_000, maxUs: 15_000 } },
    programs: [{ kind: 'ring-election' }],
    faults: [{ at: 100_000, op: 'delay', us: 20_000, from: [0], to: 'all', forUs: 200_000 }],
    height: 'none',
    layout: 'ring',
  }),
  info: {
    what: 'Agents stand in a ring and can only talk to the next one. They must agree on a leader, and nobody knows how many they are.',
    how: 'Every agent has a number, dealt out by the seed, and sends it on. An agent passes on a number larger than its own and swallows a smaller one. Whoever receives its own number has beaten everybody and leads; it then tells the others with one more round.',
    use: 'Run it with several seeds and with more agents, and count the messages of the election.',
    notice: [
      'Most numbers die after a few steps. Only the largest travels the whole ring.',
      'The count depends on the order of the numbers alone. At 0.1 s one link becomes 20 ms slower for a while: the election takes longer but needs exactly as many messages.',
      'The average over many seeds is n times the sum 1 + 1/2 + … + 1/n, about 281 messages for 60 agents.',
    ],
    tryThis: [
      'Crash one agent before the largest number has passed it: this election never ends, because the ring has no way round.',
      'Lose one message in a hundred and look for a run without a leader.',
      'Double the agents: the messages a little more than double.',
    ],
    claims: [
      {
        name: 'ring-messages',
        sentence: 'The mean number of election messages over many seeds is n·H(n), where H(n) = 1 + 1/2 + … + 1/n.',
        source: 'Chang and Roberts 1979; theorem for numbers in random order',
      },
    ],
    references: [
      'E. Chang, R. Roberts: An Improved Algorithm for Decentralized Extrema-Finding in Circular Configurations of Processes. Communications of the ACM 22(5), 1979.',
    ],
  },
})
