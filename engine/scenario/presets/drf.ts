import { preset } from './Preset.ts'

const SHARING = 'Ghodsi and others 2011, sections 3 and 5: the sharing incentive'

export const drf = preset({
  sizes: { min: 3, default: 9, max: 201 },
  proofUs: 6_000_000,
  openAtUs: 2_500_000,
  draft: (agents) => {
    // Half of the users are like A, half like B, and there is 9 and 18 for each pair of them.
    const pairs = Math.max(1, Math.floor((agents - 1) / 2))
    return {
      name: 'drf',
      title: 'Fair shares of unlike things',
      group: 'work',
      seed: 3,
      pace: 0.4,
      untilUs: 24_000_000,
      digestEveryUs: 500_000,
      swarm: { agents },
      topology: { kind: 'star' },
      network: { latency: { kind: 'uniform', minUs: 2_000, maxUs: 20_000 } },
      programs: [
        {
          kind: 'allocator',
          params: { capacities: [9 * pairs, 18 * pairs], tasks: [8], holdUs: 800_000, leaseUs: 1_200_000 },
        },
      ],
      faults: [
        { at: 5_000_000, op: 'crash', agent: 1, forUs: 4_000_000 },
        { at: 12_000_000, op: 'set', agent: 'all', program: 'allocator', param: 'policy', value: 'first-come' },
        { at: 18_000_000, op: 'set', agent: 'all', program: 'allocator', param: 'policy', value: 'drf' },
      ],
      height: 'load',
      layout: 'force',
    }
  },
  info: {
    what: 'Users share processors and memory. The tasks of some need much memory, those of the others many processors. Whoever has the smallest share of what it needs most gets the next task, so memory-heavy and processor-heavy users end up equally well off.',
    how: 'One agent owns everything. The others send it messages that say how many tasks they want and what each takes: 1 processor and 4 GB, or 3 processors and 1 GB. It looks at each user’s dominant share, its greatest share of any one resource, and grants the next task to the user whose dominant share is smallest. Every grant is leased: a user that is not heard of for 1.2 s loses what it held, and stops using it before somebody else is given it.',
    use: 'Change the policy while it runs, crash a user or the owner of the resources, cut somebody off, or change what tasks take and how long.',
    notice: [
      'Each user stands as high as its dominant share. All stand about equally high, although half of them hold three tasks and the other half two.',
      'At 5 s a user crashes. Its tasks stay reserved until its lease has run out; then the others divide them among themselves.',
      'At 12 s the policy changes to first come, first served. Whoever asks at the right moment gets more, and the columns drift apart until fairness returns at 18 s.',
    ],
    tryThis: [
      'Set the policy to asset fairness, which evens out the sum of both shares. Who gets less than before?',
      'Let tasks overtake. Small tasks always fit in somewhere: what happens to users whose tasks are large?',
      'Cut a user off for 3 s. It stops by its own clock before the owner gives its share away.',
    ],
    claims: [
      {
        name: 'drf-3-and-2',
        sentence:
          'Of 9 processors and 18 GB, a user whose tasks take 1 and 4 gets three tasks, and one whose tasks take 3 and 1 gets two.',
        source: 'Ghodsi and others 2011, section 4.1',
      },
      {
        name: 'drf-30-and-20',
        sentence: 'In a cluster ten times as large they get thirty and twenty, and both have two thirds of a resource.',
        source: 'Ghodsi and others 2011, section 4.1, times ten',
      },
      {
        name: 'drf-sharing',
        sentence:
          'A user gets no less than its equal part of everything would give it: 15 of 30 tasks, and not 12 as by equal sums of shares.',
        source: SHARING,
      },
      {
        name: 'drf-no-lies',
        sentence:
          'Nobody gets more of its tasks done by asking for something else than they need: none of six lies gains a task.',
        source: 'Ghodsi and others 2011, section 3: strategy-proofness',
      },
      {
        name: 'max-min-10',
        sentence:
          'Of one resource, 10 units shared by users who want 2, 2.6, 4 and 5 come to 2, 2.6, 2.7 and 2.7: nobody with less could get more.',
        source: 'Keshav 1997, page 215: max-min fairness by water filling',
      },
    ],
    references: [
      'A. Ghodsi, M. Zaharia, B. Hindman, A. Konwinski, S. Shenker, I. Stoica: Dominant Resource Fairness: Fair Allocation of Multiple Resource Types. NSDI 2011.',
      'C. Gray, D. Cheriton: Leases: An Efficient Fault-Tolerant Mechanism for Distributed File Cache Consistency. SOSP 1989.',
      'S. Keshav: An Engineering Approach to Computer Networking. Addison-Wesley, 1997.',
    ],
  },
})
