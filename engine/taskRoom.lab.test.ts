import { describe, expect, it } from 'vitest'
import type { Mark } from './agents/Program.ts'
import { checkContext } from './checkContext.ts'
import { micros } from './kernel/units.ts'
import { LocalRun } from './LocalRun.ts'
import { Observer } from './Observer.ts'
import type { Command } from './scenario/Scenario.ts'
import { ends, marksOf, scenario, type Given } from './testing/taskRuns.ts'

const FIRST = 0xff0000
const SECOND = 1_000_000

const propose = (at: number, tasks: readonly object[]): Command =>
  ({ at, op: 'propose', agent: 0, program: 'distributor', value: { op: 'submit', tasks } }) as Command
const set = (at: number, agent: number, param: string, value: never): Command => ({
  ...{ at, op: 'set', agent, program: 'worker', param, value },
})

/** Agent 0 gives out tasks by hand, the others work. */
const byHand = (agents: number, worker: object, workload: object, faults: readonly Command[]): Given => ({
  agents,
  workload: { count: 1, meanUs: 1, ...workload },
  rest: {
    faults,
    programs: [
      { kind: 'distributor', on: { first: 1 }, params: { strategy: 'round-robin', leaseUs: 60_000_000 } },
      { kind: 'worker', on: { last: agents - 1 }, params: worker },
    ],
  },
})

const startOf = (marks: readonly Mark[], task: number): number =>
  marks.find(({ body }) => body.kind === 'started' && body['task'] === FIRST + task)!.key.time

function violations(given: Given, untilUs: number): string[] {
  const made = scenario(given)
  const run = new LocalRun(made)
  const observer = new Observer(made.checks, checkContext(made, made.faults))
  run.runTo(micros(untilUs))
  observer.take(run.takeMarks(), run.clock)
  return observer.status().flatMap(({ name, ok }) => (ok ? [] : [name]))
}

describe('who waits for room', () => {
  const preempting = { slots: 2, discipline: 'priority', preempt: true }
  const urgent = { demands: 2, priorities: 4 }

  it('takes the place of worse ones also when that becomes enough only later', () => {
    const tasks = [{ sizeUs: 10 * SECOND, priority: 3 }, { sizeUs: 100_000 }, { sizeUs: 10_000, demand: 2 }]
    const marks = marksOf(byHand(2, preempting, urgent, [propose(SECOND, tasks)]))
    expect(startOf(marks, 2)).toBeLessThan(1.2 * SECOND)
  })

  it('does not make a full queue take more: only who would begin at once passes it', () => {
    const tasks = [{ sizeUs: 10 * SECOND, priority: 3 }, { sizeUs: 10 * SECOND }, { sizeUs: 10_000, demand: 2 }]
    const more = Array.from({ length: 20 }, () => ({ sizeUs: 10_000 }))
    const faults = [propose(SECOND, tasks), propose(1.1 * SECOND, more)]
    const marks = marksOf(byHand(2, { ...preempting, queueMax: 1 }, urgent, faults), 1.2 * SECOND)
    expect(marks.filter(({ body }) => body.kind === 'queued').length).toBeLessThanOrEqual(4)
  })

  it('does not take the place of who would come before it all the same', () => {
    // Feedback of one level goes by age: a better priority alone is no reason to stop what came earlier.
    const tasks = [{ sizeUs: SECOND, priority: 3 }, { sizeUs: 10_000 }]
    const faults = [propose(SECOND, tasks.slice(0, 1)), propose(1.1 * SECOND, tasks.slice(1))]
    const given = byHand(2, { discipline: 'feedback', levels: 1, ageUs: 50_000, preempt: true }, urgent, faults)
    expect(startOf(marksOf(given), 1)).toBeGreaterThan(2 * SECOND)
    expect(violations(given, 10 * SECOND)).toEqual([])
  })

  it('is robbed only by who can begin it, and then looks for work itself', () => {
    const wide = [{ sizeUs: 5 * SECOND }, { sizeUs: 5 * SECOND }]
    const stealing = { at: 1.5 * SECOND, op: 'set', agent: 0, program: 'distributor', param: 'strategy' } as const
    const faults: Command[] = [
      ...[propose(SECOND, wide), { ...stealing, value: 'work-stealing' }],
      ...[propose(2 * SECOND, [{ sizeUs: 10_000, demand: 2 }]), propose(3 * SECOND, [{ sizeUs: 10_000 }])],
    ]
    for (let seed = 1; seed <= 8; seed++) {
      const given = byHand(3, { slots: 2 }, { demands: 2 }, faults)
      const marks = marksOf({ ...given, rest: { ...given.rest, seed } })
      // The longest pause of a thief that found nothing, and not the end of what is in work at 6 s.
      expect(startOf(marks, 3)).toBeLessThan(3 * SECOND + 64 * 20_000 + 50_000)
    }
  })

  it('goes back to its queue where its slots are gone by the time that it is ready', () => {
    const task = [{ sizeUs: 5 * SECOND, demand: 2 }]
    const given = byHand(2, { slots: 4, warmUpUs: SECOND }, { demands: 2 }, [
      ...[propose(SECOND, task), propose(1.5 * SECOND, task), set(1.8 * SECOND, 1, 'slots', 2 as never)],
    ])
    expect(violations(given, 20 * SECOND)).toEqual([])
    expect(ends(marksOf(given))).toMatchObject({ done: 3 })
  })
})

describe('what workers say of themselves', () => {
  const chain = (faults: readonly Command[], more: object) => ({
    ...{ agents: 7, workload: { arrivals: 'poisson', perSecond: 300, count: 3_000, meanUs: 15_000 } },
    ...{ distributor: { strategy: 'delegate' }, rest: { faults, topology: { kind: 'hierarchical', branching: 2 } } },
    ...more,
  })

  it('goes up the chain at once where somebody below can do something no more', () => {
    const faults = [set(SECOND, 2, 'kinds', [[]] as never)]
    const marks = marksOf({
      ...{ agents: 3, workload: { arrivals: 'poisson', perSecond: 20, count: 100, meanUs: 1_000 } },
      ...{ worker: { reportUs: 0 }, distributor: { strategy: 'delegate', retriesMax: 3 } },
      rest: { faults, topology: { kind: 'hierarchical', branching: 1 } },
    })
    expect(ends(marks)).toMatchObject({ done: 100, failed: 0 })
  })

  it('is of the chain below only while tasks go down it', () => {
    const faults: Command[] = [
      { at: 3 * SECOND, op: 'set', agent: 0, program: 'distributor', param: 'strategy', value: 'least-loaded' },
    ]
    const marks = marksOf(chain(faults, {}))
    const given = Array.from({ length: 7 }, (_, agent) =>
      marks.filter(({ key, body }) => key.time > 4 * SECOND && body.kind === 'assigned' && body['to'] === agent),
    ).map(({ length }) => length)
    expect(Math.max(...given)).toBeLessThan(1.5 * Math.min(...given))
  })
})

describe('checks beside slots and abilities that are set', () => {
  const long = Array.from({ length: 8 }, () => ({ sizeUs: 5 * SECOND }))

  it.each([
    ['slots are added', { slots: 2 }, set(2_050_000, 1, 'slots', 4 as never)],
    ['a warm-up is added', { slots: 2 }, set(2_050_000, 1, 'warmUpUs', 100_000 as never)],
    ['slots are taken', { slots: 2 }, set(2_050_000, 1, 'slots', 1 as never)],
  ])('raise no alarm where %s', (_, worker, change) => {
    expect(violations(byHand(2, worker, { kinds: 2 }, [propose(SECOND, long), change]), 30 * SECOND)).toEqual([])
  })

  it('give the only one who is able the time to do everything', () => {
    const workload = { arrivals: 'batch', count: 1_000, meanUs: 50_000, requires: [['lift']] }
    const abilities = [['lift'], [], [], [], []]
    const distributor = { creditsPerWorker: 5 }
    expect(violations({ agents: 5, workload, worker: { abilities }, distributor }, 60 * SECOND)).toEqual([])
  })
})
