import { atLeast, atMost, rounded, within, type Claim, type ClaimRun, type Setup } from './Claim.ts'
import { spaceSeries } from './spaceSeries.ts'
import { mean, pool } from './statistics.ts'

const SCENARIO = 'task-affinity'
const STEP_US = 40_000
const AGENTS = 200
const SIDE = 70
const STEPS = 1_000

/** Two hundred bodies that no place calls, measured every fifty steps. */
const flight = (steps: number, ...more: string[]): Setup => ({
  set: [
    'faults=[]',
    `swarm.agents=${AGENTS}`,
    `space.width=${SIDE}`,
    `space.height=${SIDE}`,
    'space.measureEvery=50',
    'digestEveryUs=100000000',
    ...more,
  ],
  untilUs: steps * STEP_US + 1,
})

/** The figure at the last measurement before a step; NaN where there was none. */
const before = (run: ClaimRun, figure: string, step: number): number =>
  spaceSeries(run, figure, 0, step * STEP_US).at(-1) ?? NaN
const lastOf = (run: ClaimRun, figure: string): number => before(run, figure, Infinity)
const finite = (value: number): number[] => (Number.isFinite(value) ? [value] : [])

const purity: Claim = {
  name: 'affinity-purity',
  scenario: SCENARIO,
  source: 'baseline: our own figure beside the permutation baseline, which is a closed form',
  unit: 'of neighbours',
  seeds: { quick: 3, full: 40 },
  setups: [flight(STEPS, 'space.params.shuffles=0')],
  control: {
    what: 'everybody alike: affinity 0',
    seeds: 1,
    setups: [flight(STEPS, 'space.params.shuffles=0', 'space.params.affinity=0')],
  },
  measure: (run) => finite(lastOf(run, 'purity')),
  summary: (samples) => mean(pool(samples)),
  expectation: () => atLeast(0.667, 'mean over runs; chance gives 0.246'),
}

const chance: Claim = {
  name: 'affinity-chance',
  scenario: SCENARIO,
  source:
    'Theorem: labels that nothing depends on are dealt out at random over the places; expectation of a permutation',
  unit: 'standard errors from chance',
  seeds: { quick: 3, full: 40 },
  setups: [flight(600, 'space.params.shuffles=128', 'space.params.affinity=0', 'space.measureEvery=600')],
  control: {
    what: 'affinity 1: who is alike gathers',
    seeds: 1,
    setups: [flight(600, 'space.params.shuffles=128', 'space.measureEvery=600')],
  },
  /** From the expected purity, in standard deviations of the labellings dealt out over the same places. */
  measure: (run) =>
    finite((lastOf(run, 'purity') - lastOf(run, 'purityByChance')) / lastOf(run, 'purityShuffledDeviation')),
  summary: (samples) => mean(pool(samples)) * Math.sqrt(pool(samples).length),
  expectation: () => within(0, 4, 'four standard errors of the mean over all runs, by 128 labellings in each'),
}

/** Between two measurements, which are EVERY steps apart. */
const CHANGE = 801
const EVERY = 10
const REGROUPED = 1_400
const set = (param: string, value: number): object => ({
  at: CHANGE * STEP_US,
  op: 'set',
  agent: 'all',
  program: 'space',
  param,
  value,
})
const changed = (...faults: object[]): Setup =>
  flight(REGROUPED, 'space.params.shuffles=0', `space.measureEvery=${EVERY}`, `faults=${JSON.stringify(faults)}`)

const regroup: Claim = {
  name: 'affinity-regroup',
  scenario: SCENARIO,
  source: 'baseline: our own figure; with affinity switched off at the same moment nothing is made up',
  unit: 'of what was lost',
  seeds: { quick: 2, full: 40 },
  setups: [changed(set('newTasks', 1))],
  control: {
    what: 'affinity switched off at the same moment',
    seeds: 1,
    setups: [changed(set('newTasks', 1), set('affinity', 0))],
  },
  measure(run) {
    const was = before(run, 'purity', CHANGE)
    const fell = before(run, 'purity', CHANGE + EVERY)
    return finite((lastOf(run, 'purity') - fell) / (was - fell))
  },
  summary: (samples) => mean(pool(samples)),
  expectation: () => atLeast(0.5, 'mean over runs, 600 steps after three in ten got another task'),
}

const goals: Claim = {
  name: 'affinity-goals',
  scenario: SCENARIO,
  source: 'baseline: our own figure beside the mean distance of random places, 0.38 of the side',
  unit: 'of the side',
  seeds: { quick: 2, full: 40 },
  setups: [flight(600, 'space.params.shuffles=0', 'space.params.goal=0.3')],
  control: { what: 'no place calls', seeds: 2, setups: [flight(600, 'space.params.shuffles=0')] },
  measure: (run) => finite(lastOf(run, 'goalDistance') / run.scenario.space!.width),
  summary: (samples) => mean(pool(samples)),
  expectation: () => atMost(rounded(1 / 6), 'mean over bodies and runs'),
}

export const taskAffinityClaims: readonly Claim[] = [purity, chance, regroup, goals]
