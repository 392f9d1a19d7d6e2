import { preset } from './Preset.ts'

const MEAN_US = 100_000
const LOAD = 0.8
const ERLANG = 'A. K. Erlang 1917, second formula: the share of time in which all servers are busy, and more are wanted'

export const erlang = preset({
  sizes: { min: 2, default: 11, max: 101 },
  proofUs: 10_000_000,
  openAtUs: 4_000_000,
  draft: (agents) => ({
    name: 'erlang',
    title: 'One line for all, or a line for each',
    group: 'work',
    seed: 10,
    pace: 0.5,
    untilUs: 30_000_000,
    digestEveryUs: 500_000,
    swarm: { agents },
    topology: { kind: 'star' },
    network: { latency: { kind: 'constant', us: 1_000 } },
    tasks: {
      workload: { arrivals: 'poisson', perSecond: (LOAD * (agents - 1) * 1_000_000) / MEAN_US, meanUs: MEAN_US },
    },
    programs: [
      { kind: 'distributor', on: 'heads', params: { strategy: 'central' } },
      { kind: 'worker', on: 'leaves', params: {} },
    ],
    faults: [
      ...[
        { at: 9_000_000, value: 'random' },
        { at: 20_000_000, value: 'central' },
      ].map(({ at, value }) => ({
        ...{ at, op: 'set' as const, agent: 0, program: 'distributor', param: 'strategy', value },
      })),
    ],
    height: 'load',
    layout: 'ring',
  }),
  info: {
    what: 'Ten workers have work for four fifths of their time. As long as everybody waits in one line, four tasks in ten wait at all, and not for long. With a line in front of each worker eight in ten wait, and twenty times as long on average, although there is no more work than before.',
    how: 'Tasks come at random moments (Poisson) and take exponential times, 100 ms on average. The distributor keeps the line: a worker that has nothing to do asks for a task, and gets the one that has waited longest. From 9 s to 20 s each task is sent to a worker drawn at random instead, busy or not.',
    use: 'Change the rate of arrivals, the number of workers, or how tasks are shared out. Make the network slow: a worker is idle while it asks.',
    notice: [
      'Until 9 s no worker is ever idle while a task waits, so the line is short and empties quickly.',
      'From 9 s on some workers have long lines while others have nothing to do. Their idle time is what the waiting costs.',
      'At 20 s the lines in front of the workers are worked off, and new tasks wait in the one line again.',
    ],
    tryThis: [
      'Set the rate to 95 a second. How much longer is the one line then, and how much longer are the ten?',
      'Take 100 workers and 800 tasks a second: nearly nobody waits in one line, and as many as before in a hundred.',
      'Set the strategy to least-loaded, or to choices. How much of the difference is left?',
    ],
    claims: [
      {
        name: 'erlang-wait',
        sentence: 'With ten workers busy for 80 % of their time, 0.409 of the tasks wait in the one line.',
        source: ERLANG,
      },
      {
        name: 'erlang-loss',
        sentence: 'A single worker busy for 90 % with room for ten tasks turns away 0.0508 of them.',
        source: 'Closed form: M/M/1/K, (1 − ρ) ρ^K / (1 − ρ^(K+1))',
      },
    ],
    references: [
      'A. K. Erlang: Solution of some problems in the theory of probabilities of significance in automatic telephone exchanges. Elektroteknikeren 13, 1917.',
      'W. Whitt: Asymptotic formulas for Markov processes with applications to simulation. Operations Research 40(2), 1992.',
    ],
  },
})
