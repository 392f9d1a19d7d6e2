import type { AgentId } from '../kernel/units.ts'
import type { Routes } from './Routes.ts'

/**
 * Most hops between two agents of the component with the most agents (of equals the one with the smallest id). Each
 * search bounds how far everybody is from the farthest (by the triangle inequality), and whoever cannot raise the
 * answer needs none: few searches where distances vary, one an agent where all are alike (torus).
 * Source: Takes and Kosters, "Determining the diameter of small world networks", CIKM 2011.
 */
export function longestShortest(routes: Routes, present: Uint8Array): number {
  let open = largestComponent(routes, present)
  const upper = new Float64Array(present.length).fill(Infinity)
  const lower = new Int32Array(present.length)
  let longest = 0
  for (let round = 0; open.length > 0; round++) {
    // In turn the one that may be the farthest out and the one that may be the most central.
    const better = (a: number, b: number): boolean => (round % 2 === 0 ? upper[a]! > upper[b]! : lower[a]! < lower[b]!)
    const at = open.reduce((best, id) => (better(id, best) ? id : best))
    const { hops, farthest } = routes.distances(at as AgentId)
    longest = Math.max(longest, farthest)
    for (const id of open) {
      upper[id] = Math.min(upper[id]!, farthest + hops[id]!)
      lower[id] = Math.max(lower[id]!, hops[id]!, farthest - hops[id]!)
    }
    open = open.filter((id) => id !== at && upper[id]! > longest)
  }
  return longest
}

/** Its agents, ascending. */
function largestComponent(routes: Routes, present: Uint8Array): number[] {
  const seen = new Uint8Array(present.length)
  let best: number[] = []
  for (let from = 0; from < present.length; from++) {
    if (present[from] !== 1 || seen[from] === 1) continue
    const { hops } = routes.distances(from as AgentId)
    const found: number[] = []
    for (let id = from; id < present.length; id++)
      if (hops[id]! >= 0) {
        seen[id] = 1
        found.push(id)
      }
    if (found.length > best.length) best = found
  }
  return best
}
