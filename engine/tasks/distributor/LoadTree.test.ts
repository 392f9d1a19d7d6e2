import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isReachable, leastPlace, newLoadTree, reachableCount, reachablePlace, setLoad } from './LoadTree.ts'

const loads = fc.array(fc.tuple(fc.nat(40), fc.oneof(fc.nat(5), fc.constant(Infinity))), { maxLength: 80 })

it('finds the least, the reachable and their number as a look at all of them would', () => {
  fc.assert(
    fc.property(loads, fc.nat(10), fc.nat(0xffffffff), (changes, room, word) => {
      const tree = newLoadTree(room)
      const all: number[] = []
      for (const [place, load] of changes) {
        while (all.length <= place) all.push(Infinity)
        all[place] = load
        setLoad(tree, place, load)
      }
      const near = all.flatMap((load, place) => (load < Infinity ? [place] : []))
      expect(reachableCount(tree)).toBe(near.length)
      near.forEach((place, k) => expect(reachablePlace(tree, k)).toBe(place))
      all.forEach((load, place) => expect(isReachable(tree, place)).toBe(load < Infinity))
      const least = near.filter((place) => all[place] === Math.min(...all))
      const expected = least.length === 0 ? -1 : least[Math.floor((word / 4_294_967_296) * least.length)]
      expect(leastPlace(tree, word)).toBe(expected)
    }),
  )
})
