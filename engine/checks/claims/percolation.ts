import { exp } from '../../kernel/math.ts'
import { rounded, within, type Claim, type Setup } from './Claim.ts'
import { greatest, mean, pool } from './statistics.ts'
import { firstPass } from './surveyMarks.ts'

const AGENTS = 600
/** Ten floods at once; the chance that all start outside the largest cluster is 0.0002 at most. */
const floods = (degree: number): Setup => ({
  set: [
    `swarm.agents=${AGENTS}`,
    'faults=[]',
    `topology.degree=${degree}`,
    'programs.survey.params.origins=10',
    'programs.survey.params.floodEveryUs=1000',
    'programs.survey.params.settleUs=2500000',
  ],
  untilUs: 2_600_000,
})

/** Share of the giant component of G(n, c/n): the positive root of S = 1 − e^(−cS) (Erdős and Rényi 1960). */
export function giantShare(c: number): number {
  let share = 1
  for (let k = 0; k < 200; k++) share = 1 - exp(-c * share)
  return share
}

/** Its variance times n for many agents: S(1 − S) / (1 − c(1 − S))² (Stepanov 1970). */
export function giantVariance(c: number): number {
  const share = giantShare(c)
  const slack = 1 - c * (1 - share)
  return (share * (1 - share)) / (slack * slack)
}

const giant = (name: string, degree: number): Claim => ({
  name,
  scenario: 'percolation',
  source: 'Erdős and Rényi 1960; theorem for many agents, spread by Stepanov 1970',
  unit: 'of all agents',
  seeds: { quick: 4, full: 100 },
  setups: [floods(degree)],
  control: { what: 'a mean degree of 0.8, below the threshold of 1', seeds: 2, setups: [floods(0.8)] },
  /** The largest reach of a flood. */
  measure(run) {
    const reached = firstPass(run, 'surveyed').map((body) => body.reached as number)
    return reached.length === 0 ? [] : [greatest(reached) / run.scenario.swarm.agents]
  },
  summary: (samples) => mean(pool(samples)),
  expectation(seeds) {
    const deviation = Math.sqrt(giantVariance(degree) / AGENTS)
    const why = `four standard errors of ${seeds} graphs of ${AGENTS} agents, each ±${rounded(deviation)}`
    return within(rounded(giantShare(degree)), (4 * deviation) / Math.sqrt(seeds), why)
  },
})

export const percolationClaims: readonly Claim[] = [
  giant('giant-component-thin', 1.5),
  giant('giant-component-middle', 2),
  giant('giant-component-dense', 3),
]
