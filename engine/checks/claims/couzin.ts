import { atLeast, atMost, type Claim, type Expectation, type Setup } from './Claim.ts'
import { meanOver } from './spaceSeries.ts'
import { mean, pool } from './statistics.ts'

const STEP_US = 100_000
const STEPS = 5_000
const HALF_US = (STEPS / 2) * STEP_US

const animals = (orientationWidth: number, faults: string, ...more: string[]): Setup => ({
  set: [
    `faults=${faults}`,
    'swarm.agents=100',
    `space.params.orientationWidth=${orientationWidth}`,
    'digestEveryUs=500000000',
    'untilUs=1000000000',
    ...more,
  ],
  untilUs: STEPS * STEP_US + 1,
})
const steady = (orientationWidth: number, ...more: string[]): Setup => animals(orientationWidth, '[]', ...more)

const SOURCE = 'Couzin, Krause, James, Ruxton and Franks 2002; bound about the figure of an independent simulation'

interface Shape {
  readonly name: string
  readonly setup: Setup
  readonly figure: 'polarisation' | 'milling'
  readonly bound: Expectation
  readonly wrong: string
  readonly control: Setup
}

const shape = ({ name, setup, figure, bound, wrong, control }: Shape): Claim => ({
  name,
  scenario: 'couzin',
  source: SOURCE,
  unit: '',
  seeds: { quick: 1, full: 10 },
  setups: [setup],
  control: { what: wrong, seeds: 1, setups: [control] },
  /** Mean over the second half of the run. */
  measure: (run) => meanOver(run, figure, HALF_US, Infinity),
  summary: (samples) => mean(pool(samples)),
  expectation: () => bound,
})

const SWARM = steady(0)
const TORUS = steady(1)
const PARALLEL = steady(3)
/** Each sum as long as its neighbours are many: attraction wins, because most are far away. */
const RAW = 'sums that are not brought to length 1'
const OTHER = 'another width of the zone of orientation'

/** From a torus or from a parallel group to one width: steps 1,500 and 3,500. */
const upAndDown = (middle: number, top: number): Setup => {
  const to = (step: number, value: number): object => ({
    ...{ at: step * STEP_US, op: 'set', agent: 'all', program: 'space', param: 'orientationWidth', value },
  })
  return animals(1, JSON.stringify([to(1_500, middle), to(3_000, top), to(3_500, middle)]))
}

const memory: Claim = {
  name: 'couzin-memory',
  scenario: 'couzin',
  source: SOURCE,
  unit: '',
  seeds: { quick: 1, full: 10 },
  setups: [upAndDown(2, 4)],
  control: {
    what: 'a width of 4 reached from 1 and from 6, where the way there makes no difference',
    seeds: 1,
    setups: [upAndDown(4, 6)],
  },
  /** Polarisation at the same width on the way down, less that on the way up: over the last 750 steps of each. */
  measure(run) {
    const [up] = meanOver(run, 'polarisation', 2_250 * STEP_US, 3_000 * STEP_US)
    const [down] = meanOver(run, 'polarisation', 4_250 * STEP_US, 5_000 * STEP_US)
    return up === undefined || down === undefined ? [] : [Math.abs(down - up)]
  },
  summary: (samples) => mean(pool(samples)),
  expectation: () => atLeast(0.6, 'an independent simulation has .11 on the way up and .92 on the way down'),
}

export const couzinClaims: readonly Claim[] = [
  shape({
    ...{ name: 'couzin-swarm', setup: SWARM, figure: 'polarisation', bound: atMost(0.3, 'simulated: .17') },
    ...{ wrong: OTHER, control: PARALLEL },
  }),
  shape({
    ...{ name: 'couzin-swarm-rotation', setup: SWARM, figure: 'milling', bound: atMost(0.35, 'simulated: .19') },
    ...{ wrong: OTHER, control: TORUS },
  }),
  shape({
    ...{ name: 'couzin-torus', setup: TORUS, figure: 'milling', bound: atLeast(0.65, 'simulated: .90') },
    ...{ wrong: RAW, control: steady(1, 'space.params.sums=raw') },
  }),
  shape({
    ...{ name: 'couzin-torus-alignment', setup: TORUS, figure: 'polarisation', bound: atMost(0.35, 'simulated: .10') },
    ...{ wrong: OTHER, control: PARALLEL },
  }),
  shape({
    ...{ name: 'couzin-parallel', setup: PARALLEL, figure: 'polarisation', bound: atLeast(0.85, 'simulated: .91') },
    ...{ wrong: RAW, control: steady(3, 'space.params.sums=raw') },
  }),
  shape({
    ...{ name: 'couzin-parallel-rotation', setup: PARALLEL, figure: 'milling', bound: atMost(0.15, 'simulated: .04') },
    ...{ wrong: RAW, control: steady(3, 'space.params.sums=raw') },
  }),
  memory,
]
