import { atMost, exactly, type Claim, type ClaimRun, type Setup } from './Claim.ts'
import { farthest } from './errandMeasure.ts'
import { greatest, pool } from './statistics.ts'

const SCENARIO = 'graham'
const MACHINES = 8
const UNIT_US = 100_000
const param = (name: string, value: string | number): string => `programs.list.params.${name}=${value}`

/** One list, in an order, on eight machines. */
const setup = (instance: string, order: string, ...more: readonly string[]): Setup => ({
  set: [
    ...[`swarm.agents=${MACHINES + 1}`, 'faults=[]', param('instance', instance), param('order', order)],
    ...[param('pauseUs', 0), ...more],
  ],
  untilUs: 80 * UNIT_US,
})

const of = ({ marks }: ClaimRun, kind: string) =>
  marks.filter(({ program, body }) => program === 'list' && body.kind === kind)

/** From the first start to the last end, µs; none where a job was not done. */
function makespanUs(run: ClaimRun): readonly number[] {
  const ends = of(run, 'worked').map(({ key }) => key.time)
  const starts = of(run, 'started').map(({ key }) => key.time)
  return ends.length > 0 && ends.length === of(run, 'submitted').length ? [Math.max(...ends) - Math.min(...starts)] : []
}

/** The best that any schedule can do: the mean load, or the longest job. */
function leastUs(run: ClaimRun): number {
  const sizes = of(run, 'submitted').map(({ body }) => body.sizeUs as number)
  return Math.max(sizes.reduce((sum, size) => sum + size, 0) / MACHINES, ...sizes)
}
const ratio = (run: ClaimRun): readonly number[] => makespanUs(run).map((us) => us / leastUs(run))

type Exact = Pick<Claim, 'name' | 'source' | 'setups' | 'control'> & { expected: number; why: string }
const exact = ({ expected, why, ...claim }: Exact): Claim => ({
  ...{ ...claim, scenario: SCENARIO, unit: 'of the best time', measure: ratio },
  seeds: { quick: 1, full: 1 },
  summary: (samples) => farthest(pool(samples), expected),
  expectation: () => exactly(expected, why),
})

export const grahamClaims: readonly Claim[] = [
  exact({
    name: 'graham-list',
    source: 'Graham 1966: m(m − 1) jobs of 1, then one of m',
    setups: [setup('worst-list', 'listed')],
    control: { what: 'the longest job first', seeds: 1, setups: [setup('worst-list', 'longest-first')] },
    ...{ expected: (2 * MACHINES - 1) / MACHINES, why: '2 − 1/m for m = 8' },
  }),
  exact({
    name: 'graham-longest-first',
    source: 'Graham 1969: two each of m + 1 … 2m − 1, and three of m',
    setups: [setup('worst-longest', 'longest-first')],
    control: { what: 'the order of the best schedule', seeds: 1, setups: [setup('worst-longest', 'listed')] },
    ...{ expected: (4 * MACHINES - 1) / (3 * MACHINES), why: '4/3 − 1/(3m) for m = 8' },
  }),
  {
    name: 'graham-bound',
    scenario: SCENARIO,
    source: 'Graham 1966, theorem: at most the mean load and 1 − 1/m of the longest job',
    unit: 'of the best time',
    seeds: { quick: 12, full: 300 },
    setups: [
      setup('worst-list', 'shuffled'),
      setup('striped', 'shuffled'),
      setup('random', 'listed', param('jobs', 40)),
    ],
    control: {
      what: 'machines that get jobs in turn, busy or not',
      seeds: 1,
      setups: [setup('striped', 'listed', param('rule', 'in-turn'))],
    },
    measure: ratio,
    summary: (samples) => (samples.every(({ length }) => length > 0) ? greatest(pool(samples)) : NaN),
    expectation: (seeds) => atMost(2 - 1 / MACHINES, `2 − 1/m for m = 8, the worst of ${seeds} lists`),
  },
]
