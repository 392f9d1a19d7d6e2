import { atMost, exactly, type Claim, type ClaimRun, type Setup } from './Claim.ts'
import { optimalAssignment } from './optimalAssignment.ts'
import { greatest, pool } from './statistics.ts'

const SCENARIO = 'auction'
const PERSONS = 100
const EXACT = 'programs.auction.params.epsilon=0.0099'

const setup = (untilUs: number, ...more: readonly string[]): Setup => ({
  set: [
    ...[`swarm.agents=${2 * PERSONS}`, 'faults=[]', 'network.latency={"kind":"uniform","minUs":500,"maxUs":1500}'],
    ...more,
  ],
  untilUs,
})

export interface Outcome {
  /** Persons that take part at the end. */
  readonly persons: number
  /** Of them those with no object. */
  readonly without: number
  readonly total: number
  /** The greatest sum that these persons could have. */
  readonly best: number
}

/** Who has what at the end of a run, by what the objects said, and what would be best; null before anything began. */
export function outcomeOf({ marks }: Pick<ClaimRun, 'marks'>): Outcome | null {
  const benefits = new Map<number, readonly number[]>()
  const owners = new Map<number, { readonly person: number; readonly when: number }>()
  const gone = new Set<number>()
  let latest = 0
  for (const { agent, program, body } of marks) {
    if (program === 'host' && body.kind === 'crashed') gone.add(agent)
    if (program === 'host' && body.kind === 'restarted') gone.delete(agent)
    if (program !== 'auction') continue
    const when = (body.round as number) * 1_000 + (body.phase as number)
    if (body.kind === 'benefits') benefits.set(agent, body.values as readonly number[])
    if (body.kind === 'sold') owners.set(agent, { person: body.to as number, when })
    if (body.kind === 'returned') owners.delete(agent)
    if (body.kind === 'sold' || body.kind === 'phase') latest = Math.max(latest, when)
  }
  if (benefits.size === 0) return null
  const persons = [...benefits.keys()].filter((person) => !gone.has(person))
  // Objects are the members after the persons, in order.
  const objectOf = new Map<number, number>()
  for (const [object, { person, when }] of owners)
    if (when === latest && !gone.has(person)) objectOf.set(person, object - benefits.size)
  const total = [...objectOf].reduce((sum, [person, object]) => sum + benefits.get(person)![object]!, 0)
  const best = optimalAssignment(persons.map((person) => benefits.get(person)!)).total
  return { persons: persons.length, without: persons.length - objectOf.size, total, best }
}

/** What the result lacks of the greatest sum. */
function gap(run: ClaimRun): readonly number[] {
  const outcome = outcomeOf(run)
  return outcome === null ? [] : [outcome.best - outcome.total]
}

/** The same over its bound, nε. */
function shareOfBound(run: ClaimRun): readonly number[] {
  const epsilon = run.scenario.programs.find(({ kind }) => kind === 'auction')?.params.epsilon as number
  const outcome = outcomeOf(run)
  return outcome === null ? [] : [(outcome.best - outcome.total) / (outcome.persons * epsilon)]
}

const common = { scenario: SCENARIO, summary: (samples: readonly (readonly number[])[]) => greatest(pool(samples)) }

const exact: Claim = {
  ...common,
  name: 'auction-exact',
  source: 'Bertsekas 1979; the greatest sum by shortest augmenting paths (Jonker and Volgenant 1987)',
  unit: 'below the greatest sum',
  seeds: { quick: 3, full: 30 },
  setups: [setup(15_000_000, EXACT)],
  control: {
    what: 'an ε of 2, far above 1/n',
    seeds: 2,
    setups: [setup(15_000_000, 'programs.auction.params.epsilon=2')],
  },
  measure: gap,
  expectation: (seeds) => exactly(0, `benefits are whole and nε < 1, in each of ${seeds} instances`),
}

const EPSILONS = [0.1, 1, 5]
const bound: Claim = {
  ...common,
  name: 'auction-bound',
  source: 'Bertsekas 1979: ε-complementary slackness bounds the loss by nε',
  unit: 'of nε',
  seeds: { quick: 3, full: 30 },
  setups: EPSILONS.map((epsilon) => setup(10_000_000, `programs.auction.params.epsilon=${epsilon}`)),
  control: {
    what: 'persons that bid all that an object is worth to them, in a single phase',
    seeds: 2,
    setups: [
      setup(
        10_000_000,
        ...['programs.auction.params.epsilon=0.1', 'programs.auction.params.epsilonFirst=0'],
        'programs.auction.params.bidding=everything',
      ),
    ],
  },
  measure: shareOfBound,
  expectation: () => atMost(1, 'a theorem, for every instance'),
}

const ends: Claim = {
  ...common,
  name: 'auction-ends',
  source: 'Bertsekas 1988: without ε, persons of equal bids take objects from each other without raising a price',
  unit: 'persons with nothing',
  seeds: { quick: 3, full: 30 },
  setups: [setup(15_000_000, EXACT)],
  control: {
    what: 'no ε at all, in as much time',
    seeds: 1,
    setups: [setup(15_000_000, 'programs.auction.params.epsilon=0', 'programs.auction.params.epsilonFirst=0')],
  },
  measure: (run) => {
    const outcome = outcomeOf(run)
    return outcome === null ? [] : [outcome.without]
  },
  expectation: () => exactly(0, 'there are as many objects as persons'),
}

const FAULTS = [3, 41, 86].map((agent) => ({ at: 1_500_000, op: 'crash', agent }))
const crash: Claim = {
  ...common,
  name: 'auction-crash',
  source:
    'Bertsekas and Castañon 1992: fewer persons than objects, prices from 0; the greatest sum by shortest augmenting paths',
  unit: 'below the greatest sum of those left',
  seeds: { quick: 2, full: 30 },
  setups: [setup(25_000_000, EXACT, `faults=${JSON.stringify(FAULTS)}`)],
  control: {
    what: 'leases that do not run out',
    seeds: 1,
    setups: [
      setup(25_000_000, EXACT, `faults=${JSON.stringify(FAULTS)}`, 'programs.auction.params.leaseUs=80000000000'),
    ],
  },
  measure: gap,
  expectation: (seeds) => exactly(0, `benefits are whole and nε < 1, in each of ${seeds} instances`),
}

export const auctionClaims: readonly Claim[] = [exact, bound, ends, crash]
