import { describe, expect, it } from 'vitest'
import type { Mark } from './agents/Program.ts'
import { micros } from './kernel/units.ts'
import { LocalRun } from './LocalRun.ts'
import type { Distributor } from './tasks/distributor/distributorState.ts'
import { STRATEGIES } from './tasks/messages.ts'
import type { Worker } from './tasks/worker/workerState.ts'
import { count, ends, marksOf, scenario, tasksOf, type Given } from './testing/taskRuns.ts'

/** Links that cost nothing worth mentioning: figures are those of the queues alone. */
const NEAR = { network: { latency: { kind: 'constant', us: 10 } } }
const field = (marks: readonly Mark[], kind: string, name: string): number[] =>
  marks.filter(({ body }) => body.kind === kind).map(({ body }) => body[name] as number)
const reports = (marks: readonly Mark[]) =>
  marks.filter(({ program, body }) => program === 'distributor' && body.kind === 'report').map(({ body }) => body)

describe('back-pressure', () => {
  it('no worker ever has more unfinished tasks than its credits', () => {
    const run = new LocalRun(scenario({ distributor: { strategy: 'random', creditsPerWorker: 3 } }))
    let most = 0
    while (run.clock < 400_000) {
      run.runTo(micros(run.clock + 1_000))
      for (const shard of run.shards)
        for (const agent of shard.agents.values())
          for (const { state } of agent.programs)
            if (state !== null && 'holding' in (state as object)) most = Math.max(most, (state as Worker).holding.size)
    }
    expect(most).toBe(3)
    expect(ends(run.takeMarks()).done).toBe(200)
  })

  it('credits hold for workers that are asked before they get the task as well', () => {
    for (const strategy of ['choices', 'auction']) {
      const marks = marksOf({ distributor: { strategy, creditsPerWorker: 1 }, worker: { queueMax: 0 } })
      expect(ends(marks)).toMatchObject({ done: 200, failed: 0 })
      expect(reports(marks).at(-1)!['refused'], strategy).toBe(0)
    }
  })

  it('what comes beyond waitingMax fails as overloaded, and is counted', () => {
    const marks = marksOf({ distributor: { strategy: 'central', waitingMax: 50 } })
    const failed = marks.filter(({ body }) => body.kind === 'failed')
    expect(failed.every(({ body }) => body['why'] === 'overloaded')).toBe(true)
    // Those of idle workers that have asked do not wait.
    expect(failed.length).toBeGreaterThanOrEqual(140)
    const [overloaded, done] = [failed.length, 200 - failed.length]
    expect(reports(marks).at(-1)).toMatchObject({ submitted: 200, done, failed: overloaded, overloaded, waiting: 0 })
  })

  it('a full queue refuses; the task is tried again, and given up after its retries', () => {
    const one: Given = { agents: 2, workload: { count: 40 }, worker: { queueMax: 2, reportUs: 0 } }
    const patient = marksOf({ ...one, distributor: { strategy: 'random', retriesMax: 100, threshold: 1 } })
    expect(ends(patient)).toMatchObject({ done: 40, failed: 0 })
    expect(reports(patient).at(-1)!['refused']).toBeGreaterThan(10)
    const hasty = marksOf({ ...one, distributor: { strategy: 'random', retriesMax: 0, threshold: 1 } })
    const { done, failed } = ends(hasty)
    expect(done + failed).toBe(40)
    expect(failed).toBeGreaterThan(20)
    expect(marksOf({ ...one }).some(({ body }) => body.kind === 'rejected')).toBe(false)
  })

  it('a breaker opens in front of a worker that fails, and closes when it does well again', () => {
    const faults = [
      { at: 1_000, op: 'set', agent: 3, program: 'worker', param: 'failure', value: 1 },
      { at: 3_000_000, op: 'set', agent: 3, program: 'worker', param: 'failure', value: 0 },
    ]
    const workload = { arrivals: 'poisson', perSecond: 500, count: 0 }
    const marks = marksOf({ workload, distributor: { strategy: 'random' }, rest: { faults } }, 8_000_000)
    const of3 = marks.filter(({ body }) => body['server'] === 3).map(({ body }) => body.kind)
    expect(of3.slice(0, 3)).toEqual(['tripped', 'half-open', 'tripped'])
    expect(of3.at(-1)).toBe('closed')
    expect(marks.filter(({ body }) => body.kind === 'tripped').every(({ body }) => body['server'] === 3)).toBe(true)
    expect(ends(marks).failed).toBe(0)
  })
})

describe('what workers can do', () => {
  it('a task that nobody can do is unassignable, and nothing spins', () => {
    const run = new LocalRun(scenario({ workload: { kinds: 2 }, worker: { kinds: [[0]] } }))
    run.runTo(micros(5_000_000))
    const marks = run.takeMarks()
    const kinds = new Map(
      marks.filter(({ body }) => body.kind === 'submitted').map(({ body }) => [body['task'], body['taskKind']]),
    )
    const over = tasksOf(marks, 'distributor', 'unassignable')
    expect(over.length).toBe([...kinds.values()].filter((kind) => kind === 1).length)
    expect(over.every((task) => kinds.get(task) === 1)).toBe(true)
    expect(count(marks, 'distributor', 'done')).toBe(200 - over.length)
    expect(run.shards[0]!.stats.events).toBeLessThan(10_000)
  })

  it.each(['one', 'half', [[0, 2], [1]]])('kinds %j: nobody starts what it cannot do', (kinds) => {
    for (const strategy of ['random', 'central', 'choices', 'work-stealing', 'auction']) {
      const marks = marksOf({ workload: { kinds: 4 }, worker: { kinds }, distributor: { strategy } })
      const kindOf = new Map(
        marks.filter(({ body }) => body.kind === 'submitted').map(({ body }) => [body['task'], body['taskKind']]),
      )
      const able = new Map(
        marks.filter(({ body }) => body.kind === 'able').map(({ agent, body }) => [agent, body['kinds'] as number[]]),
      )
      for (const { agent, body } of marks.filter(({ body }) => body.kind === 'started'))
        expect(able.get(agent), strategy).toContain(kindOf.get(body['task']))
    }
  })

  it('a faster worker does more where whoever is idle asks for work', () => {
    const marks = marksOf({ agents: 2, worker: { speeds: [1, 4] }, distributor: { strategy: 'central' }, rest: NEAR })
    const worked = (id: number): number =>
      marks.filter(({ agent, body }) => agent === id && body.kind === 'worked').length
    expect(worked(1) / worked(0)).toBeGreaterThan(3)
    expect(worked(1) / worked(0)).toBeLessThan(5)
  })
})

describe('graphs of tasks', () => {
  it.each(['fork-join', 'pipeline', 'random'])('%s: nothing starts before all that it comes after is done', (dag) => {
    const workload = { dag, width: 4, depth: 3, count: 12 }
    const marks = marksOf({ workload, distributors: 2, distributor: { strategy: 'random' } })
    const { submitted, done } = ends(marks)
    expect(done).toBe(submitted)
    const at = (kind: string) => new Map(marks.filter(({ body }) => body.kind === kind).map((m) => [m.body['task'], m]))
    const [doneAt, startedAt] = [at('done'), at('started')]
    const first = dag === 'pipeline' ? 1 : dag === 'fork-join' ? 1 : 4
    const size = dag === 'pipeline' ? 3 : dag === 'fork-join' ? 6 : 12
    let compared = 0
    for (const [task, started] of startedAt) {
      const place = (Number(task) & 0xffffff) % size
      if (place < first) continue
      const before = [...doneAt].filter(
        ([other]) => Number(other) < Number(task) && Number(other) >= Number(task) - place,
      )
      expect(before.some(([, end]) => end.key.time < started.key.time)).toBe(true)
      compared++
    }
    expect(compared).toBeGreaterThan(20)
  })

  it('what comes after a task that failed fails as well, when all before it have ended', () => {
    const workload = { dag: 'pipeline', depth: 4, count: 10 }
    const marks = marksOf({ workload, worker: { failure: 1 }, distributor: { retriesMax: 0, threshold: 1 } })
    expect(ends(marks)).toMatchObject({ submitted: 40, done: 0, failed: 40 })
    const whys = marks.filter(({ body }) => body.kind === 'failed').map(({ body }) => body['why'])
    expect(whys.filter((why) => why === 'predecessor failed')).toHaveLength(30)
  })

  it('a cycle given by hand is refused with its tasks, and the rest goes on', () => {
    const tasks = [
      { sizeUs: 10, after: [1] },
      { sizeUs: 10, after: [0] },
    ]
    const faults = [
      { at: 5_000, op: 'propose', agent: 0, program: 'distributor', value: { op: 'submit', tasks } },
      { at: 6_000, op: 'propose', agent: 0, program: 'distributor', value: { op: 'submit', tasks: [{ sizeUs: 10 }] } },
    ]
    const marks = marksOf({ workload: { count: 5 }, rest: { faults } })
    expect(marks.find(({ body }) => body.kind === 'rejected')!.body['why']).toContain('0, 1 wait for each other')
    expect(ends(marks)).toMatchObject({ submitted: 6, done: 6 })
  })
})

describe('closed loops', () => {
  it('never have more tasks than clients, and each client goes on after its answer', () => {
    const workload = { arrivals: 'closed', clients: 7, thinkUs: 3_000, count: 0, meanUs: 4_000 }
    const marks = marksOf({ workload, distributors: 2 }, 2_000_000)
    let open = 0
    let most = 0
    for (const { program, body } of marks) {
      if (program !== 'distributor') continue
      if (body.kind === 'submitted') most = Math.max(most, ++open)
      if (body.kind === 'done') open--
    }
    expect(most).toBe(7)
    expect(ends(marks).done).toBeGreaterThan(500)
  })

  it('go on after the distributor has crashed', () => {
    const faults = [{ at: 500_000, op: 'crash', agent: 0, forUs: 500_000 }]
    const workload = { arrivals: 'closed', clients: 7, thinkUs: 3_000, count: 0 }
    const marks = marksOf({ workload, distributor: { leaseUs: 300_000 }, rest: { faults } }, 4_000_000)
    const late = marks.filter(({ key, body }) => key.time > 2_500_000 && body.kind === 'done')
    expect(late.length).toBeGreaterThan(300)
  })
})

describe('queues of workers', () => {
  it('feedback: small tasks pass a large one, which is preempted and still ends', () => {
    const workload = { size: 'bimodal', smallShare: 0.9, smallUs: 2_000, largeUs: 100_000, count: 100 }
    const took = (discipline: string): number => {
      const worker = { discipline, quantumUs: 4_000, queueMax: 1_000 }
      const marks = marksOf({ agents: 1, workload, worker, rest: NEAR })
      expect(ends(marks)).toMatchObject({ done: 100, worked: 100, again: 0 })
      const small = new Set(marks.filter(({ body }) => body['sizeUs'] === 2_000).map(({ body }) => body['task']))
      const times = marks.filter(({ body }) => body.kind === 'done' && small.has(body['task']))
      return times.reduce((sum, { body }) => sum + (body['tookUs'] as number), 0) / times.length
    }
    expect(took('feedback')).toBeLessThan(0.5 * took('fcfs'))
  })

  it('with preemption a better priority does not wait for the one in work', () => {
    const workload = { arrivals: 'poisson', perSecond: 40, meanUs: 20_000, priorities: 2 }
    const waits = (preempt: boolean): number => {
      const worker = { discipline: 'priority', preempt, queueMax: 1_000 }
      const marks = marksOf({ agents: 1, workload, worker, rest: NEAR })
      expect(ends(marks)).toMatchObject({ done: 200, worked: 200 })
      const { waitedUs, done } = (reports(marks).at(-1)!['classes'] as { waitedUs: number; done: number }[])[0]!
      return waitedUs / done
    }
    expect(waits(true)).toBeLessThan(0.7 * waits(false))
  })

  it('idle workers take half of what waits, and what is stolen is done once', () => {
    for (const victims of ['all', 'neighbours']) {
      const distributor = { strategy: 'work-stealing' }
      const marks = marksOf({ workload: { size: 'pareto' }, distributor, worker: { victims, queueMax: 300 } })
      expect(marks.filter(({ body }) => body.kind === 'stolen').length).toBeGreaterThan(5)
      expect(ends(marks)).toMatchObject({ done: 200, worked: 200, again: 0 })
    }
  })
})

describe('the reporting chain', () => {
  it('a task goes down from one to the next below, and is done by one without children', () => {
    const topology = { kind: 'hierarchical', branching: 2 }
    const marks = marksOf({ agents: 15, distributor: { strategy: 'delegate' }, rest: { topology } })
    expect(ends(marks)).toMatchObject({ done: 200, failed: 0, worked: 200 })
    const path = marks.filter(({ body }) => body.kind === 'assigned' && body['task'] === 100)
    expect(path.map(({ agent }) => agent)).toEqual([0, expect.any(Number), expect.any(Number)])
    for (const { agent, body } of path) expect([2 * agent + 1, 2 * agent + 2]).toContain(body['to'])
    const workers = new Set(marks.filter(({ body }) => body.kind === 'worked').map(({ agent }) => agent))
    expect([...workers].sort((x, y) => x - y)).toEqual([7, 8, 9, 10, 11, 12, 13, 14])
  })
})

describe('a chain of which not everybody can do everything', () => {
  it('a task goes down towards somebody who can do it; nobody refuses it once all have spoken', () => {
    const topology = { kind: 'hierarchical', branching: 2 }
    const workload = { kinds: 3, arrivals: 'poisson', perSecond: 200, count: 1_000 }
    const given = { agents: 15, workload, worker: { kinds: 'one' }, rest: { topology } }
    const marks = marksOf({ ...given, distributor: { strategy: 'delegate' } })
    expect(ends(marks)).toMatchObject({ done: 1_000, failed: 0, worked: 1_000 })
    const refused = reports(marks).map((body) => body['refused'])
    expect(refused.at(-1)).toBe(refused[0]) // of the first half second
    expect(marks.filter(({ body }) => body.kind === 'tripped')).toEqual([])
  })
})

describe('a distributor that reaches only its neighbours', () => {
  it.each(STRATEGIES)('%s: gives everything to them, and waits for nobody else', (strategy) => {
    const programs = [
      { kind: 'distributor', on: { first: 3 }, params: { strategy, reach: 'neighbours' } },
      { kind: 'worker', on: { last: 12 } },
    ]
    const marks = marksOf({ agents: 15, workload: { count: 60 }, rest: { programs, topology: { kind: 'ring' } } })
    const { submitted, done } = ends(marks)
    const far = count(marks, 'distributor', 'unassignable')
    expect(done + far).toBe(submitted)
    // Both neighbours of the one in the middle give out tasks themselves.
    expect(far).toBe(20)
    for (const { agent, body } of marks.filter(({ program, body }) => program === 'distributor' && 'to' in body))
      expect([(agent + 1) % 15, (agent + 14) % 15]).toContain(body['to'])
  })

  it('goes on at once when somebody further down the chain has done what a credit was out for', () => {
    const programs = [
      { kind: 'distributor', on: { first: 1 }, params: { strategy: 'delegate', creditsPerWorker: 1 } },
      { kind: 'worker', on: { last: 12 }, params: { reportUs: 0 } },
    ]
    const topology = { kind: 'hierarchical', branching: 3 }
    const marks = marksOf({ agents: 13, workload: { count: 90, meanUs: 2_000 }, rest: { programs, topology } }, 600_000)
    expect(ends(marks)).toMatchObject({ done: 90, failed: 0 })
  })
})

describe('work done twice', () => {
  it('is told, and counted, when a lease runs out while its worker works on', () => {
    // Cut off for longer than a lease: the worker works on, and somebody else does the task as well.
    const faults = [{ at: 60_000, op: 'partition', side: [3], forUs: 1_000_000 }]
    const given = { workload: { count: 100, meanUs: 50_000 }, distributor: { leaseUs: 150_000 }, rest: { faults } }
    const marks = marksOf(given, 10_000_000)
    const { done, again, worked } = ends(marks)
    expect(done).toBe(100)
    expect(again).toBeGreaterThan(0)
    expect(worked).toBe(100 + again)
    expect(reports(marks).at(-1)!['again']).toBe(again)
  })

  it('a message that comes twice is not work done twice', () => {
    const rest = { network: { duplicate: 1, latency: { kind: 'uniform', minUs: 200, maxUs: 1_000 } } }
    for (const strategy of ['random', 'central', 'auction', 'choices'])
      expect(ends(marksOf({ distributor: { strategy }, rest })), strategy).toMatchObject({
        done: 200,
        again: 0,
        worked: 200,
      })
  })
})

it('counts without a mark a task come to the same as the marks', () => {
  const told = marksOf({ distributors: 2, workload: { priorities: 3 } })
  const counted = marksOf({
    ...{ distributors: 2, workload: { priorities: 3 } },
    ...{ distributor: { verbose: false }, worker: { verbose: false } },
  })
  expect(reports(counted)).toEqual(reports(told))
  expect(counted.length).toBe(reports(counted).length)
  const last = [reports(counted).at(-1)!, reports(counted).at(-2)!]
  expect(last.reduce((sum, report) => sum + (report['done'] as number), 0)).toBe(200)
  const tookUs = field(told, 'done', 'tookUs').reduce((sum, us) => sum + us, 0)
  expect(last.reduce((sum, report) => sum + (report['tookUs'] as number), 0)).toBe(tookUs)
})

it('a task waiting at a distributor takes at most 200 bytes of state, all included', () => {
  const run = new LocalRun(
    scenario({
      workload: { count: 50_000 },
      distributor: { strategy: 'central', verbose: false, creditsPerWorker: 1 },
    }),
  )
  run.runTo(micros(20_000))
  const { programs } = run.shards[0]!.agents.get(0 as never)!
  const bytesOf = (value: unknown): number => {
    if (ArrayBuffer.isView(value)) return value.byteLength
    if (typeof value !== 'object' || value === null) return 8
    return Object.values(value).reduce((sum: number, part) => sum + bytesOf(part), 8)
  }
  const waiting = (programs[0]!.state as Distributor).table.index.size
  expect(waiting).toBeGreaterThan(49_000)
  expect((bytesOf(programs[0]!.state) + bytesOf(programs[0]!.disk)) / waiting).toBeLessThan(200)
})
