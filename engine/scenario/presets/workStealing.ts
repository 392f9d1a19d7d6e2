import { preset } from './Preset.ts'

const NODE_US = 10_000
/** Nodes in the computation of fib(22). */
const NODES = 85_969

export const workStealing = preset({
  sizes: { min: 4, default: 16, max: 256 },
  proofUs: 16_000_000,
  openAtUs: 400_000,
  draft: (agents) => ({
    name: 'work-stealing',
    title: 'Whoever has nothing to do takes from a stranger',
    group: 'work',
    seed: 5,
    pace: 0.5,
    untilUs: Math.ceil((NODES * NODE_US * 1.6) / agents / 1_000_000) * 1_000_000 + 10_000_000,
    digestEveryUs: 1_000_000,
    swarm: { agents },
    topology: { kind: 'mesh' },
    network: { latency: { kind: 'constant', us: 1_000 } },
    programs: [
      { kind: 'stealing', params: { n: 22, nodeUs: NODE_US, retryUs: 1_000, timeoutUs: 100_000, leaseUs: 2_000_000 } },
    ],
    faults: [
      {
        ...{ at: Math.min(14_000_000, Math.floor((NODES * NODE_US * 0.25) / agents)), op: 'crash' },
        ...{ agent: Math.floor(agents / 2), forUs: 3_000_000 },
      },
    ],
    height: 'log',
    layout: 'ring',
  }),
  info: {
    what: 'Sixteen workers compute a number together, and nobody shares out the work. It begins with one of them; who has nothing to do asks somebody at random and takes a piece. All of them are busy within moments, and stay so almost to the end.',
    how: 'The 22nd Fibonacci number by its own recursion is a graph of 85,969 steps, of which the longest chain has 43. Each worker keeps the steps that are ready as a stack and takes the newest; a thief is given the oldest, which stands for the most work. Values go back by message to whom they are for. Asking takes a fifth of a step, so a message is short beside the work, as the theory wants it. Who gives a piece away keeps a copy for as long as the thief is heard of.',
    use: 'Crash a worker, lose messages, or let thieves ask only their neighbours. Choose what a thief is given: the oldest piece or the newest, one or half of all. Make messages slower than the steps.',
    notice: [
      'Each box is a step that is ready, the bright one is in work. No stack is ever higher than the recursion is deep.',
      'Steals are rare: some two hundred for 85,969 steps, because the oldest piece of a stack is the largest. Nearly all of them come in the last seconds, when only small pieces are left.',
      'Who works when, on the timeline: from their first steal on all are at it without a break, but the one that crashes, until the work runs out.',
      'After a quarter of the time a worker crashes. Two seconds later whoever it had taken from begins that piece again, and others soon take parts of it.',
    ],
    tryThis: [
      'Let a victim give its newest piece. Most of what is stolen is then a single step, and there are many times more steals.',
      'Nobody steals: one works for 860 s, and fifteen watch.',
      'A ring where thieves ask only their neighbours. How long does it take until the last one has something to do?',
    ],
    claims: [
      {
        name: 'stealing-time',
        sentence: 'The time is at most the work shared out evenly plus twice the longest chain: T₁/P + 2·T∞.',
        source: 'Blumofe and Leiserson 1999, theorem 13: T₁/P + O(T∞) expected; the constant by simulation',
      },
      {
        name: 'stealing-steals',
        sentence: 'There are at most P · T∞ steals, for 16 and for 64 workers.',
        source: 'Blumofe and Leiserson 1999, lemma 12: O(P · T∞) expected; the constant by simulation',
      },
      {
        name: 'stealing-speedup-16',
        sentence: 'Sixteen workers are 15.9 times as fast as one.',
        source: 'Independent simulation in whole steps, an attempt to steal taking one',
      },
      {
        name: 'stealing-speedup-64',
        sentence: 'Sixty-four workers are 62.0 times as fast as one.',
        source: 'Independent simulation in whole steps, an attempt to steal taking one',
      },
      {
        name: 'stealing-once',
        sentence: 'Every one of the 85,969 steps is done once.',
        source: 'Theorem: two calls above 1 cost two steps each, the others one, 3·fib(23) − 2 in all',
      },
      {
        name: 'stealing-crash',
        sentence: 'The result is right when a worker crashes and messages are lost.',
        source: 'Definition: fib(22) = 17,711',
      },
    ],
    references: [
      'R. D. Blumofe, C. E. Leiserson: Scheduling Multithreaded Computations by Work Stealing. Journal of the ACM 46(5), 1999.',
      'R. D. Blumofe, P. A. Lisiecki: Adaptive and Reliable Parallel Computing on Networks of Workstations. USENIX 1997.',
    ],
  },
})
