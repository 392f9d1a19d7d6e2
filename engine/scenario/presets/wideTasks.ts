import { preset } from './Preset.ts'

const MEAN_US = 100_000
const SLOTS = 4
const DEMANDS = 4
/** Of all slots: more than workers of four can use, and less than those of eight can. */
const LOAD = 0.82
const WIDER_AT_US = 14_000_000
const MEAN_DEMAND = (DEMANDS + 1) / 2
const LAW = 'Rumyantsev, Morozov 2017, in closed form; Brill, Green 1984'

export const wideTasks = preset({
  sizes: { min: 2, default: 11, max: 101 },
  proofUs: 15_000_000,
  openAtUs: 9_000_000,
  draft: (agents) => ({
    name: 'wide-tasks',
    title: 'Wide tasks wait while slots stand idle',
    group: 'work',
    seed: 3,
    pace: 0.5,
    untilUs: 40_000_000,
    digestEveryUs: 500_000,
    swarm: { agents },
    topology: { kind: 'star' },
    network: { latency: { kind: 'constant', us: 1_000 } },
    tasks: {
      workload: {
        ...{ arrivals: 'poisson', perSecond: (LOAD * (agents - 1) * SLOTS * 1_000_000) / (MEAN_DEMAND * MEAN_US) },
        ...{ meanUs: MEAN_US, demands: DEMANDS },
      },
    },
    programs: [
      { kind: 'distributor', on: 'heads', params: { strategy: 'least-loaded' } },
      { kind: 'worker', on: 'leaves', params: { slots: SLOTS } },
    ],
    faults: [
      ...[
        { param: 'slots', value: 2 * SLOTS },
        { param: 'speed', value: 0.5 },
      ].map((change) => ({ at: WIDER_AT_US, op: 'set' as const, agent: 'all' as const, program: 'worker', ...change })),
    ],
    height: 'load',
    layout: 'ring',
  }),
  info: {
    what: 'Every worker has four slots, and a task takes one to four of them at once. Work comes for 82 % of the slots, and yet the lines grow: whoever is first in line often needs more slots than are free, and keeps them free until there are enough. At 14 s the workers become twice as wide and half as fast. They can do no more than before, but less of it is left over, and the lines become shorter.',
    how: 'Tasks come at random moments (Poisson), take exponential times, 100 ms on average, and one to four slots, all as likely. Each goes to the worker with the least to do, counted in slots. A worker serves its line in order: a task that would fit does not pass one that does not, or wide ones would wait for as long as narrow ones come.',
    use: 'Change how wide tasks are (demands), how many slots a worker has, and how much comes. A worker with fewer slots than a task takes is never given it; where all are too narrow the task is unassignable, and told to be.',
    notice: [
      'In the Gantt chart a bar is as thick as the slots that its task takes. White between the bars is room that the next one is too wide for.',
      'A worker with a long line can still have idle slots. It is not lazy: the first in its line would not fit.',
      'After 14 s the bars are twice as long, and there is less white between them.',
    ],
    tryThis: [
      'Set demands to 1: at the same load no slot is ever idle while a task waits.',
      'Set the workers’ discipline to shortest-predicted and the prediction to exact. Does the room that is left over change?',
      'Take slots down to 3 at some of the workers while it runs. Who gets the tasks of four slots now?',
    ],
    claims: [
      {
        name: 'wide-idle',
        sentence: 'Workers of four slots with more than enough to do use 78 % of them, if tasks take one to four.',
        source: LAW,
      },
      {
        name: 'wide-wider',
        sentence: 'Workers of eight, half as fast, use 86.6 % of theirs.',
        source: LAW,
      },
    ],
    references: [
      'P. Brill, L. Green: Queues in which customers receive simultaneous service from a random number of servers: a system point approach. Management Science 30(1), 1984.',
      'A. Rumyantsev, E. Morozov: Stability criterion of a multiserver model with simultaneous service. Annals of Operations Research 252, 2017.',
    ],
  },
})
