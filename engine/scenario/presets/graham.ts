import { preset } from './Preset.ts'

const UNIT_US = 100_000
const LINK_US = 1_000

export const graham = preset({
  sizes: { min: 3, default: 9, max: 65 },
  proofUs: 4_000_000,
  openAtUs: 900_000,
  draft: (agents) => {
    const machines = agents - 1
    const worstUs = (2 * machines - 1) * UNIT_US
    const at = worstUs + 1_000_000
    return {
      name: 'graham',
      title: 'The longest job comes last',
      group: 'work',
      seed: 1,
      pace: 0.2,
      untilUs: at + 2_000_000 + machines * UNIT_US,
      digestEveryUs: 250_000,
      swarm: { agents },
      topology: { kind: 'star' },
      network: { latency: { kind: 'constant', us: LINK_US } },
      programs: [
        { kind: 'list', params: { instance: 'worst-list', unitUs: UNIT_US, aheadUs: 2 * LINK_US, pauseUs: 2_000_000 } },
      ],
      // While it pauses: the second list is the same, given out in another order.
      faults: [{ at, op: 'set', agent: 'all', program: 'list', param: 'order', value: 'longest-first' }],
      height: 'log',
      layout: 'force',
    }
  },
  info: {
    what: 'A scheduler has a list of jobs and gives the next one to whichever machine is free. On this list that takes nearly twice as long as it need: all machines share the small jobs evenly, and then one of them begins the large one while the others watch. Two seconds later the same jobs come again, the longest first, and nobody is ever idle.',
    how: 'There are 56 jobs of 100 ms and one of 800 ms for eight machines. A machine asks for its next job 2 ms before it is free, as long as a message takes to the scheduler and back, so that there are no gaps. The scheduler knows of a machine only what it is told.',
    use: 'Choose another list, another order, or machines in turn instead of the first that is free. Crash a machine: when nothing has been heard of its job for long enough, another one gets it.',
    notice: [
      'At 0.7 s seven machines stop, and one works alone until 1.5 s: fifteen units of time where eight would do, 2 − 1/8 times as long.',
      'The second time the long job goes first. All machines end at the same moment, after 0.8 s.',
      'No order and no list can ever be worse than 2 − 1/m times the best, as long as nobody is idle while a job waits.',
    ],
    tryThis: [
      'The list that is worst for longest first: 31 units where 24 would do. Now the order in which it is written is the better one.',
      'Machines in turn on the striped list: one machine gets all the long jobs, which no list scheduler would do.',
      'Ask ahead by 1 µs only. Every job is then followed by a gap of 2 ms.',
    ],
    claims: [
      {
        name: 'graham-list',
        sentence: 'List scheduling takes exactly 2 − 1/m of the best time on its worst list.',
        source: 'Graham 1966: m(m − 1) jobs of 1, then one of m',
      },
      {
        name: 'graham-longest-first',
        sentence: 'Longest first takes exactly 4/3 − 1/(3m) of the best time on its own worst list.',
        source: 'Graham 1969: two each of m + 1 … 2m − 1, and three of m',
      },
      {
        name: 'graham-bound',
        sentence: 'No order of any list takes more than 2 − 1/m of the best time.',
        source: 'Graham 1966, theorem: at most the mean load and 1 − 1/m of the longest job',
      },
    ],
    references: [
      'R. L. Graham: Bounds for Certain Multiprocessing Anomalies. Bell System Technical Journal 45(9), 1966.',
      'R. L. Graham: Bounds on Multiprocessing Timing Anomalies. SIAM Journal on Applied Mathematics 17(2), 1969.',
    ],
  },
})
