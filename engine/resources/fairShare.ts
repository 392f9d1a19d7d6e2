/**
 * How a thing that several want is shared out. Pure functions of plain numbers; nothing here is mutated.
 *
 * Max-min fairness: the least share is as great as it can be, then the next (Bertsekas and Gallager, Data Networks,
 * 1992, section 6.5.2). Dominant resource fairness: max-min on each user's greatest share of any resource (Ghodsi and
 * others, NSDI 2011). Asset fairness evens out the sum of a user's shares instead, and is here to be compared with.
 */
export const POLICIES = ['drf', 'max-min', 'asset', 'first-come'] as const
export type Policy = (typeof POLICIES)[number]
/** Amounts, one a resource; all bundles and capacities of one allocation have the same length. */
export type Bundle = readonly number[]

/**
 * Water filling: `capacity` over `demands`, in proportion to `weights` (left out: all equal), nobody above its demand.
 * What is left over where all demands are met is in nobody's share.
 * @param weights above 0
 */
export function maxMinShares(capacity: number, demands: readonly number[], weights?: readonly number[]): number[] {
  const weightOf = (user: number): number => weights?.[user] ?? 1
  const shares = demands.map(() => 0)
  const thirst = demands.map((demand, user) => ({ user, level: demand / weightOf(user) }))
  thirst.sort((a, b) => a.level - b.level || a.user - b.user)
  let left = capacity
  let weightLeft = thirst.reduce((sum, { user }) => sum + weightOf(user), 0)
  for (const [at, { user, level }] of thirst.entries()) {
    const water = left / weightLeft
    if (level > water) {
      for (const dry of thirst.slice(at)) shares[dry.user] = water * weightOf(dry.user)
      return shares
    }
    shares[user] = demands[user]!
    left -= demands[user]!
    weightLeft -= weightOf(user)
  }
  return shares
}

/** The greatest share of any resource that `used` is; where there is no such resource at all, all of it. */
export const dominantShare = (used: Bundle, capacities: Bundle): number =>
  used.reduce((most, amount, r) => Math.max(most, shareOf(amount, capacities[r] ?? 0)), 0)

const assetShare = (used: Bundle, capacities: Bundle): number =>
  used.reduce((sum, amount, r) => sum + shareOf(amount, capacities[r] ?? 0), 0)

const shareOf = (amount: number, capacity: number): number => (amount === 0 ? 0 : amount / capacity)

/**
 * By what a policy compares users: whoever has the least comes next. `max-min` looks at the first resource alone, as a
 * scheduler of slots does; `first-come` looks at nothing that a user has.
 */
export function policyShare(policy: Policy, used: Bundle, capacities: Bundle, weight: number): number {
  switch (policy) {
    case 'drf':
      return dominantShare(used, capacities) / weight
    case 'max-min':
      return shareOf(used[0] ?? 0, capacities[0] ?? 0) / weight
    case 'asset':
      return assetShare(used, capacities) / weight
    case 'first-come':
      return 0
  }
}

export const fits = (bundle: Bundle, free: Bundle): boolean =>
  bundle.every((amount, r) => amount === 0 || amount <= (free[r] ?? 0))

/** A user of a cluster: what one of its tasks takes, how many it wants (left out: without end), what it counts for. */
export interface User {
  readonly demand: Bundle
  readonly wanted?: number
  readonly weight?: number
}

/**
 * Tasks of each user where tasks can be divided: everybody's weighted share (`drf`: dominant, `asset`: summed) rises at
 * the same speed; who needs a resource that is used up stays where it is, and the others go on (Ghodsi 2011, section
 * 4.2). A demand of nothing gets nothing.
 */
export function progressiveFilling(policy: 'drf' | 'asset', capacities: Bundle, users: readonly User[]): number[] {
  const share = policy === 'drf' ? dominantShare : assetShare
  const speeds = users.map(({ demand, weight = 1 }) => {
    const ofOne = share(demand, capacities)
    return ofOne > 0 && ofOne < Infinity ? weight / ofOne : 0
  })
  const tasks = users.map(() => 0)
  const free = [...capacities]
  let rising = users.map((_, user) => user).filter((user) => speeds[user]! > 0)
  while (rising.length > 0) {
    const drain = capacities.map((_, r) => rising.reduce((sum, u) => sum + users[u]!.demand[r]! * speeds[u]!, 0))
    const untilEmpty = free.map((left, r) => (drain[r]! > 0 ? Math.max(0, left) / drain[r]! : Infinity))
    const untilEnough = rising.map((u) => ((users[u]!.wanted ?? Infinity) - tasks[u]!) / speeds[u]!)
    const step = Math.min(...untilEmpty, ...untilEnough)
    for (const u of rising) tasks[u]! += speeds[u]! * step
    for (let r = 0; r < free.length; r++) free[r]! -= drain[r]! * step
    const isEmpty = untilEmpty.map((time) => time === step)
    rising = rising.filter((u, k) => untilEnough[k] !== step && !users[u]!.demand.some((d, r) => d > 0 && isEmpty[r]!))
  }
  return tasks
}

/**
 * Whole tasks, one at a time: the next goes to whoever has the least by the policy, of equals to the one served longest
 * ago, then to the first in the list. Where that task does not fit, nobody gets any more (Ghodsi 2011, algorithm 1), or
 * with `overtake` the next who fits does.
 */
export function taskByTask(policy: Policy, capacities: Bundle, users: readonly User[], overtake = false): number[] {
  const tasks = users.map(() => 0)
  const free = [...capacities]
  const used = users.map(() => capacities.map(() => 0))
  const served = users.map(() => 0)
  let grants = 0
  const bounded = users.map(({ demand }) => demand.some((amount) => amount > 0))
  const turn = (user: number): number => (policy === 'first-come' ? 0 : served[user]!)
  for (;;) {
    const waiting = users.map((_, u) => u).filter((u) => bounded[u]! && tasks[u]! < (users[u]!.wanted ?? Infinity))
    const shares = used.map((has, u) => policyShare(policy, has, capacities, users[u]!.weight ?? 1))
    waiting.sort((a, b) => shares[a]! - shares[b]! || turn(a) - turn(b) || a - b)
    const next = overtake ? waiting.find((u) => fits(users[u]!.demand, free)) : waiting[0]
    if (next === undefined || !fits(users[next]!.demand, free)) return tasks
    tasks[next]!++
    served[next] = ++grants
    for (const [r, amount] of users[next]!.demand.entries()) {
      used[next]![r]! += amount
      free[r]! -= amount
    }
  }
}
