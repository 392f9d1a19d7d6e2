import { preset } from './Preset.ts'

const FAILS_US = 4_000_000

export const percolation = preset({
  sizes: { min: 50, default: 300, max: 1_000 },
  proofUs: 4_700_000,
  openAtUs: 0,
  draft: (agents) => ({
    name: 'percolation',
    title: 'A rumour reaches almost everybody, or almost nobody',
    group: 'network',
    seed: 4,
    pace: 0.15,
    untilUs: 9_000_000,
    digestEveryUs: 250_000,
    swarm: { agents },
    topology: { kind: 'random', degree: 2, repairUs: 200_000 },
    network: { latency: { kind: 'uniform', minUs: 20_000, maxUs: 30_000 } },
    programs: [
      { kind: 'survey', params: { origins: 6, floodEveryUs: 400_000, settleUs: 1_500_000, pauseUs: 1_000_000 } },
    ],
    faults: Array.from({ length: Math.floor(agents / 10) }, (_, k) => ({
      at: FAILS_US,
      op: 'crash' as const,
      agent: 10 * k + 5,
    })),
    height: 'none',
    layout: 'force',
  }),
  info: {
    what: 'Every two agents are connected by chance, so that each has two connections on average. Six of them spread a rumour, one after the other. Some reach four fifths of the swarm, some nobody at all.',
    how: 'Each rumour carries a count of its hops. An agent that hears it for the first time tells the one who started it, and passes it on to all its neighbours. After a second and a half the starter counts the answers. Then all starts over, and by then every tenth agent has failed.',
    use: 'Change the neighbours an agent has on average in Parameters: that is the mean degree. Watch how many a rumour reaches, and look for the number from which on it reaches a share of the swarm.',
    notice: [
      'There is one large cluster and many crumbs, and nothing of middle size.',
      'With one connection each, on average, no rumour gets far. With two it reaches 80 %, with three 94 %: the change is sudden.',
      'Adding agents does not help: the share that is reached depends on the mean degree alone.',
      'At 4 s every tenth agent fails. That is like a mean degree of 1.8, so the large cluster keeps 73 % of those who are left.',
    ],
    tryThis: [
      'Set the neighbours on average to 0.8 and then to 1.3.',
      'Crash one agent after another that has many connections, and count how many it takes until the large cluster falls apart.',
      'Take 1,000 agents with a mean degree of 1.5 and compare the share with that of 300.',
    ],
    claims: [
      {
        name: 'giant-component-thin',
        sentence:
          'At a mean degree of 1.5 the largest cluster holds the share S = 1 − e^(−1.5 S) of all agents: 58.3 %.',
        source: 'Erdős and Rényi 1960; theorem for many agents, spread by Stepanov 1970',
      },
      {
        name: 'giant-component-middle',
        sentence: 'At a mean degree of 2 it holds S = 1 − e^(−2 S): 79.7 %.',
        source: 'Erdős and Rényi 1960; theorem for many agents, spread by Stepanov 1970',
      },
      {
        name: 'giant-component-dense',
        sentence: 'At a mean degree of 3 it holds S = 1 − e^(−3 S): 94.0 %.',
        source: 'Erdős and Rényi 1960; theorem for many agents, spread by Stepanov 1970',
      },
    ],
    references: [
      'P. Erdős, A. Rényi: On the evolution of random graphs. Publications of the Mathematical Institute of the Hungarian Academy of Sciences 5, 1960.',
      'V. Batagelj, U. Brandes: Efficient generation of large random networks. Physical Review E 71, 2005.',
    ],
  },
})
