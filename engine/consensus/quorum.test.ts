import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyKv, emptyKv } from './kv.ts'
import type { KvOp } from './kv.ts'
import { maxFaulty, quorum, quorumIndex } from './quorum.ts'

describe('quorum', () => {
  it('is the smallest size of which any two groups share a member, for odd and even sizes', () => {
    expect([1, 2, 3, 4, 5, 6, 7].map(quorum)).toEqual([1, 2, 2, 3, 3, 4, 4])
    for (let n = 1; n < 100; n++) expect(2 * quorum(n) > n && 2 * (quorum(n) - 1) <= n).toBe(true)
    expect([1, 2, 3, 4, 5].map(maxFaulty)).toEqual([0, 0, 1, 1, 2])
  })
  it('finds the highest index that a majority has, in any order (trap 16)', () => {
    expect(quorumIndex([5, 5, 2, 2])).toBe(2)
    expect(quorumIndex([9, 0, 0, 4, 4])).toBe(4)
    const reached = fc.array(fc.nat(20), { minLength: 1, maxLength: 9 })
    fc.assert(
      fc.property(reached, (indices) => {
        const have = (index: number): number => indices.filter((i) => i >= index).length
        const index = quorumIndex(indices)
        expect(have(index)).toBeGreaterThan(indices.length / 2)
        expect(have(index + 1)).not.toBeGreaterThan(indices.length / 2)
      }),
    )
  })
})

describe('the key–value machine', () => {
  it('reads, writes and compares as a register', () => {
    const kv = emptyKv()
    const ops: KvOp[] = [
      { type: 'read', key: 'x' },
      { type: 'cas', key: 'x', from: 0, to: 1 },
      { type: 'write', key: 'x', value: 3 },
      { type: 'cas', key: 'x', from: 3, to: 4 },
      { type: 'read', key: 'x' },
    ]
    expect(ops.map((op) => applyKv(kv, op))).toEqual([
      { ok: true, value: null },
      { ok: false, value: null },
      { ok: true, value: 3 },
      { ok: true, value: 4 },
      { ok: true, value: 4 },
    ])
  })
  it('takes inherited property names for keys like any other', () => {
    expect(applyKv(emptyKv(), { type: 'read', key: 'constructor' })).toEqual({ ok: true, value: null })
  })
  it('has equal digests exactly for equal sequences', () => {
    const op: fc.Arbitrary<KvOp> = fc.oneof(
      fc.record({ type: fc.constant('write' as const), key: fc.constantFrom('x', 'y'), value: fc.nat(3) }),
      fc.record({ type: fc.constant('read' as const), key: fc.constantFrom('x', 'y') }),
    )
    const digest = (ops: readonly KvOp[]): number => {
      const kv = emptyKv()
      for (const item of ops) applyKv(kv, item)
      return kv.digest
    }
    fc.assert(
      fc.property(fc.array(op), fc.array(op), (a, b) => {
        expect(digest(a) === digest(b)).toBe(
          JSON.stringify(a.map(Object.entries)) === JSON.stringify(b.map(Object.entries)),
        )
      }),
    )
  })
})
