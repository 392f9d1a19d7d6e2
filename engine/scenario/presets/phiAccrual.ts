import { preset } from './Preset.ts'

export const phiAccrual = preset({
  sizes: { min: 2, default: 12, max: 1_000 },
  proofUs: 7_000_000,
  openAtUs: 2_500_000,
  draft: (agents) => ({
    name: 'phi-accrual',
    title: 'How sure are you that it has failed?',
    group: 'network',
    seed: 2,
    pace: 0.5,
    untilUs: 24_000_000,
    digestEveryUs: 500_000,
    swarm: { agents },
    topology: { kind: 'mesh' },
    network: { latency: { kind: 'uniform', minUs: 20_000, maxUs: 60_000 } },
    programs: [{ kind: 'phi', params: { heartbeatUs: 100_000, threshold: 5, windowMax: 100, watchMax: 3 } }],
    faults: [
      { at: 4_000_000, op: 'crash', agent: 0, forUs: 4_000_000 },
      { at: 11_000_000, op: 'reorder', probability: 0.3, us: 120_000, from: 'all', to: 'all', forUs: 8_000_000 },
    ],
    height: 'load',
    layout: 'ring',
  }),
  info: {
    what: 'Each agent listens to the heartbeats of its neighbours. Instead of a fixed time after which a silence means death, it keeps a number, phi, that says how unusual this silence is.',
    how: 'A watcher remembers the last hundred gaps between heartbeats, with their mean and their spread. From these it computes how likely a gap this long is. Phi is the number of zeros in that chance: 1 for one in ten, 2 for one in a hundred, 5 for one in a hundred thousand. At the threshold, 5 here, it suspects the neighbour, and takes it back at the next heartbeat.',
    use: 'Crash an agent and watch its watchers rise. Then make the network worse: watchers suspect at first and then learn that long gaps are nothing special any more.',
    notice: [
      'The height of an agent is the highest phi that it holds of a neighbour; at the top it suspects it.',
      'At 4 s agent 0 fails. Its three watchers rise together and suspect it after less than 0.2 s of silence.',
      'At 11 s three heartbeats in ten begin to take longer. False suspicions come by the dozen, and after a few seconds there are hardly any: the watchers have learnt.',
    ],
    tryThis: [
      'Set the threshold to 1: one long gap in ten is taken for a failure.',
      'Choose exponential heartbeats with the normal model, and count how often it is wrong.',
      'Make the window short, 20 gaps, and compare how fast watchers learn and how often they err.',
    ],
    claims: [
      {
        name: 'phi-1',
        sentence: 'At phi 1 one gap in ten is suspected by mistake, where gaps are what the model says.',
        source: 'Hayashibara and others 2004, section 4: the chance of a mistake is 10^−phi; theorem',
      },
      {
        name: 'phi-2',
        sentence: 'At phi 2 it is one gap in a hundred.',
        source: 'Hayashibara and others 2004, section 4: the chance of a mistake is 10^−phi; theorem',
      },
      {
        name: 'phi-3',
        sentence: 'At phi 3 it is one gap in a thousand.',
        source: 'Hayashibara and others 2004, section 4: the chance of a mistake is 10^−phi; theorem',
      },
    ],
    references: ['N. Hayashibara, X. Défago, R. Yared, T. Katayama: The φ Accrual Failure Detector. SRDS 2004.'],
  },
})
