import { preset } from './Preset.ts'

export const doubleBridge = preset({
  sizes: { min: 20, default: 200, max: 1_000 },
  proofUs: 310_000_000,
  openAtUs: 0,
  draft: (agents) => ({
    name: 'double-bridge',
    title: 'Ants agree on one of two equal ways',
    group: 'movement',
    seed: 3,
    pace: 7.5,
    untilUs: 600_000_000,
    digestEveryUs: 10_000_000,
    swarm: { agents },
    topology: { kind: 'none' },
    space: {
      kind: 'bridge',
      width: 100,
      height: 56,
      edges: 'walls',
      stepUs: 250_000,
      measureEvery: 8,
      detectors: [{ kind: 'symmetry', threshold: 0.8, forUs: 20_000_000 }],
      params: { antsPerSecond: Math.min(2, agents / 100) },
    },
    faults: [{ at: 300_000_000, op: 'obstacle', disc: { x: 50, y: 5, radius: 4 }, forUs: 60_000_000 }],
    height: 'none',
    layout: 'force',
  }),
  info: {
    what: 'A nest and some food are joined by a bridge with two arms of the same length. Each ant leaves marks on the arm that it takes, and prefers the arm with more marks. After a while nearly all of them use the same arm, and nobody has decided which.',
    how: 'At each fork an ant takes the left arm with probability (k + L)ⁿ / ((k + L)ⁿ + (k + R)ⁿ), where L and R are the marks on the arms. It adds one mark to its arm at once, as long as the arm is, and marks do not fade. In each step the ants act one after the other, in the order of their numbers, and each sees the marks of all before it. Ants leave the nest at an even rate, turn round at the food, and choose again on the way back. At 300 s something falls on the right arm and stays for a minute.',
    use: 'The field on the ground shows the marks, and the colour of an ant the arm it took last. Change n in Parameters: it says how strongly a small lead is favoured. Drop an obstacle on an arm with Faults.',
    notice: [
      'For the first hundred crossings the two arms look alike. Then one gets ahead, and the lead grows by itself.',
      'Which arm wins is chance: another seed gives the other one about half of the time.',
      'While the right arm is closed everybody takes the left one, and those on their way turn round. Their marks stay, so they come back.',
      'The winner is not all: one ant in twenty still takes the other arm after thousands of crossings.',
    ],
    tryThis: [
      'Set n to 1. Now a lead does not grow, it only lasts, and the shares stay wherever chance had them early on.',
      'Set n to 0: nobody follows anything, and both arms keep half.',
      'Set k to 200: it takes ten times as many crossings until one arm is ahead.',
      'Make 20 % of the ants rogue when an arm has won. They lay five marks for one, always where there are fewer.',
    ],
    claims: [
      {
        name: 'bridge-hundred',
        sentence: 'After 100 crossings the arm that is ahead has had 65.4 % of them on average.',
        source: 'Deneubourg, Aron, Goss and Pasteels 1990, their rule summed over all orders exactly',
      },
      {
        name: 'bridge-thousand',
        sentence: 'After 1,000 crossings it has had 84.2 % of them.',
        source: 'Deneubourg, Aron, Goss and Pasteels 1990, their rule summed over all orders exactly',
      },
      {
        name: 'bridge-thousands',
        sentence: 'After 5,000 crossings it has had 94.3 % of them.',
        source: 'Deneubourg, Aron, Goss and Pasteels 1990, their rule summed over all orders exactly',
      },
      {
        name: 'bridge-either-side',
        sentence: 'The left arm wins in half of the runs.',
        source: 'theorem: nothing tells the two arms apart',
      },
      {
        name: 'bridge-urn',
        sentence:
          'With n = 1 the lead does not grow: the arm that is ahead after 5,000 crossings has had 56.3 % of them.',
        source: 'theorem: a Pólya urn, whose share tends to the beta distribution with parameters 20 and 20',
      },
    ],
    references: [
      'J.-L. Deneubourg, S. Aron, S. Goss, J. M. Pasteels: The self-organizing exploratory pattern of the Argentine ant. Journal of Insect Behavior 3, 1990.',
      'G. Pólya: Sur quelques points de la théorie des probabilités. Annales de l’Institut Henri Poincaré 1, 1930.',
    ],
  },
})
