import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { agentId } from '../kernel/units.ts'
import { countPeers, peersOf, pickPeer, withPeer, type Peers } from './gossipPeers.ts'

const idSets = fc
  .uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 40 })
  .map((ids) => ids.sort((a, b) => a - b))
const self = fc.integer({ min: 0, max: 60 })
const spelled = (peers: Peers): number[] => {
  const ids: number[] = []
  for (let r = 0; r < peers.length; r += 2) for (let id = peers[r]!; id <= peers[r + 1]!; id++) ids.push(id)
  return ids
}

describe('whom an agent may contact', () => {
  it('is everybody but itself', () => {
    fc.assert(
      fc.property(idSets, self, (ids, me) => {
        const peers = peersOf(ids.map(agentId), agentId(me))
        expect(spelled(peers)).toEqual(ids.filter((id) => id !== me))
        expect(countPeers(peers)).toBe(spelled(peers).length)
      }),
    )
  })

  it('is two runs in a full mesh, however many agents there are', () => {
    const everybody = Array.from({ length: 10_000 }, (_, id) => agentId(id))
    expect(peersOf(everybody, agentId(4_321))).toEqual([0, 4_320, 4_322, 9_999])
    expect(peersOf(everybody, agentId(0))).toEqual([1, 9_999])
    expect(peersOf([agentId(7)], agentId(7))).toEqual([])
  })

  it('gives each of m others the m-th part of all words', () => {
    fc.assert(
      fc.property(idSets, self, (ids, me) => {
        const others = ids.filter((id) => id !== me)
        const peers = peersOf(ids.map(agentId), agentId(me))
        const part = 4_294_967_296 / others.length
        others.forEach((id, k) => {
          expect(pickPeer(peers, Math.ceil(k * part))).toBe(id)
          expect(pickPeer(peers, Math.ceil((k + 1) * part) - 1)).toBe(id)
        })
      }),
    )
    expect(pickPeer([], 5)).toBeNull()
  })

  it('gains whoever is heard from, once', () => {
    fc.assert(
      fc.property(idSets, fc.array(self), (ids, strangers) => {
        let peers = peersOf(ids.map(agentId), agentId(99))
        for (const id of strangers) peers = withPeer(peers, agentId(id))
        expect(spelled(peers)).toEqual([...new Set([...ids, ...strangers])].sort((a, b) => a - b))
      }),
    )
    const known: Peers = [1, 5]
    expect(withPeer(known, agentId(3))).toBe(known)
  })
})
