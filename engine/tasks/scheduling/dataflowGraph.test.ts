import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { agentId } from '../../kernel/units.ts'
import { WORKLOAD_DEFAULTS } from '../../scenario/tasksSchema.ts'
import { stepsAt, stepsOf } from './dataflowGraph.ts'

const members = (n: number) => Array.from({ length: n }, (_, k) => agentId(k))
const spec = (dag: 'random' | 'fork-join' | 'pipeline', width: number, depth: number) => ({
  ...WORKLOAD_DEFAULTS,
  ...{ dag, width, depth },
})

describe('graphs with a place for every step', () => {
  it('have their steps in order, each behind those that it needs, at a member (property)', () => {
    const cases = fc.record({
      dag: fc.constantFrom('random' as const, 'fork-join' as const, 'pipeline' as const),
      ...{ width: fc.integer({ min: 1, max: 9 }), depth: fc.integer({ min: 1, max: 9 }) },
      ...{ agents: fc.integer({ min: 1, max: 50 }), graph: fc.integer({ min: 1, max: 4_000_000_000 }) },
    })
    fc.assert(
      fc.property(cases, ({ dag, width, depth, agents, graph }) => {
        const steps = stepsAt(spec(dag, width, depth), 7, graph, members(agents))
        expect(steps).toHaveLength(stepsOf(spec(dag, width, depth), agents))
        steps.forEach(({ id, at, after }, k) => {
          expect(id).toBe(k)
          expect(at).toBeLessThan(agents)
          expect(after.every((before) => before < k)).toBe(true)
        })
      }),
    )
  })

  it('divide and put together along a heap: seven steps from the first to the last for 40 agents', () => {
    const steps = stepsAt(spec('fork-join', 3, 1), 1, 1, members(40))
    expect(steps).toHaveLength(40 + 13)
    const length = steps.map(() => 0)
    for (const { id, after } of steps) length[id] = 1 + Math.max(0, ...after.map((before) => length[before]!))
    expect(length.at(-1)).toBe(7)
    expect(steps.at(-1)).toMatchObject({ at: 0, after: [49, 50, 51] })
    // Whoever needs a result is its maker's parent or child in the tree, or the maker.
    for (const { at, after } of steps)
      for (const before of after) {
        const from = steps[before]!.at
        expect([at, Math.floor((at - 1) / 3), 3 * at + 1, 3 * at + 2, 3 * at + 3]).toContain(from)
      }
  })

  it('go from one agent to the next, and round', () => {
    const steps = stepsAt(spec('pipeline', 1, 7), 1, 1, members(3))
    expect(steps.map(({ at }) => at)).toEqual([0, 1, 2, 0, 1, 2, 0])
    expect(steps.slice(1).every(({ id, after }) => after.length === 1 && after[0] === id - 1)).toBe(true)
  })

  it('lie evenly over the agents where they are drawn', () => {
    const steps = Array.from({ length: 40 }, (_, g) => stepsAt(spec('random', 20, 5), 3, g, members(10))).flat()
    for (const agent of members(10)) {
      const share = steps.filter(({ at }) => at === agent).length / steps.length
      expect(Math.abs(share - 0.1)).toBeLessThan(0.02)
    }
  })
})
