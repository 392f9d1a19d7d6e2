import { PI, sin } from '../../kernel/math.ts'
import { atLeast, atMost, rounded, within, type Claim, type Setup } from './Claim.ts'
import { meanOver } from './spaceSeries.ts'
import { greatest, least, mean, pool } from './statistics.ts'

const STEP_US = 100_000
const AGENTS = 400

/** `steps` steps of bodies in a square at a noise, measured every `every` steps. */
const flight = (
  agents: number,
  side: number,
  noiseRad: number,
  steps: number,
  every: number,
  ...more: string[]
): Setup => ({
  set: [
    'faults=[]',
    `swarm.agents=${agents}`,
    `space.width=${side}`,
    `space.height=${side}`,
    `space.params.noiseRad=${noiseRad}`,
    `space.measureEvery=${every}`,
    'digestEveryUs=300000000',
    'untilUs=1000000000',
    ...more,
  ],
  untilUs: steps * STEP_US + 1,
})

const SETTLED_US = 1_000 * STEP_US
const MEASURED = 4_000
const EVERY = 5
const settled = (noiseRad: number, ...more: string[]): Setup => flight(AGENTS, 10, noiseRad, MEASURED, EVERY, ...more)

const SOURCE = 'model of Vicsek, Czirók, Ben-Jacob, Cohen and Shochet 1995; figure of an independent simulation'

interface Noise {
  readonly name: string
  readonly noiseRad: number
  readonly order: number
  readonly tolerance: number
  readonly wrong: string
  readonly control: Setup
}

const atNoise = ({ name, noiseRad, order, tolerance, wrong, control }: Noise): Claim => ({
  name,
  scenario: 'vicsek',
  source: SOURCE,
  unit: '',
  seeds: { quick: 1, full: 8 },
  setups: [settled(noiseRad)],
  control: { what: wrong, seeds: 1, setups: [control] },
  /** Mean order after the first thousand steps. */
  measure: (run) => meanOver(run, 'polarisation', SETTLED_US, Infinity),
  summary: (samples) => mean(pool(samples)),
  expectation: () =>
    within(order, tolerance, 'a tenth or less of the range of order, for 400 bodies over 3,000 steps a run'),
})

const FULL_CIRCLE_STEPS = 1_000

/** Headings are drawn anew in every step, so v_a is the length of a mean of N independent unit vectors. */
const fullCircle: Claim = {
  name: 'vicsek-full-circle',
  scenario: 'vicsek',
  source: 'theorem: the mean of N independent unit vectors has length √π / (2√N) on average',
  unit: '',
  seeds: { quick: 1, full: 20 },
  setups: [flight(AGENTS, 10, 2 * PI, FULL_CIRCLE_STEPS, 1)],
  control: {
    what: 'noise of 5.5, which leaves 45° that nobody turns to',
    seeds: 1,
    setups: [flight(AGENTS, 10, 5.5, FULL_CIRCLE_STEPS, 1)],
  },
  measure: (run) => meanOver(run, 'polarisation', 0, Infinity),
  summary: (samples) => mean(pool(samples)),
  expectation(seeds) {
    // v_a² has mean 1/N, so its variance is 1/N − π/(4N).
    const deviation = Math.sqrt((1 - PI / 4) / AGENTS)
    const tolerance = (4 * deviation) / Math.sqrt(seeds * FULL_CIRCLE_STEPS)
    const why = `four standard errors of ${seeds} runs of ${FULL_CIRCLE_STEPS} steps, each step ±${rounded(deviation)}`
    return within(rounded(Math.sqrt(PI / AGENTS) / 2), tolerance, why)
  },
}

/** Mean of the cosine of a uniform angle in ±η/2: what is left of a common direction. */
export const meanFieldOrder = (noiseRad: number): number => sin(noiseRad / 2) / (noiseRad / 2)

const everybodyHears: Claim = {
  name: 'vicsek-everybody-hears',
  scenario: 'vicsek',
  source: 'theorem: all have the same mean direction, so v_a = sin(η/2) / (η/2) for many bodies',
  unit: '',
  seeds: { quick: 3, full: 30 },
  setups: [1, 2, 3].map((noiseRad) => flight(AGENTS, 10, noiseRad, 300, 1, 'space.params.hearsAll=true')),
  control: {
    what: 'bodies that hear only who is within a radius of 1',
    seeds: 3,
    setups: [1, 2, 3].map((noiseRad) => flight(AGENTS, 10, noiseRad, 300, 1)),
  },
  /** How far the mean order is from the theorem's, from the fifth step on. */
  measure(run) {
    const law = meanFieldOrder(run.scenario.space!.params['noiseRad'] as number)
    return meanOver(run, 'polarisation', 5 * STEP_US, Infinity).map((order) => Math.abs(order - law))
  },
  summary: (samples) => greatest(pool(samples)),
  expectation: () => atMost(0.005, 'distance at noise 1, 2 and 3; six standard errors of 300 steps of 400 bodies'),
}

/** Bodies, and the side of a square that holds four a unit of area. */
const SIZES = [
  { agents: 400, side: 10 },
  { agents: 100, side: 5 },
  { agents: 40, side: 3.1623 },
]

const size: Claim = {
  name: 'vicsek-size',
  scenario: 'vicsek',
  source: 'Vicsek, Czirók, Ben-Jacob, Cohen and Shochet 1995: at one density order falls with the number of bodies',
  unit: '',
  seeds: { quick: 3, full: 24 },
  setups: SIZES.map(({ agents, side }) => flight(agents, side, 4, MEASURED, EVERY)),
  control: {
    what: 'one square of side 6 for all numbers, so that more bodies hear more others',
    seeds: 3,
    setups: SIZES.map(({ agents }) => flight(agents, 6, 4, 2_000, EVERY)),
  },
  /** Bodies and their mean order. */
  measure: (run) =>
    meanOver(run, 'polarisation', SETTLED_US, Infinity).flatMap((order) => [run.scenario.swarm.agents, order]),
  /** The smallest fall from one number of bodies to the next larger one. */
  summary(samples) {
    const orders = SIZES.map((one) =>
      mean(pool(samples.filter(([agents]) => agents === one.agents).map(([, v]) => [v!]))),
    )
    return least(orders.slice(1).map((order, i) => order - orders[i]!))
  },
  expectation: () => atLeast(0.02, 'from 40 bodies to 100, and from 100 to 400; two standard errors of a run each'),
}

export const vicsekClaims: readonly Claim[] = [
  atNoise({
    ...{ name: 'vicsek-noise-one', noiseRad: 1, order: 0.945, tolerance: 0.03 },
    ...{ wrong: 'noise of 2 radians', control: settled(2) },
  }),
  atNoise({
    ...{ name: 'vicsek-noise-two', noiseRad: 2, order: 0.8, tolerance: 0.03 },
    ...{ wrong: 'noise of 3 radians', control: settled(3) },
  }),
  atNoise({
    ...{ name: 'vicsek-noise-three', noiseRad: 3, order: 0.556, tolerance: 0.05 },
    ...{ wrong: 'noise of 4 radians', control: settled(4) },
  }),
  atNoise({
    ...{ name: 'vicsek-noise-four', noiseRad: 4, order: 0.29, tolerance: 0.05 },
    ...{ wrong: 'bodies that move with the new heading', control: settled(4, 'space.params.movesWith=new') },
  }),
  fullCircle,
  everybodyHears,
  size,
]
