import { exactly, rounded, within, type Claim, type ClaimRun, type Setup } from './Claim.ts'
import { mean, pool, sum } from './statistics.ts'

const SCENARIO = 'second-price'
const BIDDERS = 5
/** Sales of a run: the marks come after so many. */
const SALES = 8_000
const LINK_US = 10
/** The bidder that does not say the truth. */
const SHADER = 1
const SHADE = 0.7

const setup = (factors: string, ...more: readonly string[]): Setup => ({
  set: [
    ...[`swarm.agents=${BIDDERS + 1}`, 'faults=[]', `network.latency={"kind":"constant","us":${LINK_US}}`],
    ...[`programs.sealed-bid.params.factors=${factors}`, 'programs.sealed-bid.params.pauseUs=0'],
    ...[`programs.sealed-bid.params.reportEvery=${SALES}`, ...more],
  ],
  // A call, the bids, then 1 µs until the next call.
  untilUs: (SALES + 1) * (2 * LINK_US + 2),
})
const FIRST = 'programs.sealed-bid.params.price=first'

const bodies = ({ marks }: ClaimRun, kind: string): readonly { agent: number; body: { [field: string]: unknown } }[] =>
  marks.filter(({ program, body }) => program === 'sealed-bid' && body.kind === kind && body.sales === SALES)

/** Mean and variance of what a bidder gains by `factor` of the truth, its rivals bidding the truth. */
export function gainOf(factor: number, rivals: number): { readonly mean: number; readonly variance: number } {
  // ∫₀¹ dv ∫₀^fv (v − y)ᵐ r yʳ⁻¹ dy for m = 1, 2; factor ≤ 1.
  let power = 1
  for (let k = 0; k < rivals; k++) power *= factor
  const first = (power * (1 - (rivals / (rivals + 1)) * factor)) / (rivals + 2)
  const second =
    (power * (1 - ((2 * rivals) / (rivals + 1)) * factor + (rivals / (rivals + 2)) * factor * factor)) / (rivals + 3)
  return { mean: first, variance: second - first * first }
}

const common = { scenario: SCENARIO, seeds: { quick: 2, full: 24 } }

const revenue: Claim = {
  ...common,
  name: 'second-price-revenue',
  source: 'Vickrey 1961: the mean of the second highest of n even draws, (n − 1) / (n + 1)',
  unit: 'a sale',
  setups: [setup('[1]')],
  control: { what: 'winners that pay their own bid', seeds: 1, setups: [setup('[1]', FIRST)] },
  measure: (run) => bodies(run, 'revenue').map(({ body }) => (body.revenue as number) / SALES),
  summary: (samples) => mean(pool(samples)),
  expectation(seeds) {
    // Beta(n − 1, 2).
    const n = BIDDERS
    const variance = (2 * (n - 1)) / ((n + 1) * (n + 1) * (n + 2))
    const sales = seeds * SALES
    return within(rounded((n - 1) / (n + 1)), 4 * Math.sqrt(variance / sales), `four standard errors of ${sales} sales`)
  },
}

const shading: Claim = {
  ...common,
  name: 'second-price-shading',
  source: 'Closed form: the mean of v − y where y, the highest of four even draws, is below 0.7 v',
  unit: 'a sale',
  setups: [setup(`[${SHADE},1,1,1,1]`)],
  control: { what: 'a bidder that bids the truth', seeds: 1, setups: [setup('[1]')] },
  measure: (run) =>
    bodies(run, 'gains').flatMap(({ agent, body }) => (agent === SHADER ? [(body.gain as number) / SALES] : [])),
  summary: (samples) => mean(pool(samples)),
  expectation(seeds) {
    const { mean: expected, variance } = gainOf(SHADE, BIDDERS - 1)
    const sales = seeds * SALES
    return within(rounded(expected), 4 * Math.sqrt(variance / sales), `four standard errors of ${sales} sales`)
  },
}

/** Too little, too much, and the truth. */
const MIXED = '[1,0.9,0.7,1.3,0.5]'
const truth: Claim = {
  ...common,
  name: 'second-price-truth',
  source: 'Vickrey 1961: truthful bidding is a dominant strategy',
  unit: 'sales in which the truth gains less',
  setups: [setup(MIXED)],
  control: { what: 'winners that pay their own bid', seeds: 1, setups: [setup(MIXED, FIRST)] },
  measure: (run) => bodies(run, 'gains').map(({ body }) => body.truthWorse as number),
  summary: (samples) => (samples.every((run) => run.length === BIDDERS) ? sum(pool(samples)) : NaN),
  expectation: (seeds) => exactly(0, `in each of ${seeds * SALES} sales, for each bidder`),
}

export const secondPriceClaims: readonly Claim[] = [revenue, shading, truth]
