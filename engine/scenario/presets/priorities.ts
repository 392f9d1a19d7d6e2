import { preset } from './Preset.ts'

const MEAN_US = 100_000
const LOAD = 0.75
const COBHAM = 'Cobham 1954: W₀ / ((1 − σ_{k−1})(1 − σ_k)), σ_k = ρ_1 + … + ρ_k'

export const priorities = preset({
  sizes: { min: 2, default: 13, max: 101 },
  proofUs: 11_000_000,
  openAtUs: 6_000_000,
  draft: (agents) => ({
    name: 'priorities',
    title: 'Who goes first makes the others wait',
    group: 'work',
    seed: 5,
    pace: 0.5,
    untilUs: 30_000_000,
    digestEveryUs: 500_000,
    swarm: { agents },
    topology: { kind: 'star' },
    network: { latency: { kind: 'constant', us: 1_000 } },
    tasks: {
      workload: {
        ...{ arrivals: 'poisson', perSecond: (LOAD * (agents - 1) * 1_000_000) / MEAN_US, meanUs: MEAN_US },
        ...{ priorities: 3 },
      },
    },
    programs: [
      { kind: 'distributor', on: 'heads', params: { strategy: 'random' } },
      { kind: 'worker', on: 'leaves', params: { discipline: 'priority' } },
    ],
    faults: [
      ...[
        { at: 10_000_000, value: 'fcfs' },
        { at: 20_000_000, value: 'priority' },
      ].map(({ at, value }) => ({
        ...{ at, op: 'set' as const, agent: 'all' as const, program: 'worker', param: 'discipline', value },
      })),
    ],
    height: 'load',
    layout: 'ring',
  }),
  info: {
    what: 'Every worker has a line of tasks of three priorities. Those of the first wait for about one task’s time, those of the second for two, those of the third for six. Served as they come, all would wait for three: what the first gain the last lose, to the last microsecond.',
    how: 'Tasks come at random moments (Poisson) to workers drawn at random and take exponential times, 100 ms on average; each worker is busy for three quarters of its time. A task in work is never interrupted; the next one is that of the smallest priority number, of equals the one that came first. From 10 s to 20 s all are served as they come.',
    use: 'Change the rate, the number of priorities, or the discipline of the lines. Ageing lets a task rise by one priority for every so many microseconds that it has waited.',
    notice: [
      'Hardly a task of the first priority is in a line for long, although it too must wait for the one in work.',
      'At 10 s the lines do not become shorter or longer: whoever goes first, the same work is left.',
      'Under load the last priority suffers alone. Its line is the one that grows when work comes in bursts.',
    ],
    tryThis: [
      'Set ageUs to 200,000: nobody waits without end any more. Who pays for it?',
      'Set the prediction to exact and the discipline to shortest-predicted: now all wait less on average, because sizes are looked at.',
      'Raise the rate until the workers are busy for 95 %. Which priority notices, and which does not?',
    ],
    claims: [
      {
        name: 'priorities-first',
        sentence: 'Of three equal priorities at a load of 75 % the first waits for one mean service time.',
        source: COBHAM,
      },
      { name: 'priorities-second', sentence: 'The second waits for two of them.', source: COBHAM },
      { name: 'priorities-third', sentence: 'The third waits for six.', source: COBHAM },
      {
        name: 'priorities-conserved',
        sentence: 'With priorities or in order of coming, the waits weighted by load add up to 2.25 service times.',
        source: 'Kleinrock 1965: Σ ρ_k W_k = ρ W₀ / (1 − ρ) for whoever neither idles, interrupts, nor looks at sizes',
      },
    ],
    references: [
      'A. Cobham: Priority Assignment in Waiting Line Problems. Journal of the Operations Research Society of America 2(1), 1954.',
      'L. Kleinrock: A Conservation Law for a Wide Class of Queueing Disciplines. Naval Research Logistics Quarterly 12(2), 1965.',
    ],
  },
})
