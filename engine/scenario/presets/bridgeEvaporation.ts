import { preset } from './Preset.ts'

const FADES_US = 400_000_000

export const bridgeEvaporation = preset({
  sizes: { min: 50, default: 200, max: 1_000 },
  proofUs: 410_000_000,
  openAtUs: 0,
  draft: (agents) => ({
    name: 'bridge-evaporation',
    title: 'When trails fade too fast, ants stop agreeing',
    group: 'movement',
    seed: 1,
    pace: 7.5,
    untilUs: 900_000_000,
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
      params: { antsPerSecond: agents / 100, evaporationPerSecond: agents / 10_000 },
    },
    faults: [
      {
        at: FADES_US,
        op: 'set',
        agent: 'all',
        program: 'space',
        param: 'evaporationPerSecond',
        value: agents / 1_000,
      },
    ],
    height: 'none',
    layout: 'force',
  }),
  info: {
    what: 'Two equal arms again, but the marks fade. Slowly fading marks let the ants agree on one arm as before. At 400 s they begin to fade ten times as fast, and the ants go back to using both arms alike.',
    how: 'Marks on each arm follow dC/dt = φP − ρC: φ is how many marks a second are laid in all, P the probability of that arm, and ρ the share that fades in a second. Each ant lays one mark as it chooses, on its way out and on its way back, so φ is twice the number of ants that leave the nest in a second. In each step marks fade first, by e^(−ρ · step), then the ants act in the order of their numbers.',
    use: 'Drag the rate at which marks fade in Parameters, from now on. What counts is φ/ρ, the marks that lie on both arms together: above 2k = 40 one arm wins, below it neither does.',
    notice: [
      'With φ/ρ = 200 the winner has 99 % of the marks, although they all fade within minutes.',
      'At 400 s φ/ρ falls to 20. The trail is gone within half a minute, and the traffic evens out.',
      'Near φ/ρ = 40 nothing is certain: shares drift for a long time, and chance decides.',
      'Fading also lets ants change their minds. Close the winning arm for two minutes and see which one they use then.',
    ],
    tryThis: [
      'Before 400 s, set the rate at which marks fade to 0.07 from now on, so that φ/ρ is 57.',
      'Let twice as many ants leave the nest: φ doubles, and with it the fading that agreement survives.',
      'Make half of the ants deaf: they smell no marks, and the winner’s share falls.',
    ],
    claims: [
      {
        name: 'bridge-fading-80',
        sentence: 'At φ/ρ = 80 the winner has ½(1 + √(1 − (2kρ/φ)²)) of all marks: 93.3 %.',
        source: 'theorem: the stable state of dC/dt = φP − ρC with n = 2 and k = 20',
      },
      {
        name: 'bridge-fading-120',
        sentence: 'At φ/ρ = 120 it has 97.1 %.',
        source: 'theorem: the stable state of dC/dt = φP − ρC with n = 2 and k = 20',
      },
      {
        name: 'bridge-fading-200',
        sentence: 'At φ/ρ = 200 it has 99.0 %.',
        source: 'theorem: the stable state of dC/dt = φP − ρC with n = 2 and k = 20',
      },
      {
        name: 'bridge-no-winner',
        sentence: 'At φ/ρ = 30 or less there is no winner: the arm that is ahead has at most 60 % of the marks.',
        source: 'theorem: below φ/ρ = 2k the even state is the only stable one; chance explains the rest',
      },
    ],
    references: [
      'J.-L. Deneubourg, S. Aron, S. Goss, J. M. Pasteels: The self-organizing exploratory pattern of the Argentine ant. Journal of Insect Behavior 3, 1990.',
      'S. Camazine and others: Self-Organization in Biological Systems, chapter 13. Princeton University Press, 2001.',
    ],
  },
})
