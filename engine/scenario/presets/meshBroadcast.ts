import { preset } from './Preset.ts'

export const meshBroadcast = preset({
  sizes: { min: 4, default: 200, max: 1_000 },
  proofUs: 3_000_000,
  openAtUs: 0,
  draft: (agents) => ({
    name: 'mesh-broadcast',
    title: 'One tells everybody, and the slowest link decides',
    group: 'network',
    seed: 4,
    pace: 0.1,
    untilUs: 8_000_000,
    digestEveryUs: 250_000,
    swarm: { agents },
    topology: { kind: 'mesh' },
    network: { latency: { kind: 'exponential', floorUs: 5_000, meanUs: 20_000 } },
    programs: [{ kind: 'errand', params: { jobs: ['broadcast'], firstAtUs: 100_000, everyUs: 500_000 } }],
    faults: [
      { at: 2_700_000, op: 'lose', probability: 0.1, from: 'all', to: 'all', forUs: 1_000_000 },
      { at: 4_200_000, op: 'crash', agent: Math.floor(agents / 2), forUs: 2_000_000 },
    ],
    height: 'none',
    layout: 'force',
  }),
  info: {
    what: 'Every agent can speak to every other one directly. Twice a second the first agent tells all the others something.',
    how: 'It sends one message to each. Most arrive after about 20 ms, but each message takes its own random time, so a few are late. The broadcast is over when the very last one is there.',
    use: 'Follow one broadcast from the burst to the last message under way. Change the number of agents and the law of the delay.',
    notice: [
      'No message takes more than one hop, and for n agents there are exactly n − 1 of them.',
      'Half of the agents know after 19 ms; the last one takes 122 ms on average.',
      'From 2.7 s on one message in ten is lost, and nobody notices: a plain broadcast has no answer.',
    ],
    tryThis: [
      'Ten times as many agents: the last one hears it only 2.3 mean delays later.',
      'Make the topology a tree with ten below each: just as many transmissions, from many hands instead of one.',
      'Limit the bandwidth: every link has its own, so in a mesh all copies still leave at once.',
    ],
    claims: [
      {
        name: 'broadcast-messages',
        sentence: 'A broadcast to n agents in a full mesh takes exactly n − 1 messages, each over one link.',
        source: 'Theorem: a message for each of the others, and a link to each of them',
      },
      {
        name: 'broadcast-last',
        sentence:
          'The last of 200 agents has it after the smallest delay plus the mean delay times H(199) = 5.87: 122.5 ms on average.',
        source: 'Theorem: the mean of the largest of m exponential times is their mean times H(m) = 1 + 1/2 + … + 1/m',
      },
    ],
    references: [
      'A. Rényi: On the Theory of Order Statistics. Acta Mathematica Academiae Scientiarum Hungaricae 4, 1953.',
    ],
  },
})
