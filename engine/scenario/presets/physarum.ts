import { preset } from './Preset.ts'

const HOLE_US = 10_000_000
const OBSTACLE_US = 24_000_000
const FARTHER_US = 40_000_000
/** Agents a cell (Jones 2010). */
const OCCUPANCY = 0.15

export const physarum = preset({
  sizes: { min: 1_500, default: 6_000, max: 1_000_000 },
  proofUs: 10_500_000,
  openAtUs: 2_000_000,
  draft(agents) {
    const side = Math.round(Math.sqrt(agents / OCCUPANCY))
    return {
      name: 'physarum',
      title: 'A slime mould draws a network and mends it',
      group: 'movement',
      seed: 1,
      pace: 1.5,
      untilUs: 60_000_000,
      digestEveryUs: 2_500_000,
      swarm: { agents },
      topology: { kind: 'none' },
      space: {
        kind: 'physarum',
        width: side,
        height: side,
        stepUs: 50_000,
        measureEvery: 20,
        detectors: [{ kind: 'trail', threshold: 0.5, of: 'trailShare', forUs: 1_000_000 }],
      },
      faults: [
        {
          at: HOLE_US,
          op: 'afflict',
          whom: { disc: { x: side / 2, y: side / 2, radius: side / 8 } },
          effect: 'kill',
        },
        { at: OBSTACLE_US, op: 'obstacle', disc: { x: side / 4, y: side / 3, radius: side / 9 } },
        { at: FARTHER_US, op: 'set', agent: 'all', program: 'space', param: 'sensorOffset', value: 22 },
      ],
      height: 'none',
      layout: 'force',
    }
  },
  info: {
    what: 'Thousands of agents on an empty plate, each with three feelers and no plan. Whoever moves leaves a trail, and everybody turns to where the trail is strongest. Within seconds they have drawn a network of veins, which goes on pulling itself tighter.',
    how: 'Each agent smells the trail nine cells ahead, and at 22.5° to either side. If the middle is strongest it goes straight on; if it is weakest it turns left or right by chance; else it turns 45° to the stronger side. All sense and turn at once. Then each asks for the cell one step ahead: it must have been empty before the step, and of several that want it the one with the smallest draw gets it. Who moves leaves 5 units, who cannot looks in a random direction. Then each cell becomes the mean of the nine around it, and a tenth decays. The plate has no edge: what leaves one side comes in at the other.',
    use: 'Kill agents in a disc, drop obstacles, and change how far ahead they smell while it runs. The pattern follows within seconds.',
    notice: [
      'No two agents ever share a cell: at any moment about half of them wait for the one ahead.',
      'At 10 s everybody in the middle dies. The torn ends find each other, and a ring closes round the hole.',
      'At 24 s an obstacle falls. Those under it crawl out, and a ring forms round it.',
      'At 40 s all feelers reach 22 cells instead of nine, and the mesh grows coarser: its size follows that one number.',
    ],
    tryThis: [
      'Set the sensor offset to 3 from the start, and then to 25.',
      'Make a tenth of them rogue: they flee the veins and lay false ones that are four times as strong.',
      'Take 100,000 agents and watch the plate from above.',
    ],
    claims: [
      {
        name: 'physarum-trail-mass',
        sentence:
          'The trail in all follows M ← (M + 5 · moves) · 0.9 step by step, so it comes to rest at moves · 5 · 0.9/0.1.',
        source: 'theorem: the mean keeps the mass, and the decay takes a tenth of it',
      },
      {
        name: 'physarum-wavelength',
        sentence:
          'The farther ahead they smell, the coarser the network: offsets of 3, 9 and 25 cells give about 18, 26 and 43.',
        source: 'Jones 2010 (the sensor offset sets the scale); figures of an independent simulation',
      },
    ],
    references: [
      'J. Jones: Characteristics of pattern formation and evolution in approximations of Physarum transport networks. Artificial Life 16(2), 2010.',
      'A. Tero and others: Rules for biologically inspired adaptive network design. Science 327, 2010.',
    ],
  },
})
