import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addId, hasId, type IdRanges } from './idRanges.ts'

it('holds exactly what was put in, in whatever order', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(60)), fc.nat(61), (ids, asked) => {
      const ranges: IdRanges = []
      const set = new Set<number>()
      for (const id of ids) {
        expect(addId(ranges, id)).toBe(!set.has(id))
        set.add(id)
      }
      expect(hasId(ranges, asked)).toBe(set.has(asked))
      // Ascending, and never two ranges where one would do.
      for (let k = 1; k < ranges.length; k++)
        expect(ranges[k]! - ranges[k - 1]!).toBeGreaterThanOrEqual(k % 2 === 0 ? 2 : 0)
    }),
  )
})

it('costs two numbers for a million ids given out one by one', () => {
  const ranges: IdRanges = []
  for (let id = 1; id <= 1_000_000; id++) addId(ranges, id)
  expect(ranges).toEqual([1, 1_000_000])
})
