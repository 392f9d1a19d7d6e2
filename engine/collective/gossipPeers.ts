import type { AgentId, U32 } from '../kernel/units.ts'

/**
 * Whom an agent may contact, as runs of ids: [first, last, first, last, ...], both included, ascending, without the
 * agent itself. A full mesh of 10,000 is two runs, so that 10,000 agents do not keep 10⁸ numbers.
 */
export type Peers = readonly number[]

/** @param ids ascending. O(1) where they are one run, else O(ids). */
export function peersOf(ids: readonly AgentId[], self: AgentId): Peers {
  const first = ids[0]
  const last = ids.at(-1)
  if (first === undefined || last === undefined) return []
  const runs: number[] = []
  if (last - first + 1 === ids.length) runs.push(first, last)
  else
    for (const id of ids) {
      if (runs.length > 0 && runs.at(-1) === id - 1) runs[runs.length - 1] = id
      else runs.push(id, id)
    }
  return without(runs, self)
}

function without(runs: Peers, id: number): Peers {
  const kept: number[] = []
  for (let r = 0; r < runs.length; r += 2) {
    const first = runs[r]!
    const last = runs[r + 1]!
    if (id < first || id > last) kept.push(first, last)
    else {
      if (first < id) kept.push(first, id - 1)
      if (id < last) kept.push(id + 1, last)
    }
  }
  return kept
}

export function countPeers(peers: Peers): number {
  let count = 0
  for (let r = 0; r < peers.length; r += 2) count += peers[r + 1]! - peers[r]! + 1
  return count
}

/** One of them, all alike for a uniform `word`; null where there is nobody. */
export function pickPeer(peers: Peers, word: U32): AgentId | null {
  const count = countPeers(peers)
  if (count === 0) return null
  let place = Math.floor((word * count) / 4_294_967_296)
  for (let r = 0; r < peers.length; r += 2) {
    const size = peers[r + 1]! - peers[r]! + 1
    if (place < size) return (peers[r]! + place) as AgentId
    place -= size
  }
  return null
}

/** With `id` among them: whoever is heard from is known from then on. The same list where it was known. */
export function withPeer(peers: Peers, id: AgentId): Peers {
  let at = 0
  while (at < peers.length && peers[at + 1]! < id) at += 2
  if (at < peers.length && peers[at]! <= id) return peers
  const next = [...peers]
  const joinsBelow = at > 0 && peers[at - 1] === id - 1
  const joinsAbove = at < peers.length && peers[at] === id + 1
  if (joinsBelow && joinsAbove) next.splice(at - 1, 2)
  else if (joinsBelow) next[at - 1] = id
  else if (joinsAbove) next[at] = id
  else next.splice(at, 0, id, id)
  return next
}
