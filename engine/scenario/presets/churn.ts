import { preset } from './Preset.ts'
import { suspicionPeriodsFor } from './swim.ts'

export const churn = preset({
  sizes: { min: 10, default: 100, max: 2_000 },
  proofUs: 14_000_000,
  openAtUs: 1_500_000,
  draft: (agents) => ({
    name: 'churn',
    title: 'They come and go, and the list keeps up',
    group: 'coordination',
    seed: 4,
    pace: 0.5,
    untilUs: 60_000_000,
    digestEveryUs: 1_000_000,
    swarm: { agents },
    topology: { kind: 'mesh' },
    network: { latency: { kind: 'uniform', minUs: 20_000, maxUs: 60_000 }, loss: 0.01 },
    programs: [
      {
        kind: 'swim',
        params: {
          periodUs: 500_000,
          ackTimeoutUs: 150_000,
          suspicionPeriods: suspicionPeriodsFor(agents),
          verbose: agents <= 300,
        },
      },
    ],
    faults: [
      { at: 3_000_000, op: 'join' },
      { at: 3_200_000, op: 'join' },
      { at: 4_000_000, op: 'propose', agent: 3, program: 'swim', value: { leave: true } },
      { at: 6_000_000, op: 'leave', agent: 3 },
    ],
    chaos: {
      weights: { join: 3, leave: 2, crash: 3 },
      perSecond: 0.5,
      fromUs: 4_000_000,
      toUs: 30_000_000,
      meanUs: 5_000_000,
      pick: 1,
      budget: 'tolerated',
    },
    height: 'load',
    layout: 'ring',
  }),
  info: {
    what: 'A swarm that is never the same for long. Agents join, leave without a word, fail and come back, and every one of them keeps its own list of who is there.',
    how: 'A newcomer knows the list it was given, introduces itself to one member of it and gets back whatever has changed since. Everybody else hears of it on the pings and answers that they exchange anyway. Leavers and failed agents are noticed because they stop answering; one that goes politely says so. Between 4 s and 30 s changes come at random from the seed, one every two seconds.',
    use: 'Let the changes come faster under Chaos, or add agents and remove them by hand. Ask any agent who is there: the answer comes out of its own list, which may be behind.',
    notice: [
      'A newcomer is greeted within a fraction of a second, and everybody knows it within three.',
      'At 4 s agent 3 says goodbye and is struck off without having been suspected.',
      'An agent that comes back after its burial needs a higher number before others believe it.',
      'After 30 s nobody else leaves or fails, and the lists become the same.',
    ],
    tryThis: [
      'Set how often news is repeated (λ) to 1: news is passed on less often. Do the lists still become the same?',
      'Add a partition for ten seconds: both sides bury each other, and find each other again.',
      'Set after how many probes a lost agent is asked again to 0, which is never, and do the same.',
    ],
    claims: [
      {
        name: 'churn-agreement',
        sentence:
          'Every coming and going is on all lists within 38 periods: eight to notice, one to judge, eight of suspicion and 3·log₂ n to tell everybody.',
        source: 'Sum of bounds: Das, Gupta and Motivala 2002, sections 3.1, 4.1 and 4.2, for about 100 members',
      },
      {
        name: 'churn-nobody-buried',
        sentence: 'At the end nobody who works is missing on any list, and nobody who is gone is left on one.',
        source: 'Das, Gupta and Motivala 2002: strong completeness and, once messages arrive, accuracy',
      },
    ],
    references: [
      'A. Das, I. Gupta, A. Motivala: SWIM: Scalable Weakly-consistent Infection-style Process Group Membership Protocol. DSN 2002.',
    ],
  },
})
