import { preset } from './Preset.ts'

/** Bodies a unit of area. */
const DENSITY = 4
const SOURCE = 'model of Vicsek et al. 1995; figure of an independent simulation'

export const vicsek = preset({
  sizes: { min: 40, default: 1_000, max: 10_000 },
  proofUs: 62_000_000,
  openAtUs: 0,
  draft: (agents) => ({
    name: 'vicsek',
    title: 'Noise decides whether a crowd finds a common direction',
    group: 'movement',
    seed: 5,
    pace: 6,
    untilUs: 300_000_000,
    digestEveryUs: 10_000_000,
    swarm: { agents },
    topology: { kind: 'none' },
    space: {
      kind: 'vicsek',
      width: Math.sqrt(agents / DENSITY),
      height: Math.sqrt(agents / DENSITY),
      stepUs: 100_000,
      params: { noiseRad: 1 },
      detectors: [{ kind: 'flock', threshold: 0.7, forUs: 3_000_000 }],
    },
    faults: [
      { at: 60_000_000, op: 'set', agent: 'all', program: 'space', param: 'noiseRad', value: 5 },
      { at: 110_000_000, op: 'set', agent: 'all', program: 'space', param: 'noiseRad', value: 0.3 },
      { at: 220_000_000, op: 'afflict', whom: { share: 0.2 }, effect: 'rogue', forUs: 40_000_000 },
    ],
    height: 'none',
    layout: 'force',
  }),
  info: {
    what: 'A thousand bodies move at the same speed, each where it likes. Nobody leads, and nobody sees further than its neighbours. Within twenty seconds most of them move the same way. With more noise they never do.',
    how: 'In each step a body takes the mean direction of all within a radius of 1, itself included, and errs from it by a random angle of at most half the noise. All do so at the same moment, and a body moves with the heading that it had before: it turns after it has moved. The square is wrapped: what leaves on one side comes in on the other. At 60 s the noise goes up from 1 to 5 radians, at 110 s down to 0.3, and from 220 s to 260 s a fifth of all heads against its neighbours.',
    use: 'Change the noise in Parameters while it runs and watch the chart of polarisation: 1 means that all head the same way, 0 that they head anywhere. Faults makes bodies deaf, stuck or rogue.',
    notice: [
      'Order comes from below: first small groups agree, then groups that meet take each other along.',
      'With noise of 5 nothing is left of a common direction after a few seconds.',
      'With little noise the bodies run together into dense groups with empty space between them.',
      'A fifth of rogues takes two fifths of the order at first. Then the crowd moves on without them and recovers some of it.',
    ],
    tryThis: [
      'Find the noise at which the common direction comes and goes.',
      'Let everybody hear everybody: the crowd agrees within a single step, as far as the noise allows.',
      'Let bodies move with the new heading instead of the old one, at noise 4, and compare the order.',
      'Take 100 and then 10,000 bodies at noise 4: the more there are, the less they agree.',
    ],
    claims: [
      {
        name: 'vicsek-noise-one',
        sentence: 'With 400 bodies, four a unit of area, and noise of 1 the order is 0.945.',
        source: SOURCE,
      },
      { name: 'vicsek-noise-two', sentence: 'With noise of 2 it is 0.80.', source: SOURCE },
      { name: 'vicsek-noise-three', sentence: 'With noise of 3 it is 0.556.', source: SOURCE },
      {
        name: 'vicsek-noise-four',
        sentence: 'With noise of 4 it is 0.29, provided that bodies move with their old heading.',
        source: SOURCE,
      },
      {
        name: 'vicsek-full-circle',
        sentence: 'With noise all round the circle the order is √π / (2√N), which is chance: 0.0443 for 400 bodies.',
        source: 'theorem: mean length of a mean of N independent unit vectors',
      },
      {
        name: 'vicsek-everybody-hears',
        sentence: 'Where everybody hears everybody the order is sin(η/2) / (η/2) at noise η.',
        source: 'theorem: mean cosine of a uniform angle',
      },
      {
        name: 'vicsek-size',
        sentence: 'At one density and noise of 4 the order falls from 40 bodies to 100, and from 100 to 400.',
        source: 'Vicsek, Czirók, Ben-Jacob, Cohen and Shochet 1995',
      },
    ],
    references: [
      'T. Vicsek, A. Czirók, E. Ben-Jacob, I. Cohen, O. Shochet: Novel type of phase transition in a system of self-driven particles. Physical Review Letters 75, 1995.',
      'G. Grégoire, H. Chaté: Onset of collective and cohesive motion. Physical Review Letters 92, 2004.',
    ],
  },
})
