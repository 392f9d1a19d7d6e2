import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { callNode, fib, FIB_MAX, isBelow, rootOf, spanOf, taskOf, workOf, type DagNode } from './fibDag.ts'

/** Work, span, value and every node's number, by the recursion itself. */
function walk(n: number, call = 1): { work: number; span: number; value: number; tasks: number[] } {
  const own = taskOf(callNode(call, n))
  if (n < 2) return { work: 1, span: 1, value: n, tasks: [own] }
  const [left, right] = [walk(n - 1, 2 * call), walk(n - 2, 2 * call + 1)]
  const join: DagNode = { call, n, join: true, value: 0, nodes: 0 }
  return {
    work: left.work + right.work + 2,
    span: Math.max(left.span, right.span) + 2,
    value: left.value + right.value,
    tasks: [own, taskOf(join), ...left.tasks, ...right.tasks],
  }
}

describe('the graph of fib(n)', () => {
  it('has 85,969 nodes and a longest path of 43 for n = 22', () => {
    expect([workOf(22), spanOf(22), fib(22)]).toEqual([85_969, 43, 17_711])
  })

  it('has the work, span and value of its closed forms, and no number twice (property)', () => {
    for (let n = 0; n <= 14; n++) {
      const { work, span, value, tasks } = walk(n)
      expect([work, span, value]).toEqual([workOf(n), spanOf(n), fib(n)])
      expect(new Set(tasks).size).toBe(work)
    }
  })

  it('keeps the numbers of its deepest nodes within 32 bits', () => {
    const deepest = 2 ** (FIB_MAX - 1) * 2 - 1
    expect(taskOf({ ...rootOf(1), call: deepest, join: true })).toBeLessThan(2 ** 32)
  })

  it('knows what lies below a call (property)', () => {
    const paths = fc.array(fc.boolean(), { maxLength: 20 })
    const down = (from: number, path: readonly boolean[]): number => path.reduce((at, right) => 2 * at + +right, from)
    fc.assert(
      fc.property(paths, paths, (first, second) => {
        const above = down(1, first)
        expect(isBelow(down(above, second), above)).toBe(true)
        expect(isBelow(above, down(above, second))).toBe(second.length === 0)
        expect(isBelow(down(2 * above, second), 2 * above + 1)).toBe(false)
      }),
    )
  })
})
