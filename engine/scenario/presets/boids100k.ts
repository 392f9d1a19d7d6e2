import { preset } from './Preset.ts'

/** World units that a body sees. */
const VISION = 5
/** Everybody sees about twelve others at the beginning: π · 25 square units hold as many. */
const SQUARE_A_BODY = (3.141592653589793 * VISION * VISION) / 12

export const boids100k = preset({
  sizes: { min: 1_000, default: 100_000, max: 500_000 },
  step: 100,
  proofUs: 550_000,
  openAtUs: 0,
  draft: (agents) => {
    const side = Math.round(Math.sqrt(agents * SQUARE_A_BODY))
    return {
      name: 'boids-100k',
      title: 'A hundred thousand bodies find one another',
      group: 'movement',
      seed: 1,
      pace: 1.5,
      untilUs: 30_000_000,
      digestEveryUs: 250_000,
      swarm: { agents },
      topology: { kind: 'none' },
      space: {
        kind: 'boids',
        width: side,
        height: side,
        stepUs: 50_000,
        measureEvery: 20,
        params: { vision: VISION, separation: 2.5, speed: 0.6, align: 0.5, cohere: 0.05, separate: 0.2 },
      },
      faults: [
        { at: 400_000, op: 'afflict', whom: { share: 0.001 }, effect: 'stuck' },
        { at: 10_000_000, op: 'obstacle', disc: { x: side / 2, y: side / 2, radius: side / 12 } },
        {
          at: 20_000_000,
          op: 'afflict',
          whom: { disc: { x: side / 4, y: side / 4, radius: side / 8 } },
          effect: 'kill',
        },
      ],
      height: 'none',
      layout: 'force',
    }
  },
  info: {
    what: 'A hundred thousand bodies start at random, each with about twelve others in sight. Agreement spreads from neighbour to neighbour: first there are patches of one direction everywhere, then the patches fight and grow.',
    how: 'The rule is that of the scenario boids, in two dimensions, with one flock, in a world without edges: what leaves one side comes in at the other. All move at the same time. Nobody is left out: there is no limit on how many neighbours are heeded, and distances across the seam are exact. Bodies are sorted by cells as wide as they see, and the workers share the cells between them. At 0.4 s one body in a thousand gets stuck, at 10 s a rock falls into the middle, and at 20 s all within a disc die.',
    use: 'Watch the time of a step, and run it on one and on two workers. Colour the bodies by heading to see the patches.',
    notice: [
      'In the first second nothing seems to happen. Then patches appear that are ten times as wide as what a body sees.',
      'The patches grow ever more slowly: the order of the whole is low long after every neighbourhood agrees.',
      'Where two patches meet, bodies crowd along the line.',
      'The stuck are islands that everybody flows round.',
    ],
    tryThis: [
      'Take 1,000 bodies: they agree as a whole within seconds, because the world is only a few patches wide.',
      'Set align to 0 and the patches are gone.',
      'Let a wind blow: it carries everybody along, and changes nothing among them.',
    ],
    claims: [
      {
        name: 'hundred-thousand-neighbours',
        sentence: 'In the first step a body sees (n − 1) π r² / A others on average: 12.0, seams included.',
        source: 'theorem: places are uniform and independent; spread by the variance of the number of near pairs',
      },
    ],
    references: [
      'C. W. Reynolds: Flocks, herds, and schools: a distributed behavioral model. Computer Graphics 21 (SIGGRAPH), 1987.',
      'S. Green: Particle simulation using CUDA. NVIDIA, 2008.',
    ],
  },
})
