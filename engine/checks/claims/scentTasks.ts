import { atan2, PI } from '../../kernel/math.ts'
import { atLeast, exactly, rounded, within, type Claim, type ClaimRun, type Setup } from './Claim.ts'
import { spaceSeries } from './spaceSeries.ts'
import { everyOther, greatest, mean, pool, sum } from './statistics.ts'

const SCENARIO = 'scent-tasks'
const STEP_US = 50_000

const params = (values: { readonly [name: string]: number }): string[] =>
  Object.entries(values).map(([name, value]) => `space.params.${name}=${value}`)
/** `steps` steps without faults, measured every `every` steps; nothing reads the digests in between. */
const work = (steps: number, every: number, values: { readonly [name: string]: number }, ...set: string[]): Setup => ({
  set: [
    ...['faults=[]', 'digestEveryUs=1000000000', 'untilUs=1000000000', `space.measureEvery=${every}`],
    ...[...params(values), ...set],
  ],
  untilUs: steps * STEP_US + 1,
})
const series = (run: ClaimRun, figure: string): number[] => spaceSeries(run, figure, 0, Infinity)
/** The last value as one sample; none where nothing was measured. */
const lastOf = (run: ClaimRun, figure: string): readonly number[] => series(run, figure).slice(-1)
const ratio = (samples: readonly (readonly number[])[]): number =>
  mean(pool(everyOther(samples, 0))) / mean(pool(everyOther(samples, 1)))

/** Tasks anywhere, no marks: what remains is the scent of the tasks. */
const ANYWHERE = { beside: 0, mark: 0, arrivals: 0.05 }
const STEPS = 2_000
const bySmell = work(STEPS, STEPS, ANYWHERE, 'swarm.agents=40')
const byChance = work(STEPS, STEPS, { ...ANYWHERE, strength: 0 }, 'swarm.agents=40')
const blinded = (setup: Setup): Setup => ({
  ...setup,
  set: [...setup.set, 'faults=[{"at":0,"op":"afflict","whom":{"share":1},"effect":"blind"}]'],
})

/** Tasks that come where the last one was, or anywhere, and marks that are left or not. */
const marked = (beside: number, mark: number): Setup =>
  work(STEPS, STEPS, { beside, besideWithin: 6, mark, markEvaporation: 2, arrivals: 0.05 }, 'swarm.agents=40')

/** One swarm that reaches everything: tasks are served as by so many servers, and space plays no part. */
const SERVERS = 20
const WORK = 40
/** A task takes 1 … 2·WORK − 1 steps, all alike, and one to join it. */
const CAPACITY = SERVERS / (WORK + 1)
const SETTLE = 1_000
const SERVED = 4_000
const served = (load: number, ...set: readonly string[]): Setup =>
  work(
    SETTLE + SERVED,
    SETTLE,
    { ...ANYWHERE, arrivals: load * CAPACITY, strength: 0, work: WORK, crew: 1, reach: 20, slots: 256 },
    ...[`swarm.agents=${SERVERS}`, 'space.width=40', 'space.height=40', 'space.cell=10'],
    ...set,
  )
const LOADS = [0.6, 2] as const

/** Tasks done a step after settling, in parts of what theory says. */
function throughput(run: ClaimRun): readonly number[] {
  const done = series(run, 'tasksDone')
  if (done.length < 2) return []
  const arrivals = run.scenario.space!.params['arrivals'] as number
  return [(done.at(-1)! - done[0]!) / ((done.length - 1) * SETTLE) / Math.min(arrivals, CAPACITY)]
}

/** Tasks come for `steps`; what is still open then is found before the run ends, or slow finds would be left out. */
const STRAIGHT = { agents: 300, side: 120, reach: 1.5, steps: 1_500, last: 150 } as const
const noMore = { at: STRAIGHT.steps * STEP_US, op: 'set', agent: 'all', program: 'space', param: 'arrivals', value: 0 }
const straight = (wiggle: number): Setup =>
  work(
    STRAIGHT.steps + STRAIGHT.last,
    STRAIGHT.steps + STRAIGHT.last,
    { ...ANYWHERE, arrivals: 0.2, strength: 0, work: 1, crew: 1, reach: STRAIGHT.reach, slots: 256, wiggle },
    ...[`swarm.agents=${STRAIGHT.agents}`, 'space.cell=20', `faults=${JSON.stringify([noMore])}`],
  )

/** Area that a disc of radius r adds to what it has covered by moving one unit on along a straight line. */
export function areaAhead(r: number): number {
  const half = 1 / (2 * r)
  const angle = atan2(Math.sqrt(1 - half * half), half)
  return PI * r * r - (2 * r * r * angle - Math.sqrt(4 * r * r - 1) / 2)
}

/**
 * Mean steps from a task's arrival until one of n bodies that walk straight stands within r of it, one unit a step, in
 * a square world that wraps: each has covered πr² + m·a(r) of its area after m steps, and places are independent. Exact
 * as long as no path meets itself, m ≤ side − 2r.
 */
export function straightSearch(n: number, side: number, r: number): { mean: number; deviation: number } {
  const alone = (m: number): number => 1 - (PI * r * r + m * areaAhead(r)) / (side * side)
  // A body looks once before it walks on.
  let [first, second] = [1, 1]
  for (let m = 0; m <= side - 2 * r; m++) {
    let nobody = 1
    for (let k = 0; k < n; k++) nobody *= alone(m)
    first += nobody
    second += (2 * m + 3) * nobody
  }
  return { mean: first, deviation: Math.sqrt(second - first * first) }
}

export const scentTasksClaims: readonly Claim[] = [
  {
    name: 'scent-finds-sooner',
    scenario: SCENARIO,
    source: 'Regression: measured 5.4 times when the scenario was made',
    unit: 'times as soon',
    seeds: { quick: 2, full: 40 },
    setups: [byChance, bySmell],
    control: { what: 'all are blind and smell nothing', seeds: 2, setups: [byChance, bySmell].map(blinded) },
    measure: (run) => lastOf(run, 'stepsToFind'),
    summary: ratio,
    expectation: () => atLeast(4, 'four times: three quarters of what was measured'),
  },
  {
    name: 'scent-straight-search',
    scenario: SCENARIO,
    source: 'Theorem: n independent straight paths in a world that wraps (geometric probability)',
    unit: 'steps',
    seeds: { quick: 3, full: 40 },
    setups: [straight(0)],
    control: { what: 'bodies that turn anyhow at each step', seeds: 1, setups: [straight(180)] },
    measure: (run) => lastOf(run, 'stepsToFind'),
    summary: (samples) => mean(pool(samples)),
    expectation(seeds) {
      const { agents, side, reach, steps } = STRAIGHT
      const law = straightSearch(agents, side, reach)
      const tasks = Math.round(seeds * steps * 0.2)
      const why = `four standard errors of ${tasks} tasks, each ±${rounded(law.deviation)}`
      return within(rounded(law.mean), (4 * law.deviation) / Math.sqrt(tasks), why)
    },
  },
  {
    name: 'scent-throughput',
    scenario: SCENARIO,
    source: 'Conservation of flow below saturation, renewal theorem above it: servers / (work + 1) tasks a step',
    unit: 'of min(arrivals, capacity)',
    seeds: { quick: 2, full: 40 },
    setups: LOADS.map((load) => served(load)),
    control: {
      what: 'half of the swarm is dead',
      seeds: 2,
      setups: [served(2, 'faults=[{"at":0,"op":"afflict","whom":{"share":0.5},"effect":"kill"}]')],
    },
    measure: throughput,
    /** The load for which it is farther off. */
    summary(samples) {
      const [below, above] = [mean(pool(everyOther(samples, 0))), mean(pool(everyOther(samples, 1)))]
      return Math.abs(below - 1) > Math.abs(above - 1) ? below : above
    },
    expectation(seeds) {
      const tasks = (seeds / LOADS.length) * SERVED * LOADS[0] * CAPACITY
      return within(1, 4 / Math.sqrt(tasks), `four standard errors of ${Math.round(tasks)} Poisson arrivals`)
    },
  },
  {
    name: 'scent-marks-pay',
    scenario: SCENARIO,
    source: 'Regression: measured 2.0 times when the scenario was made',
    unit: 'times as soon',
    seeds: { quick: 2, full: 40 },
    setups: [marked(1, 0), marked(1, 100)],
    control: { what: 'tasks that come anywhere', seeds: 2, setups: [marked(0, 0), marked(0, 100)] },
    measure: (run) => lastOf(run, 'stepsToDone'),
    summary: ratio,
    expectation: () => atLeast(1.5, 'three quarters of what was measured'),
  },
  {
    name: 'scent-tasks-kept',
    scenario: SCENARIO,
    source: 'Conservation: every task that came is waiting, begun or done',
    unit: 'tasks missing',
    seeds: { quick: 2, full: 20 },
    setups: [work(600, 5, { arrivals: 0.3, slots: 256 }, troubles('rogue', 'stuck', 'kill'))],
    control: {
      what: 'room for eight tasks at a time: others are turned away',
      seeds: 1,
      setups: [work(600, 5, { arrivals: 0.3, slots: 8 })],
    },
    /** The most at any measurement. */
    measure(run) {
      const [came, ...now] = ['tasksArrived', 'tasksWaiting', 'tasksBegun', 'tasksDone'].map((f) => series(run, f))
      return came!.length === 0 ? [] : [greatest(came!.map((n, k) => Math.abs(n - sum(now.map((s) => s[k]!)))))]
    },
    summary: (samples) => greatest(pool(samples)),
    expectation: () => exactly(0, 'whole tasks'),
  },
]

function troubles(...effects: readonly string[]): string {
  const faults = effects.map((effect, k) => ({
    ...{ at: (100 + 50 * k) * STEP_US, op: 'afflict', whom: { share: 0.2 }, effect },
    forUs: 200 * STEP_US,
  }))
  return `faults=${JSON.stringify(faults)}`
}
