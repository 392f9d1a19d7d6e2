import { rounded, within, type Claim, type ClaimRun, type Setup } from './Claim.ts'
import { mean, pool } from './statistics.ts'

const SCENARIO = 'credits'
const SERVICE_US = 10_000
const LINK_US = 1
/** Items between two marks; the first stretch settles the queues and is left out. */
const REPORT = 250
const STRETCHES = 16

const setup = (stages: number, credits: number, ...more: readonly string[]): Setup => ({
  set: [
    ...[`swarm.agents=${stages}`, 'faults=[]', `network.latency={"kind":"constant","us":${LINK_US}}`],
    ...[`programs.pipeline.params.credits=${credits}`, `programs.pipeline.params.serviceUs=${SERVICE_US}`],
    ...['programs.pipeline.params.timeoutUs=0', `programs.pipeline.params.reportEvery=${REPORT}`, ...more],
  ],
  untilUs: Math.round(((STRETCHES + 1.5) * REPORT * SERVICE_US * (credits + stages - 1)) / credits),
})

/** Throughput over a stage's rate, one sample for each stretch of so many items. */
const shares = ({ marks }: ClaimRun): readonly number[] =>
  marks
    .filter(({ program, body }) => program === 'pipeline' && body.kind === 'throughput')
    .slice(1, 1 + STRETCHES)
    .map(({ body }) => (REPORT * SERVICE_US) / (body.tookUs as number))

/** Of equal times between marks the harmonic mean is the rate over all of them. */
const rate = (values: readonly number[]): number => 1 / mean(values.map((value) => 1 / value))

/**
 * Throughput over a stage's rate by mean value analysis (Reiser and Lavenberg 1980): a cycle of `stages` equal
 * exponential stages, `items`, and a constant delay of `delayUs` once round. Without it items / (items + stages − 1).
 */
export function cycleShare(stages: number, items: number, delayUs: number): number {
  let queue = 0
  let share = 0
  for (let n = 1; n <= items; n++) {
    const stageUs = SERVICE_US * (1 + queue)
    share = (n * SERVICE_US) / (stages * stageUs + delayUs)
    queue = (share / SERVICE_US) * stageUs
  }
  return share
}

const claim = (credits: number, stages: number): Claim => {
  const expected = cycleShare(stages, credits, stages * LINK_US)
  return {
    name: `credits-${credits}-of-${stages}`,
    scenario: SCENARIO,
    source: 'Gordon and Newell 1967: all distributions of the items are equally likely, so N / (N + M − 1)',
    unit: 'of a stage’s rate',
    seeds: { quick: 1, full: 12 },
    setups: [setup(stages, credits)],
    control: {
      what: 'stages that always take the same time',
      seeds: 1,
      setups: [setup(stages, credits, 'programs.pipeline.params.service=constant')],
    },
    measure: shares,
    summary: (samples) => rate(pool(samples)),
    expectation(seeds) {
      // The times between departures vary no more than those of a Poisson stream: coefficient of variation at most 1.
      const items = seeds * STRETCHES * REPORT
      return within(rounded(expected), (4 * expected) / Math.sqrt(items), `four standard errors of ${items} items`)
    },
  }
}

export const creditsClaims: readonly Claim[] = [claim(4, 4), claim(2, 6), claim(16, 3)]
