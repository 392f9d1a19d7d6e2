import { describe, expect, it } from 'vitest'
import type { Mark } from './agents/Program.ts'
import { micros } from './kernel/units.ts'
import { LocalRun } from './LocalRun.ts'
import { STRATEGIES } from './tasks/messages.ts'
import { ends, marksOf, scenario, tasksOf } from './testing/taskRuns.ts'

describe('every strategy', () => {
  it.each(STRATEGIES)('%s does every task once', (strategy) => {
    const marks = marksOf({ distributor: { strategy } })
    expect(ends(marks)).toEqual({ submitted: 200, done: 200, failed: 0, again: 0, worked: 200 })
  })
})

const ALL_200 = { submitted: 200, done: 200, failed: 0 }
const endsOf = (marks: readonly Mark[]) => {
  const { submitted, done, failed } = ends(marks)
  return { submitted, done, failed }
}
/** Every task has ended, and no task twice; what is told once more after a restart may be so. */
function expectConserved(marks: readonly Mark[]): void {
  const submitted = new Set(tasksOf(marks, 'distributor', 'submitted'))
  const told = marks.filter(({ program, body }) => program === 'distributor' && ENDS.includes(body.kind))
  const tasks = told.filter(({ body }) => body['retold'] !== true).map(({ body }) => body['task'] as number)
  expect(new Set(tasks).size).toBe(tasks.length)
  const all = new Set(told.map(({ body }) => body['task'] as number))
  expect([...all].sort((x, y) => x - y)).toEqual([...submitted].sort((x, y) => x - y))
}
const ENDS = ['done', 'failed', 'unassignable']

describe('nothing is lost', () => {
  it('when the strategy is changed in mid-run, through all of them', () => {
    const faults = STRATEGIES.map((value, k) => ({
      ...{ at: 5_000 + 8_000 * k, op: 'set', agent: 'all', program: 'distributor', param: 'strategy', value },
    }))
    const marks = marksOf({ distributors: 2, rest: { faults } })
    expect(marks.filter(({ body }) => body.kind === 'strategy').length).toBeGreaterThan(8)
    expect(endsOf(marks)).toEqual(ALL_200)
    expectConserved(marks)
  })

  it.each(STRATEGIES)('%s: when a worker crashes, and comes back', (strategy) => {
    const faults = [3, 5].map((agent) => ({ at: 20_000 + agent, op: 'crash', agent, forUs: 3_000_000 }))
    const marks = marksOf({ distributor: { strategy, leaseUs: 500_000 }, rest: { faults } })
    expect(endsOf(marks)).toEqual(ALL_200)
    expectConserved(marks)
  })

  it.each(STRATEGIES)('%s: when the distributor crashes, and comes back', (strategy) => {
    const faults = [30_000, 1_500_000].map((at) => ({ at, op: 'crash', agent: 0, forUs: 400_000 }))
    const workload = { arrivals: 'poisson', perSecond: 100 }
    const programs = [
      { kind: 'distributor', on: { first: 1 }, params: { strategy, leaseUs: 500_000 } },
      { kind: 'worker', on: { last: 9 } },
    ]
    const marks = marksOf({ workload, rest: { faults, programs } })
    expect(endsOf(marks)).toEqual(ALL_200)
    expectConserved(marks)
  })

  it.each(STRATEGIES)('%s: where a fifth of the messages is lost, a tenth comes twice and some late', (strategy) => {
    const network = { loss: 0.2, duplicate: 0.1, reorder: { probability: 0.1, extraUs: 5_000 } }
    const distributor = { strategy, leaseUs: 300_000, retriesMax: 50, askUs: 10_000 }
    const marks = marksOf({ distributor, rest: { network } }, 40_000_000)
    expect(endsOf(marks)).toEqual(ALL_200)
    expectConserved(marks)
  })

  it.each(STRATEGIES)('%s: when a partition cuts off half of the workers for a while', (strategy) => {
    const faults = [{ at: 15_000, op: 'partition', side: [5, 6, 7, 8, 9], forUs: 2_000_000 }]
    const marks = marksOf({ distributors: 2, distributor: { strategy, leaseUs: 400_000 }, rest: { faults } })
    expect(endsOf(marks)).toEqual(ALL_200)
    expectConserved(marks)
  })

  it('when leases are set in mid-run that there were none of, and a worker had crashed before', () => {
    const faults = [
      { at: 20_000, op: 'crash', agent: 4 },
      { at: 500_000, op: 'set', agent: 'all', program: 'distributor', param: 'leaseUs', value: 300_000 },
    ]
    const marks = marksOf({ distributor: { leaseUs: 0 }, rest: { faults } })
    expect(endsOf(marks)).toEqual(ALL_200)
    expectConserved(marks)
  })

  it('when a distributor joins that takes in what it is given by hand', () => {
    const submit = { op: 'submit', tasks: [{ sizeUs: 1_000 }, { sizeUs: 1_000, after: [0] }] }
    const faults = [
      { at: 30_000, op: 'join' },
      { at: 40_000, op: 'propose', agent: 10, program: 'distributor', value: submit },
      { at: 60_000, op: 'crash', agent: 10, forUs: 100_000 },
    ]
    const programs = [
      { kind: 'worker', on: { first: 10 } },
      { kind: 'distributor', on: 'all' },
    ]
    const marks = marksOf({ rest: { faults, programs } })
    expect(endsOf(marks)).toEqual({ submitted: 202, done: 202, failed: 0 })
    expectConserved(marks)
  })

  it('when workers leave and join', () => {
    const faults = [
      ...[4, 5, 6, 7].map((agent) => ({ at: 10_000 * agent, op: 'leave', agent })),
      ...[1, 2].map((k) => ({ at: 20_000 * k, op: 'join' })),
    ]
    const marks = marksOf({ distributor: { leaseUs: 500_000 }, rest: { faults } })
    expect(endsOf(marks)).toEqual(ALL_200)
    expect(tasksOf(marks, 'worker', 'worked').length).toBeGreaterThan(0)
    expect(marks.some(({ agent, body }) => agent >= 10 && body.kind === 'worked')).toBe(true)
  })
})

it('comes to the same on 1, 2 and 4 shards, whatever the strategy', () => {
  for (const strategy of STRATEGIES) {
    const faults = [{ at: 30_000, op: 'crash', agent: 1, forUs: 500_000 }]
    const given = { distributors: 2, distributor: { strategy, leaseUs: 300_000 }, rest: { faults } }
    const [one, two, four] = [1, 2, 4].map((shards) => {
      const run = new LocalRun(scenario(given), { shards, codecAlways: shards === 2 })
      run.runTo(micros(1_000_000))
      return run.digestPoints()
    })
    expect(two, strategy).toEqual(one)
    expect(four, strategy).toEqual(one)
  }
})
