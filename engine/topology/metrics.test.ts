import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { agentId } from '../kernel/units.ts'
import type { TopologySpec } from '../scenario/Scenario.ts'
import { buildTopology } from './buildTopology.ts'
import { longestOverMesh, longestOverRing, meshConnectivity, ringConnectivity, starConnectivity } from './metrics.ts'

/** λ₂ of the Laplacian by power iteration on cI − L, with the constant vector projected out. */
function connectivity(spec: Partial<TopologySpec>, n: number): number {
  const whole: TopologySpec = {
    kind: 'mesh',
    branching: 3,
    groups: 1,
    oneWay: false,
    degree: 4,
    rewire: 0.1,
    columns: 0,
    repairUs: 0,
    weights: [],
    ...spec,
  }
  const t = buildTopology(whole, new Uint8Array(n).fill(1), { agents: n })
  const shift = 2 * Math.max(...Array.from({ length: n }, (_, id) => t.degree(agentId(id))))
  let x = Array.from({ length: n }, (_, i) => ((i * 7919) % 101) / 101 + (i === 0 ? 1 : 0))
  let lambda = 0
  for (let k = 0; k < 4_000; k++) {
    const mean = x.reduce((a, b) => a + b) / n
    const size = Math.sqrt(x.reduce((sum, v) => sum + (v - mean) ** 2, 0))
    x = x.map((v) => (v - mean) / size)
    const y = x.map((v, i) => t.neighbours(agentId(i)).reduce((sum, j) => sum + (v - x[j]!), 0))
    lambda = x.reduce((sum, v, i) => sum + v * y[i]!, 0)
    x = x.map((v, i) => shift * v - y[i]!)
  }
  return lambda
}

describe('algebraic connectivity (Fiedler 1973)', () => {
  it('mesh n', () => expect(connectivity({ kind: 'mesh' }, 11)).toBeCloseTo(meshConnectivity(11), 9))
  it('ring 2 − 2 cos(2π/n)', () => {
    for (const n of [3, 8, 13]) expect(connectivity({ kind: 'ring' }, n)).toBeCloseTo(ringConnectivity(n), 9)
  })
  it('star 1', () => expect(connectivity({ kind: 'hierarchical', branching: 9 }, 10)).toBeCloseTo(starConnectivity, 9))
})

describe('longest route between trees', () => {
  const heights = fc.array(fc.nat(9), { minLength: 2, maxLength: 30 })
  const longest = (h: readonly number[], distance: (i: number, j: number) => number): number =>
    Math.max(...h.flatMap((a, i) => h.map((b, j) => (i === j ? 0 : a + distance(i, j) + b))))
  it('equals the search over all pairs of roots', () => {
    fc.assert(
      fc.property(heights, (h) => {
        const n = h.length
        const up = (i: number, j: number): number => (j - i + n) % n
        expect(longestOverMesh(h)).toBe(longest(h, () => 1))
        expect(longestOverRing(h, true)).toBe(longest(h, up))
        expect(longestOverRing(h, false)).toBe(longest(h, (i, j) => Math.min(up(i, j), up(j, i))))
      }),
    )
  })
})
