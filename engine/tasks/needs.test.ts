import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bitsOfNeeds, demandOfNeed, kindOfNeed, meetsNeed, needCount, needOf } from './needs.ts'

const range = fc
  .record({ kinds: fc.integer({ min: 1, max: 32 }), demands: fc.integer({ min: 1, max: 32 }) })
  .filter(({ kinds, demands }) => kinds * demands <= 32)

it('every kind at every demand has a number of its own, below their product', () => {
  fc.assert(
    fc.property(range, (all) => {
      const numbers: number[] = []
      for (let kind = 0; kind < all.kinds; kind++)
        for (let demand = 1; demand <= all.demands; demand++) {
          const need = needOf(all, { kind, demand })
          expect([kindOfNeed(all, need), demandOfNeed(all, need)]).toEqual([kind, demand])
          numbers.push(need)
        }
      expect(numbers.sort((x, y) => x - y)).toEqual(Array.from({ length: needCount(all) }, (_, need) => need))
    }),
  )
})

it('a worker meets a need where it can do the kind and has the slots, and only there', () => {
  fc.assert(
    fc.property(range, fc.integer({ min: 1, max: 40 }), fc.nat(0xffffffff), (all, slots, able) => {
      const can = (kind: number): boolean => ((able >>> kind) & 1) === 1
      const bits = bitsOfNeeds(all, slots, can)
      for (let need = 0; need < needCount(all); need++)
        expect(meetsNeed(bits, need)).toBe(can(kindOfNeed(all, need)) && demandOfNeed(all, need) <= slots)
      if (needCount(all) < 32) expect(bits).toBeLessThan(2 ** needCount(all))
    }),
  )
})
