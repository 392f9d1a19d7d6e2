import { atMost, exactly, type Claim, type ClaimRun, type Setup } from './Claim.ts'
import { shapeOf } from './shapes.ts'
import { greatest, pool } from './statistics.ts'
import { told } from './surveyMarks.ts'

const SCENARIO = 'topology-zoo'

/** Rounds after which what is left of the faster differences is below 10⁻⁶ of the slowest. */
const ROUNDS = { mesh: 4, ring: 500, star: 32, torus: 100, hierarchical: 700 } as const
type Kind = keyof typeof ROUNDS
const KINDS = Object.keys(ROUNDS) as readonly Kind[]

/** A survey by everybody at once. */
const survey = (kind: Kind, ...more: readonly string[]): Setup => ({
  set: [
    `topology.kind=${kind}`,
    'faults=[]',
    'programs.survey.params.floodEveryUs=100',
    `programs.survey.params.rounds=${ROUNDS[kind]}`,
    ...more,
  ],
  untilUs: 1_600_000 + 12_000 * ROUNDS[kind],
})
const setups = KINDS.map((kind) => survey(kind))
/** Hops are counted on the way there, and answers go on the same way round. */
const ONE_WAY = survey('ring', 'topology.oneWay=true', 'programs.survey.params.rounds=0')
const FAILED = survey('ring', 'faults=[{"at":200,"op":"crash","agent":1}]')

/** Connections and hops by which the agents' count is off, together. */
function miscount(run: ClaimRun): readonly number[] {
  const shape = shapeOf(run.scenario)
  const links = told(run, 'graph', 'links')
  const farthest = told(run, 'graph', 'farthest')
  if (shape === null || links.length === 0) return []
  // On a one-way ring an agent knows the next one only, so that half of each connection is told.
  const counted = run.scenario.topology.oneWay ? 2 * links[0]! : links[0]!
  return [Math.abs(counted - shape.links) + Math.abs(farthest[0]! - shape.diameter)]
}

function connectivityError(run: ClaimRun): readonly number[] {
  const expected = shapeOf(run.scenario)?.connectivity() ?? NaN
  return told(run, 'contracted', 'connectivity').map((measured) => Math.abs(measured - expected) / expected)
}

/** The greatest; NaN where a run told nothing. */
const greatestOfAll = (samples: readonly (readonly number[])[]): number =>
  samples.some((sample) => sample.length === 0) ? NaN : greatest(pool(samples))

export const topologyZooClaims: readonly Claim[] = [
  {
    name: 'zoo-constants',
    scenario: SCENARIO,
    source: 'Closed forms of graph theory, n = 40',
    unit: 'connections and hops off',
    seeds: { quick: 6, full: 12 },
    setups: [...setups, ONE_WAY],
    control: { what: 'a ring in which agent 1 fails during the floods', seeds: 1, setups: [FAILED] },
    measure: miscount,
    summary: greatestOfAll,
    expectation: () => exactly(0, 'theorem'),
    oneRun: ['topology'],
  },
  {
    name: 'zoo-connectivity',
    scenario: SCENARIO,
    source: 'Fiedler 1973, closed forms; the tree by Jacobi’s method on its Laplacian',
    unit: 'relative error',
    seeds: { quick: 5, full: 10 },
    setups,
    control: { what: 'a ring in which agent 1 fails during the floods', seeds: 1, setups: [FAILED] },
    measure: connectivityError,
    summary: greatestOfAll,
    expectation: () => atMost(1e-6, 'what is left of the faster differences after so many rounds'),
    oneRun: [],
  },
]
