import { preset } from './Preset.ts'

export const smallWorld = preset({
  sizes: { min: 10, default: 100, max: 1_000 },
  proofUs: 5_000_000,
  openAtUs: 0,
  draft: (agents) => ({
    name: 'small-world',
    title: 'A few shortcuts make the world small',
    group: 'network',
    seed: 6,
    pace: 0.15,
    untilUs: 10_000_000,
    digestEveryUs: 250_000,
    swarm: { agents },
    topology: { kind: 'small-world', degree: 6, rewire: 0.05, repairUs: 200_000 },
    network: { latency: { kind: 'uniform', minUs: 20_000, maxUs: 25_000 } },
    programs: [
      {
        kind: 'survey',
        params: { origins: 4, floodEveryUs: 500_000, settleUs: 1_000_000, neighbourhoods: true, pauseUs: 500_000 },
      },
    ],
    faults: [{ at: 4_700_000, op: 'crash', agent: 3 }],
    height: 'none',
    layout: 'ring',
  }),
  info: {
    what: 'Agents stand in a circle and know the three nearest on either side: a village, where everybody’s friends know each other and the far side is many steps away. Then a few connections are moved to somebody anywhere. The far side comes near; the village hardly notices.',
    how: 'Each of the 300 connections is moved with a probability of 5 %. Four agents flood the circle with a message that counts its hops and are told how far it came. Meanwhile everybody counts how many of its neighbours know each other. Agent 0 adds it all up.',
    use: 'Move the share of rewired connections in Parameters, from nothing to everything, and compare two figures: the mean number of hops and the share of neighbours who know each other.',
    notice: [
      'A flood goes along the circle as a front, until it comes upon a shortcut and starts a second front far away.',
      'Without shortcuts the mean distance of 100 agents is 8.8 hops; fifteen shortcuts or so bring it below 4.',
      'Of the 60 % of neighbours who know each other, no more is lost than three times the share that is moved: 52 % are left.',
      'At 4.7 s agent 3 fails and its six connections with it; the second survey hardly differs.',
    ],
    tryThis: [
      'Set the share to 0: the front creeps round the circle, 17 hops to the far side.',
      'Set it to 1: nobody’s neighbours know each other any more, and the distances are hardly shorter than with a tenth.',
      'Take 1,000 agents with ten neighbours each, as in the paper, and move one connection in a hundred.',
    ],
    claims: [
      {
        name: 'lattice-distance',
        sentence:
          'With nothing rewired the mean distance is that of the lattice, ⌈d/5⌉ hops for agents d places apart: 50.45 for 1,000 agents with ten neighbours.',
        source: 'Closed form; Watts and Strogatz 1998 give n/2k for large n',
      },
      {
        name: 'lattice-clustering',
        sentence:
          'With nothing rewired the share of neighbours who know each other is 3(k − 2)/4(k − 1): two thirds with ten neighbours.',
        source: 'Theorem; Watts and Strogatz 1998',
      },
      {
        name: 'clustering-stays',
        sentence:
          'With one connection in a hundred rewired it is still 97 % of that: a triangle stays where none of its three sides is moved.',
        source: 'Barrat and Weigt 2000, (1 − p)³, with the spread of degrees and of the count of triangles',
      },
      {
        name: 'distance-falls',
        sentence: 'With one connection in a hundred rewired the mean distance falls to 18 % of the lattice’s.',
        source: 'Independent simulation of the model of Watts and Strogatz 1998: 1,500 graphs of 1,000 agents',
      },
    ],
    references: [
      'D. J. Watts, S. H. Strogatz: Collective dynamics of ‘small-world’ networks. Nature 393, 1998.',
      'A. Barrat, M. Weigt: On the properties of small-world network models. European Physical Journal B 13, 2000.',
    ],
  },
})
