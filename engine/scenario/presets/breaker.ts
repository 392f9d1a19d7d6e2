import { preset } from './Preset.ts'

export const breaker = preset({
  sizes: { min: 4, default: 15, max: 1_000 },
  proofUs: 5_500_000,
  openAtUs: 3_200_000,
  draft: (agents) => ({
    name: 'breaker',
    title: 'A breaker opens, and the rest goes on',
    group: 'network',
    seed: 7,
    pace: 0.25,
    untilUs: 20_000_000,
    digestEveryUs: 500_000,
    swarm: { agents },
    topology: { kind: 'mesh' },
    network: { latency: { kind: 'uniform', minUs: 4_000, maxUs: 14_000 } },
    programs: [
      {
        kind: 'rpc',
        params: {
          ...{ servers: 3, callsPerSecond: Math.min(20, 400 / (agents - 3)), serviceUs: 3_000, timeoutUs: 300_000 },
          ...{ window: 10, threshold: 0.5, openUs: 1_500_000, trials: 3 },
        },
      },
    ],
    faults: [
      { at: 4_000_000, op: 'crash', agent: 0, forUs: 5_000_000 },
      { at: 13_000_000, op: 'set', agent: 1, program: 'rpc', param: 'serviceUs', value: 40_000 },
      { at: 16_000_000, op: 'set', agent: 1, program: 'rpc', param: 'serviceUs', value: 3_000 },
    ],
    height: 'load',
    layout: 'ring',
  }),
  info: {
    what: 'Three servers answer the calls of all the others. When one stops answering, its callers stop asking it for a while, send their calls to the other two, and come back carefully once it has recovered.',
    how: 'Each caller has a circuit breaker in front of each server. Closed, it counts the last 10 calls; when at least half of them failed, it opens and refuses calls at once. After 1.5 s it is half-open: three trials may pass, and only if all of them succeed does it close. A call that one breaker refuses goes to the next server.',
    use: 'Crash, slow or pause a server, or set its share of failures. Change the window, the threshold and the time a breaker stays open.',
    notice: [
      'At 4 s server 0 crashes. Callers rise with the share of failures that they see, and stop asking it within a second or so.',
      'While server 0 is away, a few half-open trials find out, and cost their callers 300 ms each. Nobody else waits for it.',
      'At 13 s server 1 becomes too slow for its share of the calls. Open breakers take load off it, so its queue can drain: a breaker protects the server as much as the caller.',
    ],
    tryThis: [
      'Set the threshold to 1 and the window to 1,000: breakers that never open. Count the calls that time out now.',
      'Set the trials to 1 and watch callers return to a server that still fails.',
      'Give every server a share of failures of 45 %. How long does a breaker with a window of 10 stay closed?',
    ],
    claims: [
      {
        name: 'breaker-45',
        sentence:
          'With a window of 100 and a threshold of 50 %, a server that fails 45 % of its calls trips a breaker at the hundredth call with probability 0.183.',
        source: 'Closed form: the chance of at least 50 failures among 100 independent calls',
      },
      {
        name: 'breaker-50',
        sentence: 'With 50 % of the calls failing that probability is 0.540.',
        source: 'Closed form: the chance of at least 50 failures among 100 independent calls',
      },
      {
        name: 'breaker-55',
        sentence: 'With 55 % of the calls failing that probability is 0.865.',
        source: 'Closed form: the chance of at least 50 failures among 100 independent calls',
      },
    ],
    references: [
      'M. T. Nygard: Release It! Design and Deploy Production-Ready Software. Pragmatic Bookshelf, 2007, "Circuit Breaker".',
    ],
  },
})
