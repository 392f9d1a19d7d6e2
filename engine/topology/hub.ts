import type { AgentId } from '../kernel/units.ts'
import type { Weights } from './weights.ts'

/** How the roots of the trees are joined. Every argument is a root. */
export interface Hub {
  next(from: AgentId, to: AgentId): AgentId
  /** Appends to `into` the roots to which `at` passes a broadcast that entered the hub at `origin`. */
  spread(at: AgentId, origin: AgentId, into: AgentId[]): void
  neighbours(of: AgentId, into: AgentId[]): void
  degree(of: AgentId): number
  forEachLink(visit: (a: AgentId, b: AgentId) => void): void
  linkCount(): number
}

/** Everybody to everybody, in one hop; holds no links. */
export function meshHub(roots: Int32Array): Hub {
  const others = (of: AgentId, into: AgentId[]): void => {
    for (let i = 0; i < roots.length; i++) if (roots[i] !== of) into.push(roots[i] as AgentId)
  }
  return {
    next: (_, to) => to,
    spread(at, origin, into) {
      if (at === origin) others(at, into)
    },
    neighbours: others,
    degree: () => roots.length - 1,
    forEachLink(visit) {
      for (let i = 0; i < roots.length; i++)
        for (let j = i + 1; j < roots.length; j++) visitOnce(roots[i] as AgentId, roots[j] as AgentId, visit)
    },
    linkCount: () => (roots.length * (roots.length - 1)) / 2,
  }
}

function visitOnce(a: AgentId, b: AgentId, visit: (a: AgentId, b: AgentId) => void): void {
  if (a < b) visit(a, b)
  else visit(b, a)
}

/** Cost of an unweighted link. Whole numbers keep sums exact, so that no two agents disagree about the shorter way. */
const LINK_COST = 1_048_576

/**
 * A closed chain in the given order. Two ways: a message goes the way of least Σ 1/weight, ascending where both cost
 * the same; one way: always ascending.
 */
export function ringHub(order: Int32Array, capacity: number, oneWay: boolean, weights: Weights): Hub {
  const n = order.length
  const at = (i: number): AgentId => order[i < 0 ? i + n : i >= n ? i - n : i] as AgentId
  const rank = new Int32Array(capacity)
  for (let i = 0; i < n; i++) rank[order[i]!] = i
  /** costTo[i]: from rank 0 ascending to rank i; costTo[n]: all the way round. */
  const costTo = new Float64Array(n + 1)
  for (let i = 0; i < n; i++)
    costTo[i + 1] = costTo[i]! + Math.max(1, Math.round(LINK_COST / weights.of(at(i), at(i + 1))))
  const round = costTo[n]!

  const ascends = (i: number, j: number): boolean => {
    if (oneWay) return true
    const cost = costTo[j]! - costTo[i]!
    return 2 * (cost < 0 ? cost + round : cost) <= round
  }
  return {
    next(from, to) {
      const i = rank[from]!
      return ascends(i, rank[to]!) ? at(i + 1) : at(i - 1)
    },
    spread(of, origin, into) {
      const i = rank[of]!
      const start = rank[origin]!
      const up = rank[at(i + 1)]!
      const down = rank[at(i - 1)]!
      if (up !== start && (i === start || ascends(start, i)) && ascends(start, up)) into.push(at(i + 1))
      if (down !== start && (i === start || !ascends(start, i)) && !ascends(start, down)) into.push(at(i - 1))
    },
    neighbours(of, into) {
      if (n > 1) into.push(at(rank[of]! + 1))
      if (n > 2 && !oneWay) into.push(at(rank[of]! - 1))
    },
    degree: () => (n === 1 ? 0 : n === 2 || oneWay ? 1 : 2),
    forEachLink(visit) {
      const links = n === 1 ? 0 : n === 2 && !oneWay ? 1 : n
      for (let i = 0; i < links; i++) {
        if (oneWay) visit(at(i), at(i + 1))
        else visitOnce(at(i), at(i + 1), visit)
      }
    },
    linkCount: () => (n === 1 ? 0 : n === 2 && !oneWay ? 1 : n),
  }
}
