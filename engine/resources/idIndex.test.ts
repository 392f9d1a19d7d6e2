import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { indexId, newIdIndex, slotOf, unindexId } from './idIndex.ts'

describe('an index of ids', () => {
  it('is a map, for any ids in any order of coming and going', () => {
    // Few different ids, far apart and in rows, so that they meet in their cells and come again.
    const id = fc.oneof(
      fc.nat(20),
      fc.nat(20).map((k) => (0xffffffff - k * 16_777_216) >>> 0),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(id, fc.boolean(), fc.nat(1_000)), { maxLength: 300 }), (deeds) => {
        const index = newIdIndex()
        const model = new Map<number, number>()
        for (const [id, comes, place] of deeds) {
          if (comes) {
            indexId(index, id, place)
            model.set(id, place)
          } else {
            unindexId(index, id)
            model.delete(id)
          }
          expect(index.size).toBe(model.size)
          expect(2 * index.size).toBeLessThanOrEqual(index.ids.length)
        }
        for (const [id] of deeds) expect(slotOf(index, id)).toBe(model.get(id) ?? -1)
      }),
    )
  })

  it('gives its memory back', () => {
    const index = newIdIndex()
    for (let id = 0; id < 10_000; id++) indexId(index, id, id)
    for (let id = 0; id < 9_990; id++) unindexId(index, id)
    expect(index.ids.length).toBeLessThanOrEqual(128)
    for (let id = 9_990; id < 10_000; id++) expect(slotOf(index, id)).toBe(id)
  })
})
