import { describe, expect, it } from 'vitest'
import type { Mark } from './agents/Program.ts'
import { checkContext } from './checkContext.ts'
import { micros } from './kernel/units.ts'
import { LocalRun } from './LocalRun.ts'
import { Observer } from './Observer.ts'
import { parseScenario } from './scenario/parse.ts'
import { ends, marksOf, scenario, tasksOf, type Given } from './testing/taskRuns.ts'

/** Sentences of the checks that do not hold. */
function violations(given: Given, untilUs: number): string[] {
  const run = new LocalRun(scenario(given))
  const { plan } = run
  const observer = new Observer(plan.scenario.checks, checkContext(plan.scenario, plan.scenario.faults))
  run.runTo(micros(untilUs))
  observer.take(run.takeMarks(), run.clock)
  return observer.status().flatMap(({ violation }) => (violation === undefined ? [] : [violation.sentence]))
}
const lastReport = (marks: readonly Mark[], agent = 0) =>
  marks.filter((mark) => mark.agent === agent && mark.body.kind === 'report').at(-1)!.body
const crash = (at: number, forUs = 100_000) => ({ at, op: 'crash', agent: 0, forUs })
const SLOW_DISK = { fsync: { kind: 'constant', us: 20_000 } }

describe('tasks after one that failed', () => {
  const workload = { dag: 'pipeline', depth: 6, count: 4, meanUs: 10_000 }
  const given = (at: number | null): Given => ({
    ...{ workload, worker: { failure: 1 }, distributor: { retriesMax: 0, threshold: 1, leaseUs: 200_000 } },
    rest: { disk: SLOW_DISK, ...(at !== null && { faults: [crash(at)] }) },
  })

  it.each([null, 40_000, 55_000, 70_000, 90_000, 110_000])('never begin, whenever a crash comes (%s µs)', (at) => {
    const marks = marksOf(given(at))
    const whys = new Map(
      marks.filter(({ body }) => body.kind === 'failed').map(({ body }) => [body['task'], body['why'] as string]),
    )
    expect(ends(marks)).toMatchObject({ submitted: 24, done: 0, failed: 24 })
    expect([...whys.values()].filter((why) => why === 'predecessor failed')).toHaveLength(20)
    for (const task of tasksOf(marks, 'worker', 'started')) expect(task % 6).toBe(0)
  })

  it('given by hand, too', () => {
    const tasks = [{ sizeUs: 10_000 }, { sizeUs: 1_000, after: [0] }, { sizeUs: 1_000, after: [1] }]
    for (const at of [60_000, 75_000, 90_000, 105_000]) {
      const faults = [
        { at: 10_000, op: 'propose', agent: 0, program: 'distributor', value: { op: 'submit', tasks } },
        crash(at),
      ]
      const marks = marksOf({ ...given(null), workload: { count: 1 }, rest: { faults, disk: SLOW_DISK } })
      expect(ends(marks)).toMatchObject({ submitted: 4, done: 0, failed: 4 })
      expect(new Set(tasksOf(marks, 'worker', 'started')).size).toBe(2)
    }
  })
})

describe('a distributor that crashes', () => {
  it('takes in every task of a batch, whichever part of it was on the disk', () => {
    for (const at of [200, 900, 1_200, 1_500, 2_500]) {
      const rest = { disk: { fsync: { kind: 'uniform', minUs: 400, maxUs: 2_000 } }, faults: [crash(at)] }
      const distributor = { strategy: 'central', verbose: false, creditsPerWorker: 1 }
      const marks = marksOf({ workload: { count: 5_000 }, distributor, worker: { verbose: false }, rest }, 700_000)
      expect(lastReport(marks)['submitted'], `crash at ${at}`).toBe(5_000)
    }
  })

  it('goes on counting what its tasks took', () => {
    const marks = marksOf({ workload: { priorities: 2 }, rest: { faults: [crash(60_000)] } })
    const done = marks.filter(({ body }) => body.kind === 'done' && body['retold'] !== true)
    const report = lastReport(marks)
    expect(report['done']).toBe(200)
    expect(report['tookUs']).toBe(done.reduce((sum, { body }) => sum + (body['tookUs'] as number), 0))
    const classes = report['classes'] as unknown as readonly { readonly done: number }[]
    expect(classes.reduce((sum, one) => sum + one.done, 0)).toBe(200)
  })

  it('keeps every client of a closed loop, though tasks given by hand are open', () => {
    const tasks = Array.from({ length: 5 }, () => ({ sizeUs: 300_000 }))
    const faults = [
      { at: 90_000, op: 'propose', agent: 0, program: 'distributor', value: { op: 'submit', tasks } },
      crash(100_000, 10_000),
    ]
    const workload = { arrivals: 'closed', clients: 5, thinkUs: 1_000, count: 0, size: 'constant', meanUs: 20_000 }
    const marks = marksOf({ workload, rest: { faults }, distributor: { leaseUs: 300_000 } }, 3_000_000)
    const open = new Set<unknown>()
    let most = 0
    for (const { key, body } of marks.filter(({ program }) => program === 'distributor')) {
      if (body.kind === 'submitted') open.add(body['task'])
      if (body.kind === 'done') open.delete(body['task'])
      if (key.time > 2_000_000) most = Math.max(most, open.size)
    }
    expect(most).toBe(5)
  })
})

it('distributors that join number their tasks apart', () => {
  const submit = { op: 'submit', tasks: [{ sizeUs: 1_000 }, { sizeUs: 1_000, after: [0] }] }
  const faults = [
    ...[30_000, 30_000].map((at) => ({ at, op: 'join' })),
    ...[0, 10, 11].map((agent) => ({ at: 40_000, op: 'propose', agent, program: 'distributor', value: submit })),
  ]
  const programs = [
    { kind: 'worker', on: { first: 10 } },
    { kind: 'distributor', on: 'all' },
  ]
  expect(ends(marksOf({ rest: { faults, programs } }))).toMatchObject({ submitted: 206, done: 206, worked: 206 })
  expect(violations({ rest: { faults, programs } }, 5_000_000)).toEqual([])
})

it('no more distributors than can number their tasks', () => {
  const programs = [{ kind: 'distributor', on: { first: 300 } }, { kind: 'worker' }]
  expect(parseScenario({ swarm: { agents: 400 }, programs })).toMatchObject({
    error: 'programs.distributor.on: 300 agents give out tasks, and no more than 256 can number them',
  })
})

it('clients whose tasks nobody can do come again after a pause, not at once', () => {
  const workload = { arrivals: 'closed', clients: 5, thinkUs: 0, count: 0 }
  const run = new LocalRun(scenario({ workload, worker: { kinds: [[]] }, distributor: { durable: false } }))
  run.runTo(micros(100_000))
  expect(run.shards[0]!.stats.events).toBeLessThan(1_000)
})

it('what waits is unassignable as soon as the last who could do it says that it cannot any more', () => {
  const faults = [{ at: 1_000_000, op: 'set', agent: 'all', program: 'worker', param: 'kinds', value: [[0]] }]
  const given = { workload: { kinds: 2, meanUs: 50_000, count: 400 }, distributor: { creditsPerWorker: 1 } }
  const marks = marksOf({ ...given, rest: { faults } })
  expect(ends(marks).done + tasksOf(marks, 'distributor', 'unassignable').length).toBe(400)
})

it('a thief that fails at what it took says so, and nothing is lost though nothing is leased', () => {
  const distributor = { strategy: 'work-stealing', leaseUs: 0, threshold: 1, retriesMax: 100 }
  const marks = marksOf({ workload: { count: 300 }, distributor, worker: { failure: 0.3, queueMax: 1_000 } })
  expect(ends(marks)).toMatchObject({ submitted: 300, done: 300 })
})

it('of two leases a worker keeps the shorter one as well', () => {
  const faults = [{ at: 1_000, op: 'set', agent: 0, program: 'distributor', param: 'leaseUs', value: 100_000 }]
  const workload = { arrivals: 'poisson', perSecond: 60, count: 200, size: 'constant', meanUs: 150_000 }
  const marks = marksOf({ agents: 12, distributors: 2, workload, rest: { faults } })
  expect(ends(marks)).toMatchObject({ done: 200, worked: 200 })
  expect(lastReport(marks)['expired']).toBe(0)
})

it('tells nothing of single tasks where nobody is to: neither work done twice nor what was stolen', () => {
  const faults = [{ at: 60_000, op: 'partition', side: [3], forUs: 1_000_000 }]
  const distributor = { strategy: 'work-stealing', leaseUs: 150_000, verbose: false }
  const given = { workload: { count: 100, meanUs: 50_000 }, distributor, worker: { verbose: false }, rest: { faults } }
  const marks = marksOf(given, 10_000_000)
  expect(lastReport(marks)['again']).toBeGreaterThan(0)
  expect(marks.filter(({ body }) => body.kind === 'again' || body.kind === 'stolen')).toEqual([])
})

describe('tasks-answered does not cry where tasks only take long', () => {
  const tight = { retriesMax: 3, leaseUs: 300_000, openUs: 10_000, retryUs: 1_000 }
  it.each<[string, Given]>([
    [
      'workers fail at most of them',
      {
        ...{ agents: 4, workload: { count: 300, meanUs: 100_000 }, worker: { failure: 0.8 } },
        distributor: { ...tight, retriesMax: 8, threshold: 1, window: 1_000, creditsPerWorker: 10 },
      },
    ],
    [
      'every other one is of another kind',
      {
        ...{ agents: 4, workload: { arrivals: 'poisson', perSecond: 1_000, count: 1_500, meanUs: 1_000, kinds: 4 } },
        ...{ worker: { warmUpUs: 100_000 }, distributor: { ...tight, strategy: 'random', creditsPerWorker: 10 } },
      },
    ],
    [
      'each goes a long way',
      {
        ...{ agents: 5, workload: { count: 300, meanUs: 1_000 } },
        rest: {
          network: { latency: { kind: 'constant', us: 200_000 } },
          programs: [
            {
              ...{ kind: 'distributor', on: { first: 1 } },
              params: { ...tight, leaseUs: 2_000_000, strategy: 'central', creditsPerWorker: 1 },
            },
            { kind: 'worker', on: { last: 4 } },
          ],
        },
      },
    ],
  ])('%s', (_, given) => {
    expect(violations(given, 59_000_000)).toEqual([])
  })
})

describe('what is set during a run', () => {
  const workload = { arrivals: 'poisson', perSecond: 800, count: 1_500, meanUs: 11_000, kinds: 3, priorities: 3 }
  const set = (at: number, param: string, value: unknown) => ({
    ...{ at, op: 'set', agent: 'all', program: 'worker', param, value },
  })
  it.each<[string, object[], object]>([
    [
      'that nothing of single tasks is told, and then again',
      [set(500_000, 'verbose', false), set(900_000, 'verbose', true)],
      {},
    ],
    ['what a worker can do: what it cannot any more it gives back', [set(500_000, 'kinds', 'one')], {}],
    ['the same where slots must get ready', [set(500_000, 'kinds', 'one')], { slots: 2, warmUpUs: 10_000 }],
    ['that better priorities take the place of others', [set(500_000, 'preempt', true)], {}],
    ['that slots must get ready', [set(500_000, 'warmUpUs', 30_000)], { slots: 2 }],
  ])('%s: no check cries', (_, faults, worker) => {
    const given = { workload, worker, rest: { faults } }
    expect(violations(given, 30_000_000)).toEqual([])
    expect(ends(marksOf(given, 30_000_000))).toMatchObject({ submitted: 1_500, done: 1_500, failed: 0 })
  })
})
