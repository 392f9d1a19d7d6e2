import { preset } from './Preset.ts'

export const credits = preset({
  sizes: { min: 2, default: 6, max: 100 },
  proofUs: 6_500_000,
  openAtUs: 2_000_000,
  draft: (agents) => ({
    name: 'credits',
    title: 'Credits hold back the flood',
    group: 'network',
    seed: 6,
    pace: 0.15,
    untilUs: 16_000_000,
    digestEveryUs: 500_000,
    swarm: { agents },
    topology: { kind: 'ring', oneWay: true },
    network: { latency: { kind: 'constant', us: 2_000 } },
    programs: [{ kind: 'pipeline', params: { credits: 12, serviceUs: 50_000, timeoutUs: 5_000_000, reportEvery: 20 } }],
    faults: [
      {
        ...{ at: 6_000_000, op: 'set', agent: Math.floor(agents / 2), program: 'pipeline' },
        ...{ param: 'serviceUs', value: 200_000 },
      },
      {
        ...{ at: 11_000_000, op: 'set', agent: Math.floor(agents / 2), program: 'pipeline' },
        ...{ param: 'serviceUs', value: 50_000 },
      },
    ],
    height: 'log',
    layout: 'ring',
  }),
  info: {
    what: 'A row of stages hands work on from one to the next. The first could always begin more, but it needs a credit for each item, and there are only twelve: they come back from the last stage. So a slow stage slows the source instead of drowning under a queue.',
    how: 'Each of the six stages works on one item at a time, 50 ms on average with exponential spread, and keeps the others waiting in line. A credit travels with each item and returns from the end to the beginning. Items under way therefore never exceed the credits, whatever any stage does.',
    use: 'Change the number of credits and of stages. Slow a stage, crash one, or lose messages: an item that is gone takes its credit along, until the source begins it again after 5 s.',
    notice: [
      'Each box is an item, the solid one is in work. With those on their way there are never more than twelve: the credits.',
      'At 6 s one stage becomes four times slower. The others run dry within seconds, and nowhere does a queue grow beyond twelve.',
      'With twelve credits the six stages are busy 12 / 17 of the time, about 71 %: chance makes queues here and idle stages there, and only more credits would help.',
    ],
    tryThis: [
      'One credit: a single item walks along the row, and each stage works a sixth of the time.',
      'A hundred credits: nearly full speed, and a hundred items that wait. What has become of the time one item takes?',
      'Set the service to constant: six credits are then enough for full speed.',
    ],
    claims: [
      {
        name: 'credits-4-of-4',
        sentence: 'Four exponential stages with four credits reach 4 / 7 of a stage’s rate.',
        source:
          'Gordon and Newell 1967: in a closed cycle of equal exponential stages every distribution of the items over the stages is equally likely',
      },
      {
        name: 'credits-2-of-6',
        sentence: 'Six stages with two credits reach 2 / 7.',
        source:
          'Gordon and Newell 1967: in a closed cycle of equal exponential stages every distribution of the items over the stages is equally likely',
      },
      {
        name: 'credits-16-of-3',
        sentence: 'Three stages with sixteen credits reach 16 / 18.',
        source:
          'Gordon and Newell 1967: in a closed cycle of equal exponential stages every distribution of the items over the stages is equally likely',
      },
    ],
    references: [
      'W. J. Gordon, G. F. Newell: Closed Queuing Systems with Exponential Servers. Operations Research 15(2), 1967.',
      'H. T. Kung, T. Blackwell, A. Chapman: Credit-Based Flow Control for ATM Networks: Credit Update Protocol, Adaptive Credit Allocation, and Statistical Multiplexing. SIGCOMM 1994.',
    ],
  },
})
