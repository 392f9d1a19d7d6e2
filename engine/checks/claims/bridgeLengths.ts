import { bridgeFigures } from './bridgeMarks.ts'
import { band, type Claim, type Setup } from './Claim.ts'
import { mean, pool } from './statistics.ts'

const END_US = 1_000_000_001

/** 500 ants leave the nest in it; every one that gets to the food comes back. */
const walk = (marking: 'ends' | 'choice'): Setup => ({
  set: [
    'faults=[]',
    'swarm.agents=60',
    'space.cell=100',
    'space.stepUs=2000000',
    'space.measureEvery=500',
    `space.params.marking=${marking}`,
    `untilUs=${END_US}`,
    `digestEveryUs=${END_US}`,
  ],
  untilUs: END_US,
})

const shorterArm: Claim = {
  name: 'shorter-arm',
  scenario: 'bridge-lengths',
  source: 'Goss, Aron, Deneubourg and Pasteels 1989, their model with the ants walking',
  unit: 'of the runs',
  seeds: { quick: 60, full: 200 },
  setups: [walk('ends')],
  control: {
    what: 'whole arms marked at the choice, so that the time of the way tells nothing',
    seeds: 60,
    setups: [walk('choice')],
  },
  /** Whether more than half of all crossings went over the short arm, the left one. */
  measure(run) {
    const last = bridgeFigures(run).at(-1)
    return last === undefined ? [] : [2 * last.crossedLeft > last.crossings ? 1 : 0]
  },
  summary: (samples) => mean(pool(samples)),
  expectation: () => band(0.65, 1, 'more than 65 % of the runs; an independent simulation has 72 %'),
}

export const bridgeLengthsClaims: readonly Claim[] = [shorterArm]
