import { preset } from './Preset.ts'

const MEAN_US = 80_000
/** A worker's tasks a second, and how many come in calm times: half of what all can do. */
const RATE = 1_000_000 / MEAN_US
const LOAD = 0.5
const FLUID = 'Fluid limit (Newell 1982): what has piled up drains at the service rate less the rate of arrivals'

export const rushHour = preset({
  sizes: { min: 5, default: 13, max: 201 },
  proofUs: 6_500_000,
  openAtUs: 3_900_000,
  draft: (agents) => ({
    name: 'rush-hour',
    title: 'A rush piles up, and drains away',
    group: 'work',
    seed: 5,
    pace: 0.4,
    untilUs: 26_000_000,
    digestEveryUs: 500_000,
    swarm: { agents },
    topology: { kind: 'star' },
    network: { latency: { kind: 'uniform', minUs: 2_000, maxUs: 6_000 } },
    tasks: {
      workload: { arrivals: 'poisson', perSecond: LOAD * RATE * (agents - 1), meanUs: MEAN_US },
    },
    programs: [
      {
        ...{ kind: 'distributor', on: { first: 1 } },
        params: {
          ...{ strategy: 'random', creditsPerWorker: 6, waitingMax: 30 * (agents - 1), leaseUs: 600_000 },
          ...{ retryUs: 50_000, window: 10, threshold: 0.5, openUs: 1_500_000, trials: 2 },
        },
      },
      { kind: 'worker', on: { last: agents - 1 }, params: { queueMax: 8 } },
    ],
    faults: [
      { at: 4_000_000, op: 'set', agent: 0, program: 'distributor', param: 'rateFactor', value: 8 },
      { at: 4_500_000, op: 'crash', agent: 2, forUs: 6_000_000 },
      { at: 5_000_000, op: 'set', agent: 3, program: 'worker', param: 'speed', value: 0.2 },
      { at: 6_000_000, op: 'set', agent: 0, program: 'distributor', param: 'rateFactor', value: 1 },
      { at: 12_000_000, op: 'set', agent: 3, program: 'worker', param: 'speed', value: 1 },
    ],
    height: 'load',
    layout: 'ring',
  }),
  info: {
    what: 'A dozen workers are half busy when, for two seconds, eight times as many tasks come in. At the worst moment one worker crashes and another becomes slow. Tasks pile up where it is decided who gets them, some are turned away, and then the pile drains as fast as there is time to spare.',
    how: 'Each worker may have six unfinished tasks at a time; for each it holds a credit. When all credits are out, tasks wait with the distributor, 360 at most: what comes beyond is answered at once as overloaded. A worker that lets leases run out trips its circuit breaker, and gets only a few trials until it answers again. What it held is given to others.',
    use: 'Set the rate factor to make a rush of your own, crash or slow a worker, change credits, queues, leases and breakers, or switch the strategy in the middle of the rush.',
    notice: [
      'The rush lasts 2 s, its traces far longer: the pile drains only at the rate that is left over beside the tasks that go on coming.',
      'Worker 2 crashes at 4.5 s. Its leases run out 0.6 s later, its breaker trips, and the pile goes to the others; now and then two trials find out that it is still away.',
      'The slow worker keeps its six tasks for long, and its credits with them: so it gets fewer, without anybody having decided that.',
    ],
    tryThis: [
      'Take the credits away (0). Full queues refuse, refusals trip the breakers of workers that have nothing wrong with them, and tasks are given up that could have waited.',
      'Set the threshold to 1 and the window to 1,000, so that no breaker ever opens: how many tasks go to the dead worker now?',
      'Let only 20 tasks wait. The pile is gone sooner, and more tasks are turned away: which is better?',
    ],
    claims: [
      {
        name: 'rush-hour-recovery',
        sentence:
          'What has piled up by the end of the rush drains within the time that the fluid limit gives: the pile, divided by what the workers can do beyond what still comes.',
        source: FLUID,
      },
      {
        name: 'rush-hour-nothing-lost',
        sentence:
          'Of all tasks submitted, crash or no crash, each is done or was turned away for overload: none is lost.',
        source: 'Conservation: submitted = done + turned away, counted from what the distributor tells',
      },
      {
        name: 'rush-hour-breaker',
        sentence:
          'A breaker keeps the tasks that go to a dead worker to those of one lease, half a window, and a few trials.',
        source: 'Derived from the breaker’s rules (Nygard 2007) for arrivals at a constant rate',
      },
      {
        name: 'rush-hour-credits',
        sentence:
          'With credits every task of a rush that nothing turns away is done; without, full queues refuse until tasks are given up.',
        source: 'Back-pressure: with no more credits than a queue has places, no queue is ever full',
      },
    ],
    references: [
      'G. F. Newell: Applications of Queueing Theory. Chapman and Hall, second edition, 1982, chapter 2 (fluid approximations).',
      'M. T. Nygard: Release It! Design and Deploy Production-Ready Software. Pragmatic Bookshelf, 2007, "Circuit Breaker".',
      'H. T. Kung, T. Blackwell, A. Chapman: Credit-Based Flow Control for ATM Networks: Credit Update Protocol, Adaptive Credit Allocation, and Statistical Multiplexing. SIGCOMM 1994.',
    ],
  },
})
