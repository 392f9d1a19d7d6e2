import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../scenario/limits.ts'
import { claimOf, contest, CONTEST_ROWS_MAX, NOBODY } from './contest.ts'

const claim = fc.record({ word: fc.integer({ min: 0, max: 0xffffffff }), row: fc.nat(CONTEST_ROWS_MAX - 1) })

describe('a contest', () => {
  it('goes to the same body in whatever order claims come (property)', () => {
    fc.assert(
      fc.property(fc.array(claim, { minLength: 1 }), fc.nat(), (claims, turn) => {
        const won = (order: readonly { word: number; row: number }[]): number => {
          const places = new Uint32Array(1).fill(NOBODY)
          for (const { word, row } of order) contest(places, 0, claimOf(word, row))
          return places[0]!
        }
        const cut = turn % claims.length
        const turned = [...claims.slice(cut), ...claims.slice(0, cut)]
        expect(won(turned.toReversed())).toBe(won(claims))
        expect(won(claims)).toBe(Math.min(...claims.map(({ word, row }) => claimOf(word, row))))
      }),
    )
  })

  it('goes to the smaller draw, and of equal draws to the smaller row', () => {
    expect(claimOf(0x00200000, 5)).toBeGreaterThan(claimOf(0x00100000, 9))
    expect(claimOf(0x00100000, 5)).toBeLessThan(claimOf(0x00100000, 9))
    expect(claimOf(0xffffffff, CONTEST_ROWS_MAX - 1)).toBe(NOBODY)
  })

  it('tells all rows apart that a scenario can have, none of which is nobody', () => {
    expect(LIMITS.agentsMax + LIMITS.joinsReserve).toBeLessThan(CONTEST_ROWS_MAX)
  })
})
