import { assert } from '../kernel/assert.ts'
import type { TopologySpec } from '../scenario/Scenario.ts'

/** Connection strengths; undirected, 1 where not given. */
export interface Weights {
  readonly weighted: boolean
  /** At least 1. */
  readonly max: number
  of(a: number, b: number): number
}

/** A later entry for the same pair replaces an earlier one. Entries of agents past `capacity` never apply. */
export function compileWeights(entries: TopologySpec['weights'], capacity: number): Weights {
  const byPair = new Map<number, number>()
  const touched = new Uint8Array(capacity)
  const pair = (a: number, b: number): number => (a < b ? a * capacity + b : b * capacity + a)
  for (const { a, b, weight } of entries) {
    assert(weight > 0 && weight < Infinity, 'a connection has a positive strength')
    if (a >= capacity || b >= capacity || a < 0 || b < 0) continue
    if (weight === 1) byPair.delete(pair(a, b))
    else byPair.set(pair(a, b), weight)
    touched[a] = 1
  }
  for (const { b } of entries) if (b >= 0 && b < capacity) touched[b] = 1
  let max = 1
  for (const weight of byPair.values()) max = Math.max(max, weight)
  return {
    weighted: byPair.size > 0,
    max,
    of: (a, b) => (touched[a] === 1 && touched[b] === 1 ? (byPair.get(pair(a, b)) ?? 1) : 1),
  }
}
