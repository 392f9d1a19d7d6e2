import { preset } from './Preset.ts'

const MEAN_US = 30_000
const KINDS = 4
const TURN_US = 1_000_000
const WARM_UP_US = 150_000
/** Of the workers, if nobody ever had to turn to another kind. */
const LOAD = 0.45
/** Mean size over the kinds, of which each takes 1.3 times as long as the one before. */
const SIZE_US = (MEAN_US * (1 + 1.3 + 1.69 + 2.197)) / KINDS

export const predictive = preset({
  sizes: { min: 5, default: 13, max: 300 },
  proofUs: 13_000_000,
  openAtUs: 9_000_000,
  draft: (agents) => ({
    name: 'predictive',
    title: 'Ready before the work is there',
    group: 'work',
    seed: 2,
    pace: 0.4,
    untilUs: 32_000_000,
    digestEveryUs: 500_000,
    swarm: { agents },
    topology: { kind: 'star' },
    network: { latency: { kind: 'uniform', minUs: 2_000, maxUs: 6_000 } },
    tasks: {
      workload: {
        ...{ arrivals: 'poisson', perSecond: Math.round((LOAD * (agents - 1) * 1_000_000) / SIZE_US), meanUs: MEAN_US },
        ...{ kinds: KINDS, turnUs: TURN_US, turnShare: 0.85, kindFactor: 1.3 },
      },
    },
    programs: [
      {
        kind: 'distributor',
        on: 'heads',
        params: {
          ...{ strategy: 'predictive', reserve: 'ahead', warmUpUs: WARM_UP_US },
          ...{ binUs: 100_000, seasonUs: KINDS * TURN_US },
        },
      },
      { kind: 'worker', on: 'leaves', params: { warmUpUs: WARM_UP_US, discipline: 'shortest-predicted' } },
    ],
    faults: [
      { at: 12_000_000, op: 'set', agent: 0, program: 'distributor', param: 'reserve', value: 'never' },
      { at: 20_000_000, op: 'set', agent: 0, program: 'distributor', param: 'reserve', value: 'ahead' },
    ],
    height: 'load',
    layout: 'ring',
  }),
  info: {
    what: 'Four kinds of tasks take turns, a second each, and a worker needs 150 ms to turn from one kind to another. A distributor that only reacts makes the first tasks of every turn wait for that. One that has seen the turns come round tells idle workers beforehand what to get ready for.',
    how: 'The distributor counts what comes by kind, ten times a second, and expects of each tenth what came four seconds before, the newest weighing 30 %. It learns how long each kind takes from what workers report. Ten times a second it compares how many workers each kind will need with how many are ready for it, and idle ones turn over. Of tasks that wait at a worker the one predicted shortest goes first.',
    use: 'Change how long a worker takes to turn over, how regular the turns are and how long the season is taken to be, or let the history be shuffled. The marks say what was expected of each tenth of a second beside what came.',
    notice: [
      'In the first four seconds nothing can be known: the beginning of each turn meets workers that are ready for something else.',
      'From then on idle workers turn over just before a turn ends, and the first tasks of the next one begin at once.',
      'From 12 s to 20 s nobody gets ready ahead. Compare the waits at the beginning of each turn.',
    ],
    tryThis: [
      'Shuffle the history: every kind is expected all the time, and getting ready ahead gains nothing.',
      'Set the season to 5 s, which it is not. What is expected comes a second too late.',
      'Let turning over take no time. What is there left to gain?',
    ],
    claims: [
      {
        name: 'predictive-ahead',
        sentence:
          'Getting workers ready ahead saves at least a tenth of the wait for a start, in 95 % confidence; with a shuffled history it does not.',
        source: 'This lab’s own comparison: alternating seasons of the same run, with and without',
      },
      {
        name: 'predictive-exponential',
        sentence:
          'One worker at load 0.8, the shortest predicted task first, predictions exponential around the truth: tasks take 3.376 service times.',
        source: 'Mitzenmacher 2020, "Scheduling with Predictions and the Price of Misprediction", table 1',
      },
      {
        name: 'predictive-exact',
        sentence: 'With exact predictions they take 2.882.',
        source: 'Phipps 1956: shortest job first; Mitzenmacher 2020, table 1',
      },
      {
        name: 'predictive-classifier-0',
        sentence: 'Where a classifier tells the 90 % small tasks from the large ones without error, they take 3.84.',
        source: 'Mitzenmacher 2021, "Queues with Small Advice": two classes by Cobham’s formula',
      },
      {
        name: 'predictive-classifier-10',
        sentence: 'With one task in ten taken for the other class, they take 4.54.',
        source: 'Mitzenmacher 2021, "Queues with Small Advice": two classes by Cobham’s formula',
      },
      {
        name: 'predictive-classifier-25',
        sentence: 'With one in four, 5.61.',
        source: 'Mitzenmacher 2021, "Queues with Small Advice": two classes by Cobham’s formula',
      },
      {
        name: 'predictive-classifier-50',
        sentence: 'A classifier that is wrong half of the time gains nothing: 7.50, as in the order of coming.',
        source: 'Mitzenmacher 2021, "Queues with Small Advice": two classes by Cobham’s formula',
      },
    ],
    references: [
      'M. Mitzenmacher: Scheduling with Predictions and the Price of Misprediction. ITCS 2020.',
      'M. Mitzenmacher: Queues with Small Advice. ACDA 2021.',
      'P. R. Winters: Forecasting Sales by Exponentially Weighted Moving Averages. Management Science 6(3), 1960.',
      'S. Halfin, W. Whitt: Heavy-Traffic Limits for Queues with Many Exponential Servers. Operations Research 29(3), 1981.',
    ],
  },
})
