import type { Mark } from '../../agents/Program.ts'
import { jainIndex } from '../../kernel/jainIndex.ts'
import { atLeast, atMost, exactly, type Claim, type ClaimRun, type Setup } from './Claim.ts'
import { greatest, least, pool } from './statistics.ts'

const SCENARIO = 'aimd'
const CHIU_JAIN = 'Chiu and Jain 1989: addition keeps the difference, multiplication by β multiplies it'

const param = (name: string, value: unknown): string => `programs.aimd.params.${name}=${JSON.stringify(value)}`

const setup = (rates: readonly number[], untilUs: number, ...more: readonly string[]): Setup => ({
  set: [
    ...[`swarm.agents=${rates.length + 1}`, 'faults=[]', param('rates', rates)],
    ...[param('perSecond', 50 * rates.length), param('minus', 5), ...more],
  ],
  untilUs,
})

/** What each flow sent just before each signal slowed it down: one row a signal, in the order of agents. */
export function ratesAtSignals(marks: readonly Mark[]): number[][] {
  const rows = new Map<number, number[]>()
  for (const { agent, program, body } of marks) {
    if (program !== 'aimd' || body.kind !== 'cut') continue
    const event = body['event'] as number
    if (!rows.has(event)) rows.set(event, [])
    rows.get(event)![agent - 1] = body['from'] as number
  }
  return [...rows.values()]
}

/** Of every two flows that differ, what is left of their difference from one signal to the next. */
export function shrinkings(rows: readonly (readonly number[])[]): number[] {
  const found: number[] = []
  for (const [k, row] of rows.slice(1).entries())
    for (let a = 0; a < row.length; a++)
      for (let b = a + 1; b < row.length; b++) {
        const before = rows[k]![a]! - rows[k]![b]!
        if (before !== 0) found.push((row[a]! - row[b]!) / before)
      }
  return found
}

const STARTS = [
  [70, 10],
  [90, 1],
  [60, 41, 30, 2, 17],
]

const shrinking = (name: string, beta: number): Claim => {
  const setups = (...more: readonly string[]): Setup[] =>
    STARTS.map((rates) => setup(rates, 30_000_000, param('beta', beta), ...more))
  return {
    ...{ name, scenario: SCENARIO, source: CHIU_JAIN, unit: 'of the difference' },
    seeds: { quick: STARTS.length, full: 4 * STARTS.length },
    setups: setups(),
    control: {
      what: 'a signal that subtracts 5 packets a second',
      seeds: STARTS.length,
      setups: setups(param('decrease', 'subtract')),
    },
    measure: ({ marks }) => shrinkings(ratesAtSignals(marks)),
    /** The one farthest from β. */
    summary: (samples) =>
      pool(samples).reduce((far, one) => (Math.abs(one - beta) > Math.abs(far - beta) ? one : far), pool(samples)[0]!),
    expectation: () => exactly(beta, 'every difference, at every signal'),
  }
}

/** Of packets let through over the last so many reports of a second. */
const LAST_REPORTS = 20

const fairness = ({ marks }: ClaimRun): readonly number[] => {
  const reports = marks.filter(({ program, body }) => program === 'aimd' && body.kind === 'shares')
  const rows = reports.slice(-LAST_REPORTS).map(({ body }) => body['passed'] as readonly number[])
  return rows.length < LAST_REPORTS
    ? []
    : [jainIndex(rows[0]!.map((_, flow) => rows.reduce((sum, row) => sum + row[flow]!, 0)))]
}

const FAR_APART = [60, 1, 30, 2, 90, 10]

const fair: Claim = {
  ...{ name: 'aimd-fair', scenario: SCENARIO, unit: 'fairness index' },
  source: 'Chiu and Jain 1989; the index: Jain, Chiu and Hawe 1984',
  seeds: { quick: 1, full: 8 },
  setups: [setup(FAR_APART, 60_000_000)],
  control: {
    what: 'rates that grow by multiplying as well',
    seeds: 1,
    setups: [setup(FAR_APART, 60_000_000, param('increase', 'multiply'))],
  },
  measure: fairness,
  summary: (samples) => least(pool(samples)),
  expectation: () => atLeast(0.999, '1 in the limit; whole packets and the last trace of the start take the rest'),
}

/** Greatest of (packets in a stretch of time) − depth − rate · (its length), over all stretches; in packets. */
export function worstExcess(timesUs: readonly number[], depth: number, perSecond: number): number {
  let [lowest, worst] = [Infinity, -Infinity]
  for (const [count, timeUs] of timesUs.entries()) {
    // In millionths of a packet, which are whole: what passed before this one, less what dripped in until now.
    const level = count * 1_000_000 - perSecond * timeUs
    lowest = Math.min(lowest, level)
    worst = Math.max(worst, level + 1_000_000 - lowest)
  }
  return (worst - depth * 1_000_000) / 1_000_000
}

const excess = ({ marks, scenario }: ClaimRun): readonly number[] => {
  const { depth, perSecond } = scenario.programs[0]!.params as { depth: number; perSecond: number }
  const passed = marks.filter(({ program, body }) => program === 'aimd' && body.kind === 'passed')
  return passed.length === 0
    ? []
    : [
        worstExcess(
          passed.map(({ key }) => key.time),
          depth,
          perSecond,
        ),
      ]
}

const JITTER = 'network.latency={"kind":"exponential","floorUs":1000,"meanUs":30000}'

const tokenBucket: Claim = {
  ...{ name: 'token-bucket', scenario: SCENARIO, source: 'Turner 1986; RFC 2697', unit: 'packets above b + r t' },
  seeds: { quick: 2, full: 32 },
  setups: [setup(FAR_APART, 10_000_000, param('verbose', true), JITTER)],
  control: {
    what: 'packets passed on as they come',
    seeds: 2,
    setups: [setup(FAR_APART, 10_000_000, param('verbose', true), JITTER, param('shaping', 'none'))],
  },
  measure: excess,
  summary: (samples) => greatest(pool(samples)),
  expectation: () => atMost(0, 'over every stretch of time'),
}

export const aimdClaims: readonly Claim[] = [
  shrinking('aimd-half', 0.5),
  shrinking('aimd-three-quarters', 0.75),
  fair,
  tokenBucket,
]
