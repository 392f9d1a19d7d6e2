import { atMost, exactly, within, type Claim, type ClaimRun, type Setup } from './Claim.ts'
import { leaderlessMs } from './raftMeasures.ts'
import { spaceSeries } from './spaceSeries.ts'
import { greatest, mean, pool } from './statistics.ts'

const SCENARIO = 'formation'
const STEP_US = 20_000

/** Bodies alone, straight ahead through an empty world without walls. */
const straight = (agents: number, steps: number, ...more: string[]): Setup => ({
  set: [
    'programs=[]',
    'topology.kind=none',
    'faults=[]',
    'space.obstacles=[]',
    'space.edges=wrap',
    'space.params.course=straight',
    `swarm.agents=${agents}`,
    ...more,
  ],
  untilUs: steps * STEP_US + 1,
})

const paramOf = ({ scenario }: ClaimRun, name: string): number => scenario.space!.params[name] as number

/** The figure at the last measurement as one sample; none where nothing was measured. */
const last = (run: ClaimRun, figure: string): number[] => spaceSeries(run, figure, 0, Infinity).slice(-1)

const GAINS = [0.05, 0.1, 0.2]
const lagging = (gain: number, ...more: string[]): Setup =>
  straight(15, 500, 'space.params.start=formed', 'space.params.feedForward=0', `space.params.gain=${gain}`, ...more)

const lag: Claim = {
  name: 'formation-lag',
  scenario: SCENARIO,
  source: 'Theorem: fixed point of e′ = (1 − k) e + v, where bodies see where places were before the step',
  unit: '× speed / gain',
  seeds: { quick: GAINS.length, full: 2 * GAINS.length },
  setups: GAINS.map((gain) => lagging(gain)),
  control: {
    what: 'bodies that see where the places are after the step: v (1 − k) / k',
    seeds: GAINS.length,
    setups: GAINS.map((gain) => lagging(gain, 'space.params.sees=new')),
  },
  measure: (run) => last(run, 'placeError').map((e) => (e * paramOf(run, 'gain')) / paramOf(run, 'anchorSpeed')),
  summary: (samples) => mean(pool(samples)),
  expectation: () => within(1, 0.001, 'what 32-bit coordinates leave, with room to spare; gains 0.05, 0.1, 0.2'),
}

const COLUMN = 20
const KILL_STEP = 100
/** Body i begins in place i. */
const gapAt = (place: number, ...more: string[]): Setup => {
  const fault = { at: KILL_STEP * STEP_US, op: 'afflict', whom: { agents: [place] }, effect: 'kill' }
  return straight(
    COLUMN,
    500,
    'space.measureEvery=1',
    'space.params.shape=column',
    'space.params.start=formed',
    `faults=${JSON.stringify([fault])}`,
    ...more,
  )
}
const PLACES = [0, 7, 18]

/** Steps from the failure until nobody is out of place and no place is empty; none where that does not happen. */
function stepsToClose(run: ClaimRun): number[] {
  const from = KILL_STEP * STEP_US
  const away = spaceSeries(run, 'outOfPlace', from, Infinity)
  const gaps = spaceSeries(run, 'gaps', from, Infinity)
  const steps = gaps.findIndex((count, k) => count === 0 && away[k] === 0)
  return steps < 0 ? [] : [steps]
}

/** The same by law: the last one moves after hops · wait steps, and in that step begins to make up the spacing. */
function lawfulSteps(run: ClaimRun): number {
  const fault = run.scenario.faults[0]
  const failed = fault?.op === 'afflict' && 'agents' in fault.whom ? fault.whom.agents[0]! : 0
  let distance = paramOf(run, 'spacing')
  let settling = 0
  while (distance > paramOf(run, 'closeEnough')) {
    distance *= 1 - paramOf(run, 'gain')
    settling++
  }
  return (COLUMN - 1 - failed) * paramOf(run, 'noticeSteps') + settling - 1
}

const gapTime: Claim = {
  name: 'formation-gap-time',
  scenario: SCENARIO,
  source: 'Theorem: h · wait steps until the last moves, then the least j with (1 − k)^j · spacing within tolerance',
  unit: 'steps from the law',
  seeds: { quick: PLACES.length, full: 2 * PLACES.length },
  setups: PLACES.map((place) => gapAt(place)),
  control: {
    what: 'the last of all flies to every gap',
    seeds: 2,
    setups: [0, 7].map((place) => gapAt(place, 'space.params.assignment=lastFills')),
  },
  measure: (run) => stepsToClose(run).map((steps) => Math.abs(steps - lawfulSteps(run))),
  summary: (samples) => (samples.every((list) => list.length === 1) ? greatest(pool(samples)) : NaN),
  expectation: () => exactly(0, 'a law in whole steps, for gaps with 19, 12 and 1 bodies behind them'),
}

const failed = JSON.stringify([{ at: 300 * STEP_US, op: 'afflict', whom: { share: 0.3 }, effect: 'kill' }])
const broken = (...more: string[]): Setup => straight(31, 1_000, `faults=${failed}`, ...more)

const closed: Claim = {
  name: 'formation-closed',
  scenario: SCENARIO,
  source: 'Theorem: as long as a gap has anybody behind it, somebody moves up',
  unit: 'empty places',
  seeds: { quick: 3, full: 60 },
  setups: [broken()],
  control: { what: 'nobody moves up', seeds: 3, setups: [broken('space.params.assignment=fixed')] },
  measure: (run) => last(run, 'gaps'),
  summary: (samples) => greatest(pool(samples)),
  expectation: () => exactly(0, '700 steps after the failures; the most of any run'),
}

const residual: Claim = {
  name: 'formation-residual',
  scenario: SCENARIO,
  source: 'Theorem: with the speed of the formation told, e′ = (1 − k) e falls to what rounding leaves',
  unit: 'of the spacing',
  seeds: { quick: 3, full: 60 },
  setups: [broken()],
  control: { what: 'nobody is told how the formation moves', seeds: 2, setups: [broken('space.params.feedForward=0')] },
  measure: (run) => last(run, 'placeErrorMost').map((most) => most / paramOf(run, 'spacing')),
  summary: (samples) => greatest(pool(samples)),
  expectation: () => atMost(0.01, 'of the body that is furthest away, 700 steps after the failures, in any run'),
}

const FLIGHT: Setup = { set: [], untilUs: 23_000_000, stop: 'elected' }
/** Three of five fail, a microsecond apart so that each is another one. */
const crashes = ['leader', 'follower', 'follower'].map((agent, k) => ({ at: 11_000_000 + k, op: 'crash', agent }))

const election: Claim = {
  name: 'formation-election',
  scenario: SCENARIO,
  source: 'Ongaro and Ousterhout 2014, section 5.6: elections succeed while broadcast time is far below the time-out',
  unit: 'ms',
  seeds: { quick: 3, full: 60 },
  setups: [FLIGHT],
  control: {
    what: 'three of the five servers crash',
    seeds: 1,
    setups: [{ ...FLIGHT, set: [`faults=${JSON.stringify(crashes)}`] }],
  },
  measure: leaderlessMs,
  summary: (samples) => greatest(pool(samples)),
  expectation: () => atMost(11_999, 'below ten of the largest time-out of 1,200 ms'),
  oneRun: ['space'],
}

export const formationClaims: readonly Claim[] = [lag, gapTime, closed, residual, election]
