import { afterCrossings, bridgeFigures, shareAhead } from './bridgeMarks.ts'
import { winnerShare } from './bridgeLaw.ts'
import { rounded, within, type Claim, type Setup } from './Claim.ts'
import { mean, pool } from './statistics.ts'

const K = 20
/** 100 ants cross in every step, which is longer than the way: only the order of the choices counts. */
const crossings = (count: number, ...more: string[]): Setup => ({
  set: [
    'faults=[]',
    'swarm.agents=100',
    'space.stepUs=100000000',
    'space.cell=100',
    'space.measureEvery=1',
    'space.params.antsPerSecond=1',
    `untilUs=${LONGEST_US}`,
    `digestEveryUs=${LONGEST_US}`,
    ...more,
  ],
  untilUs: count * 1_000_000 + 1,
})
const LONGEST_US = 5_000_000_001

const SOURCE = 'Deneubourg, Aron, Goss and Pasteels 1990, their rule summed over all orders exactly'

const winner = (name: string, count: number, full: number, n = 2): Claim => ({
  name,
  scenario: 'double-bridge',
  source:
    n === 2 ? SOURCE : 'theorem: a Pólya urn, whose share tends to the beta distribution with parameters 20 and 20',
  unit: 'of the crossings',
  seeds: { quick: 40, full },
  setups: [crossings(5_000, `space.params.n=${n}`)],
  control: {
    what: n === 2 ? 'n = 1, with which a lead does not grow' : 'n = 2, with which a lead grows',
    seeds: 40,
    setups: [crossings(5_000, `space.params.n=${n === 2 ? 1 : 2}`)],
  },
  /** The share of the arm that is ahead. */
  measure(run) {
    const figures = afterCrossings(run, count)
    return figures === undefined ? [] : [shareAhead(figures.crossedLeft, count - figures.crossedLeft)]
  },
  summary: (samples) => mean(pool(samples)),
  expectation(seeds) {
    const law = winnerShare(count, K, n)
    const why = `four standard errors of ${seeds} runs, each ±${rounded(law.deviation)}`
    return within(rounded(law.mean), (4 * law.deviation) / Math.sqrt(seeds), why)
  },
})

const eitherSide: Claim = {
  name: 'bridge-either-side',
  scenario: 'double-bridge',
  source: 'theorem: nothing tells the two arms apart',
  unit: 'of the runs',
  seeds: { quick: 120, full: 10_000 },
  setups: [crossings(1_000)],
  control: {
    what: 'a left arm half as long as the right one, marked where ants are: it wins more often',
    seeds: 40,
    setups: [
      {
        set: [
          'faults=[]',
          'space.cell=100',
          'space.height=64',
          'space.stepUs=2000000',
          'space.params.antsPerSecond=0.5',
          'space.params.ratio=2',
          'space.params.marking=ends',
          'space.measureEvery=500',
          'untilUs=1001000000',
          'digestEveryUs=1001000000',
        ],
        untilUs: 1_000_000_001,
      },
    ],
  },
  /** Whether the left arm is ahead after all crossings; a tie is half of it. */
  measure(run) {
    const last = bridgeFigures(run).at(-1)
    if (last === undefined) return []
    const ahead = 2 * last.crossedLeft - last.crossings
    return [ahead > 0 ? 1 : ahead === 0 ? 0.5 : 0]
  },
  summary: (samples) => mean(pool(samples)),
  expectation(seeds) {
    const error = 0.5 / Math.sqrt(seeds)
    const many = seeds >= 10_000
    return within(0.5, many ? 0.01 : 4 * error, `${many ? 'two' : 'four'} standard errors of ${seeds} runs`)
  },
}

export const doubleBridgeClaims: readonly Claim[] = [
  winner('bridge-hundred', 100, 600),
  winner('bridge-thousand', 1_000, 600),
  winner('bridge-thousands', 5_000, 600),
  eitherSide,
  winner('bridge-urn', 5_000, 300, 1),
]
