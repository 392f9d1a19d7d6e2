import { describe, expect, it } from 'vitest'
import type { Mark } from '../../agents/Program.ts'
import { checkContext } from '../../checkContext.ts'
import { micros } from '../../kernel/units.ts'
import { LocalRun } from '../../LocalRun.ts'
import { Observer } from '../../Observer.ts'
import '../../programs.ts'
import { initialLog } from '../../scenario/initialLog.ts'
import { parseScenario } from '../../scenario/parse.ts'
import type { Command, Scenario } from '../../scenario/Scenario.ts'
import { knowJobLog } from './jobLogs.ts'
import { JOB_BYTES, jobColumns, jobMemory } from './jobRows.ts'

interface Job {
  readonly at: number
  readonly run: number
  readonly processors: number
  readonly requested?: number
}

/** A log by hand, times in µs, known to this thread under a hash that nothing else has. */
function logOf(jobs: readonly Job[], machineProcessors = 8): Scenario['tasks'] {
  const buffer = jobMemory(jobs.length * JOB_BYTES)
  const columns = jobColumns(buffer, jobs.length)
  jobs.forEach(({ at, run, processors, requested = -1 }, i) => {
    columns.job[i] = i + 1
    columns.submitUs[i] = at
    columns.runUs[i] = run
    columns.processors[i] = columns.requested[i] = processors
    columns.requestedUs[i] = requested
  })
  const sha256 = Array.from(JSON.stringify([jobs, machineProcessors]), (c) => c.charCodeAt(0))
    .reduce((sum, code) => (sum * 31 + code) % 2 ** 48, 7)
    .toString(16)
    .padStart(64, '0')
  const file = { name: 'by-hand.swf', bytes: 100, sha256 }
  knowJobLog({ ...file, count: jobs.length, machineProcessors, buffer })
  return { workload: { arrivals: 'log', file } } as unknown as Scenario['tasks']
}

const MS = 1_000
function scenarioOf(tasks: Scenario['tasks'], params: object, faults: readonly Command[], more: object = {}): Scenario {
  const parsed = parseScenario({
    ...{ name: 'by-hand', title: 'By hand', swarm: { agents: 9 }, topology: { kind: 'star' }, tasks, faults },
    network: { latency: { kind: 'constant', us: 100 } },
    ...{ untilUs: 60_000 * MS, digestEveryUs: 1_000 * MS, ...more },
    programs: [{ kind: 'cluster', params: { leaseUs: 50 * MS, marginUs: 400, ...params } }],
  })
  if (!parsed.ok) throw new Error(parsed.error)
  return parsed.value
}

function play(scenario: Scenario, untilUs: number, shards = 1) {
  const run = new LocalRun(scenario, { shards })
  const observer = new Observer(scenario.checks, checkContext(scenario, initialLog(scenario)))
  run.runTo(micros(untilUs))
  const marks = run.takeMarks()
  observer.take(marks, run.clock)
  const violated = observer.status().filter(({ ok }) => !ok)
  return { run, marks, violated }
}
const told = (marks: readonly Mark[], kind: string): Mark[] => marks.filter(({ body }) => body.kind === kind)
const jobs = (marks: readonly Mark[], kind: string): unknown[] => told(marks, kind).map(({ body }) => body['task'])

describe('a machine under batch scheduling', () => {
  const SMALL = [
    { at: 5 * MS, run: 100 * MS, processors: 6 },
    { at: 6 * MS, run: 50 * MS, processors: 4 },
    { at: 7 * MS, run: 50 * MS, processors: 2 },
    { at: 8 * MS, run: 200 * MS, processors: 2 },
  ]
  it.each([
    ['fcfs', [0, 1, 2, 3]],
    ['easy', [0, 2, 3, 1]],
    ['first-fit', [0, 2, 3, 1]],
  ])('begins jobs as the policy says: %s', (policy, order) => {
    const { marks, violated } = play(scenarioOf(logOf(SMALL), { policy }, []), 1_000 * MS)
    expect(jobs(marks, 'assigned')).toEqual(order)
    expect(jobs(marks, 'done').toSorted()).toEqual([0, 1, 2, 3])
    expect(violated).toEqual([])
  })

  it('tells the first of the queue when it can begin, and keeps the promise by EASY alone', () => {
    const late = (policy: string): number => {
      const log = [...SMALL.slice(0, 3), { at: 8 * MS, run: 500 * MS, processors: 2 }]
      const tight = log.map((job, i) => (i === 1 ? { ...job, processors: 8 } : job))
      const { marks } = play(scenarioOf(logOf(tight), { policy }, []), 2_000 * MS)
      const promised = told(marks, 'reserved').find(({ body }) => body['task'] === 1)!.body['atUs'] as number
      return told(marks, 'assigned').find(({ body }) => body['task'] === 1)!.key.time - promised
    }
    expect(late('easy')).toBeLessThanOrEqual(0)
    expect(late('first-fit')).toBeGreaterThan(300 * MS)
  })

  it('takes a user’s own estimate where the log has one', () => {
    const log = logOf(SMALL.map((job, i) => (i === 0 ? { ...job, requested: 5_000 * MS } : job)))
    const { marks } = play(scenarioOf(log, {}, []), 50 * MS)
    expect(told(marks, 'submitted')[0]!.body).toMatchObject({ sizeUs: 100 * MS, predictedUs: 5_000 * MS })
  })

  it('ends what nobody can do as unassignable, and goes on', () => {
    const NOBODYS = [
      { at: 1, run: -1, processors: 2 },
      { at: 2, run: 10, processors: -1 },
      { at: 3, run: 10, processors: 9 },
    ]
    const { marks, violated } = play(scenarioOf(logOf([...NOBODYS, ...SMALL]), {}, []), 1_000 * MS)
    expect(told(marks, 'unassignable').map(({ body }) => body['why'])).toEqual([
      'the log does not say how long it ran',
      'the log does not say its processors',
      'it asks for more than the machine has',
    ])
    expect(jobs(marks, 'done')).toHaveLength(4)
    expect(violated).toEqual([])
  })

  it('gives a job the same share of a machine of another size', () => {
    const { marks } = play(scenarioOf(logOf(SMALL, 16), {}, []), 100 * MS)
    expect(told(marks, 'submitted').map(({ body }) => body['processors'])).toEqual([3, 2, 1, 1])
  })
})

describe('nodes that are lost', () => {
  const LONG = [{ at: 5 * MS, run: 300 * MS, processors: 4 }]
  it('cost the job its attempt, by lease where the node stays away, at once where it comes back', () => {
    const crash = (forUs?: number): Command => ({ at: 100 * MS, op: 'crash', agent: 2, ...(forUs && { forUs }) })
    const again = (command: Command): number[] => {
      const { marks, violated } = play(scenarioOf(logOf(LONG), {}, [command]), 1_000 * MS)
      expect(violated).toEqual([])
      expect(jobs(marks, 'done')).toEqual([0])
      return told(marks, 'assigned').map(({ key }) => key.time)
    }
    const [, leased] = again(crash())
    expect(leased).toBeGreaterThan(133 * MS) // last heard of at most a third of a lease before the crash
    expect(leased).toBeLessThan(200 * MS)
    const [, returned] = again(crash(5 * MS))
    expect(returned).toBeGreaterThan(105 * MS)
    expect(returned).toBeLessThan(107 * MS)
  })
  it('end a job as failed when they have cost it its last chance', () => {
    const crashes = [100, 300, 500].map((at): Command => ({ at: at * MS, op: 'crash', agent: 1, forUs: 20 * MS }))
    const forever = logOf([{ at: 5 * MS, run: 900 * MS, processors: 8 }])
    const { marks, violated } = play(scenarioOf(forever, { retriesMax: 2 }, crashes), 3_000 * MS)
    expect(told(marks, 'failed').map(({ body }) => body['why'])).toEqual(['its nodes were lost 3 times'])
    expect(violated).toEqual([])
  })
})

describe('a job that asks for more nodes than are left', () => {
  const WHOLE = [
    { at: 5 * MS, run: 20 * MS, processors: 8 },
    { at: 200 * MS, run: 20 * MS, processors: 8 },
    { at: 210 * MS, run: 20 * MS, processors: 7 },
    { at: 3_000 * MS, run: 20 * MS, processors: 8 },
  ]
  const leave: Command = { at: 100 * MS, op: 'leave', agent: 3 }
  const crash = (forUs: number): Command => ({ at: 100 * MS, op: 'crash', agent: 3, forUs })
  const params = { policy: 'fcfs', goneUs: 1_000 * MS }

  it.each(['fcfs', 'easy', 'first-fit'])('is told within some leases, and once: %s', (policy) => {
    const { marks } = play(scenarioOf(logOf(WHOLE), { ...params, policy }, [leave]), 1_000 * MS)
    const short = told(marks, 'short')
    expect(short.map(({ body }) => body)).toEqual([{ kind: 'short', job: 1, wants: 8, left: 7 }])
    expect(short[0]!.key.time).toBeLessThan(200 * MS + 4 * 50 * MS)
  })

  it('ends as unassignable once the node has left, and others go on', () => {
    const { marks, violated } = play(scenarioOf(logOf(WHOLE), params, [leave]), 6_000 * MS)
    expect(violated).toEqual([])
    expect(jobs(marks, 'done')).toEqual([0, 2])
    expect(told(marks, 'unassignable').map(({ body }) => [body['task'], body['why']])).toEqual([
      [1, 'it asks for 8 nodes, and only 7 are left'],
      [3, 'it asks for 8 nodes, and only 7 are left'],
    ])
    expect(told(marks, 'given-up').map(({ body }) => [body['jobs'], body['left']])).toEqual([
      [1, 7],
      [1, 7],
    ])
    const [first] = told(marks, 'unassignable')
    expect(first!.key.time).toBeGreaterThan(1_200 * MS)
    expect(first!.key.time).toBeLessThan(1_400 * MS)
  })

  it('waits for a node that crashed and comes back, and for ever where none counts as gone', () => {
    const back = play(scenarioOf(logOf(WHOLE), params, [crash(800 * MS)]), 6_000 * MS)
    expect([...jobs(back.marks, 'done')].toSorted()).toEqual([0, 1, 2, 3])
    expect([back.violated, told(back.marks, 'unassignable')]).toEqual([[], []])
    const never = play(scenarioOf(logOf(WHOLE), { ...params, goneUs: 0 }, [leave]), 6_000 * MS)
    expect([jobs(never.marks, 'done'), told(never.marks, 'unassignable')]).toEqual([[0], []])
  })

  it('is not given up by a scheduler that stood still, crashed or jumped ahead in time', () => {
    for (const stop of [
      { at: 220 * MS, op: 'pause', agent: 0, forUs: 2_000 * MS },
      { at: 220 * MS, op: 'crash', agent: 0, forUs: 2_000 * MS },
      { at: 220 * MS, op: 'clock', agent: 0, offsetUs: 60_000 * MS, driftPpm: 0 },
    ] satisfies Command[]) {
      const { marks, violated } = play(scenarioOf(logOf(WHOLE), params, [stop]), 9_000 * MS)
      const done = [...new Set(jobs(marks, 'done'))] // a crash may say it again
      expect([stop.op, done.toSorted(), violated]).toEqual([stop.op, [0, 1, 2, 3], []])
    }
  })
})

describe('nodes that are there, and answer late', () => {
  const WHOLE = Array.from({ length: 4 }, (_, i) => ({ at: 5 * MS + i * MS, run: 20 * MS, processors: 8 }))
  const slow = (us: number): object => ({ network: { latency: { kind: 'constant', us } } })

  it.each([
    ['a loss of questions and answers under a long lease', { leaseUs: 6_000 * MS, goneUs: 1_000 * MS }, 0.2],
    ['a way that takes longer than goneUs, from the start on', { leaseUs: 1_000 * MS, goneUs: 2_000 * MS }, 0],
  ])('are not taken to have left for %s', (_, params, loss) => {
    const network = { latency: { kind: 'constant', us: loss > 0 ? 100 : 2_500 * MS }, loss }
    const scenario = scenarioOf(logOf(WHOLE), { ...params, retriesMax: 100 }, [], { network })
    const { marks, violated } = play({ ...scenario, untilUs: 200_000 * MS }, 200_000 * MS)
    expect([violated, told(marks, 'unassignable'), told(marks, 'given-up')]).toEqual([[], [], []])
  })

  it('nor while the scheduler alone is cut off, or when they answer one by one after that', () => {
    const cut: Command = { at: 2 * MS, op: 'partition', side: [0], forUs: 5_000 * MS }
    const network = { latency: { kind: 'uniform', minUs: 100, maxUs: 15 * MS } }
    const scenario = scenarioOf(logOf(WHOLE), { goneUs: 1_000 * MS }, [cut], { network })
    const { marks, violated } = play(scenario, 20_000 * MS)
    expect([violated, [...jobs(marks, 'done')].toSorted()]).toEqual([[], [0, 1, 2, 3]])
  })

  it('do not lose a job by an answer from before they heard of it', () => {
    const params = { leaseUs: 1_000 * MS, retriesMax: 0 }
    const { marks } = play(scenarioOf(logOf(WHOLE), params, [], slow(300 * MS)), 40_000 * MS)
    expect([told(marks, 'broken').length, [...jobs(marks, 'done')].toSorted()]).toEqual([0, [0, 1, 2, 3]])
  })
})

describe('whatever the network and the machines do', () => {
  const MANY = Array.from({ length: 60 }, (_, i) => ({
    ...{ at: 10 * MS * i, run: ((i * 37) % 50) * MS, processors: 1 + ((i * 5) % 8) },
  }))
  const faults: readonly Command[] = [
    { at: 50 * MS, op: 'crash', agent: 3, forUs: 80 * MS },
    { at: 200 * MS, op: 'crash', agent: 0, forUs: 100 * MS }, // the scheduler
    { at: 500 * MS, op: 'partition', side: [1, 2, 3], forUs: 200 * MS },
    { at: 600 * MS, op: 'set', agent: 'all', program: 'cluster', param: 'policy', value: 'fcfs' },
    { at: 900 * MS, op: 'crash', agent: 0, forUs: 10 * MS },
    { at: 950 * MS, op: 'pause', agent: 5, forUs: 100 * MS },
  ]
  const rough = {
    network: {
      ...{ latency: { kind: 'exponential', floorUs: 100, meanUs: 300 }, loss: 0.05, duplicate: 0.1 },
      reorder: { probability: 0.1, extraUs: 5 * MS },
    },
    disk: { fsync: { kind: 'constant', us: 500 }, tornWrites: true },
  }
  it.each([1, 2, 3, 4, 5, 6])('every job ends once (seed %i)', (seed) => {
    const scenario = scenarioOf(logOf(MANY), { retriesMax: 100 }, faults, { ...rough, seed })
    const { marks, violated } = play(scenario, 20_000 * MS)
    expect(violated).toEqual([])
    const done = new Set(jobs(marks, 'done'))
    expect(done.size).toBe(MANY.length)
  })
  it.each([1, 2, 3, 4, 5, 6])('every job ends once though nodes leave for good (seed %i)', (seed) => {
    const left = [
      { at: 100 * MS, op: 'leave', agent: 7 },
      { at: 400 * MS, op: 'leave', agent: 2 },
    ] as const
    const params = { retriesMax: 100, goneUs: 500 * MS }
    const scenario = scenarioOf(logOf(MANY), params, [...faults, ...left], { ...rough, seed })
    const { marks, violated } = play(scenario, 20_000 * MS)
    expect(violated).toEqual([])
    const [done, lost] = [new Set(jobs(marks, 'done')), new Set(jobs(marks, 'unassignable'))]
    expect(done.size + lost.size).toBe(MANY.length)
    expect(lost.size).toBeGreaterThan(0)
    for (const { body } of told(marks, 'unassignable'))
      expect(body['why']).toMatch(/^it asks for [1-8] nodes, and only/)
  })
  it('is the same on one shard and on several, and from any checkpoint', () => {
    const scenario = scenarioOf(logOf(MANY), {}, faults, { ...rough, seed: 9 })
    const whole = play(scenario, 1_500 * MS)
    expect(play(scenario, 1_500 * MS, 3).run.digestText()).toBe(whole.run.digestText())
    const run = new LocalRun(scenario)
    run.runTo(micros(700 * MS))
    const snapshot = run.snapshot()
    const other = new LocalRun(scenario, { shards: 2 })
    other.restore(snapshot)
    other.runTo(micros(1_500 * MS))
    expect(other.digestText()).toBe(whole.run.digestText())
  })
})

describe('a log on workers', () => {
  it('whose rows do not say how long a job ran: that job is unassignable, the others are done', () => {
    const tasks = logOf([100, -1, 50].map((run, i) => ({ at: i * MS, run: run * MS, processors: 1 })))
    const parsed = parseScenario({
      ...{ name: 'log-on-workers', swarm: { agents: 4 }, topology: { kind: 'star' }, tasks },
      programs: [
        { kind: 'distributor', on: { first: 1 } },
        { kind: 'worker', on: { last: 3 } },
      ],
    })
    if (!parsed.ok) throw new Error(parsed.error)
    const { marks, violated } = play(parsed.value, 3_000 * MS)
    expect(violated).toEqual([])
    expect(told(marks, 'done')).toHaveLength(2)
    expect(told(marks, 'unassignable').map(({ body }) => body['why'])).toEqual(['the log does not say how long it ran'])
  })
})
