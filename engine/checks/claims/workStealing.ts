import { atMost, exactly, within, type Claim, type ClaimRun, type Setup } from './Claim.ts'
import { farthest } from './errandMeasure.ts'
import { greatest, mean, pool } from './statistics.ts'

const SCENARIO = 'work-stealing'
const NODE_US = 10_000
/** T₁ and T∞ of fib(22): 3·fib(23) − 2, and two for each call of the longest chain but its leaf. */
const WORK = 3 * 28_657 - 2
const SPAN = 2 * 21 + 1
const RESULT = 17_711

/** Without faults, and three times as long as it should take. */
const setup = (workers: number, ...more: readonly string[]): Setup => ({
  set: [`swarm.agents=${workers}`, 'faults=[]', ...more],
  untilUs: Math.ceil(3 * (WORK / workers + SPAN) * NODE_US),
})
const param = (name: string, value: string | number): string => `programs.stealing.params.${name}=${value}`
const latency = (us: number): string => `network.latency={"kind":"constant","us":${us}}`
const BOTH = [setup(16), setup(64)]

const of = ({ marks }: ClaimRun, kind: string) =>
  marks.filter(({ program, body }) => program === 'stealing' && body.kind === kind).map(({ body }) => body)

/** How long the computation took, in times that a node takes; none where it did not end. */
const steps = (run: ClaimRun): readonly number[] =>
  of(run, 'finished').map(({ tookUs }) => (tookUs as number) / NODE_US)

/** A total of the workers' tallies; none where one is missing. */
function total(run: ClaimRun, count: 'steals' | 'worked'): readonly number[] {
  const tallies = of(run, 'tally')
  if (tallies.length !== run.scenario.swarm.agents) return []
  return [tallies.reduce((sum, tally) => sum + (tally[count] as number), 0)]
}

/** An attempt takes as long as a node: half of it to the victim, half of it back. */
const WHOLE_STEPS = [latency(NODE_US / 2), param('retryUs', 1)]

function speedup(workers: number, expected: number): Claim {
  return {
    name: `stealing-speedup-${workers}`,
    scenario: SCENARIO,
    source: 'Independent simulation in whole steps, an attempt to steal taking one',
    unit: 'times as fast as one worker',
    seeds: { quick: 2, full: 20 },
    setups: [setup(workers, ...WHOLE_STEPS)],
    control: {
      what: 'messages that take as long as five nodes',
      seeds: 2,
      setups: [{ ...setup(workers, ...WHOLE_STEPS, latency(5 * NODE_US)), untilUs: WORK * NODE_US }],
    },
    measure: (run) => steps(run).map((took) => WORK / took),
    summary: (samples) => mean(pool(samples)),
    expectation: () =>
      within(expected, 0.01 * expected, '1 %: here values take half a step to whom they are for, there none'),
  }
}

const CRASH = 'faults=[{"at":8000000,"op":"crash","agent":3,"forUs":2000000}]'

export const workStealingClaims: readonly Claim[] = [
  {
    name: 'stealing-time',
    scenario: SCENARIO,
    source: 'Blumofe and Leiserson 1999, theorem 13: T₁/P + O(T∞) expected; the constant by simulation',
    unit: 'times T∞ above T₁/P',
    seeds: { quick: 4, full: 40 },
    setups: BOTH,
    control: {
      what: 'nobody steals',
      seeds: 1,
      setups: [{ ...setup(16, param('victims', 'none')), untilUs: (WORK + 10) * NODE_US }],
    },
    measure: (run) => steps(run).map((took) => (took - WORK / run.scenario.swarm.agents) / SPAN),
    summary: (samples) => (samples.every(({ length }) => length > 0) ? greatest(pool(samples)) : NaN),
    expectation: (seeds) => atMost(2, `the worst of ${seeds} runs with 16 and with 64 workers`),
  },
  {
    name: 'stealing-steals',
    scenario: SCENARIO,
    source: 'Blumofe and Leiserson 1999, lemma 12: O(P · T∞) expected; the constant by simulation',
    unit: 'times P · T∞',
    seeds: { quick: 4, full: 40 },
    setups: BOTH,
    control: {
      what: 'victims that give what they would come to next',
      seeds: 2,
      setups: BOTH.map(({ set, untilUs }) => ({ set: [...set, param('take', 'newest')], untilUs })),
    },
    measure: (run) => total(run, 'steals').map((steals) => steals / (run.scenario.swarm.agents * SPAN)),
    summary: (samples) => (samples.every(({ length }) => length > 0) ? greatest(pool(samples)) : NaN),
    expectation: (seeds) => atMost(1, `the worst of ${seeds} runs with 16 and with 64 workers`),
  },
  speedup(16, 15.9),
  speedup(64, 62),
  {
    name: 'stealing-once',
    scenario: SCENARIO,
    source: 'Theorem: two calls above 1 cost two steps each, the others one, 3·fib(23) − 2 in all',
    unit: 'steps',
    seeds: { quick: 2, full: 20 },
    setups: BOTH,
    control: {
      what: 'a worker that is given up for a moment, though it works',
      seeds: 1,
      setups: [setup(16, 'faults=[{"at":8000000,"op":"partition","side":[3],"forUs":4000000}]')],
    },
    measure: (run) => total(run, 'worked'),
    summary: (samples) => farthest(pool(samples), WORK),
    expectation: () => exactly(WORK, 'T₁ of fib(22), over all workers'),
  },
  {
    name: 'stealing-crash',
    scenario: SCENARIO,
    source: 'Definition: fib(22) = 17,711',
    unit: '',
    seeds: { quick: 2, full: 20 },
    setups: [setup(16, CRASH, 'network.loss=0.02')],
    control: {
      what: 'nobody takes back what a crashed thief had',
      seeds: 1,
      setups: [setup(16, CRASH, param('leaseUs', 10_000_000_000))],
    },
    measure: (run) => [(of(run, 'finished')[0]?.value as number | undefined) ?? 0],
    summary: (samples) => farthest(pool(samples), RESULT),
    expectation: () => exactly(RESULT, 'fib(22) in every run; 0 stands for no result'),
  },
]
