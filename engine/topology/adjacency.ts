import { philox, STREAM } from '../kernel/philox.ts'
import type { AgentId } from '../kernel/units.ts'
import { below, DRAW, type DrawnGraph } from './drawGraph.ts'

/** Neighbours in compressed rows: those of agent a, ascending, are list[start[a]] … list[start[a + 1] − 1]. */
export interface Adjacency {
  readonly start: Int32Array
  readonly list: Int32Array
}

/** The links of every list whose two ends are present, both ways. O(capacity + links). */
export function adjacencyOf(present: Uint8Array, graphs: readonly DrawnGraph[]): Adjacency {
  const capacity = present.length
  const start = new Int32Array(capacity + 1)
  const each = (visit: (a: number, b: number) => void): void => {
    for (const { a, b } of graphs)
      for (let k = 0; k < a.length; k++) if (present[a[k]!] === 1 && present[b[k]!] === 1) visit(a[k]!, b[k]!)
  }
  each((a, b) => {
    start[a + 1]!++
    start[b + 1]!++
  })
  for (let id = 0; id < capacity; id++) start[id + 1]! += start[id]!
  const rows = new Int32Array(start[capacity]!)
  const filled = start.slice(0, capacity)
  each((a, b) => {
    rows[filled[a]!++] = b
    rows[filled[b]!++] = a
  })
  // Links are symmetric, so the rows read across, ascending, are the rows again, each now in ascending order.
  const list = new Int32Array(rows.length)
  filled.set(start.subarray(0, capacity))
  for (let id = 0; id < capacity; id++) for (let k = start[id]!; k < start[id + 1]!; k++) list[filled[rows[k]!]!++] = id
  return { start, list }
}

/** Draws at somebody present before the search goes on in order of ids. */
const ATTACH_TRIES = 64

/**
 * Links of the agents that joined later (ids from `agents` on): each is joined to `links` present agents with smaller
 * ids, or to as many as there are, by addressed draws. Where one of them leaves, the next draw stands in until it is
 * back: the links are a function of who is present.
 */
export function joinedLinks(present: Uint8Array, agents: number, links: number, seed: number): DrawnGraph {
  const a: number[] = []
  const b: number[] = []
  const words = new Uint32Array(4)
  for (let id = agents; id < present.length; id++) {
    if (present[id] !== 1 || id === 0) continue
    const chosen: number[] = []
    const take = (other: number): void => {
      if (present[other] === 1 && !chosen.includes(other)) chosen.push(other)
    }
    for (let k = 0; k < ATTACH_TRIES * links && chosen.length < links; k++) {
      if ((k & 3) === 0) philox(words, seed, STREAM.graph, DRAW.joined, id, k >>> 2, 0)
      take(below(words[k & 3]!, id))
    }
    const from = below(words[0]!, id)
    for (let k = 0; k < id && chosen.length < links; k++) take((from + k) % id)
    for (const other of chosen) {
      a.push(other)
      b.push(id)
    }
  }
  return { a: Int32Array.from(a), b: Int32Array.from(b) }
}

/** Whether b is a neighbour of a. O(log degree). */
export function isLinked({ start, list }: Adjacency, a: AgentId, b: AgentId): boolean {
  let low = start[a]!
  let high = start[a + 1]!
  while (low < high) {
    const middle = (low + high) >> 1
    if (list[middle]! < b) low = middle + 1
    else high = middle
  }
  return low < start[a + 1]! && list[low] === b
}
