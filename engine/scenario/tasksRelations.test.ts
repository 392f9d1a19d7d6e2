import { describe, expect, it } from 'vitest'
import { parseScenario } from './parse.ts'

const DESK = { kind: 'distributor', on: { first: 1 } }
const problem = (programs: readonly object[], workload?: object): string => {
  const tasks = workload === undefined ? {} : { tasks: { workload } }
  const parsed = parseScenario({ swarm: { agents: 4 }, programs, ...tasks })
  return parsed.ok ? 'fine' : parsed.error
}

describe('scenarios that share out tasks', () => {
  it('need somebody who works and somebody who gives out, and agents', () => {
    expect(problem([DESK])).toBe('programs.distributor.kind: needs a program "worker" to give tasks to')
    expect(problem([{ kind: 'worker' }])).toBe(
      'programs.worker.kind: needs a program "distributor" that gives it tasks',
    )
    const none = parseScenario({ swarm: { agents: 0 }, programs: [DESK, { kind: 'worker' }] })
    expect(none).toMatchObject({ ok: false, error: 'swarm.agents: 0 is outside 1..1000000' })
    expect(problem([DESK, { kind: 'worker' }], {})).toBe('fine')
    expect(problem([DESK, { kind: 'worker' }])).toBe('fine')
  })

  it('say how many tasks a batch has, and no more than can be numbered', () => {
    const both = [DESK, { kind: 'worker' }]
    expect(problem(both, { arrivals: 'batch' })).toBe(
      'programs.distributor.kind: takes a batch from tasks.workload, whose count 0 is no end; a batch needs one',
    )
    expect(problem(both, { count: 1_000_000, dag: 'pipeline', depth: 100 })).toBe(
      'programs.distributor.kind: 1,000,000 graphs of 100 tasks are more than 16,711,680',
    )
    expect(problem(both, { arrivals: 'log', dag: 'random' })).toBe(
      'programs.distributor.kind: tasks of a log come alone, not as tasks.workload.dag random',
    )
  })

  it('name kinds that there are', () => {
    const worker = (kinds: unknown): object => ({ kind: 'worker', params: { kinds } })
    expect(problem([DESK, worker([[0], [1, 2]])], { kinds: 3 })).toBe('fine')
    expect(problem([DESK, worker([[0], [1, 3]])], { kinds: 3 })).toBe(
      'programs.worker.params.kinds[1]: 1,3 is outside 0..2, the kinds of tasks.workload.kinds',
    )
    expect(problem([DESK, worker('some')])).toBe(
      'programs.worker.params.kinds: "some" is not "all", "one", "half" or a list of lists of kinds 0..31',
    )
    expect(problem([{ ...DESK, params: { strategy: 'worksteeling' } }, worker('all')])).toContain(
      'did you mean "work-stealing"?',
    )
  })
})
