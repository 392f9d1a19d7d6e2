import { atLeast, band, exactly, type Claim, type ClaimRun, type Setup } from './Claim.ts'
import { spaceSeries } from './spaceSeries.ts'
import { everyOther, greatest, mean, pool } from './statistics.ts'

const SCENARIO = 'ants'
const SOURCE = 'Wilensky, NetLogo Ants model 1997'
const STEP_US = 50_000
const PILES = ['foodNear', 'foodSecond', 'foodFar'] as const
/** Nothing reads the digests in between, nor what is noticed. */
const BARE = ['digestEveryUs=1000000000', 'space.detectors=[]'] as const

const forage = (steps: number, ...set: readonly string[]): Setup => ({
  set: ['faults=[]', ...BARE, ...set],
  untilUs: steps * STEP_US,
})
const NO_TRAILS = 'space.params.evaporation=99'
const STONE = 'space.obstacles=[{"x":56.5,"y":35.5,"radius":6}]'

/** Steps until a pile is empty; Infinity where it is not at the end. */
function emptiedAfter(run: ClaimRun, pile: string): number {
  const { stepUs, measureEvery } = run.scenario.space!
  const at = spaceSeries(run, pile, 0, run.untilUs + stepUs).indexOf(0)
  return at < 0 ? Infinity : (at + 1) * measureEvery
}

function nearestIsFirst(run: ClaimRun): boolean {
  const [near, ...others] = PILES.map((pile) => emptiedAfter(run, pile))
  return near! < Infinity && others.every((other) => near! < other)
}

/** The most food that is missing, or too much, at any measurement: in the piles, on the way and at home. */
function missingFood(run: ClaimRun): readonly number[] {
  const figures = ['foodAtStart', ...PILES, 'foodCarried', 'foodHome']
  const [start, ...places] = figures.map((figure) => spaceSeries(run, figure, 0, run.untilUs + STEP_US))
  const gaps = start!.map((food, k) => Math.abs(places.reduce((left, series) => left - series[k]!, food)))
  return gaps.length === 0 ? [] : [greatest(gaps)]
}

const trails = forage(500)
const noTrails = forage(1_000, NO_TRAILS)
const troubled = (...faults: readonly object[]): Setup => ({
  set: [...BARE, `faults=${JSON.stringify(faults)}`],
  untilUs: 400 * STEP_US,
})
const afflict = (effect: string, share: number) => ({ at: 150 * STEP_US, op: 'afflict', whom: { share }, effect })

export const antsClaims: readonly Claim[] = [
  {
    name: 'ants-nearest-first',
    scenario: SCENARIO,
    source: `${SOURCE}, its info text; simulated: 37 of 40 runs`,
    unit: 'of the runs',
    seeds: { quick: 8, full: 40 },
    setups: [forage(500)],
    control: { what: 'a stone on the nearest pile', seeds: 1, setups: [forage(500, STONE)] },
    measure: (run) => (run.untilUs === 0 ? [] : [nearestIsFirst(run) ? 1 : 0]),
    summary: (samples) => mean(pool(samples)),
    expectation: () => atLeast(0.8, 'four in five, simulated with NetLogo’s rules: 0.925'),
  },
  {
    name: 'ants-trails-pay',
    scenario: SCENARIO,
    source: `${SOURCE}; simulated: three times slower where the scent lasts a step`,
    unit: 'times as long without trails',
    seeds: { quick: 8, full: 80 },
    setups: [trails, noTrails],
    control: {
      what: 'no trails in either',
      seeds: 2,
      setups: [98, 97].map((percent) => forage(1_000, `space.params.evaporation=${percent}`)),
    },
    /** Steps that the nearest pile lasts; at least as many as the run has where it is not empty at the end. */
    measure: (run) =>
      run.untilUs === 0 ? [] : [Math.min(emptiedAfter(run, 'foodNear'), Math.round(run.untilUs / STEP_US))],
    summary: (samples) => mean(pool(everyOther(samples, 1))) / mean(pool(everyOther(samples, 0))),
    expectation: () => band(2.4, 3.6, 'three times, within a fifth'),
  },
  {
    name: 'ants-food-kept',
    scenario: SCENARIO,
    source: 'Conservation: a unit of food is in its pile, on its way, or at home',
    unit: 'units missing',
    seeds: { quick: 2, full: 20 },
    setups: [troubled(afflict('rogue', 0.2), afflict('blind', 0.2), afflict('stuck', 0.2)), forage(600)],
    control: {
      what: 'a third of the ants die, some with food',
      seeds: 2,
      setups: [troubled(afflict('kill', 0.3))],
    },
    measure: missingFood,
    summary: (samples) => greatest(pool(samples)),
    expectation: () => exactly(0, 'whole units'),
  },
]
