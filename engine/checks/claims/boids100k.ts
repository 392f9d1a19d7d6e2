import { PI } from '../../kernel/math.ts'
import { rounded, within, type Claim, type Setup } from './Claim.ts'
import { mean, pool } from './statistics.ts'

const STEP_US = 50_000
const AGENTS = 100_000
const SIDE = 809
const VISION = 5

const firstStep = (...more: string[]): Setup => ({
  set: ['faults=[]', 'space.measureEvery=1', ...more],
  untilUs: STEP_US + 1,
})

const neighbours: Claim = {
  name: 'hundred-thousand-neighbours',
  scenario: 'boids-100k',
  source: 'theorem: places are uniform and independent; spread by the variance of the number of near pairs',
  unit: 'neighbours',
  seeds: { quick: 1, full: 20 },
  setups: [firstStep()],
  control: {
    what: 'walls round a strip of the same area instead of seams: whoever is near one sees fewer',
    seeds: 1,
    setups: [firstStep('space.edges=walls', `space.width=${10 * SIDE}`, `space.height=${SIDE / 10}`)],
  },
  measure(run) {
    const first = run.marks.find(({ body }) => body.kind === 'measure')
    return first === undefined ? [] : [first.body.neighbours as number]
  },
  summary: (samples) => mean(pool(samples)),
  /** Pairs are independent of each other two by two on a torus, so their number has the binomial variance. */
  expectation(seeds) {
    const share = (PI * VISION * VISION) / (SIDE * SIDE)
    const pairs = (AGENTS * (AGENTS - 1)) / 2
    const deviation = (2 * Math.sqrt(pairs * share * (1 - share))) / AGENTS
    const why = `four standard errors of ${seeds} runs, each ±${rounded(deviation)}`
    return within(rounded((AGENTS - 1) * share), (4 * deviation) / Math.sqrt(seeds), why)
  },
}

export const boids100kClaims: readonly Claim[] = [neighbours]
