import type { Mark } from '../../agents/Program.ts'
import { atMost, exactly, type Claim, type ClaimRun, type Setup } from './Claim.ts'
import { everyOther, greatest, pool } from './statistics.ts'

const SCENARIO = 'drf'
const GHODSI = 'Ghodsi and others 2011, section 4.1'

/** Tasks that never end, asked for by everybody before the first round: what is held in the end is the allocation. */
const setup = (demands: readonly (readonly number[])[], capacities: readonly number[], ...more: string[]): Setup => ({
  set: [
    ...[`swarm.agents=${demands.length + 1}`, 'faults=[]', 'programs.allocator.params.holdUs=0'],
    ...[`programs.allocator.params.demands=${JSON.stringify(demands)}`, 'programs.allocator.params.tasks=[0]'],
    ...[`programs.allocator.params.capacities=${JSON.stringify(capacities)}`, ...more],
  ],
  untilUs: 1_000_000,
})
const policy = (name: string): string => `programs.allocator.params.policy=${name}`

const holding = ({ program, body }: Mark): boolean => program === 'allocator' && body.kind === 'holding'

/** What each user says in the end that it uses, by resource; users that never had anything use nothing. */
export function usedInTheEnd({ marks, scenario }: Pick<ClaimRun, 'marks' | 'scenario'>): number[][] {
  const { capacities } = scenario.programs[0]!.params as { capacities: readonly number[] }
  const users = Array.from({ length: scenario.swarm.agents - 1 }, () => capacities.map(() => 0))
  for (const mark of marks) if (holding(mark)) users[mark.agent - 1] = [...(mark.body['uses'] as readonly number[])]
  return users
}

/** Whole tasks out of `used` for tasks that take `demand`. */
export const tasksFrom = (used: readonly number[], demand: readonly number[]): number =>
  demand.reduce((least, amount, r) => (amount === 0 ? least : Math.min(least, Math.floor(used[r]! / amount))), Infinity)

const tasksOf = (run: ClaimRun): number[] => {
  if (!run.marks.some(holding)) return []
  const { demands } = run.scenario.programs[0]!.params as { demands: readonly (readonly number[])[] }
  return usedInTheEnd(run).map((used, user) => tasksFrom(used, demands[user % demands.length]!))
}

interface Case {
  readonly name: string
  readonly source: string
  readonly setup: Setup
  readonly control: { readonly what: string; readonly setup: Setup }
  /** Tasks of the users, and what one of them stands for. */
  readonly tasks: readonly number[]
  readonly unit: number
}

const allocation = ({ name, source, setup, control, tasks, unit }: Case): Claim => ({
  ...{ name, scenario: SCENARIO, source, setups: [setup] },
  unit: `away from ${tasks.map((count) => count * unit).join(', ')}`,
  seeds: { quick: 2, full: 16 },
  control: { what: control.what, seeds: 2, setups: [control.setup] },
  measure: (run) => tasksOf(run).map((count, user) => Math.abs(count - (tasks[user] ?? 0)) * unit),
  summary: (samples) => greatest(pool(samples)),
  expectation: () => exactly(0, 'whole tasks, in whatever order the messages come'),
})

const A = [1, 4]
const B = [3, 1]
const inPaper = [A, B]
const small = [9, 18]
const large = [90, 180]

const sharing: Claim = {
  name: 'drf-sharing',
  scenario: SCENARIO,
  source: 'Ghodsi and others 2011, sections 3 and 5: the sharing incentive',
  unit: 'of 30',
  seeds: { quick: 1, full: 8 },
  setups: [
    setup(
      [
        [1, 3],
        [1, 1],
      ],
      [30, 30],
    ),
  ],
  control: {
    what: 'asset fairness: equal sums of shares',
    seeds: 1,
    setups: [
      setup(
        [
          [1, 3],
          [1, 1],
        ],
        [30, 30],
        policy('asset'),
      ),
    ],
  },
  measure: (run) => tasksOf(run).slice(1),
  summary: (samples) => greatest(pool(samples)),
  expectation: () => exactly(15, 'half of everything is 15 tasks'),
}

/** What A might say instead of the truth. */
const LIES = [
  [2, 4],
  [1, 8],
  [2, 8],
  [1, 5],
  [3, 4],
  [1, 3],
]

/** Tasks that A can run, of those it needs and not of those it asked for. */
const useful = (run: ClaimRun): number => tasksFrom(usedInTheEnd(run)[0]!, A)

const noLies: Claim = {
  name: 'drf-no-lies',
  scenario: SCENARIO,
  source: 'Ghodsi and others 2011, section 3: strategy-proofness',
  unit: 'tasks gained',
  seeds: { quick: 2 * LIES.length, full: 4 * LIES.length },
  setups: LIES.flatMap((lie) => [setup(inPaper, large), setup([lie, B], large)]),
  control: {
    what: 'a user believed when it says that it counts twice',
    seeds: 2,
    setups: [
      [1, 1],
      [2, 1],
    ].map((weights) => setup(inPaper, large, `programs.allocator.params.weights=${JSON.stringify(weights)}`)),
  },
  measure: (run) => (run.marks.some(holding) ? [useful(run)] : []),
  summary(samples) {
    const truths = pool(everyOther(samples, 0))
    return greatest(pool(everyOther(samples, 1)).map((gained, k) => gained - truths[k]!))
  },
  expectation: () => atMost(0, 'of the tasks that it needs nobody gets more by asking for something else'),
}

const tenths = [[1], [1], [1], [1]]
const wanted = 'programs.allocator.params.tasks=[20,26,40,50]'

export const drfClaims: readonly Claim[] = [
  allocation({
    ...{ name: 'drf-3-and-2', source: GHODSI, tasks: [3, 2], unit: 1, setup: setup(inPaper, small) },
    control: { what: 'first come, first served', setup: setup(inPaper, small, policy('first-come')) },
  }),
  allocation({
    ...{ name: 'drf-30-and-20', source: `${GHODSI}, times ten`, tasks: [30, 20], unit: 1 },
    setup: setup(inPaper, large),
    control: { what: 'asset fairness: equal sums of shares', setup: setup(inPaper, large, policy('asset')) },
  }),
  sharing,
  noLies,
  allocation({
    ...{ name: 'max-min-10', source: 'Keshav 1997, page 215: max-min fairness by water filling' },
    ...{ tasks: [20, 26, 27, 27], unit: 0.1, setup: setup(tenths, [100], wanted) },
    control: { what: 'first come, first served', setup: setup(tenths, [100], wanted, policy('first-come')) },
  }),
]
