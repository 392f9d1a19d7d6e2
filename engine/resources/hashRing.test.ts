import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { agentId, type AgentId } from '../kernel/units.ts'
import { buildRing, ownersOf, type HashRing } from './hashRing.ts'

const KEYS = 2_000
const NODES = 64
const ownerOf = (ring: HashRing, key: number): AgentId => ownersOf(ring, key, 1)[0]!
const crowd = (n: number, from = 0): AgentId[] => Array.from({ length: n }, (_, k) => agentId(from + k))
const ownersOfAll = (members: readonly AgentId[]): AgentId[] => {
  const ring = buildRing(members, NODES)
  return Array.from({ length: KEYS }, (_, key) => ownerOf(ring, key))
}

describe('consistent hashing (Karger and others 1997)', () => {
  it('who joins takes only keys that become its own, and about 1 / n of them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 30 }), fc.nat(10_000), (n, from) => {
        const joiner = agentId(from + n)
        const before = ownersOfAll(crowd(n, from))
        const after = ownersOfAll([...crowd(n, from), joiner])
        const moved = after.filter((owner, key) => owner !== before[key])
        expect(moved.every((owner) => owner === joiner)).toBe(true)
        // A share has the relative deviation 1/√64; five of them, and those of the keys.
        const fair = 1 / (n + 1)
        const deviation = fair / Math.sqrt(NODES) + Math.sqrt(fair / KEYS)
        expect(Math.abs(moved.length / KEYS - fair)).toBeLessThan(5 * deviation)
      }),
      { numRuns: 40 },
    )
  })

  it('who leaves gives away only its own, to whom the ring names next', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 20 }), fc.nat(100), (n, pick) => {
        const members = crowd(n)
        const leaver = members[pick % n]!
        const before = buildRing(members, NODES)
        const after = buildRing(
          members.filter((member) => member !== leaver),
          NODES,
        )
        for (let key = 0; key < 300; key++) {
          const owners = ownersOf(before, key, 2)
          expect(ownerOf(after, key)).toBe(owners[0] === leaver ? owners[1] : owners[0])
        }
      }),
      { numRuns: 40 },
    )
  })

  it('is the same ring in whatever order the members are named', () => {
    expect(buildRing(crowd(9).reverse(), NODES)).toEqual(buildRing(crowd(9), NODES))
  })

  it('names every member once, the owner first', () => {
    const ring = buildRing(crowd(7), NODES)
    const owners = ownersOf(ring, 12, 99)
    expect(owners.toSorted((a, b) => a - b)).toEqual(crowd(7))
    expect(owners[0]).toBe(ownerOf(ring, 12))
  })
})
