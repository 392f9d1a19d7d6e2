import fc from 'fast-check'
import { expect, it } from 'vitest'
import { LinkIndex } from './LinkIndex.ts'

it('finds every link from both ends and nothing else (against a Map)', () => {
  const agent = fc.integer({ min: 0, max: 30 })
  fc.assert(
    fc.property(fc.array(fc.tuple(agent, agent), { maxLength: 200 }), (pairs) => {
      const index = new LinkIndex(Int32Array.from(pairs.flat()))
      const map = new Map<string, number>()
      pairs.forEach(([a, b], link) => {
        const key = `${Math.min(a, b)} ${Math.max(a, b)}`
        if (!map.has(key)) map.set(key, link)
      })
      for (let a = 0; a <= 30; a++)
        for (let b = 0; b <= 30; b++)
          expect(index.find(a, b)).toBe(map.get(`${Math.min(a, b)} ${Math.max(a, b)}`) ?? -1)
    }),
  )
})
