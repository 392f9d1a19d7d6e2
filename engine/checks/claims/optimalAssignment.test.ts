import fc from 'fast-check'
import { linearSumAssignment } from 'linear-sum-assignment'
import { describe, expect, it } from 'vitest'
import { optimalAssignment } from './optimalAssignment.ts'

/** Every way, one after the other. */
function bruteForce(benefits: readonly (readonly number[])[], person = 0, taken = 0): number {
  if (person === benefits.length) return 0
  let best = -Infinity
  for (const [j, benefit] of benefits[person]!.entries())
    if (!(taken & (1 << j))) best = Math.max(best, benefit + bruteForce(benefits, person + 1, taken | (1 << j)))
  return best
}
const matrix = (rowsMax: number, spareMax: number, cell: fc.Arbitrary<number>) =>
  fc.tuple(fc.integer({ min: 1, max: rowsMax }), fc.integer({ min: 0, max: spareMax })).chain(([rows, spare]) =>
    fc.array(fc.array(cell, { minLength: rows + spare, maxLength: rows + spare }), {
      minLength: rows,
      maxLength: rows,
    }),
  )
const ofRows = (benefits: readonly (readonly number[])[], objectOf: readonly number[]): number =>
  objectOf.reduce((sum, object, person) => sum + benefits[person]![object]!, 0)

describe('optimalAssignment', () => {
  it('finds the greatest sum of all permutations, on small matrices', () => {
    fc.assert(
      fc.property(matrix(6, 2, fc.integer({ min: -9, max: 9 })), (benefits) => {
        const { total, objectOf } = optimalAssignment(benefits)
        expect(new Set(objectOf).size).toBe(benefits.length)
        expect(ofRows(benefits, objectOf)).toBe(total)
        expect(total).toBe(bruteForce(benefits))
      }),
      { numRuns: 300 },
    )
  })

  it('agrees with linear-sum-assignment (mljs), which shares no code with it, on square matrices up to 60', () => {
    fc.assert(
      fc.property(matrix(60, 0, fc.integer({ min: 0, max: 100 })), (benefits) => {
        const judge = linearSumAssignment(
          benefits.map((row) => [...row]),
          { maximaze: true },
        )
        expect(optimalAssignment(benefits).total).toBe(ofRows(benefits, [...judge.rowAssignments]))
      }),
      { numRuns: 60 },
    )
  })

  it('agrees with it where objects are to spare', () => {
    fc.assert(
      fc.property(matrix(20, 5, fc.integer({ min: 0, max: 100 })), (benefits) => {
        const judge = linearSumAssignment(
          benefits.map((row) => [...row]),
          { maximaze: true },
        )
        expect(optimalAssignment(benefits).total).toBe(ofRows(benefits, [...judge.rowAssignments]))
      }),
      { numRuns: 60 },
    )
  })

  it('has nothing to assign without persons', () => {
    expect(optimalAssignment([])).toEqual({ total: 0, objectOf: [] })
  })
})
