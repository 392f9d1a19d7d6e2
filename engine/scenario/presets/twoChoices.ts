import { preset } from './Preset.ts'

const MEAN_US = 100_000
const LOAD = 0.9
const MITZENMACHER =
  'Vvedenskaya, Dobrushin, Karpelevich 1996 and Mitzenmacher 2001: Σ λ^((dⁱ − d) / (d − 1)) for many workers'

export const twoChoices = preset({
  sizes: { min: 3, default: 101, max: 301 },
  proofUs: 8_000_000,
  openAtUs: 5_000_000,
  draft: (agents) => ({
    name: 'two-choices',
    title: 'Asking two is nearly as good as asking all',
    group: 'work',
    seed: 2,
    pace: 0.5,
    untilUs: 24_000_000,
    digestEveryUs: 500_000,
    swarm: { agents },
    topology: { kind: 'star' },
    network: { latency: { kind: 'constant', us: 1_000 } },
    tasks: {
      workload: { arrivals: 'poisson', perSecond: (LOAD * (agents - 1) * 1_000_000) / MEAN_US, meanUs: MEAN_US },
    },
    programs: [
      { kind: 'distributor', on: 'heads', params: { strategy: 'choices', choices: 1, verbose: false } },
      { kind: 'worker', on: 'leaves', params: { verbose: false } },
    ],
    faults: [
      ...[
        { at: 7_000_000, value: 2 },
        { at: 14_000_000, value: 1 },
      ].map(({ at, value }) => ({
        ...{ at, op: 'set' as const, agent: 0, program: 'distributor', param: 'choices', value },
      })),
    ],
    height: 'load',
    layout: 'ring',
  }),
  info: {
    what: 'A hundred workers are busy for nine tenths of their time. Tasks that go to any one of them pile up here and there, while others have nothing to do. Once two workers drawn at random are asked how long their lines are, and the shorter one gets the task, the piles vanish.',
    how: 'Tasks come at random moments (Poisson) and take exponential times, 100 ms on average. Until 7 s each is sent to a worker drawn at random; then two are asked first, by messages that take 1 ms each way; from 14 s on it is one again.',
    use: 'Change the number of choices, the rate of arrivals or the number of workers. Make the network slow, so that answers are old when they come.',
    notice: [
      'With one choice a few lines are very long. They are the end of a distribution that falls by only a tenth from one length to the next.',
      'From 7 s on nobody is idle until what has piled up is worked off, which takes some seconds. Then one line in five has four tasks or more, one in 25 five or more, and hardly one six.',
      'After 14 s the long lines come back slowly: with one choice it takes about 100 service times until the lines are what they will be.',
    ],
    tryThis: [
      'Three choices, or ten: how much is gained beyond the second?',
      'Set the latency to 50 ms. What becomes of two choices when answers are old?',
      'Compare with least-loaded, which remembers instead of asking.',
    ],
    claims: [
      {
        name: 'two-choices-one-50',
        sentence: 'With one choice at a load of 50 %, a task takes twice its own time on average.',
        source: 'Closed form: M/M/1, 1 / (1 − λ)',
      },
      {
        name: 'two-choices-two-50',
        sentence: 'With two choices it takes 1.266 times its own time.',
        source: MITZENMACHER,
      },
      {
        name: 'two-choices-two-90',
        sentence: 'At a load of 90 % two choices make it 2.614 times, where one would make it ten.',
        source: MITZENMACHER,
      },
    ],
    references: [
      'N. D. Vvedenskaya, R. L. Dobrushin, F. I. Karpelevich: Queueing System with Selection of the Shortest of Two Queues: An Asymptotic Approach. Problems of Information Transmission 32(1), 1996.',
      'M. Mitzenmacher: The Power of Two Choices in Randomized Load Balancing. IEEE Transactions on Parallel and Distributed Systems 12(10), 2001.',
    ],
  },
})
