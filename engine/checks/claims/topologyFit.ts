import { atLeast, exactly, rounded, within, type Claim, type ClaimRun, type Setup } from './Claim.ts'
import { farthest } from './errandMeasure.ts'
import { least, mean, pool } from './statistics.ts'

const SCENARIO = 'topology-fit'
const AGENTS = 40
const BRANCHING = 3
const TASK_US = 20_000
const LINK_US = 10_000
const LAYERS = 8
const GRAPHS = 6

type Kind = 'mesh' | 'hierarchical' | 'ring'
type Work = 'random' | 'fork-join' | 'pipeline'
const SHAPE: { readonly [W in Work]: readonly [width: number, depth: number] } = {
  random: [AGENTS, LAYERS],
  'fork-join': [BRANCHING, 1],
  pipeline: [1, AGENTS],
}

/** Six graphs, one after the other. */
const setup = (work: Work, kind: Kind): Setup => ({
  set: [
    ...['faults=[]', `swarm.agents=${AGENTS}`, `topology.kind=${kind}`, `topology.branching=${BRANCHING}`],
    ...[`tasks.workload.dag=${work}`, `tasks.workload.width=${SHAPE[work][0]}`],
    ...[`tasks.workload.depth=${SHAPE[work][1]}`, `tasks.workload.count=${GRAPHS}`, 'tasks.workload.thinkUs=1000'],
    'programs.dataflow.params.verbose=false',
  ],
  untilUs: GRAPHS * 3_000_000,
})
const onAll = (work: Work): Setup[] => [setup(work, 'mesh'), setup(work, 'hierarchical'), setup(work, 'ring')]

/** How long each graph took, µs; none where one was not done. */
function took({ marks }: ClaimRun): readonly number[] {
  const ended = marks.filter(({ program, body }) => program === 'dataflow' && body.kind === 'ended')
  return ended.length === GRAPHS ? ended.map(({ body }) => body.tookUs as number) : []
}

/** Runs on mesh, tree and ring take turns: of each a mean and its standard error. */
function byTopology(samples: readonly (readonly number[])[]): readonly { mean: number; error: number }[] {
  return [0, 1, 2].map((first) => {
    const values = pool(samples.filter((_, k) => k % 3 === first))
    const middle = mean(values)
    const variance = values.reduce((sum, us) => sum + (us - middle) * (us - middle), 0) / (values.length - 1)
    return { mean: middle, error: Math.sqrt(variance / values.length) }
  })
}

/** Extra time of the better of tree and ring over the mesh, as a share of the mesh's: four standard errors below. */
function extraOverMesh(samples: readonly (readonly number[])[]): number {
  const [mesh, ...others] = byTopology(samples)
  return least(
    others.map((one) => {
      const error = Math.sqrt(one.error * one.error + mesh!.error * mesh!.error)
      return (one.mean - mesh!.mean - 4 * error) / mesh!.mean
    }),
  )
}

/** Agents of the heap-ordered tree apart: both climb to where they meet. */
export function treeDistance(a: number, b: number, branching: number): number {
  let [low, high, hops] = [a, b, 0]
  while (low !== high) {
    if (low > high) low = Math.floor((low - 1) / branching)
    else high = Math.floor((high - 1) / branching)
    hops++
  }
  return hops
}

const RING_DISTANCES = Array.from({ length: AGENTS - 1 }, (_, k) => Math.min(k + 1, AGENTS - k - 1))
const RING_HOPS = mean(RING_DISTANCES)
const RING_DEVIATION = Math.sqrt(mean(RING_DISTANCES.map((d) => (d - RING_HOPS) * (d - RING_HOPS))))
const TREE_LINE_HOPS = Array.from({ length: AGENTS }, (_, k) => treeDistance(k, (k + 1) % AGENTS, BRANCHING)).reduce(
  (sum, hops) => sum + hops,
  0,
)
/** Dividing on three levels, working, and putting together on three levels; one hop at each change of level. */
const DIVIDED_US = 7 * TASK_US + 6 * LINK_US
const LINE_US = AGENTS * (TASK_US + LINK_US)

type Exact = Pick<Claim, 'name' | 'source' | 'setups' | 'control' | 'unit'> & {
  us: number
  expected: number
  why: string
}
/** Every graph takes the same; the figure is the one farthest from what is expected, in units of `us`. */
const exact = ({ us, expected, why, ...claim }: Exact): Claim => ({
  ...{ ...claim, scenario: SCENARIO, measure: (run) => took(run).map((tookUs) => tookUs / us) },
  seeds: { quick: claim.setups.length, full: claim.setups.length },
  summary: (samples) => (samples.every(({ length }) => length > 0) ? farthest(pool(samples), expected) : NaN),
  expectation: () => exactly(expected, why),
})

const DELEGATED = 400
/** Tasks that come alone, given out by the first agent of the tree to the others. */
const givenOut = (strategy: string): Setup => ({
  set: [
    ...['faults=[]', `swarm.agents=${AGENTS}`, 'topology.kind=hierarchical', `topology.branching=${BRANCHING}`],
    ...['tasks.workload.arrivals=poisson', 'tasks.workload.perSecond=200', 'tasks.workload.dag=none'],
    ...[`tasks.workload.count=${DELEGATED}`, 'tasks.workload.meanUs=100000'],
    `programs=${JSON.stringify([
      { kind: 'distributor', on: { first: 1 }, params: { strategy, reportEveryUs: 0 } },
      { kind: 'worker', on: { last: AGENTS - 1 } },
    ])}`,
  ],
  untilUs: 6_000_000,
})

/** Times that each task was handed to somebody; none where one did not end. */
function handedOn({ marks }: ClaimRun): readonly number[] {
  const times = (kind: string, programs: readonly string[]): number =>
    marks.filter(({ program, body }) => programs.includes(program) && body.kind === kind).length
  if (times('done', ['distributor']) !== DELEGATED) return []
  return [times('assigned', ['distributor', 'worker']) / DELEGATED]
}

export const topologyFitClaims: readonly Claim[] = [
  {
    name: 'fit-mesh-interdependent',
    scenario: SCENARIO,
    source: 'Measured: the lower end of four standard errors over graphs and seeds',
    unit: 'more than on the mesh',
    seeds: { quick: 6, full: 60 },
    setups: onAll('random'),
    control: { what: 'one step after the other, where the ring is as fast', seeds: 3, setups: onAll('pipeline') },
    measure: took,
    summary: (samples) => (samples.every(({ length }) => length > 0) ? extraOverMesh(samples) : NaN),
    expectation: (seeds) =>
      atLeast(0.25, `a quarter, four standard errors within, ${(seeds / 3) * GRAPHS} graphs each`),
  },
  {
    name: 'fit-ring-interdependent',
    scenario: SCENARIO,
    source: 'Closed form: the mean distance between two different agents, ⌊n²/4⌋/(n − 1)',
    unit: 'hops a message',
    seeds: { quick: 2, full: 20 },
    setups: [setup('random', 'ring')],
    control: { what: 'the same tasks on a tree', seeds: 1, setups: [setup('random', 'hierarchical')] },
    measure: (run) => (took(run).length > 0 ? [run.transmissions / run.messages] : []),
    summary: (samples) => mean(pool(samples)),
    expectation(seeds) {
      // Messages that share an end go to different agents all the same: as many distances as tasks, at the least.
      const tasks = seeds * GRAPHS * AGENTS * LAYERS
      const why = `four standard errors of ${tasks} places, each ±${rounded(RING_DEVIATION)}`
      return within(rounded(RING_HOPS), (4 * RING_DEVIATION) / Math.sqrt(tasks), why)
    },
  },
  exact({
    name: 'fit-tree-subdivided',
    source: 'Theorem: all who talk with each other are one hop apart on both',
    unit: 'of seven tasks and six hops',
    setups: [setup('fork-join', 'hierarchical'), setup('fork-join', 'mesh')],
    control: { what: 'the same work on a ring', seeds: 1, setups: [setup('fork-join', 'ring')] },
    ...{ us: DIVIDED_US, expected: 1, why: 'on the tree and on the mesh, every graph' },
  }),
  {
    name: 'fit-tree-delegated',
    scenario: SCENARIO,
    source: 'Definition: all 27 agents with nobody below them are three connections from the top',
    unit: 'times handed on',
    seeds: { quick: 1, full: 10 },
    setups: [givenOut('delegate')],
    control: { what: 'the top gives tasks to all others itself', seeds: 1, setups: [givenOut('least-loaded')] },
    measure: handedOn,
    summary: (samples) => (samples.every(({ length }) => length > 0) ? farthest(pool(samples), 3) : NaN),
    expectation: () => exactly(3, 'the depth of a tree of 40 with three below each'),
  },
  {
    name: 'fit-ring-subdivided',
    scenario: SCENARIO,
    source: 'Lower bound: somebody with a share is n/2 hops away, and its part goes there and back',
    unit: 'times as long as on the tree',
    seeds: { quick: 1, full: 2 },
    setups: [setup('fork-join', 'ring')],
    control: { what: 'the same work on a mesh', seeds: 1, setups: [setup('fork-join', 'mesh')] },
    measure: (run) => took(run).map((tookUs) => tookUs / DIVIDED_US),
    summary: (samples) => least(pool(samples)),
    expectation: () =>
      atLeast((7 * TASK_US + AGENTS * LINK_US) / DIVIDED_US, '7 tasks and 40 hops over 7 tasks and 6 hops'),
  },
  exact({
    name: 'fit-ring-pipeline',
    source: 'Theorem: each step is one hop from the one before, also the last from the first',
    unit: 'of forty tasks and forty hops',
    setups: [setup('pipeline', 'ring'), setup('pipeline', 'mesh')],
    control: { what: 'the same steps on a tree', seeds: 1, setups: [setup('pipeline', 'hierarchical')] },
    ...{ us: LINE_US, expected: 1, why: 'on the ring and on the mesh, every graph' },
  }),
  exact({
    name: 'fit-tree-pipeline',
    source: 'Closed form: the distances 0–1, 1–2, …, 38–39 and 39–0 in the tree, 108 hops instead of 40',
    unit: 'times as long as on the ring',
    setups: [setup('pipeline', 'hierarchical')],
    control: { what: 'the same steps on a ring', seeds: 1, setups: [setup('pipeline', 'ring')] },
    us: LINE_US,
    expected: (AGENTS * TASK_US + TREE_LINE_HOPS * LINK_US) / LINE_US,
    why: `${TREE_LINE_HOPS} hops of 10 ms and forty tasks of 20 ms`,
  }),
]
