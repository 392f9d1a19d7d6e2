import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MarkBody } from '../agents/Program.ts'
import { micros } from '../kernel/units.ts'
import { checkStatus, createChecks, knowInvariants, observe, reach } from './Checks.ts'
import { host, told, type Told } from './claims/claimfixture.ts'
import type { TaskSetting } from './Invariant.ts'
import { TASKS } from './taskChecks.ts'

knowInvariants(TASKS)

/** One distributor, two workers; figures that add up to few. */
const SETTING: TaskSetting = {
  distributors: [
    {
      ...{ leaseUs: 20_000, askUs: 0, openUs: 10_000, retryUs: 5_000, retriesMax: 1, creditsPerWorker: 2 },
      ...{ discipline: 'fcfs', ageUs: 0, levels: 4 },
    },
  ],
  workers: [{ queueMax: 2, speed: 1, discipline: 'fcfs', ageUs: 0, levels: 4 }],
  working: [1, 2] as never,
  workload: { kinds: 1, priorities: 1, demands: 1, dag: 'none', depth: 3 } as never,
  ...{ lossless: true, drift: 0 },
}
interface World {
  readonly untilMs?: number
  readonly quietFromMs?: number
  /** Of the worker, of the distributor, and of the rest. */
  readonly worker?: object
  readonly distributor?: object
  readonly setting?: object
}

function statuses(
  rows: readonly Told[],
  { untilMs = 9_000, quietFromMs = 0, worker = {}, distributor = {}, setting = {} }: World,
) {
  const names = TASKS.map(({ name }) => name)
  const tasks: TaskSetting = {
    ...{ ...SETTING, ...setting },
    workers: [{ ...SETTING.workers[0], ...worker }],
    distributors: [{ ...SETTING.distributors[0], ...distributor }],
  }
  const context = { members: [], quietFromUs: quietFromMs * 1_000, electionMaxUs: 0, tasks }
  const checks = createChecks(names, context)
  for (const mark of told(...rows)) observe(checks, mark)
  reach(checks, micros(untilMs * 1_000))
  return checkStatus(checks)
}
const broken = (rows: readonly Told[], world: World = { untilMs: 0 }): string[] =>
  statuses(rows, world).flatMap(({ name, ok }) => (ok ? [] : [name]))
const sentences = (rows: readonly Told[], world: World = { untilMs: 0 }): string[] =>
  statuses(rows, world).flatMap(({ violation }) => (violation === undefined ? [] : [violation.sentence]))

/** Agent 0 submits, 1 and 2 work. */
const desk = (ms: number, kind: string, task: number, more: object = {}): Told => [
  ...([ms, 0, 'distributor', { kind, task, ...more } as MarkBody] as const),
]
const came = (ms: number, task: number, more: object = {}): Told =>
  desk(ms, 'submitted', task, { taskKind: 0, sizeUs: 10_000, predictedUs: 0, priority: 0, ...more })
const work = (ms: number, agent: number, kind: string, task: number): Told => [ms, agent, 'worker', { kind, task }]
const report = (ms: number, agent: number, counts: object): Told => [
  ...([ms, agent, 'distributor', { kind: 'report', ...counts } as MarkBody] as const),
]

describe('task-conservation', () => {
  it('holds where every task ends once, done or not, and later completions are told as such', () => {
    const rows = [
      ...[came(1, 0), came(1, 1), came(2, 2), work(3, 1, 'worked', 0), desk(4, 'done', 0), desk(5, 'failed', 1)],
      ...[desk(5, 'unassignable', 2), desk(6, 'again', 0), desk(7, 'again', 1)],
    ]
    const [conservation] = statuses(rows, { untilMs: 7 })
    expect(conservation).toMatchObject({ name: 'task-conservation', ok: true, checked: 5 })
  })

  it.each([
    ['two ends', [came(1, 0), desk(2, 'done', 0), desk(3, 'done', 0)], 'task 0 ends a second time: it is done'],
    ['an end after giving up', [came(1, 0), desk(2, 'failed', 0), desk(3, 'done', 0)], 'task 0 ends a second time'],
    ['an end of nothing', [came(1, 0), desk(2, 'done', 7)], 'task 7 is done, which nobody has submitted'],
    ['work on nothing', [came(1, 0), work(2, 1, 'worked', 7)], 'task 7 is worked on, which nobody has submitted'],
    [
      'a second completion before the first',
      [came(1, 0), desk(2, 'again', 0)],
      'task 0 is done again before it is done',
    ],
    ['one task twice', [came(1, 0), came(2, 0)], 'task 0 is submitted a second time, by agent 0'],
    ['one task twice, long after', [came(1, 0), desk(2, 'done', 0), came(3, 0)], 'task 0 is submitted a second time'],
  ])('does not allow %s', (_, rows, sentence) => {
    expect(broken(rows)).toEqual(['task-conservation'])
    expect(sentences(rows)[0]).toContain(sentence)
  })

  it('takes what is told again after a restart for news only where it is news', () => {
    const retold = { retold: true }
    expect(broken([came(1, 0), came(5, 0, retold), came(5, 1, retold), desk(6, 'done', 1, retold)])).toEqual([])
    expect(broken([came(1, 0), desk(2, 'done', 0), desk(6, 'done', 0, retold)])).toEqual([])
    expect(broken([came(1, 0), desk(2, 'done', 0, retold), desk(6, 'done', 0)])).toEqual(['task-conservation'])
  })

  it('judges single tasks only where all of them are told', () => {
    const verbose = (ms: number, value: boolean): Told => [
      ...([ms, 0, 'host', { kind: 'set', program: 'distributor', param: 'verbose', value }] as const),
    ]
    expect(broken([work(1, 1, 'worked', 7), desk(2, 'again', 7)])).toEqual([])
    expect(broken([verbose(1, true), came(2, 1), desk(2, 'done', 0)])).toEqual([])
    expect(broken([came(1, 0), verbose(2, false)], {})).toEqual([])
    expect(broken([came(1, 0), verbose(2, false), verbose(3, true), came(4, 2), desk(4, 'done', 0)], {})).toEqual([])
  })

  const counts = { submitted: 10, waiting: 2, outstanding: 3, done: 4, failed: 1, unassignable: 0, again: 2 }

  it('has count reports add up: submitted = waiting + outstanding + done + failed + unassignable', () => {
    expect(statuses([report(1, 0, counts)], {})[0]).toMatchObject({ ok: true, checked: 1 })
    const lost = [report(1, 0, { ...counts, waiting: 1 })]
    expect(broken(lost)).toEqual(['task-conservation'])
    expect(sentences(lost)).toEqual(['agent 0 counts 10 tasks submitted, but 4 with somebody and 5 that have ended'])
  })

  it('has no count go back, each agent for itself: what a crash forgot was lost', () => {
    const fewer = { ...counts, submitted: 9, done: 3 }
    expect(broken([report(1, 0, counts), report(2, 3, fewer)])).toEqual([])
    expect(broken([report(1, 0, counts), report(2, 0, fewer)])).toEqual(['task-conservation'])
    expect(broken([report(1, 0, counts), report(2, 0, { ...counts, waiting: 3, done: 3 })])).toEqual([
      'task-conservation',
    ])
  })

  it('remembers no more than what has not ended, and two numbers a submitter', () => {
    const checks = createChecks(['task-conservation', 'tasks-answered', 'capability'], {
      ...{ members: [], quietFromUs: 0, electionMaxUs: 0, tasks: SETTING },
    })
    for (let k = 0; k < 10_000; k++)
      for (const mark of told(came(k, k), came(k, k + 16_777_216), desk(k, 'done', k), desk(k, 'done', k + 16_777_216)))
        observe(checks, mark)
    expect(JSON.stringify(checks.watches).length).toBeLessThan(400_000)
    expect(checks.watches[0]!.state.seen).toEqual([0, 9_999, 16_777_216, 16_777_216 + 9_999])
    expect(checks.watches[0]!.state.open).toEqual({})
  })

  it('finds one task that ends twice or never among any others (property)', () => {
    const order = fc.shuffledSubarray(
      Array.from({ length: 12 }, (_, k) => k),
      { minLength: 12, maxLength: 12 },
    )
    fc.assert(
      fc.property(order, order, fc.nat(11), (comes, ends, twice) => {
        const rows = [...comes.map((task) => came(1, task)), ...ends.map((task) => desk(2, 'done', task))]
        expect(broken(rows)).toEqual([])
        expect(broken([...rows, desk(3, 'done', twice)])).toEqual(['task-conservation'])
        const lost = rows.filter(([, , , body]) => body.kind === 'submitted' || body['task'] !== twice)
        expect(broken(lost, {})).toEqual(['tasks-answered'])
      }),
    )
  })
})

describe('capability', () => {
  const able: Told = [0, 1, 'worker', { kind: 'able', kinds: [0, 2], slots: 9 }]

  it('is judged where a worker said what it can do, and the task has not ended', () => {
    const rows = [able, came(1, 0, { taskKind: 2 }), came(1, 1, { taskKind: 1 }), work(2, 1, 'started', 0)]
    expect(statuses([...rows, work(2, 2, 'started', 1)], {}).find(({ name }) => name === 'capability')).toMatchObject({
      ...{ ok: true, checked: 1 },
    })
    expect(sentences([...rows, work(3, 1, 'started', 1)])).toEqual([
      'agent 1 starts task 1 of kind 1 and can only do 0, 2',
    ])
    expect(broken([...rows, desk(3, 'failed', 1), work(4, 1, 'started', 1)])).toEqual([])
  })
})

describe('tasks-answered', () => {
  // Two attempts of 520 ms, 5 ms of pause and twice 10 ms of open breakers: 1,065 ms. And each of two rounds waits for
  // half of all work (two workers) and then for a full queue at one of them: 15 ms where there is one task of 10 ms.
  const due = 100 + 1_065 + 2 * 15

  it('gives a task its time, and in each round all the work before it, and no more', () => {
    expect(broken([came(100, 0)], { untilMs: due - 0.001 })).toEqual([])
    expect(broken([came(100, 0)], { untilMs: due })).toEqual(['tasks-answered'])
    expect(sentences([came(100, 0)], {})).toEqual(['task 0 has waited since 100000 µs for an answer'])
    const two = [came(100, 0), came(100, 1), desk(1_190, 'done', 0)]
    expect(broken(two, { untilMs: due + 29 })).toEqual([])
    expect(broken(two, { untilMs: due + 30 })).toEqual(['tasks-answered'])
  })

  it('counts longer at a slow worker, in a network that loses, and over layers of a graph', () => {
    const rows = [came(100, 0)]
    expect(broken(rows, { untilMs: due, worker: { speed: 0.5 } })).toEqual([])
    expect(broken(rows, { untilMs: due + 30, worker: { speed: 0.5 } })).toEqual(['tasks-answered'])
    expect(
      broken(rows, { untilMs: due + 1_000, distributor: { retriesMax: 3 }, setting: { lossless: false } }),
    ).toEqual([])
    expect(broken(rows, { untilMs: due, setting: { workload: { ...SETTING.workload, dag: 'fork-join' } } })).toEqual([])
    expect(broken(rows, { untilMs: due, setting: { drift: 0.1 } })).toEqual([])
  })

  it('counts what comes later where it may pass', () => {
    const later = [came(100, 0), came(150, 1), desk(160, 'done', 1)]
    const worker = { discipline: 'priority' }
    const setting = { workload: { ...SETTING.workload, priorities: 2 } }
    expect(broken(later, { untilMs: due + 30 })).toEqual(['tasks-answered'])
    expect(broken(later, { untilMs: due + 30, worker, setting })).toEqual([])
    expect(broken(later, { untilMs: due + 40, worker, setting })).toEqual(['tasks-answered'])
  })

  it('begins when faults have ended, and a pause is one until it ends', () => {
    expect(broken([came(100, 0)], { quietFromMs: 500, untilMs: due + 399 })).toEqual([])
    expect(broken([came(100, 0)], { quietFromMs: 500, untilMs: due + 400 })).toEqual(['tasks-answered'])
    const slow = [came(100, 0), host(150, 7, 'crashed')]
    expect(broken(slow, { untilMs: due + 49 })).toEqual([])
    expect(broken(slow, { untilMs: due + 50 })).toEqual(['tasks-answered'])
    expect(broken([came(100, 0), host(150, 2, 'paused')], {})).toEqual([])
    expect(broken([came(100, 0), host(150, 2, 'paused'), host(200, 2, 'resumed')], {})).toEqual(['tasks-answered'])
  })

  it('asks nothing of a submitter that is gone, and the rest once it is back', () => {
    const crash = [came(100, 0), host(110, 0, 'crashed')]
    expect(broken(crash, {})).toEqual([])
    expect(broken([...crash, host(400, 0, 'restarted')], { untilMs: due + 299 })).toEqual([])
    expect(broken([...crash, host(400, 0, 'restarted')], { untilMs: due + 300 })).toEqual(['tasks-answered'])
    const other: Told = [100, 3, 'distributor', { kind: 'submitted', task: 9, taskKind: 0, sizeUs: 1_000 }]
    expect(broken([...crash, other], {})).toEqual(['tasks-answered'])
  })

  it('asks nothing while every worker is gone, and allows twice the work with half of them', () => {
    const rows = [came(100, 0), host(110, 1, 'crashed'), host(120, 2, 'left')]
    expect(broken(rows, {})).toEqual([])
    expect(broken([...rows, host(130, 1, 'restarted')], { untilMs: due + 39 })).toEqual([])
    expect(broken([...rows, host(130, 1, 'restarted')], { untilMs: due + 40 })).toEqual(['tasks-answered'])
  })

  it('counts the speed that a worker has now, and for what is in work the one it had', () => {
    const speed = (ms: number, value: number): Told => [
      ...([ms, 1, 'host', { kind: 'set', program: 'worker', param: 'speed', value }] as const),
    ]
    // Together 1.5 instead of 2, and a full queue takes twice as long: 2 · (6.67 + 20) ms.
    expect(broken([came(100, 0), speed(100, 0.5)], { untilMs: due + 23 })).toEqual([])
    expect(broken([came(100, 0), speed(100, 0.5)], { untilMs: due + 24 })).toEqual(['tasks-answered'])
    const back = [came(100, 0), speed(100, 0.5), speed(100, 1)]
    expect(broken(back, { untilMs: due + 19 })).toEqual([])
    expect(broken(back, { untilMs: due + 20 })).toEqual(['tasks-answered'])
  })

  it('goes by the loosest terms that were ever set', () => {
    const set = (ms: number, value: number): Told => [
      ...([ms, 0, 'host', { kind: 'set', program: 'distributor', param: 'leaseUs', value }] as const),
    ]
    const rows = [came(100, 0), set(150, 1_020_000), set(200, 1_000)]
    expect(broken(rows, { untilMs: due + 2_000 })).toEqual([])
    expect(broken(rows, { untilMs: due + 2_100 })).toEqual(['tasks-answered'])
  })
})

describe('starvation-bound', () => {
  // Two classes, and 20 ms of waiting lift a task by one: what comes 20 ms later passes no more.
  const terms = {
    worker: { discipline: 'priority', ageUs: 20_000 },
    setting: { workload: { ...SETTING.workload, priorities: 2 } },
  }
  const rows = [came(0, 0), came(0, 1), came(0, 2), work(10, 1, 'queued', 0), work(30, 1, 'queued', 1)]

  it('lets what came a little later pass, and nothing that came much later', () => {
    expect(broken([...rows, work(40, 1, 'started', 1)], { untilMs: 40, ...terms })).toEqual([])
    const late = [...rows, work(31, 1, 'queued', 2), work(40, 1, 'started', 2)]
    expect(broken(late, { untilMs: 40, ...terms })).toEqual(['starvation-bound'])
    expect(sentences(late, { untilMs: 40, ...terms })).toEqual([
      'agent 1 starts task 2, which came 21000 µs after task 0 that still waits there',
    ])
    expect(broken(late, { untilMs: 40, ...terms, worker: { discipline: 'priority', ageUs: 0 } })).toEqual([])
  })

  it('asks whoever comes first, first served: nobody passes', () => {
    expect(broken([...rows, work(40, 1, 'started', 0), work(50, 1, 'started', 1)], { untilMs: 50 })).toEqual([])
    expect(broken([...rows, work(40, 1, 'started', 1)], { untilMs: 40 })).toEqual(['starvation-bound'])
  })

  it('forgets what is worked off, given away, or was in a queue that lost its power', () => {
    const late = [work(60, 1, 'queued', 2), work(61, 1, 'started', 2)]
    const gone = [
      [work(11, 1, 'started', 0), work(20, 1, 'worked', 0), work(31, 1, 'started', 1), work(40, 1, 'worked', 1)],
      [work(40, 1, 'released', 0), work(40, 1, 'started', 1)],
      [host(40, 1, 'crashed'), host(50, 1, 'restarted')],
    ]
    for (const rest of gone) expect(broken([...rows, ...rest, ...late], { untilMs: 61 })).toEqual([])
  })

  it('keeps the place of a task that was preempted', () => {
    const twice = [work(40, 1, 'started', 0), work(50, 1, 'preempted', 0)]
    const late = [work(60, 1, 'queued', 2), work(61, 1, 'started', 2)]
    expect(broken([...rows, ...twice, ...late], { untilMs: 61, ...terms })).toEqual(['starvation-bound'])
    expect(broken([...rows, ...twice, work(51, 1, 'started', 1)], { untilMs: 61, ...terms })).toEqual([])
  })
})

describe('within-slots', () => {
  const able = (ms: number, slots: number): Told => [ms, 1, 'worker', { kind: 'able', kinds: [0], slots }]
  const rows = [able(0, 4), came(0, 0, { demand: 3 }), came(0, 1), came(0, 2, { demand: 2 }), work(1, 1, 'started', 0)]

  it('lets in what fits beside what is in work, and nothing else', () => {
    expect(broken([...rows, work(2, 1, 'started', 1)])).toEqual([])
    expect(broken([...rows, work(2, 1, 'started', 2)])).toEqual(['within-slots'])
    expect(sentences([...rows, work(2, 1, 'started', 2)])).toEqual([
      'agent 1 begins task 2, which takes 2 slots, with 3 of its 4 in use',
    ])
  })

  it.each(['worked', 'released', 'preempted'])('has room again when a task was %s, or when all was lost', (kind) => {
    // Whoever had to stop may be passed by priority.
    const world = { worker: { discipline: 'priority' }, setting: { workload: { ...SETTING.workload, priorities: 2 } } }
    expect(broken([...rows, work(2, 1, kind, 0), work(3, 1, 'started', 2)], { untilMs: 4, ...world })).toEqual([])
    const lost = [...rows, host(2, 1, 'crashed'), host(3, 1, 'restarted'), able(3, 4)]
    expect(broken([...lost, work(4, 1, 'started', 2)])).toEqual([])
    expect(broken([...lost, work(4, 1, 'started', 2), work(4, 1, 'started', 0)])).toEqual(['within-slots'])
  })

  it('goes by the slots that it told last, and by what is in work already', () => {
    expect(broken([...rows, able(2, 5), work(2, 1, 'started', 2)])).toEqual([])
    expect(broken([...rows, able(2, 1), work(2, 1, 'started', 1)])).toEqual(['within-slots'])
  })

  it('remembers nothing of tasks that have ended', () => {
    expect(broken([...rows, desk(2, 'failed', 2), work(3, 1, 'started', 2)])).toEqual([])
  })
})

describe('no-idle-hoarding', () => {
  it('has all slots in use while tasks wait, where each takes one', () => {
    const setting = { workload: { ...SETTING.workload, demands: 1 } }
    const two = [came(0, 0), came(0, 1), work(10, 1, 'queued', 0), work(10, 1, 'started', 0), work(10, 1, 'queued', 1)]
    const world = { quietFromMs: 2_000, worker: { slots: 2 }, setting }
    expect(broken(two, { ...world, untilMs: 109 })).toEqual([])
    expect(broken(two, { ...world, untilMs: 110 })).toEqual(['no-idle-hoarding'])
    expect(sentences(two, { ...world, untilMs: 110 })[0]).toContain('has had only 1 in work since 10000 µs')
    const lost: Told = [12, 1, 'host', { kind: 'set', program: 'worker', param: 'slots', value: 1 }]
    expect(broken([...two, lost], { ...world, untilMs: 1_900 })).toEqual([])
    const wide = { ...world, setting: { workload: { ...SETTING.workload, demands: 2 } } }
    expect(broken(two, { ...wide, untilMs: 1_900 })).toEqual([])
  })

  const quiet = { quietFromMs: 2_000, worker: { warmUpUs: 50_000 } }
  const rows = [came(0, 0), came(0, 1), work(10, 1, 'queued', 0)]

  it('gives a worker its time to begin', () => {
    expect(broken(rows, { ...quiet, untilMs: 159 })).toEqual([])
    expect(broken(rows, { ...quiet, untilMs: 160 })).toEqual(['no-idle-hoarding'])
    expect(sentences(rows, { ...quiet, untilMs: 160 })).toEqual([
      'agent 1 has done nothing since 10000 µs, with 1 tasks in its queue',
    ])
  })

  it('gives a worker whose clock goes slow as much more time', () => {
    const clock = (driftPpm: number) => [5, 1, 'host', { kind: 'clock set', offsetUs: 0, driftPpm }] as const
    expect(broken([clock(-500_000), ...rows], { ...quiet, untilMs: 309 })).toEqual([])
    expect(broken([clock(-500_000), ...rows], { ...quiet, untilMs: 310 })).toEqual(['no-idle-hoarding'])
    expect(broken([clock(500_000), ...rows], { ...quiet, untilMs: 160 })).toEqual(['no-idle-hoarding'])
  })

  it('holds while it works, after it has given away, and while it has no power', () => {
    const fine = [
      [work(20, 1, 'started', 0), work(20, 1, 'queued', 1)],
      [work(20, 1, 'released', 0)],
      [host(20, 1, 'paused')],
      [host(20, 1, 'crashed'), host(30, 1, 'restarted')],
    ]
    for (const rest of fine) expect(broken([...rows, ...rest], { ...quiet, untilMs: 1_900 })).toEqual([])
    const lazy = [
      [work(20, 1, 'started', 0), work(20, 1, 'queued', 1), work(30, 1, 'worked', 0)],
      [work(20, 1, 'started', 0), work(30, 1, 'preempted', 0)],
      [host(20, 1, 'paused'), host(30, 1, 'resumed')],
    ]
    for (const rest of lazy)
      expect(broken([...rows, ...rest], { ...quiet, untilMs: 1_900 })).toEqual(['no-idle-hoarding'])
  })
})
