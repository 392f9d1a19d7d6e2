import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cycleOf, readOps } from './ops.ts'
import type { Distributor } from './distributorState.ts'

const desk = { place: 2, opsCount: 3, self: 9, table: { range: { kinds: 2, demands: 4 } } } as unknown as Distributor
const read = (op: never) => readOps(op, desk, 50)

describe('tasks given by hand', () => {
  it('get ids of their own, and what they come after', () => {
    const tasks = read({
      op: 'submit',
      tasks: [{ sizeUs: 5 }, { sizeUs: 6, kind: 1, demand: 4, after: [0, 0] }],
    } as never)
    const first = 2 * 0x1000000 + 0xff0000 + 3
    expect(tasks).toMatchObject([
      { id: first, sizeUs: 5, kind: 0, demand: 1, submittedUs: 50, submitter: 9, after: [] },
      { id: first + 1, sizeUs: 6, kind: 1, demand: 4, after: [first] },
    ])
  })
  it.each([
    [null, 'an operation is {"op": "submit", "tasks": [...]}'],
    [{ op: 'submit', tasks: [] }, 'tasks: 0 tasks are outside 1..10000'],
    [{ op: 'submit', tasks: [{}] }, 'tasks[0].sizeUs: NaN is outside 1..86400000000'],
    [{ op: 'submit', tasks: [{ sizeUs: 1, kind: 2 }] }, 'tasks[0].kind: 2 is outside 0..1'],
    [{ op: 'submit', tasks: [{ sizeUs: 1, demand: 5 }] }, 'tasks[0].demand: 5 is outside 1..4'],
    [{ op: 'submit', tasks: [{ sizeUs: 1, after: [1] }] }, 'tasks[0].after: is not a list of places 0..0'],
    [
      {
        op: 'submit',
        tasks: [
          { sizeUs: 1, after: [1] },
          { sizeUs: 1, after: [0] },
          { sizeUs: 1, after: [0] },
        ],
      },
      'tasks: 0, 1 wait for each other, so none could ever begin',
    ],
  ])('are refused in one sentence: %j', (op, sentence) => expect(read(op as never)).toBe(sentence))
})

it('finds a cycle exactly where there is one', () => {
  const edges = fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 14 })
  fc.assert(
    fc.property(edges, (pairs) => {
      const after = Array.from({ length: 8 }, (_, k) => [
        ...new Set(pairs.filter(([later]) => later === k).map(([, earlier]) => earlier)),
      ])
      const reaches = (from: number, to: number, seen = new Set<number>()): boolean =>
        after[from]!.some((next) => {
          if (next === to) return true
          if (seen.has(next)) return false
          seen.add(next)
          return reaches(next, to, seen)
        })
      const cyclic = after.some((_, k) => reaches(k, k))
      const found = cycleOf(after)
      expect(found.length > 0).toBe(cyclic)
      for (const k of found) expect(after[k]!.some((earlier) => found.includes(earlier))).toBe(true)
    }),
  )
})
