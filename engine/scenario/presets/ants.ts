import { preset } from './Preset.ts'

const STEP_US = 50_000
const at = (steps: number): number => steps * STEP_US

export const ants = preset({
  sizes: { min: 25, default: 125, max: 1_000 },
  proofUs: at(160),
  openAtUs: at(60),
  draft: (agents) => ({
    name: 'ants',
    title: 'Ants lay trails to food, and fetch the nearest first',
    group: 'movement',
    seed: 3,
    pace: (30 * STEP_US) / 1e6,
    untilUs: at(1_000),
    digestEveryUs: at(10),
    swarm: { agents },
    topology: { kind: 'none' },
    space: {
      kind: 'ants',
      width: 71,
      height: 71,
      edges: 'walls',
      stepUs: STEP_US,
      measureEvery: 5,
      detectors: [{ kind: 'trail', threshold: 20, forUs: at(30) }],
    },
    faults: [
      { at: at(120), op: 'obstacle', disc: { x: 47, y: 35.5, radius: 3 }, forUs: at(180) },
      { at: at(380), op: 'afflict', whom: { share: 0.1 }, effect: 'rogue', forUs: at(150) },
    ],
    height: 'none',
    layout: 'force',
  }),
  info: {
    what: 'Ants look for food around their nest. Whoever finds some carries it home and drops a scent on the way, and others follow that scent to the food. The pile that is nearest is emptied first, although no ant knows where any pile is.',
    how: 'NetLogo’s Ants, a world of 71 × 71. Ants leave the nest one a step. In each step an ant looks where it stands, turns, wiggles by up to 40 degrees either way and walks one unit. With food it drops 60 units of scent and turns up the scent of the nest; without, it turns to where the trail smells stronger, ahead or 45 degrees to a side, but only where it smells at least 0.05 and less than 2. Then each cell gives 50 % of its scent to its eight neighbours, and after that 10 % of all evaporates. In NetLogo the ants act one after another in random order. Here all act at once on the scent that the step found, and of those who want the food of one cell one gets a unit, by draw. At 6 s a stone falls on the way to the nearest pile, and from 19 s a tenth of the ants lay false trails.',
    use: 'The field on the ground shows the trails; choose the layer Food to see the piles. The colour of an ant is what it does. Change how much scent fades in Parameters while it runs, or drop an obstacle on a trail with Faults.',
    notice: [
      'The first ants wander. As soon as one comes home with food, there is a trail to the nearest pile within seconds.',
      'Ants go round the stone, and soon so does the trail: those who carry food slide along it towards home.',
      'A trail fades by itself when its pile is empty, because nobody renews it.',
      'While some lay false trails, most of the others follow them to nowhere, and little food comes home.',
    ],
    tryThis: [
      'Let 99 % of the scent fade in a step. There are no trails left, and the nearest pile lasts three times as long.',
      'Let no scent fade. Old trails stay, and soon much of the ground smells so strongly that nobody follows it.',
      'Let ants follow scent up to 1,000,000 units: they now go up strong trails too, gather where they are strongest, and the nearest pile lasts twice as long.',
      'Make half of the ants deaf. They smell no trail, but still lay one when they find food.',
    ],
    claims: [
      {
        name: 'ants-nearest-first',
        sentence: 'The nearest of the three piles is emptied first in at least four runs out of five.',
        source: 'Wilensky, NetLogo Ants model 1997, its info text; simulated: 37 of 40 runs',
      },
      {
        name: 'ants-trails-pay',
        sentence: 'Without lasting trails, at an evaporation of 99 %, the nearest pile lasts three times as long.',
        source: 'Wilensky, NetLogo Ants model 1997; simulated',
      },
      {
        name: 'ants-food-kept',
        sentence: 'Every unit of food is in its pile, on its way, or at home, also with false, blind and stuck ants.',
        source: 'Conservation, exact; an ant that dies with food loses it',
      },
    ],
    references: [
      'U. Wilensky: NetLogo Ants model. Center for Connected Learning and Computer-Based Modeling, Northwestern University, 1997.',
      'M. Resnick: Turtles, Termites, and Traffic Jams. MIT Press, 1994.',
    ],
  },
})
