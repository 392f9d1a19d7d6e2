import { exp, log } from '../../kernel/math.ts'
import { within, type Claim, type ClaimRun, type Setup } from './Claim.ts'
import { measurements } from './spaceFigures.ts'
import { pool } from './statistics.ts'

const STEP_US = 50_000
const SIDE = 96

/** One drop of scent in a square world, nobody else giving off any, measured every `every` steps. */
const drop = (
  steps: number,
  every: number,
  params: { readonly [name: string]: unknown },
  more: string[] = [],
): Setup => ({
  set: [
    'faults=[]',
    'space.detectors=[]',
    'swarm.agents=8',
    `space.width=${SIDE}`,
    `space.height=${SIDE}`,
    `space.measureEvery=${every}`,
    `untilUs=${steps * STEP_US + 1}`,
    `digestEveryUs=${steps * STEP_US + 1}`,
    ...Object.entries({ start: 'spot', sources: 0, emit: 0, puffChance: 0, alarmDiffusion: 0, ...params }).map(
      ([name, value]) => `space.params.${name}=${String(value)}`,
    ),
    ...more,
  ],
  untilUs: steps * STEP_US + 1,
})

/** The first and the last measurement, and the steps from one to the other; null where there are not two. */
function ends(run: ClaimRun) {
  const all = measurements(run)
  const [first, last] = [all[0], all.at(-1)]
  if (first === undefined || last === undefined || all.length < 2) return null
  return { first, last, steps: (all.length - 1) * run.scenario.space!.measureEvery }
}

/** Growth of the variance a step along x and along y, as a multiple of `unit`. */
function growth(run: ClaimRun, unit: number): readonly number[] {
  const both = ends(run)
  if (both === null) return []
  const { first, last, steps } = both
  return (['varianceX', 'varianceY'] as const).map((axis) => (last[axis]! - first[axis]!) / steps / unit)
}

/** The sample that is farthest from what is expected. */
const farthest = (expected: number) => (samples: readonly (readonly number[])[]) =>
  pool(samples).reduce(
    (worst, x) => (Math.abs(x - expected) > Math.abs(worst - expected) ? x : worst),
    pool(samples)[0] ?? NaN,
  )

const param = (run: ClaimRun, name: string): number => run.scenario.space!.params[name] as number
const ROUNDING = 'rounding to single precision'

/** Factor of a figure from one step to the next. */
function factor(run: ClaimRun, figure: string): readonly number[] {
  const both = ends(run)
  if (both === null) return []
  const ratio = Math.abs(both.last[figure]! / both.first[figure]!)
  return [exp(log(ratio) / both.steps)]
}

const spread: Claim = {
  name: 'field-spread',
  scenario: 'pheromone-field',
  source: 'theorem: second moment of the five- and nine-point schemes; diffuse first, then evaporate',
  unit: '× 2D a step',
  seeds: { quick: 2, full: 4 },
  setups: ['fivePoint', 'ninePoint'].map((scheme) => drop(60, 10, { scheme, diffusion: 0.2, evaporation: 0.1 })),
  control: {
    what: 'diffusion and evaporation at once, which spreads by 2D/(1 − k)',
    seeds: 1,
    setups: [drop(60, 10, { scheme: 'fivePoint', diffusion: 0.2, evaporation: 0.1, order: 'together' })],
  },
  measure: (run) => growth(run, 2 * param(run, 'diffusion')),
  summary: farthest(1),
  expectation: () => within(1, 1e-4, ROUNDING),
}

const KEPT = 0.99
const mass: Claim = {
  name: 'field-mass',
  scenario: 'pheromone-field',
  source: 'theorem: the weights of each scheme add up to 1',
  unit: 'a step',
  seeds: { quick: 3, full: 6 },
  setups: ['fivePoint', 'ninePoint', 'netLogo'].map((scheme) => drop(100, 10, { scheme, evaporation: 1 - KEPT })),
  control: {
    what: 'evaporation that somebody changes to 2 % half-way',
    seeds: 1,
    setups: [
      drop(100, 10, { evaporation: 1 - KEPT }, [
        `faults=[{"at":${50 * STEP_US},"op":"set","agent":"all","program":"space","param":"evaporation","value":0.02}]`,
      ]),
    ],
  },
  measure: (run) => factor(run, 'mass'),
  summary: farthest(KEPT),
  expectation: () => within(KEPT, 1e-6, ROUNDING),
}

/** The amplification of the finest ripple is 1 − 8c with five points and 1 − 16c/3 with nine. */
const LIMITS = [
  ['fivePoint', 0.25],
  ['ninePoint', 0.375],
] as const
const atLimit = (share: number): readonly Setup[] =>
  LIMITS.map(([scheme, limit]) =>
    drop(60, 10, { scheme, diffusion: share * limit, evaporation: 0, pastLimit: share > 1 ? 'allowed' : 'refused' }),
  )
const stability: Claim = {
  name: 'field-stability',
  scenario: 'pheromone-field',
  source: 'theorem: von Neumann’s analysis of the two schemes',
  unit: 'a step',
  seeds: { quick: 2, full: 4 },
  setups: atLimit(0.99),
  control: { what: 'the same at 102 % of the limit, where the ripple grows', seeds: 2, setups: atLimit(1.02) },
  measure: (run) => factor(run, 'ripple'),
  summary: farthest(0.98),
  expectation: () => within(0.98, 1e-4, ROUNDING),
}

const steady = (more: { readonly [name: string]: unknown }): Setup =>
  drop(600, 600, { start: 'empty', sources: 1, sourceEmit: 4, diffusion: 0.2, evaporation: 0.05, ...more })
const length: Claim = {
  name: 'field-length',
  scenario: 'pheromone-field',
  source: 'theorem: fixed point of the second moment; diffuse first, then evaporate',
  unit: 'cells',
  seeds: { quick: 2, full: 4 },
  setups: [steady({ scheme: 'fivePoint' }), steady({ scheme: 'ninePoint' })],
  control: {
    what: 'diffusion and evaporation at once, which reaches √(D/k(1 − k))',
    seeds: 1,
    setups: [steady({ scheme: 'fivePoint', order: 'together' })],
  },
  measure(run) {
    const last = measurements(run).at(-1)
    return last === undefined ? [] : [Math.sqrt(last['varianceX']! / 2), Math.sqrt(last['varianceY']! / 2)]
  },
  summary: farthest(2),
  expectation: () => within(2, 0.01, 'what is cut off at the edge of the world, and rounding'),
}

const netLogo: Claim = {
  name: 'field-netlogo',
  scenario: 'pheromone-field',
  source: 'theorem: six of eight neighbours lie one cell away along an axis, and each gets p/8',
  unit: '× p a tick',
  seeds: { quick: 2, full: 4 },
  setups: [0.5, 1].map((share) => drop(60, 10, { scheme: 'netLogo', share, evaporation: 0 })),
  control: {
    what: 'the same share given to four neighbours, which spreads by p/2',
    seeds: 1,
    setups: [drop(60, 10, { scheme: 'fivePoint', share: 0.5, diffusion: 0.125, evaporation: 0 })],
  },
  measure: (run) => growth(run, param(run, 'share')),
  summary: farthest(0.75),
  expectation: () => within(0.75, 1e-4, ROUNDING),
}

export const pheromoneFieldClaims: readonly Claim[] = [spread, mass, stability, length, netLogo]
