import type { Mark } from '../agents/Program.ts'
import type { CheckContext, Finding, Invariant } from './Invariant.ts'
import { DISTURBANCES, disturb, quietSince, type Quiet } from './liveness.ts'

/**
 * Rounds of an auction as its marks tell. What is said of an earlier round than the newest is on its way out; a round
 * in which somebody lost its memory, or was given other terms, is not judged: the desk begins another.
 */
interface Rounds {
  newest: number
  /** The newest phase of it. */
  phase: number
  spoiled: number
}

const TELLS = ['sold', 'returned', 'phase', 'complete'] as const
const SPOILS = ['crashed', 'restarted', 'left', 'joined', 'set', 'edited', 'disk set']
/** Who is given another ε than the others keeps it in later rounds. */
const FOR_GOOD = ['leaseUs', 'epsilon', 'epsilonFirst', 'epsilonStep', 'bidding']
const newRounds = (): Rounds => ({ newest: 0, phase: 0, spoiled: -1 })

/** Whether the mark is of the newest round, which is in order. Mutates `rounds`. */
function isJudged(rounds: Rounds, { program, body }: Mark): boolean {
  if (program === 'host') {
    // Who takes part is counted once: who joins later may be counted in by some and not by others.
    // Leases are as they were at the start.
    if (body.kind === 'joined' || FOR_GOOD.includes(body['param'] as string)) rounds.spoiled = Infinity
    else if (body.kind !== 'set' || body['program'] === 'auction')
      rounds.spoiled = Math.max(rounds.spoiled, rounds.newest)
    return false
  }
  const { round, phase } = body as unknown as { round: number; phase: number }
  if (round > rounds.newest) Object.assign(rounds, { newest: round, phase })
  else if (round === rounds.newest) rounds.phase = Math.max(rounds.phase, phase)
  return round === rounds.newest && round > rounds.spoiled
}

interface Sale {
  readonly object: number
  readonly to: number
  readonly price: number
  readonly epsilon: number
  readonly round: number
  readonly phase: number
}
const saleOf = ({ body }: Mark): Sale => body as unknown as Sale

/** Bertsekas 1979: an object goes to a bid that is better by ε, and keeps its price from phase to phase. */
export const pricesRise: Invariant<{
  readonly rounds: Rounds
  readonly last: { [object: number]: { readonly round: number; readonly price: number } }
}> = {
  name: 'prices-rise',
  title: 'Within a round every sale of an object costs ε more than the one before, at least',
  on: { auction: TELLS, host: SPOILS },
  init: () => ({ rounds: newRounds(), last: {} }),
  onMark({ rounds, last }, mark): Finding {
    const judged = isJudged(rounds, mark)
    if (mark.body.kind !== 'sold') return false
    const { round, price, epsilon, object } = saleOf(mark)
    const before = last[object]?.round === round ? last[object].price : 0
    last[object] = { round, price }
    if (!judged) return false
    return price >= before + epsilon || `object ${object} costs ${before} and is sold for ${price}, with ε = ${epsilon}`
  },
}

/**
 * ε-complementary slackness (Bertsekas 1979). A bidder may know prices that are too low by now, and all of them only
 * rise: so it holds for every sale as it is made, and for all that stand once the bidding ends.
 */
export const withinEpsilon: Invariant<{
  readonly rounds: Rounds
  readonly benefits: { [person: number]: readonly number[] }
  readonly prices: { [object: number]: { readonly round: number; readonly price: number } }
}> = {
  name: 'within-epsilon',
  title: 'Whoever buys could gain no more than ε by any other object at the prices there are',
  on: { auction: [...TELLS, 'benefits'], host: SPOILS },
  init: () => ({ rounds: newRounds(), benefits: {}, prices: {} }),
  onMark({ rounds, benefits, prices }, mark): Finding {
    if (mark.body.kind === 'benefits') {
      benefits[mark.agent] = mark.body['values'] as readonly number[]
      return false
    }
    const judged = isJudged(rounds, mark)
    if (mark.body.kind !== 'sold') return false
    const { object, to, price, epsilon, round } = saleOf(mark)
    prices[object] = { round, price }
    const values = benefits[to]
    if (!judged || values === undefined) return false
    const gainOf = (k: number): number => values[k]! - (prices[k]?.round === round ? prices[k].price : 0)
    const best = values.reduce((most, _, k) => Math.max(most, gainOf(k)), -Infinity)
    if (best - gainOf(object) <= epsilon + ROUNDING) return true
    return `agent ${to} gains ${gainOf(object)} by object ${object}, and ${best} by another: that is more than ε = ${epsilon} away`
  },
}
/** Benefits are at most some thousands, and a price is a sum of few of them. */
const ROUNDING = 1e-6

interface Holdings {
  readonly rounds: Rounds
  readonly quiet: Quiet
  readonly owners: { [object: number]: Sale }
  /** What each person bought last. */
  readonly bought: { [person: number]: number }
  /** Objects that were bought by somebody who had another, which has not come free yet. */
  twice: { readonly to: number; readonly objects: readonly [number, number]; readonly sinceUs: number }[]
  /** The newest round in which an owner fell silent: what the desk has heard of it may be late. */
  returned: number
  objects: number
}

/**
 * A bid that was given up may still be on its way, and win: its bidder gives the object back, or lets the lease run
 * out, since it speaks up for one only.
 */
export const oneObjectEach: Invariant<Holdings> = {
  name: 'one-object-each',
  title: 'Nobody keeps two objects for longer than a lease, and all are sold when the desk says so',
  on: { auction: [...TELLS, 'benefits'], host: [...new Set([...SPOILS, ...DISTURBANCES])] },
  init: (ctx) => ({
    ...{ rounds: newRounds(), quiet: quietSince(ctx), owners: {}, bought: {}, twice: [] },
    ...{ returned: -1, objects: 0 },
  }),
  onMark(state, mark, _view, ctx): Finding {
    const { body, program } = mark
    if (program === 'host') disturb(state.quiet, mark, ctx)
    if (program === 'host' && !SPOILS.includes(body.kind)) return false
    if (body.kind === 'benefits') {
      state.objects = (body['values'] as readonly number[]).length
      return false
    }
    const judged = isJudged(state.rounds, mark)
    if (body.kind === 'sold') return buys(state, mark, judged)
    if (body.kind === 'returned') {
      state.returned = Math.max(state.returned, body['round'] as number)
      delete state.owners[body['object'] as number]
    }
    return body.kind === 'complete' && judged && state.returned < state.rounds.newest && isAllSold(state, body)
  },
  onTime(state, timeUs, _view, ctx): Finding {
    if (state.twice.length === 0) return false
    state.twice = state.twice.filter(({ to, objects }) => hasBoth(state, to, objects))
    const dueUs = (sinceUs: number): number => Math.max(sinceUs, state.quiet.fromUs) + patienceUs(ctx)
    const late = state.twice.find(({ sinceUs }) => dueUs(sinceUs) < timeUs)
    if (late === undefined || state.quiet.faults.length > 0) return false
    state.twice = []
    return `agent ${late.to} keeps objects ${late.objects.join(' and ')}, and has had both since ${late.sinceUs} µs`
  },
}

/** A lease by the slowest clock, and the time that messages may take which were on their way. */
function patienceUs({ programs, drift = 0 }: CheckContext): number {
  const leaseUs = Number(programs?.find(({ kind }) => kind === 'auction')?.params['leaseUs'] ?? 0)
  return 2 * leaseUs * (1 + 2 * drift) + MESSAGES_US
}
const MESSAGES_US = 2_000_000

function hasBoth({ rounds, owners }: Holdings, to: number, [a, b]: readonly [number, number]): boolean {
  const [one, other] = [owners[a], owners[b]]
  if (one === undefined || other === undefined || one.to !== to || other.to !== to) return false
  if (rounds.newest <= rounds.spoiled) return false
  return [one, other].every(({ round, phase }) => round === rounds.newest && phase === rounds.phase)
}

function buys(state: Holdings, mark: Mark, judged: boolean): Finding {
  const sale = saleOf(mark)
  const { object, to } = sale
  const before = state.bought[to]
  state.owners[object] = sale
  state.bought[to] = object
  if (!judged || before === undefined || before === object) return false
  const objects = [before, object] as const
  if (hasBoth(state, to, objects)) state.twice.push({ to, objects, sinceUs: mark.key.time })
  return true
}

function isAllSold({ owners, objects }: Holdings, { round, phase }: Mark['body']): Finding {
  const sold = Object.values(owners).filter((sale) => sale.round === round && sale.phase === phase).length
  return sold === objects || `the desk says that everything is sold, and that is ${sold} of ${objects} objects`
}

export const AUCTION: readonly Invariant[] = [pricesRise, withinEpsilon, oneObjectEach]
