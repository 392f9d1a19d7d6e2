import { preset } from './Preset.ts'

const OBSTACLE_US = 12_000_000
const WIND_US = 20_000_000
const FADES_US = 34_000_000
const RETURNS_US = 46_000_000

export const pheromoneField = preset({
  sizes: { min: 8, default: 40, max: 2_000 },
  proofUs: 13_000_000,
  openAtUs: 6_000_000,
  draft: (agents) => ({
    name: 'pheromone-field',
    title: 'Scents spread, drift apart and fade',
    group: 'movement',
    seed: 3,
    pace: 1.5,
    untilUs: 60_000_000,
    digestEveryUs: 1_000_000,
    swarm: { agents },
    topology: { kind: 'none' },
    space: {
      kind: 'field',
      width: 160,
      height: 100,
      stepUs: 50_000,
      measureEvery: 10,
      detectors: [{ kind: 'collapse', of: 'mass', threshold: 0.5, forUs: 0 }],
      params: {
        scheme: 'ninePoint',
        diffusion: 0.15,
        evaporation: 0.006,
        alarmDiffusion: 0.3,
        alarmEvaporation: 0.03,
        sources: 4,
        sourceEmit: 12,
        emit: 3,
        puff: 150,
        puffChance: 0.002,
      },
    },
    faults: [
      { at: OBSTACLE_US, op: 'obstacle', disc: { x: 110, y: 76, radius: 12 } },
      { at: WIND_US, op: 'wind', x: 4, y: 1.5, forUs: 8_000_000 },
      { at: FADES_US, op: 'set', agent: 'all', program: 'space', param: 'evaporation', value: 0.06 },
      { at: RETURNS_US, op: 'set', agent: 'all', program: 'space', param: 'evaporation', value: 0.006 },
    ],
    height: 'none',
    layout: 'force',
  }),
  info: {
    what: 'Four sources give off a scent and stand still; the others wander and leave a trail of it. What is laid down spreads, thins out and fades. Now and then somebody lets off a puff of alarm, a second scent that spreads faster and fades sooner, and whoever smells it turns away.',
    how: 'The world is a lattice of 160 × 100 cells. In each step bodies move and deposit, then the wind carries a share of each cell to the next one, then every cell gives a part of its difference to its neighbours, and then a share evaporates. Diffusion comes first and evaporation second: doing both at once gives other widths. Deposits are whole numbers of 1/4,096 unit, added up as integers, so the sum is the same on any number of workers. Obstacles and closed edges reflect: a cell that has no neighbour keeps what it would have given.',
    use: 'Change diffusion and evaporation in Parameters while it runs, drop obstacles, and let the wind blow. Each law of spreading below holds for one drop of scent: set the start to a spot and the giving off to 0 to see it alone.',
    notice: [
      'At 12 s an obstacle falls. The scent under it is gone, and what comes after flows round it.',
      'From 20 s on a wind blows for eight seconds: plumes lean, and a wanderer’s trail drifts away from where it walked.',
      'At 34 s the scent begins to evaporate ten times as fast. Plumes shrink to about a third, because their width goes with the square root of diffusion over evaporation.',
      'The alarm is choppy and short, the scent calm and wide: the same rule with other numbers.',
    ],
    tryThis: [
      'Set the evaporation to 0 and watch the total rise without end.',
      'Allow numbers past the stability limit and set the diffusion to 0.4: the finest ripple grows until the numbers overflow, and the run stops by name.',
      'Make half of the wanderers deaf: they walk through the alarm as if it were not there.',
    ],
    claims: [
      {
        name: 'field-spread',
        sentence: 'The variance of a drop of scent grows by 2D a step along each axis, evaporation or not.',
        source: 'theorem: second moment of the five- and nine-point schemes; diffuse first, then evaporate',
      },
      {
        name: 'field-mass',
        sentence: 'Diffusion keeps the mass, and evaporation leaves (1 − k) of it in each step.',
        source: 'theorem: the weights of each scheme add up to 1',
      },
      {
        name: 'field-stability',
        sentence:
          'At 99 % of the stability limit (a Courant number of 1/4 with five points, 3/8 with nine) the finest ripple shrinks by 2 % a step; at 102 % it grows by 4 %.',
        source: 'theorem: von Neumann’s analysis of the two schemes',
      },
      {
        name: 'field-length',
        sentence: 'Round a steady source the scent reaches √(D/k): its variance comes to rest at 2D/k along each axis.',
        source: 'theorem: fixed point of the second moment; diffuse first, then evaporate',
      },
      {
        name: 'field-netlogo',
        sentence: 'NetLogo’s “diffuse p” spreads by a variance of 0.75 p a tick.',
        source: 'theorem: six of eight neighbours lie one cell away along an axis, and each gets p/8',
      },
    ],
    references: [
      'J. Crank: The Mathematics of Diffusion. Oxford University Press, 2nd edition, 1975.',
      'U. Wilensky: NetLogo. Center for Connected Learning and Computer-Based Modeling, Northwestern University, 1999.',
      'W. H. Bossert, E. O. Wilson: The analysis of olfactory communication among animals. Journal of Theoretical Biology 5, 1963.',
    ],
  },
})
