import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maxMinShares, progressiveFilling, taskByTask, type Bundle, type User } from './fairShare.ts'

const PAPER = { capacities: [9, 18], users: [{ demand: [1, 4] }, { demand: [3, 1] }] }
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
const EPSILON = 1e-9

describe('max-min fairness', () => {
  it('shares 10 over demands of 2, 2.6, 4 and 5 as 2, 2.6, 2.7 and 2.7 (Keshav 1997, page 215)', () => {
    expect(maxMinShares(10, [2, 2.6, 4, 5])).toEqual([2, 2.6, 2.7, 2.7])
  })
  it('with weights 2.5, 4, .5 and 1 shares 16 over 4, 2, 10 and 4 as 4, 2, 6 and 4: leftovers go round', () => {
    const shares = maxMinShares(16, [4, 2, 10, 4], [2.5, 4, 0.5, 1])
    for (const [i, share] of [4, 2, 6, 4].entries()) expect(shares[i]).toBeCloseTo(share, 12)
  })
  it('gives nobody more than asked, wastes nothing, and lets nobody gain but from somebody with less', () => {
    const demand = fc.double({ min: 0, max: 100, noNaN: true })
    fc.assert(
      fc.property(
        fc.array(demand, { minLength: 1, maxLength: 20 }),
        fc.double({ min: 0, max: 500, noNaN: true }),
        (demands, capacity) => {
          const shares = maxMinShares(capacity, demands)
          for (const [i, share] of shares.entries()) expect(share).toBeLessThanOrEqual(demands[i]!)
          expect(sum(shares)).toBeCloseTo(Math.min(capacity, sum(demands)), 6)
          const most = Math.max(...shares)
          for (const [i, share] of shares.entries())
            if (share < demands[i]! - EPSILON) expect(share).toBeGreaterThanOrEqual(most - EPSILON)
        },
      ),
    )
  })
})

describe('dominant resource fairness', () => {
  it('gives A 3 tasks and B 2, both two thirds of their dominant resource (Ghodsi 2011, section 4.1)', () => {
    expect(taskByTask('drf', PAPER.capacities, PAPER.users)).toEqual([3, 2])
    const tasks = progressiveFilling('drf', PAPER.capacities, PAPER.users)
    expect(tasks[0]).toBeCloseTo(3, 12)
    expect(tasks[1]).toBeCloseTo(2, 12)
  })
  it('first come, first served gives the first 4 and the second nothing, or one where it may overtake', () => {
    expect(taskByTask('first-come', PAPER.capacities, PAPER.users)).toEqual([4, 0])
    expect(taskByTask('first-come', PAPER.capacities, PAPER.users, true)).toEqual([4, 1])
  })
  it('asset fairness evens out the sums and gives 2.52 and 2.16 tasks', () => {
    const tasks = progressiveFilling('asset', PAPER.capacities, PAPER.users)
    expect(tasks[0]).toBeCloseTo(2.52, 2)
    expect(tasks[1]).toBeCloseTo(2.16, 2)
  })
  it('asset fairness breaks the sharing incentive: 12 of 30 for one of two users; DRF gives it 15', () => {
    const users = [{ demand: [1, 3] }, { demand: [1, 1] }]
    expect(taskByTask('asset', [30, 30], users)).toEqual([6, 12])
    expect(taskByTask('drf', [30, 30], users)).toEqual([5, 15])
  })
  it('of one resource is max-min fairness', () => {
    const users = [2, 2.6, 4, 5].map((wanted) => ({ demand: [1], wanted }))
    const tasks = progressiveFilling('drf', [10], users)
    for (const [i, share] of [2, 2.6, 2.7, 2.7].entries()) expect(tasks[i]).toBeCloseTo(share, 12)
    const tenths = [20, 26, 40, 50].map((wanted) => ({ demand: [1], wanted }))
    expect(taskByTask('drf', [100], tenths)).toEqual([20, 26, 27, 27])
  })
  it('weighted 2 : 1, both with the same demand, gives 2 : 1', () => {
    expect(taskByTask('drf', [30], [{ demand: [1], weight: 2 }, { demand: [1] }])).toEqual([20, 10])
  })
  it('goes on for those who do not need what is used up', () => {
    const tasks = progressiveFilling('drf', [10, 100], [{ demand: [1, 0] }, { demand: [1, 1] }, { demand: [0, 1] }])
    expect(tasks[0]! + tasks[1]!).toBeCloseTo(10, 9)
    expect(tasks[1]! + tasks[2]!).toBeCloseTo(100, 9)
  })
  it('a demand of nothing, or of what there is not, gets nothing and keeps nobody waiting', () => {
    const users = [{ demand: [0, 0] }, { demand: [1, 0] }, { demand: [1, 1] }]
    expect(progressiveFilling('drf', [4, 0], users)).toEqual([0, 4, 0])
    expect(taskByTask('drf', [4, 0], users.slice(0, 2))).toEqual([0, 4])
  })
})

/** Tasks out of `bundle` for somebody whose task takes `demand`. */
const tasksFrom = (bundle: Bundle, demand: Bundle): number =>
  demand.reduce((least, amount, r) => (amount === 0 ? least : Math.min(least, bundle[r]! / amount)), Infinity)
const bundleOf = ({ demand }: User, tasks: number): number[] => demand.map((amount) => amount * tasks)

type Allocate = (capacities: Bundle, users: readonly User[]) => number[]
const drf: Allocate = (capacities, users) => progressiveFilling('drf', capacities, users)
const asset: Allocate = (capacities, users) => progressiveFilling('asset', capacities, users)
const equalParts: Allocate = (capacities, users) =>
  users.map(({ demand }) =>
    tasksFrom(
      capacities.map((c) => c / users.length),
      demand,
    ),
  )
const firstCome: Allocate = (capacities, users) => {
  const free = [...capacities]
  return users.map((user) => {
    const tasks = Math.max(0, tasksFrom(free, user.demand))
    for (const [r, amount] of bundleOf(user, tasks).entries()) free[r]! -= amount
    return tasks
  })
}
/** Competitive equilibrium from equal incomes: the product of tasks is as great as it can be. Two users only. */
const equalIncomes: Allocate = (capacities, [a, b]) => {
  const ofB = (tasks: number): number =>
    tasksFrom(
      capacities.map((c, r) => c - a!.demand[r]! * tasks),
      b!.demand,
    )
  let [low, high] = [0, tasksFrom(capacities, a!.demand)]
  for (let k = 0; k < 200; k++) {
    const [one, two] = [low + (high - low) / 3, high - (high - low) / 3]
    if (one * ofB(one) < two * ofB(two)) low = one
    else high = two
  }
  return [low, ofB(low)]
}

/** Whether a policy has the property on this cluster. */
type Property = (allocate: Allocate, capacities: Bundle, users: readonly User[], lie: Bundle) => boolean
const PROPERTIES: { readonly [name: string]: Property } = {
  'sharing incentive': (allocate, capacities, users) => {
    const part = capacities.map((c) => c / users.length)
    return allocate(capacities, users).every((tasks, u) => tasks >= tasksFrom(part, users[u]!.demand) - EPSILON)
  },
  'strategy-proofness': (allocate, capacities, users, lie) => {
    const truth = allocate(capacities, users)[0]!
    const gained = allocate(capacities, [{ demand: lie }, ...users.slice(1)])[0]!
    return tasksFrom(bundleOf({ demand: lie }, gained), users[0]!.demand) <= truth + EPSILON * (1 + truth)
  },
  'envy-freeness': (allocate, capacities, users) => {
    const tasks = allocate(capacities, users)
    return users.every(({ demand }, u) =>
      users.every((other, o) => tasksFrom(bundleOf(other, tasks[o]!), demand) <= tasks[u]! + EPSILON * (1 + tasks[u]!)),
    )
  },
  'Pareto efficiency': (allocate, capacities, users) => {
    const tasks = allocate(capacities, users)
    const used = capacities.map((_, r) => sum(users.map(({ demand }, u) => demand[r]! * tasks[u]!)))
    return users.every(({ demand }) =>
      demand.some((amount, r) => amount > 0 && used[r]! >= capacities[r]! * (1 - EPSILON)),
    )
  },
}
const CONTROLS: { readonly [name: string]: readonly [string, Allocate] } = {
  'sharing incentive': ['asset fairness', asset],
  'strategy-proofness': ['competitive equilibrium from equal incomes', equalIncomes],
  'envy-freeness': ['first come, first served', firstCome],
  'Pareto efficiency': ['equal parts for everybody', equalParts],
}

const bundle = fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }))
const cluster = (users: number) =>
  fc.tuple(
    fc.tuple(fc.integer({ min: 20, max: 200 }), fc.integer({ min: 20, max: 200 })),
    fc.array(
      bundle.map((demand) => ({ demand })),
      { minLength: 2, maxLength: users },
    ),
    bundle,
  )

describe.each(Object.entries(PROPERTIES))('%s (Ghodsi 2011, table 2)', (name, property) => {
  const [policy, other] = CONTROLS[name]!
  it('holds for dominant resource fairness on any cluster', () => {
    fc.assert(fc.property(cluster(6), ([capacities, users, lie]) => property(drf, capacities, users, lie)))
  })
  it(`does not hold for ${policy}`, () => {
    const { failed } = fc.check(
      fc.property(cluster(2), ([capacities, users, lie]) => property(other, capacities, users, lie)),
      { seed: 1, numRuns: 1_000 },
    )
    expect(failed).toBe(true)
  })
})

it('who lies gains under equal incomes: 3.2 tasks by the truth, 4.2 by asking 8 for 1 (Ghodsi 2011, section 5)', () => {
  const b = { demand: [1, 2] }
  expect(equalIncomes([100, 100], [{ demand: [16, 1] }, b])[0]).toBeCloseTo(100 / 31, 2)
  expect(equalIncomes([100, 100], [{ demand: [16, 8] }, b])[0]).toBeCloseTo(100 / 24, 2)
})

it('task by task nobody falls behind the share of another by more than one task', () => {
  fc.assert(
    fc.property(cluster(5), ([capacities, users]) => {
      const tasks = taskByTask('drf', capacities, users)
      const shares = users.map(({ demand }) => Math.max(...demand.map((amount, r) => amount / capacities[r]!)))
      const least = Math.min(...tasks.map((count, u) => count * shares[u]!))
      for (const [u, count] of tasks.entries()) expect((count - 1) * shares[u]!).toBeLessThanOrEqual(least + EPSILON)
    }),
  )
})
