import { preset } from './Preset.ts'

const ROCK_US = 20_000_000
const BLIND_US = 40_000_000

export const boids = preset({
  sizes: { min: 60, default: 1_200, max: 5_000 },
  step: 3,
  proofUs: 20_500_000,
  openAtUs: 500_000,
  draft: (agents) => ({
    name: 'boids',
    title: 'Three flocks form out of nothing and fly round a rock',
    group: 'movement',
    seed: 5,
    pace: 1.5,
    untilUs: 60_000_000,
    digestEveryUs: 1_000_000,
    swarm: { agents },
    topology: { kind: 'none' },
    space: {
      kind: 'boids',
      dimensions: 3,
      width: 140,
      height: 100,
      depth: 60,
      edges: 'walls',
      stepUs: 50_000,
      measureEvery: 10,
      params: { vision: 9, separation: 4, separate: 0.25, speed: 0.6, flocks: 3, lookAhead: 13 },
      detectors: [{ kind: 'flock', of: 'clusterPolarisation', threshold: 0.6, forUs: 2_000_000 }],
    },
    faults: [
      { at: ROCK_US, op: 'obstacle', disc: { x: 70, y: 50, z: 30, radius: 16 } },
      { at: BLIND_US, op: 'afflict', whom: { share: 0.12 }, effect: 'blind', forUs: 10_000_000 },
    ],
    height: 'none',
    layout: 'force',
  }),
  info: {
    what: 'Twelve hundred bodies fly about at random. Each sees only those near it, and none leads. Within seconds they fly in flocks that wheel and turn together.',
    how: 'In every step a body adds three wishes: to head as its flockmates within sight head on average (align), to be where they are on average (cohere), and to get away from whoever is closer than the separation, the more the closer it is (separate). The sum is cut to the largest force, and added to the velocity; the speed stays within 30 % of cruising speed and drifts back to it. All move at the same time, by what they saw at the end of the step before. Bodies of different flocks keep apart, but do not heed each other. Walls and obstacles push from as far as bodies look ahead. At 20 s a rock appears in the middle, and at 40 s one in eight goes blind for ten seconds: those fly straight on, and only walls turn them.',
    use: 'Change the three weights in Parameters while it runs, and click on a body to see what it senses. Drop obstacles, blind or deafen bodies with Faults.',
    notice: [
      'Order comes from neighbours alone: no body knows where its flock is heading.',
      'A flock that meets the rock parts, and closes behind it.',
      'Flocks are dense where they turn and long where they fly straight.',
      'The blind drift out of their flocks on straight lines. Once they see again, the flocks gather them in.',
    ],
    tryThis: [
      'Set align to 0. They still stay together, but as clouds that go nowhere.',
      'Set cohere to 0: the flocks fall apart into small groups that agree.',
      'Set the flocks to 1, and all three become one.',
      'Give them a goal: set its weight to 0.5, and its place to the middle.',
      'Make one in ten a rogue that heads against its neighbours.',
    ],
    claims: [
      {
        name: 'flocking-baseline',
        sentence:
          'With the values of NetLogo’s Flocking model, 300 bodies on 71 × 71 agree to 0.95 to 0.98 after 300 to 400 steps.',
        source: 'baseline: our own figure for NetLogo’s rule (Wilensky 1998), all moving at once; not published',
      },
    ],
    references: [
      'C. W. Reynolds: Flocks, herds, and schools: a distributed behavioral model. Computer Graphics 21 (SIGGRAPH), 1987.',
      'C. W. Reynolds: Steering behaviors for autonomous characters. Game Developers Conference, 1999.',
      'U. Wilensky: NetLogo Flocking model. Center for Connected Learning, Northwestern University, 1998.',
    ],
  },
})
