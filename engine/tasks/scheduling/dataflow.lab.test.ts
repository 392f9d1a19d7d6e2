import { describe, expect, it } from 'vitest'
import '../../programs.ts'
import { micros } from '../../kernel/units.ts'
import { LocalRun } from '../../LocalRun.ts'
import { parseScenario } from '../../scenario/parse.ts'
import type { Command } from '../../scenario/Scenario.ts'

const TASK = 20_000
const LINK = 10_000

function run(
  dag: string,
  more: { readonly [field: string]: unknown } = {},
  workload: object = {},
  untilUs = 20_000_000,
) {
  const parsed = parseScenario({
    ...{ swarm: { agents: 13 }, network: { latency: { kind: 'constant', us: LINK } }, untilUs },
    programs: [{ kind: 'dataflow', params: { patienceUs: 3_000_000 } }],
    tasks: {
      workload: {
        ...{ arrivals: 'closed', count: 3, dag, width: 3, depth: 13, size: 'constant', meanUs: TASK, thinkUs: 1_000 },
        ...workload,
      },
    },
    ...more,
  })
  if (!parsed.ok) throw new Error(parsed.error)
  const local = new LocalRun(parsed.value)
  local.runTo(micros(untilUs))
  const marks = local.takeMarks()
  return (kind: string): any[] => marks.flatMap((mark) => (mark.body.kind === kind ? [mark.body] : []))
}

describe('dataflow', () => {
  it.each(['random', 'fork-join', 'pipeline'])('does every step of every graph once (%s)', (dag) => {
    const told = run(dag)
    expect(told('ended')).toHaveLength(3)
    const steps = told('began').reduce((sum, { steps: count }) => sum + count, 0)
    const worked = told('worked').map(({ task }) => task)
    expect(worked).toHaveLength(steps)
    expect(new Set(worked).size).toBe(steps)
    expect(told('unfinished')).toEqual([])
  })

  it('takes what its longest path takes: of a tree five steps and four hops, of a row all', () => {
    expect(run('fork-join')('ended').map(({ tookUs }) => tookUs)).toEqual(Array(3).fill(5 * TASK + 4 * LINK))
    expect(run('pipeline')('ended').map(({ tookUs }) => tookUs)).toEqual(Array(3).fill(13 * (TASK + LINK)))
  })

  it('counts a result that comes twice once', () => {
    const told = run('random', { network: { latency: { kind: 'constant', us: LINK }, duplicate: 0.5 } })
    expect(told('ended')).toHaveLength(3)
    expect(told('worked')).toHaveLength(3 * 3 * 13)
  })

  it('gives up a graph whose results are lost with a crash, and says so, then goes on', () => {
    const faults: Command[] = [{ at: 100_000, op: 'crash', agent: 7, forUs: 500_000 }]
    const told = run('pipeline', { faults })
    expect(told('unfinished')).toEqual([{ kind: 'unfinished', graph: 1 }])
    expect(told('ended').map(({ graph }) => graph)).toEqual([2, 3])
  })

  it('begins with graphs of other numbers when the first member comes back', () => {
    const faults: Command[] = [{ at: 100_000, op: 'crash', agent: 0, forUs: 500_000 }]
    const told = run('pipeline', { faults })
    const began = told('began').map(({ graph }) => graph)
    expect(began).toHaveLength(4)
    expect(began[1]).toBeGreaterThan(1_000)
    expect(told('ended').map(({ graph }) => graph)).toEqual(began.slice(1))
  })

  it('does not begin without graphs to work on', () => {
    const wrong = (tasks: object | null) => parseScenario({ programs: [{ kind: 'dataflow' }], tasks })
    expect(wrong(null)).toMatchObject({ ok: false, error: expect.stringContaining('works on graphs of tasks') })
    expect(wrong({ workload: { dag: 'pipeline' } })).toMatchObject({ ok: false })
    expect(wrong({ workload: { dag: 'pipeline', arrivals: 'closed' } })).toMatchObject({ ok: true })
    const huge = { dag: 'random', arrivals: 'closed', width: 1_000, depth: 1_000 }
    expect(wrong({ workload: huge })).toMatchObject({ ok: false, error: expect.stringContaining('10,000') })
  })
})
