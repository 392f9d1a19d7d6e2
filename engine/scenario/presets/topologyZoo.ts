import { preset } from './Preset.ts'

export const topologyZoo = preset({
  sizes: { min: 5, default: 40, max: 100 },
  proofUs: 8_000_000,
  openAtUs: 0,
  draft: (agents) => ({
    name: 'topology-zoo',
    title: 'Agents find out what shape they stand in',
    group: 'network',
    seed: 2,
    pace: 0.2,
    untilUs: 16_000_000,
    digestEveryUs: 250_000,
    swarm: { agents },
    topology: { kind: 'torus', branching: 3, degree: 4, repairUs: 300_000 },
    network: { latency: { kind: 'uniform', minUs: 8_000, maxUs: 10_000 } },
    programs: [
      {
        kind: 'survey',
        params: {
          origins: 20_000,
          floodEveryUs: 50_000,
          settleUs: 500_000,
          neighbourhoods: true,
          rounds: 256,
          roundUs: 12_000,
          pauseUs: 500_000,
        },
      },
    ],
    faults: [{ at: 7_000_000, op: 'crash', agent: 1 }],
    height: 'load',
    layout: 'force',
  }),
  info: {
    what: 'Nobody in the swarm has a map. By talking to their neighbours alone the agents find out how many connections there are, how far apart they stand and how fast the whole swarm can agree.',
    how: 'One after another floods the swarm with a message that counts its hops; whoever hears it tells the sender how far it came. Everybody counts which of its neighbours know each other. Then all average: each holds a random number and moves it towards its neighbours’, round by round. How fast the differences shrink in the end is a property of the shape alone: its algebraic connectivity.',
    use: 'Choose another topology in Parameters: mesh, ring, star, torus, tree, small-world or random. The same survey runs over each, twice, with an agent less the second time.',
    notice: [
      'The height of an agent is the number it holds. In a mesh all are level after one round; in a ring long waves remain, and they die slowly.',
      'A mesh of 40 has 780 connections and every agent is one hop away. A star needs 39 and two hops, but one agent carries everything.',
      'A ring and a torus of the same size differ by twice the connections; the torus agrees more than twenty times faster.',
      'At 7 s agent 1 fails. In a ring the others close the gap, in a tree those below it move up, in a torus its place stays empty.',
    ],
    tryThis: [
      'Crash agent 0 while it is the middle of a star. It is also the one who adds up what the others find.',
      'Take the small-world topology and move the share of rewired links from nothing to a tenth: the farthest agent comes much nearer.',
      'Lose one message in ten: which figures suffer, which do not?',
      'Set the gain to 0.3 on the torus: the numbers swing and grow instead of settling. The limit is two over the largest eigenvalue, 0.2625.',
    ],
    claims: [
      {
        name: 'zoo-constants',
        sentence:
          'The agents count exactly the connections and the most hops that theory gives: mesh n(n − 1)/2 and 1, ring n and ⌊n/2⌋ (one way n − 1 hops), star n − 1 and 2, torus 2n and 2 + 4 (five rows of eight), tree n − 1 and 6.',
        source: 'Closed forms of graph theory, n = 40',
      },
      {
        name: 'zoo-connectivity',
        sentence:
          'The algebraic connectivity that they measure is that of the shape: mesh n, ring 2 − 2 cos(2π/n), star 1, torus 2 − 2 cos(2π/8), tree as its eigenvalue computed apart.',
        source: 'Fiedler 1973, closed forms; the tree by Jacobi’s method on its Laplacian',
      },
    ],
    references: [
      'M. Fiedler: Algebraic connectivity of graphs. Czechoslovak Mathematical Journal 23(98), 1973.',
      'L. Xiao, S. Boyd: Fast linear iterations for distributed averaging. Systems & Control Letters 53, 2004.',
    ],
  },
})
