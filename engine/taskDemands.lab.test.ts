import { describe, expect, it } from 'vitest'
import type { Mark } from './agents/Program.ts'
import { checkContext } from './checkContext.ts'
import { micros } from './kernel/units.ts'
import { LocalRun } from './LocalRun.ts'
import { Observer } from './Observer.ts'
import { STRATEGIES } from './tasks/messages.ts'
import { count, ends, marksOf, scenario, type Given } from './testing/taskRuns.ts'

const demandsOf = (marks: readonly Mark[]): Map<number, number> =>
  new Map(
    marks.flatMap(({ body }) =>
      body.kind === 'submitted' ? [[body['task'] as number, (body['demand'] ?? 1) as number] as const] : [],
    ),
  )

/** The most slots that were in use at one time, by worker. */
function mostInUse(marks: readonly Mark[]): Map<number, number> {
  const demands = demandsOf(marks)
  const inUse = new Map<number, number>()
  const most = new Map<number, number>()
  for (const { program, agent, body } of marks) {
    if (program !== 'worker') continue
    const sign = body.kind === 'started' ? 1 : ['worked', 'preempted', 'released'].includes(body.kind) ? -1 : 0
    if (sign === 0) continue
    inUse.set(agent, (inUse.get(agent) ?? 0) + sign * demands.get(body['task'] as number)!)
    most.set(agent, Math.max(most.get(agent) ?? 0, inUse.get(agent)!))
  }
  return most
}

function violations(given: Given, untilUs = 20_000_000): string[] {
  const made = scenario(given)
  const run = new LocalRun(made)
  const observer = new Observer(made.checks, checkContext(made, made.faults))
  run.runTo(micros(untilUs))
  observer.take(run.takeMarks(), run.clock)
  return observer.status().flatMap(({ name, ok }) => (ok ? [] : [name]))
}

const WIDE = { workload: { demands: 4, count: 300, kinds: 2 }, worker: { slots: 4, kinds: 'half' } }

describe('tasks that take several slots', () => {
  it.each(STRATEGIES)('are all done under %s, with never more slots in use than there are', (strategy) => {
    const marks = marksOf({ ...WIDE, distributor: { strategy }, rest: { topology: { kind: 'hierarchical' } } })
    expect(ends(marks)).toMatchObject({ submitted: 300, done: 300, failed: 0 })
    const most = [...mostInUse(marks).values()]
    expect(Math.max(...most)).toBe(4)
    expect(new Set(demandsOf(marks).values())).toEqual(new Set([1, 2, 3, 4]))
  })

  it('wait for their slots, and what would fit beside waits behind them', () => {
    // One worker with two slots. The second task takes both; the third would fit beside the first.
    const tasks = [{ sizeUs: 100_000 }, { sizeUs: 10_000, demand: 2 }, { sizeUs: 10_000 }]
    const value = { op: 'submit', tasks }
    const propose = { at: 1_000_000, op: 'propose', agent: 0, program: 'distributor', value }
    const programs = [
      { kind: 'distributor', on: { first: 1 } },
      { kind: 'worker', on: { last: 1 }, params: { slots: 2 } },
    ]
    const workload = { demands: 2, count: 1, meanUs: 1 }
    const marks = marksOf({ agents: 2, workload, rest: { programs, faults: [propose] } })
    const steps = marks.filter(({ key, body }) => key.time > 1_000_000 && /^(started|worked)$/.test(body.kind))
    const first = 0xff0000
    expect(steps.map(({ body }) => [body.kind, (body['task'] as number) - first])).toEqual([
      ...[
        ['started', 0],
        ['worked', 0],
        ['started', 1],
        ['worked', 1],
        ['started', 2],
        ['worked', 2],
      ],
    ])
  })

  it('go where there is room for them, and to nobody where there is none', () => {
    const shrink = (agent: number) =>
      ({ at: 0, op: 'set', agent, program: 'worker', param: 'slots', value: 2 }) as const
    const given = { agents: 5, workload: { demands: 3, count: 200 }, worker: { slots: 3 } }
    const roomy = marksOf({ ...given, rest: { faults: [0, 1, 2, 3].map(shrink) } })
    expect(ends(roomy)).toMatchObject({ done: 200, failed: 0 })
    const most = mostInUse(roomy)
    expect([0, 1, 2, 3].map((agent) => most.get(agent)! <= 2)).toEqual([true, true, true, true])
    expect(most.get(4)).toBe(3)
    const narrow = marksOf({ ...given, worker: { slots: 2 } })
    const wide = [...demandsOf(narrow).values()].filter((demand) => demand === 3).length
    expect(count(narrow, 'distributor', 'unassignable')).toBe(wide)
    expect(count(narrow, 'distributor', 'done')).toBe(200 - wide)
    const why = narrow.find(({ body }) => body.kind === 'unassignable')!.body['why']
    expect(why).toBe('nobody has 3 slots for it')
  })

  it('come back from a worker that has lost slots, and go to others', () => {
    const faults = [{ at: 30_000, op: 'set', agent: 3, program: 'worker', param: 'slots', value: 1 }] as const
    const given = { ...WIDE, worker: { slots: 4 }, rest: { faults } }
    const marks = marksOf(given)
    expect(ends(marks)).toMatchObject({ done: 300, failed: 0 })
    expect(marks.filter(({ agent, body }) => agent === 3 && body.kind === 'able').map(({ body }) => body)).toEqual([
      { kind: 'able', kinds: [0, 1], slots: 4 },
      { kind: 'able', kinds: [0, 1], slots: 1 },
    ])
    expect(violations(given)).toEqual([])
  })

  it('take the place of worse ones only where that makes room enough', () => {
    const worker = { slots: 4, discipline: 'priority', preempt: true, queueMax: 0 }
    const given = {
      ...{ agents: 4, worker },
      workload: { ...{ arrivals: 'poisson', perSecond: 300, count: 300 }, demands: 4, priorities: 3 },
      distributor: { retriesMax: 200, strategy: 'random' },
    }
    const marks = marksOf(given, 60_000_000)
    expect(count(marks, 'worker', 'preempted')).toBeGreaterThan(5)
    expect(Math.max(...mostInUse(marks).values())).toBe(4)
    expect(violations(given, 60_000_000)).toEqual([])
  })
})

describe('tasks that require abilities', () => {
  const requires = [['lift'], ['lift', 'see'], [], ['fly']]
  const worker = { abilities: [['lift'], ['see', 'lift', 'talk'], []] }

  it('are done by those who have all of them, and by nobody where nobody has', () => {
    const distributor = { strategy: 'random' }
    const marks = marksOf({ agents: 9, workload: { kinds: 4, requires }, worker, distributor })
    const kindOf = new Map(
      marks.flatMap(({ body }) => (body.kind === 'submitted' ? [[body['task'], body['taskKind'] as number]] : [])),
    )
    const by = (kind: string): Set<string> =>
      new Set(
        marks.flatMap(({ agent, body }) => (body.kind === kind ? [`${agent % 3} ${kindOf.get(body['task'])}`] : [])),
      )
    expect([...by('started')].sort()).toEqual(['0 0', '0 2', '1 0', '1 1', '1 2', '2 2'])
    expect(by('unassignable')).toEqual(new Set(['0 3']))
    expect(ends(marks).done + count(marks, 'distributor', 'unassignable')).toBe(200)
  })

  it('whoever joins has its place among the workers, with its abilities and its speed', () => {
    const faults = [{ at: 1_000, op: 'join' as const }]
    const workload = {
      ...{ arrivals: 'poisson', perSecond: 500, count: 1_000 },
      kinds: 2,
      requires: [['lift'], ['see']],
    }
    const skilled = { abilities: [['lift'], ['see']], speeds: [1, 0.5] }
    const marks = marksOf({ agents: 5, workload, worker: skilled, rest: { faults } })
    const worked = marks.filter(({ agent, body }) => agent === 5 && body.kind === 'worked')
    expect(worked.length).toBeGreaterThan(10)
    expect(worked.every(({ body }) => (body['tookUs'] as number) > 0)).toBe(true)
    expect(marks.find(({ agent, body }) => agent === 5 && body.kind === 'able')!.body['kinds']).toEqual([1])
    expect(ends(marks)).toMatchObject({ done: 1_000, failed: 0 })
  })

  it('are refused in one sentence where they are listed for more kinds than there are', () => {
    expect(() => scenario({ workload: { requires: [['see'], ['lift']] } })).toThrow(
      'tasks.workload.requires has 2 lists for tasks.workload.kinds 1',
    )
    expect(() => scenario({ workload: { kinds: 9, demands: 4 } })).toThrow(
      'tasks.workload.demands 4 times kinds 9 are more than 32 unlike tasks',
    )
  })
})
