import { preset } from './Preset.ts'

/** One virtual second is 10,000 seconds of the log: a day takes 8.64 s. */
const SCALE = 0.0001
const DAY_US = 8_640_000

export const jobLog = preset({
  sizes: { min: 9, default: 129, max: 513 },
  proofUs: DAY_US,
  openAtUs: 4_400_000,
  draft: (agents) => ({
    name: 'job-log',
    title: 'Small jobs slip past the large one',
    group: 'work',
    seed: 2,
    pace: 0.2,
    untilUs: 95 * DAY_US,
    digestEveryUs: 2_000_000,
    swarm: { agents },
    topology: { kind: 'star' },
    network: { latency: { kind: 'constant', us: 200 } },
    tasks: { workload: { arrivals: 'log', timeScale: SCALE, sizeScale: SCALE } },
    programs: [{ kind: 'cluster', params: { policy: 'easy' } }],
    faults: [{ at: 6_200_000, op: 'crash', agent: 1, forUs: 2_000_000 }],
    height: 'log',
    layout: 'force',
  }),
  info: {
    what: 'A parallel machine of 128 nodes, as NASA ran one in 1993: a job needs many nodes at one time and keeps them until it ends. The agent in the middle is the scheduler, which takes the jobs of a log in and gives them nodes. While a large job waits for enough of them, others stand behind it, and small ones may slip past.',
    how: 'Under first come, first served nobody passes a job that does not fit, so nodes idle. EASY backfilling works out when the first of the queue can begin at the latest, from what users expected of the jobs that run, and lets others begin only if they do not delay it. Every start, end and sign of life is a message; who holds a job and is silent for a lease is given up, and its job begins again. The log is made from the seed, with the daily rhythm, the sizes and the run times of the log of NASA Ames’ iPSC/860.',
    use: 'Change the policy while it runs. Drop a job log of your own on the page: any file in the Standard Workload Format, such as those of the Parallel Workloads Archive. One second here is 10,000 seconds of the log; raise the load by making timeScale smaller than sizeScale.',
    notice: [
      'A box on an agent is a job, the solid ones in work. The scheduler’s column is the queue and what runs.',
      'A day takes 8.6 s: the queue grows from eight in the morning, and the night works it off.',
      'At 6.2 s a node crashes. Its job loses all of its nodes and begins again, and the scheduler goes on without that one until it is back.',
    ],
    tryThis: [
      'First come, first served instead: how long do small jobs wait now behind large ones?',
      'Whoever fits: the mean wait is even shorter, but a job for all 128 nodes waits until nobody else is there.',
      'Set timeScale to 0.00006: the same jobs in two thirds of the time. What becomes of the waits?',
    ],
    claims: [
      {
        name: 'easy-delays-nobody-first',
        sentence: 'Under EASY no job begins later than it was promised when it became the first of the queue.',
        source: 'Lifka 1995, the rule of EASY: a job may pass others only if it does not delay the first of the queue',
      },
      {
        name: 'first-come-by-hand',
        sentence: 'First come, first served by messages gives the waits that a recursion by hand gives.',
        source: 'The recursion of first come, first served: start = max(submission, start before, processors free)',
      },
      {
        name: 'easy-waits-less',
        sentence: 'EASY backfilling shortens the mean wait of the same jobs.',
        source: 'Mu’alem and Feitelson 2001: backfilling shortens the wait of nearly everybody',
      },
      {
        name: 'easy-uses-more',
        sentence: 'Under more load than it can bear, the machine does more with EASY than first come, first served.',
        source: 'Jones and Nitzberg 1999: backfilling raised what the parallel machines of NASA Ames achieved',
      },
      {
        name: 'log-begins-as-it-did',
        sentence:
          'Replayed on a machine of its size, nearly all jobs of the real log begin at once, as they did in 1993.',
        source: 'The header of NASA-iPSC-1993-3.1-cln.swf: “the given submit times are actually start times”',
      },
    ],
    references: [
      'D. A. Lifka: The ANL/IBM SP Scheduling System. Job Scheduling Strategies for Parallel Processing, LNCS 949, 1995.',
      'A. W. Mu’alem, D. G. Feitelson: Utilization, Predictability, Workloads, and User Runtime Estimates in Scheduling the IBM SP2 with Backfilling. IEEE Transactions on Parallel and Distributed Systems 12(6), 2001.',
      'J. P. Jones, B. Nitzberg: Scheduling for Parallel Supercomputing: A Historical Perspective of Achievable Utilization. LNCS 1659, 1999.',
      'D. G. Feitelson, D. Tsafrir, D. Krakov: Experience with using the Parallel Workloads Archive. Journal of Parallel and Distributed Computing 74(10), 2014.',
    ],
  },
})
